package diagnose

import (
	"fmt"
	"strings"
	"time"
)

// staleText says what DNS says instead, with resolver and TTL, and whether a
// cache can have led the sender to the old host.
func (j *witnessJudge) staleText() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s refused and is in nobody's MX set for %s.", hostText(j.Bounce.Host, j.Bounce.IP), j.Route.Domain)
	told := 0
	for i := range j.Route.Views {
		v := &j.Route.Views[i]
		if v.Route == RouteFailed || len(v.Hosts) == 0 || told == maxStaleViews {
			continue
		}
		told++
		fmt.Fprintf(&text, " %s says %s, TTL %d s", v.Label, statement(v), v.Hosts[0].TTL)
		if v.Kind == ViewAuthoritative {
			text.WriteString(" (the domain's own: no cache holds an answer longer)")
		}
		text.WriteString(".")
	}
	return text.String() + j.ageText()
}

// maxStaleViews bounds the servers whose answers are quoted.
const maxStaleViews = 4

// age gives how old the refusal was when name servers were asked, 0 where that
// is not known.
func (j *witnessJudge) age() time.Duration {
	if j.Bounce == nil || j.Bounce.Time.IsZero() || j.Asked.IsZero() {
		return 0
	}
	return max(0, j.Asked.Sub(j.Bounce.Time))
}

// answerLife gives how long an answer about the mail hosts may live at most, as
// far as any server tells: those of caches count down.
func (j *witnessJudge) answerLife() time.Duration {
	var longest uint32
	for i := range j.Route.Views {
		longest = max(longest, lifetime(&j.Route.Views[i]))
	}
	return time.Duration(longest) * time.Second
}

// outlived gives by how much the refusal is older than the life of an answer, 0
// where it is not.
func (j *witnessJudge) outlived() time.Duration {
	if j.Route == nil {
		return 0
	}
	age, life := j.age(), j.answerLife()
	if age == 0 || life == 0 {
		return 0
	}
	return max(0, age-life)
}

// ageText compares the age of the refusal with the TTL.
func (j *witnessJudge) ageText() string {
	age, life := j.age(), j.answerLife()
	if age == 0 || life == 0 {
		return ""
	}
	old, lives := span(seconds(age)), span(seconds(life))
	if age > life {
		return fmt.Sprintf(" The refusal is %s old, and an answer lives %s: no cache can hold by now what was the answer then. "+
			"A new message that goes there still takes a fixed route; one that does not shows that the old answer was cached, or was the right one then.", old, lives)
	}
	return fmt.Sprintf(" The refusal is %s old, and an answer lives up to %s: a cache may have held the old one, and may for another %s.", old, lives, span(seconds(life-age)))
}

// seconds gives a duration in whole seconds, at most those of a TTL.
func seconds(d time.Duration) uint32 { return uint32(min(d/time.Second, 1<<31)) }
