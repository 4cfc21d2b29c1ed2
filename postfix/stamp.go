package postfix

import (
	"strings"
	"time"
)

// clock reads the time stamps of one log. Traditional syslog stamps (RFC 3164
// section 4.1.2) have no year and no zone: the year is that of the reference,
// and a month that lies ahead of it belongs to the year before.
type clock struct {
	ref  time.Time
	zone *time.Location
	// The last stamp and its time: most lines share it with the one before.
	last     string
	lastTime time.Time
	// The second of the last ISO stamp, its zone as it was written, and its
	// time: stamps of one second differ in their fraction.
	second, written string
	secondTime      time.Time
}

// newClock makes a clock. ref is a time at or after the end of the log, such as
// its modification time.
func newClock(ref time.Time, zone *time.Location) *clock {
	if zone == nil {
		zone = time.Local
	}
	return &clock{ref: ref.In(zone), zone: zone}
}

// cut reads the time stamp at the start of a line and gives the rest.
func (c *clock) cut(line string) (t time.Time, rest string, ok bool) {
	if len(line) > 16 && line[3] == ' ' && line[6] == ' ' && line[9] == ':' {
		if line[:15] == c.last {
			return c.lastTime, line[16:], true
		}
		if t, ok = c.syslog(line[:15]); ok {
			c.last, c.lastTime = strings.Clone(line[:15]), t
			return t, strings.TrimPrefix(line[15:], " "), true
		}
		return time.Time{}, line, false
	}
	if len(line) > 20 && line[4] == '-' && line[7] == '-' && (line[10] == 'T' || line[10] == ' ') {
		return c.iso(line)
	}
	return time.Time{}, line, false
}

const months = "JanFebMarAprMayJunJulAugSepOctNovDec"

// syslog reads "Jan  4 09:42:11".
func (c *clock) syslog(s string) (time.Time, bool) {
	m := strings.Index(months, s[:3])
	day, okDay := number(strings.TrimLeft(s[4:6], " "))
	hour, okHour := number(s[7:9])
	minute, okMinute := number(s[10:12])
	sec, okSec := number(s[13:15])
	if m < 0 || m%3 != 0 || !okDay || !okHour || !okMinute || !okSec || s[12] != ':' || day < 1 || day > 31 || hour > 23 || minute > 59 || sec > 60 {
		return time.Time{}, false
	}
	t := time.Date(c.ref.Year(), time.Month(m/3+1), day, hour, minute, sec, 0, c.zone)
	if t.After(c.ref.AddDate(0, 0, 1)) {
		t = time.Date(c.ref.Year()-1, time.Month(m/3+1), day, hour, minute, sec, 0, c.zone)
	}
	return t, true
}

// iso reads "2026-01-04T09:42:11.123456+00:00" and its relatives (RFC 3339,
// and journalctl's short-iso without the colon in the zone).
func (c *clock) iso(line string) (time.Time, string, bool) {
	end := strings.IndexByte(line[11:], ' ')
	if end < 0 {
		return time.Time{}, line, false
	}
	s, rest := line[:11+end], line[11+end+1:]
	if s == c.last {
		return c.lastTime, rest, true
	}
	nanos, zone := fraction(s[min(len(s), isoSecond):])
	if len(s) >= isoSecond && s[:isoSecond] == c.second && zone == c.written {
		return c.secondTime.Add(nanos), rest, true
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999-0700", "2006-01-02 15:04:05", "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(layout, s, c.zone); err == nil {
			c.last, c.lastTime = strings.Clone(s), t
			if len(s) >= isoSecond {
				c.second, c.written, c.secondTime = c.last[:isoSecond], c.last[len(s)-len(zone):], t.Add(-nanos)
			}
			return t, rest, true
		}
	}
	return time.Time{}, line, false
}

// isoSecond is the length of "2026-01-04T09:42:11".
const isoSecond = len("2026-01-04T09:42:11")

// fraction reads the fraction of a second at the start of s, and gives the rest.
func fraction(s string) (d time.Duration, rest string) {
	if len(s) < 2 || s[0] != '.' || s[1] < '0' || s[1] > '9' {
		return 0, s
	}
	unit := time.Second
	for i := 1; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return d, s[i:]
		}
		unit /= 10
		d += time.Duration(s[i]-'0') * unit
	}
	return d, ""
}

// number reads one to four decimal digits.
func number(s string) (n int, ok bool) {
	if s == "" || len(s) > 4 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}
