module github.com/smtpdiag/smtpdiag

go 1.26
