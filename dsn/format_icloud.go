package dsn

import "strings"

// iCloud (me.com, mac.com) reports as Oracle Messaging Server did for years, and
// as Postfix since.
var iCloudMarks = append([]string{"this is the mail system at host"}, messagingServer.marks...)

func sniffICloud(m *message) bool {
	from, _, _ := nextAddress(lowerASCII(m.header.get("From")), 0)
	_, domain, _ := strings.Cut(from, "@")
	for _, d := range []string{"icloud.com", "me.com", "mac.com", "apple.com"} {
		if domain == d || strings.HasSuffix(domain, "."+d) {
			return true
		}
	}
	return false
}

func readICloud(m *message) []Recipient {
	if rcpts := messagingServer.read(m); len(rcpts) > 0 {
		return rcpts
	}
	return readPostfix(m)
}
