package main

import (
	"cmp"
	"context"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/postfix"
)

// logPlace is a log among those that are read together.
type logPlace struct {
	path  string
	info  os.FileInfo
	head  postfix.Head
	start string // its beginning, where it has one
	at    time.Time
	// host is the place of the first log of the same host.
	host int
}

// logsInOrder gives the logs in the order in which they were written, each once.
// Rotated logs may be named in any order, packed or not; logs of several hosts
// stay in the order in which the hosts are first named. The same file under two
// names, or with its copy (as left by logrotate between copying and packing),
// is read once: nothing is counted twice. What cannot be opened stays in the
// list, for the reader to complain of.
func logsInOrder(ctx context.Context, s *streams, paths []string) []string {
	if len(paths) < 2 || slices.Contains(paths, standardInput) {
		return paths
	}
	var places []*logPlace
	for _, path := range paths {
		p := &logPlace{path: path, host: len(places)}
		if f, err := openLog(ctx, s, path); err == nil {
			p.info, p.at, p.start, p.head = f.info, f.at, f.beginning, postfix.ReadHead(f.beginning, postfix.ScanOptions{Reference: f.at})
			_ = f.Close() // only read
		}
		if at := slices.IndexFunc(places, p.same); at >= 0 {
			old := places[at]
			if p.at.After(old.at) {
				old.path, p.path = p.path, old.path
				old.info, old.at = p.info, p.at
			}
			writeComplaint(s.err, p.path+": begins as "+old.path+" does; it was left out, so that nothing is counted twice")
			continue
		}
		if at := slices.IndexFunc(places, func(o *logPlace) bool { return o.head.Host == p.head.Host }); at >= 0 {
			p.host = places[at].host
		}
		places = append(places, p)
	}
	slices.SortStableFunc(places, func(a, b *logPlace) int {
		return cmp.Or(cmp.Compare(a.host, b.host), a.head.First.Compare(b.head.First))
	})
	ordered := make([]string, len(places))
	for i, p := range places {
		ordered[i] = p.path
	}
	return ordered
}

// same reports whether two logs are one: the same file, or of the same
// beginning.
func (p *logPlace) same(o *logPlace) bool {
	if p.info == nil || o.info == nil {
		return false
	}
	if os.SameFile(p.info, o.info) {
		return true
	}
	short := min(len(p.start), len(o.start))
	return short > 0 && !p.head.First.IsZero() && strings.HasPrefix(p.start, o.start[:short]) && strings.Contains(p.start[:short], "\n")
}

// unreadPrograms says of what system the lines of a log are that has none of a
// mail server that is read here, "" where it has.
func unreadPrograms(path string, in *logFile) string {
	head := postfix.ReadHead(in.beginning, postfix.ScanOptions{Reference: in.at})
	if head.Known || len(head.Others) == 0 {
		return ""
	}
	names := make([]string, len(head.Others))
	for i, program := range head.Others {
		names[i] = program
		if system := otherSystems[program]; system != "" {
			names[i] += " (" + system + ")"
		}
	}
	return path + ": no line is of Postfix, Exim or OpenSMTPD; its lines are of " + strings.Join(names, ", ") + ", which are not read"
}

// otherSystems are the mail systems whose logs are not read, by the names of
// their programs in syslog.
var otherSystems = map[string]string{
	"sendmail": "Sendmail", "sm-mta": "Sendmail", "sm-msp-queue": "Sendmail", "sm-que": "Sendmail", "sendmail-mta": "Sendmail",
	"courieresmtpd": "Courier", "courierd": "Courier", "courieresmtp": "Courier", "courierlocal": "Courier", "courieruucp": "Courier",
	"qmail": "qmail", "dovecot": "Dovecot", "imapd": "an IMAP server", "haraka": "Haraka", "maddy": "maddy", "stalwart": "Stalwart",
	"amavis": "amavis", "rspamd": "rspamd", "spamd": "SpamAssassin",
}
