package diagnose

import (
	"strconv"
	"strings"

	"github.com/smtpdiag/smtpdiag/evidence"
)

// SettingFinding is a setting of a mail host that causes wrong refusals, or
// hides them.
type SettingFinding struct {
	// Rule is the identifier of the rule, Key the finding's key.
	Rule string
	Key  string
	// Setting, Value and Default are those of the parameter at fault. Value is
	// as written; Service is the master.cf service that sets it, or "".
	Setting string
	Value   string
	Default string
	Service string
	Source  evidence.Source
	// Severity, Text and Fix: how bad, why it matters, the line to change.
	Severity Severity
	Text     string
	Fix      string
	Refs     []string
}

// SettingRule says what is wrong with settings of a certain form.
type SettingRule struct {
	ID       string
	Key      string
	Setting  string
	Severity Severity
	// Text says why it matters for refusals, Fix gives the line to change. In
	// both, {value} and {setting} stand for what was found.
	Text string
	Fix  string
	Refs []string
	// Hits are settings, lines parted by line feeds, that the rule must find
	// fault with; Misses are near ones that it must not.
	Hits   []string
	Misses []string

	check func(h *hostSettings) []faulty
}

// faulty is one parameter at fault.
type faulty struct {
	name    string
	value   string
	service string
	source  evidence.Source
	detail  string // for {detail} in Text
}

// hostSettings gives the settings of a host by name.
type hostSettings struct {
	items []evidence.Item
}

// get gives the value of a parameter in main.cf, or its default; set is false
// for the default.
func (h *hostSettings) get(name string) (value string, at *evidence.Item) {
	for i := range h.items {
		if it := &h.items[i]; it.Field == name && it.Host == "" {
			return it.Text, it
		}
	}
	return settingDefault(name), nil
}

// value gives the expanded value of a parameter.
func (h *hostSettings) value(name string) string {
	v, _ := h.get(name)
	return h.expand(v, 0)
}

// all gives every place where a parameter is set, main.cf and services.
func (h *hostSettings) all(name string) []*evidence.Item {
	var out []*evidence.Item
	for i := range h.items {
		if h.items[i].Field == name {
			out = append(out, &h.items[i])
		}
	}
	return out
}

// expand replaces $name, ${name} and the conditional forms of postconf(5),
// which count as their first alternative.
func (h *hostSettings) expand(v string, depth int) string {
	if depth > 8 || strings.IndexByte(v, '$') < 0 {
		return v
	}
	var b strings.Builder
	for i := 0; i < len(v) && b.Len() < 1<<16; i++ {
		if v[i] != '$' || i+1 >= len(v) {
			b.WriteByte(v[i])
			continue
		}
		j := i + 1
		open := v[j]
		if open == '{' || open == '(' {
			j++
		}
		start := j
		for j < len(v) && (v[j] == '_' || v[j] == '-' || v[j] >= '0' && v[j] <= '9' || v[j] >= 'a' && v[j] <= 'z' || v[j] >= 'A' && v[j] <= 'Z') {
			j++
		}
		name := v[start:j]
		if open == '{' || open == '(' {
			end := strings.IndexAny(v[j:], "})")
			if end < 0 {
				break
			}
			j += end + 1
		}
		if inner, _ := h.get(name); name != "" {
			b.WriteString(h.expand(inner, depth+1))
		}
		i = j - 1
	}
	return b.String()
}

// listWords splits a list value at blanks and commas.
func listWords(v string) []string {
	return strings.FieldsFunc(v, func(c rune) bool { return c == ' ' || c == ',' || c == '\t' || c == '\n' })
}

// list gives the words of a parameter's expanded value.
func (h *hostSettings) list(name string) []string { return listWords(h.value(name)) }

// restrictions finds every restriction list that holds a word.
func (h *hostSettings) restrictions(word string) []faulty {
	var out []faulty
	for i := range h.items {
		it := &h.items[i]
		if !isRestrictionList(it.Field) {
			continue
		}
		for _, w := range listWords(h.expand(it.Text, 0)) {
			if strings.EqualFold(w, word) {
				out = append(out, faultAt(it))
				break
			}
		}
	}
	return out
}

// isRestrictionList reports whether a parameter holds access restrictions.
func isRestrictionList(name string) bool {
	return strings.HasPrefix(name, "smtpd_") && strings.HasSuffix(name, "_restrictions")
}

func faultAt(it *evidence.Item) faulty {
	return faulty{name: it.Field, value: it.Text, service: it.Host, source: it.Source}
}

// duration reads a Postfix time value in seconds; the unit of a bare number is
// given.
func duration(v string, unit float64) (seconds float64, ok bool) {
	v = strings.TrimSpace(v)
	if v == "" {
		return 0, false
	}
	switch v[len(v)-1] {
	case 's':
		unit, v = 1, v[:len(v)-1]
	case 'm':
		unit, v = 60, v[:len(v)-1]
	case 'h':
		unit, v = 3600, v[:len(v)-1]
	case 'd':
		unit, v = 86400, v[:len(v)-1]
	case 'w':
		unit, v = 7*86400, v[:len(v)-1]
	}
	n, err := strconv.ParseFloat(v, 64)
	return n * unit, err == nil && n >= 0
}

