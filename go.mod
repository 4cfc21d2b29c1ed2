module github.com/smtpdiag/smtpdiag

go 1.26.0

require (
	github.com/emersion/go-message v0.18.2
	golang.org/x/net v0.62.0
)

require golang.org/x/text v0.43.0 // indirect
