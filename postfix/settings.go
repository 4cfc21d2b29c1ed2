package postfix

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/smtpdiag/smtpdiag/evidence"
)

// Setting is one parameter as it is set.
type Setting struct {
	Name   string
	Value  string
	Source string
	Line   int
	// Service is "name/type" of the master.cf service whose -o sets it, "" for
	// main.cf.
	Service string
}

// Service is one line of master.cf (master(5)).
type Service struct {
	Name, Type string
	// Chroot is the column as written: "y", "n" or "-" (the default, which is
	// "n" since Postfix 3.0 and "y" before).
	Chroot  string
	Maxproc string
	Command string
	// Line is the whole logical line.
	Text   string
	Source string
	Line   int
}

// Settings is what files or commands tell of a Postfix host.
type Settings struct {
	Parameters []Setting
	Services   []Service
	Problems   []SettingsProblem
}

// SettingsProblem is a line that could not be read.
type SettingsProblem struct {
	Source string
	Line   int
	Text   string
}

// ErrNotSettings says that an input is neither postconf output nor main.cf nor
// master.cf.
var ErrNotSettings = errors.New("not Postfix settings (expected the output of postconf -n, -M or -P, a main.cf or a master.cf)")

// ReadSettings reads main.cf, master.cf, or the output of postconf -n, -M or
// -P with its warnings, whichever it is, and adds it to s. The last value of a parameter that is
// set twice wins, as in Postfix; the first one becomes a problem.
func (s *Settings) ReadSettings(source string, r io.Reader) error {
	lines, err := logicalLines(r)
	if err != nil {
		return fmt.Errorf("read %s: %w", source, err)
	}
	read := 0
	for _, l := range lines {
		switch {
		case s.readWarning(source, l), s.readOverride(source, l), s.readParameter(source, l), s.readService(source, l):
			read++
		default:
			s.Problems = append(s.Problems, SettingsProblem{source, l.number, "neither a parameter nor a service: " + l.text})
		}
	}
	if len(lines) > 0 && read*2 < len(lines) {
		return fmt.Errorf("%s: %w", source, ErrNotSettings)
	}
	return nil
}

// logicalLine is a line with its continuations (postconf(5): a line that
// starts with white space goes on the one before).
type logicalLine struct {
	text   string
	number int
}

func logicalLines(r io.Reader) ([]logicalLine, error) {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 64<<10), 4<<20)
	var out []logicalLine
	for n := 1; sc.Scan(); n++ {
		raw := strings.TrimRight(sc.Text(), " \t\r")
		text := strings.TrimLeft(raw, " \t")
		switch {
		case text == "" || text[0] == '#':
		case raw[0] != text[0] && len(out) > 0:
			out[len(out)-1].text += " " + text
		default:
			out = append(out, logicalLine{text, n})
		}
	}
	return out, sc.Err()
}

// readWarning reads what postconf(1) says on standard error, as a problem. It
// knows which parameters nothing reads, and says so of a value that is set twice:
//
//	postconf: warning: /etc/postfix/main.cf: unused parameter: smtp_tls=yes
//	postconf: warning: /etc/postfix/main.cf, line 3: overriding earlier entry: soft_bounce=yes
//
// It reads main.cf several times in one run, and then says the same again; from
// the second time on the last value looks like one that the first overrides.
func (s *Settings) readWarning(source string, l logicalLine) bool {
	program, text, ok := strings.Cut(l.text, ": ")
	if !ok || program != "postconf" && !strings.HasSuffix(program, "/postconf") {
		return false
	}
	text = strings.TrimPrefix(text, "warning: ")
	p := SettingsProblem{source, l.number, text}
	same := ""
	if place, entry, found := strings.Cut(text, ": overriding earlier entry: "); found {
		name, value, _ := strings.Cut(entry, "=")
		same = "overridden further down: " + strings.TrimSpace(name) + " = "
		p.Text = same + strings.TrimSpace(value)
		p.at(place)
	} else if place, entry, found := strings.Cut(text, ": unused parameter: "); found {
		p.Text = "unused parameter: " + entry
		p.at(place)
	}
	for _, old := range s.Problems {
		if old == p || old.Text == p.Text && old.Source == p.Source || same != "" && strings.HasPrefix(old.Text, same) {
			return true
		}
	}
	s.Problems = append(s.Problems, p)
	return true
}

// at takes over the place of a warning: "/etc/postfix/main.cf, line 3".
func (p *SettingsProblem) at(place string) {
	file, line, numbered := strings.Cut(place, ", line ")
	p.Source, p.Line = file, 0
	if n, err := strconv.Atoi(line); numbered && err == nil && n > 0 {
		p.Line = n
	}
}

// readParameter reads "name = value".
func (s *Settings) readParameter(source string, l logicalLine) bool {
	name, value, ok := strings.Cut(l.text, "=")
	name = strings.TrimSpace(name)
	if !ok || !isParameter(name) {
		return false
	}
	s.set(Setting{Name: name, Value: strings.TrimSpace(value), Source: source, Line: l.number})
	return true
}