// Settings judges the settings of a Postfix host. items are those of kind
// setting; the findings come in the order of the rules.
func Settings(items []evidence.Item) []SettingFinding {
	h := &hostSettings{items: items}
	var out []SettingFinding
	for _, r := range SettingRules() {
		for _, f := range r.check(h) {
			out = append(out, settingFinding(&r, &f))
		}
	}
	return out
}

func settingFinding(r *SettingRule, f *faulty) SettingFinding {
	name := f.name
	if name == "" {
		name = r.Setting
	}
	fill := strings.NewReplacer("{value}", f.value, "{setting}", name, "{detail}", f.detail)
	return SettingFinding{
		Rule: r.ID, Key: r.Key, Setting: name, Value: f.value, Default: statedDefault(name), Service: f.service, Source: f.source,
		Severity: r.Severity, Text: fill.Replace(r.Text), Fix: fill.Replace(r.Fix), Refs: r.Refs,
	}
}

// The conditions that most rules are made of.

// setTo finds a parameter that is set to one of the values, anywhere.
func setTo(name string, values ...string) func(*hostSettings) []faulty {
	return func(h *hostSettings) (out []faulty) {
		for _, it := range h.all(name) {
			for _, v := range values {
				if strings.EqualFold(strings.TrimSpace(h.expand(it.Text, 0)), v) {
					out = append(out, faultAt(it))
				}
			}
		}
		return out
	}
}

// listHas finds a parameter whose list holds one of the words.
func listHas(name string, list ...string) func(*hostSettings) []faulty {
	return func(h *hostSettings) (out []faulty) {
		for _, it := range h.all(name) {
			if hasWord(h.expand(it.Text, 0), list...) {
				out = append(out, faultAt(it))
			}
		}
		return out
	}
}

func hasWord(v string, list ...string) bool {
	for _, w := range listWords(v) {
		for _, l := range list {
			if strings.EqualFold(w, l) {
				return true
			}
		}
	}
	return false
}

// coded4 finds a reply code parameter that is set to a 4xx code.
func coded4(name string) func(*hostSettings) []faulty {
	return func(h *hostSettings) (out []faulty) {
		for _, it := range h.all(name) {
			if v := strings.TrimSpace(it.Text); len(v) == 3 && v[0] == '4' {
				out = append(out, faultAt(it))
			}
		}
		return out
	}
}

// coded5 finds a reply code parameter that is set to a 5xx code.
func coded5(name string) func(*hostSettings) []faulty {
	return func(h *hostSettings) (out []faulty) {
		for _, it := range h.all(name) {
			if v := strings.TrimSpace(it.Text); len(v) == 3 && v[0] == '5' {
				out = append(out, faultAt(it))
			}
		}
		return out
	}
}

// numberWhere finds a parameter that is set to a number for which bad is true.
func numberWhere(name string, bad func(n int64) bool) func(*hostSettings) []faulty {
	return func(h *hostSettings) (out []faulty) {
		for _, it := range h.all(name) {
			if n, err := strconv.ParseInt(strings.TrimSpace(h.expand(it.Text, 0)), 10, 64); err == nil && bad(n) {
				out = append(out, faultAt(it))
			}
		}
		return out
	}
}

// shorter finds a time that is set to less than limit seconds.
func shorter(name string, unit, limit float64) func(*hostSettings) []faulty {
	return func(h *hostSettings) (out []faulty) {
		for _, it := range h.all(name) {
			if s, ok := duration(h.expand(it.Text, 0), unit); ok && s < limit {
				out = append(out, faultAt(it))
			}
		}
		return out
	}
}

// longer finds a time that is set to more than limit seconds.
func longer(name string, unit, limit float64) func(*hostSettings) []faulty {
	return func(h *hostSettings) (out []faulty) {
		for _, it := range h.all(name) {
			if s, ok := duration(h.expand(it.Text, 0), unit); ok && s > limit {
				out = append(out, faultAt(it))
			}
		}
		return out
	}
}

// uses finds a restriction in any list.
func uses(word string) func(*hostSettings) []faulty {
	return func(h *hostSettings) []faulty { return h.restrictions(word) }
}

// isSet finds a parameter that is set at all, and not to nothing.
func isSet(name string) func(*hostSettings) []faulty {
	return func(h *hostSettings) (out []faulty) {
		for _, it := range h.all(name) {
			if strings.TrimSpace(it.Text) != "" {
				out = append(out, faultAt(it))
			}
		}
		return out
	}
}

// isEmpty finds a parameter that is set to nothing.
func isEmpty(name string) func(*hostSettings) []faulty {
	return func(h *hostSettings) (out []faulty) {
		for _, it := range h.all(name) {
			if strings.TrimSpace(it.Text) == "" {
				out = append(out, faultAt(it))
			}
		}
		return out
	}
}