func (s *Settings) set(p Setting) {
	for i := range s.Parameters {
		if old := &s.Parameters[i]; old.Name == p.Name && old.Service == p.Service {
			if old.Source == p.Source && old.Value != p.Value {
				s.Problems = append(s.Problems, SettingsProblem{p.Source, old.Line, "overridden further down: " + old.Name + " = " + old.Value})
			}
			*old = p
			return
		}
	}
	s.Parameters = append(s.Parameters, p)
}

// isParameter accepts letters, digits, underscores and hyphens. A parameter of
// one's own may start with a digit.
func isParameter(name string) bool {
	if name == "" {
		return false
	}
	for _, c := range []byte(name) {
		if c != '_' && c != '-' && c != '.' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// readOverride reads a line of postconf -P: "smtp/inet/name = value".
func (s *Settings) readOverride(source string, l logicalLine) bool {
	head, value, ok := strings.Cut(l.text, "=")
	f := strings.Split(strings.TrimSpace(head), "/")
	if !ok || len(f) < 3 || !isServiceType(f[len(f)-2]) || !isParameter(f[len(f)-1]) {
		return false
	}
	n := len(f)
	s.set(Setting{Name: f[n-1], Value: strings.TrimSpace(value), Source: source, Line: l.number, Service: strings.Join(f[:n-2], "/") + "/" + f[n-2]})
	return true
}

func isServiceType(t string) bool {
	switch t {
	case "inet", "unix", "fifo", "pass", "unix-dgram":
		return true
	}
	return false
}

// readService reads a line of master.cf or of postconf -M, with its -o
// overrides: "-o name=value", or "-o { name = value }" since Postfix 3.0.
func (s *Settings) readService(source string, l logicalLine) bool {
	f := strings.Fields(l.text)
	if len(f) < 8 || !isServiceType(f[1]) {
		return false
	}
	svc := Service{Name: f[0], Type: f[1], Chroot: f[4], Maxproc: f[6], Command: f[7], Text: strings.Join(f, " "), Source: source, Line: l.number}
	s.Services = append(s.Services, svc)
	args := f[8:]
	for i := 0; i < len(args); i++ {
		if args[i] != "-o" || i+1 >= len(args) {
			continue
		}
		i++
		text := args[i]
		if text == "{" || strings.HasPrefix(text, "{") {
			text, i = braced(args, i)
		}
		name, value, ok := strings.Cut(text, "=")
		name = strings.TrimSpace(name)
		if !ok || !isParameter(name) {
			s.Problems = append(s.Problems, SettingsProblem{source, l.number, "-o without name=value in service " + svc.Name + "/" + svc.Type + ": " + text})
			continue
		}
		s.set(Setting{Name: name, Value: strings.TrimSpace(value), Source: source, Line: l.number, Service: svc.Name + "/" + svc.Type})
		if i+1 < len(args) && !strings.HasPrefix(args[i+1], "-") && !strings.HasPrefix(args[i], "{") && !strings.HasSuffix(args[i], "}") {
			s.Problems = append(s.Problems, SettingsProblem{source, l.number, "a blank in the value of -o " + name + " in service " + svc.Name + "/" + svc.Type + " cuts it off: what follows, " + quoteShort(args[i+1]) + ", is no part of it"})
		}
	}
	return true
}

func quoteShort(s string) string {
	if len(s) > 60 {
		s = s[:60] + "..."
	}
	return `"` + s + `"`
}

// braced joins the words of "{ name = value }".
func braced(args []string, i int) (text string, last int) {
	var words []string
	for ; i < len(args); i++ {
		words = append(words, args[i])
		if strings.HasSuffix(args[i], "}") {
			break
		}
	}
	return strings.TrimSpace(strings.Trim(strings.Join(words, " "), "{}")), min(i, len(args)-1)
}

// Items gives the settings as facts: Field is the parameter's name, Text its
// value, Host the service that overrides it. A service of master.cf has the
// Field "master.cf" and its whole line as Text. A problem has the Field
// "problem".
func (s *Settings) Items() []evidence.Item {
	var items []evidence.Item
	for _, p := range s.Parameters {
		items = append(items, evidence.Item{
			Kind: evidence.KindSetting, Field: p.Name, Text: p.Value, Host: p.Service,
			Source: evidence.Source{Name: p.Source, Line: p.Line},
		})
	}
	for _, v := range s.Services {
		items = append(items, evidence.Item{
			Kind: evidence.KindSetting, Field: "master.cf", Text: v.Text, Host: v.Name + "/" + v.Type,
			Source: evidence.Source{Name: v.Source, Line: v.Line},
		})
	}
	for _, p := range s.Problems {
		items = append(items, evidence.Item{
			Kind: evidence.KindSetting, Field: "problem", Text: p.Text, Source: evidence.Source{Name: p.Source, Line: p.Line},
		})
	}
	return items
}
