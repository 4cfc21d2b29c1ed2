package postfix

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// QueueState is the queue that a message is in.
type QueueState string

// The states of a queued message.
const (
	QueueActive   QueueState = "active"
	QueueDeferred QueueState = "deferred"
	QueueHold     QueueState = "hold"
	QueueIncoming QueueState = "incoming"
	QueueMaildrop QueueState = "maildrop"
	QueueFrozen   QueueState = "frozen" // Exim's word for a message that is tried no more
)

// QueuedRecipient is one recipient that has not got the message yet.
type QueuedRecipient struct {
	Address string
	// Reason is why the last attempt failed; "" where there was none.
	Reason string
}

// QueuedMessage is one entry of a queue listing.
type QueuedMessage struct {
	ID    string
	State QueueState
	// Forced says that the message is marked for expiry (postsuper -e).
	Forced bool
	// SizeBytes is the size in bytes, as exact as the listing is.
	SizeBytes int64
	// Arrival is when it came; zero where the listing does not tell.
	Arrival    time.Time
	Sender     string
	Recipients []QueuedRecipient
	// Line is where the entry begins in the listing, from 1.
	Line int
}

// QueueFormat says what program made a listing.
type QueueFormat string

// The forms of queue listings.
const (
	QueueJSON    QueueFormat = "postqueue -j"
	QueueMailq   QueueFormat = "mailq"
	QueueExim    QueueFormat = "exim -bp"
	QueueUnknown QueueFormat = ""
)

// ErrNotQueue says that an input is no queue listing that is known.
var ErrNotQueue = errors.New("not a queue listing (expected postqueue -j, mailq or exim -bp)")

// QueueProblem is a line of a listing that could not be read.
type QueueProblem struct {
	Line int
	Text string
}

// QueueOptions say how to read a listing.
type QueueOptions struct {
	// Reference is the time when the listing was made, for its stamps without a
	// year (mailq) and its ages (exim -bp).
	Reference time.Time
	// Zone is the zone of stamps without one; nil means the local one.
	Zone *time.Location
}

// ReadQueue reads a queue listing message by message and gives each to yield,
// so that a queue of a million messages needs no memory of its size. An empty
// listing, or one that says that the queue is empty, is no error. Lines that
// cannot be read are given as problems; input of another kind is ErrNotQueue.
func ReadQueue(r io.Reader, opts QueueOptions, yield func(*QueuedMessage) error) (QueueFormat, []QueueProblem, error) {
	br := bufio.NewReaderSize(r, 64<<10)
	head, err := br.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return QueueUnknown, nil, fmt.Errorf("read the queue listing: %w", err)
	}
	q := queueReader{in: bufio.NewScanner(br), opts: opts, yield: yield, clock: newClock(opts.Reference, opts.Zone)}
	q.in.Buffer(make([]byte, 64<<10), 16<<20)
	format := sniffQueue(head)
	switch format {
	case QueueJSON:
		err = q.json()
	case QueueMailq:
		err = q.mailq()
	case QueueExim:
		err = q.exim()
	case QueueUnknown:
		if len(bytes.TrimSpace(head)) == 0 || bytes.Contains(bytes.ToLower(head), []byte("queue is empty")) {
			return QueueMailq, nil, nil
		}
		return QueueUnknown, nil, ErrNotQueue
	}
	if err == nil && q.in.Err() != nil {
		err = fmt.Errorf("read the queue listing at line %d: %w", q.line, q.in.Err())
	}
	return format, q.problems, err
}

func sniffQueue(head []byte) QueueFormat {
	text := string(head)
	first := strings.TrimLeft(text, " \t\r\n")
	switch {
	case strings.HasPrefix(first, "{"):
		return QueueJSON
	case strings.HasPrefix(first, "-Queue ID-"), strings.HasPrefix(first, "---Queue ID"), strings.Contains(text, "\n-Queue ID-"):
		return QueueMailq
	}
	for line := range strings.Lines(first) {
		if _, ok := eximHead(strings.TrimRight(line, "\r\n")); ok {
			return QueueExim
		}
		if _, ok := mailqHead(strings.TrimRight(line, "\r\n"), newClock(time.Time{}, time.UTC)); ok {
			return QueueMailq
		}
	}
	return QueueUnknown
}

type queueReader struct {
	in       *bufio.Scanner
	opts     QueueOptions
	yield    func(*QueuedMessage) error
	clock    *clock
	line     int
	problems []QueueProblem
}

func (q *queueReader) next() (string, bool) {
	if !q.in.Scan() {
		return "", false
	}
	q.line++
	return strings.TrimRight(q.in.Text(), "\r"), true
}

// maxQueueProblems bounds how many unreadable lines are kept.
const maxQueueProblems = 100

func (q *queueReader) problem(text string) {
	if len(q.problems) < maxQueueProblems {
		q.problems = append(q.problems, QueueProblem{q.line, text})
	}
}

// json reads the output of postqueue -j, an object a line (Postfix 3.1).
func (q *queueReader) json() error {
	for {
		s, ok := q.next()
		if !ok {
			return nil
		}
		if strings.TrimSpace(s) == "" {
			continue
		}
		var v struct {
			QueueName   string `json:"queue_name"`
			QueueID     string `json:"queue_id"`
			ArrivalTime int64  `json:"arrival_time"`
			MessageSize int64  `json:"message_size"`
			Forced      bool   `json:"forced_expire"`
			Sender      string `json:"sender"`
			Recipients  []struct {
				Address string `json:"address"`
				Reason  string `json:"delay_reason"`
			} `json:"recipients"`
		}
		if err := json.Unmarshal([]byte(s), &v); err != nil {
			q.problem("not an object of postqueue -j: " + err.Error())
			continue
		}
		m := QueuedMessage{ID: v.QueueID, State: QueueState(v.QueueName), Forced: v.Forced, SizeBytes: v.MessageSize, Sender: v.Sender, Line: q.line}
		if v.ArrivalTime > 0 {
			m.Arrival = time.Unix(v.ArrivalTime, 0).UTC()
		}
		for _, r := range v.Recipients {
			m.Recipients = append(m.Recipients, QueuedRecipient{r.Address, r.Reason})
		}
		if err := q.yield(&m); err != nil {
			return err
		}
	}
}

// mailq reads the output of postqueue -p. An entry is a line with the id, one
// or more reasons in parentheses, each followed by the recipients it holds up.
func (q *queueReader) mailq() error {
	var m *QueuedMessage
	reason := ""
	flush := func() error {
		if m == nil {
			return nil
		}
		done := m
		m = nil
		return q.yield(done)
	}
	for {
		s, ok := q.next()
		if !ok {
			return flush()
		}
		trimmed := strings.TrimSpace(s)
		switch {
		case trimmed == "" || strings.HasPrefix(s, "-Queue ID-") || strings.HasPrefix(s, "-- ") || strings.Contains(s, "queue is empty"):
			continue
		case s[0] != ' ' && s[0] != '\t' && !strings.HasPrefix(s, "("):
			if err := flush(); err != nil {
				return err
			}
			head, ok := mailqHead(s, q.clock)
			if !ok {
				q.problem("not an entry of mailq: " + s)
				continue
			}
			head.Line, reason, m = q.line, "", &head
		case strings.HasPrefix(trimmed, "("):
			reason = strings.TrimSuffix(strings.TrimPrefix(trimmed, "("), ")")
		case m == nil:
			q.problem("a recipient without a message: " + trimmed)
		default:
			m.Recipients = append(m.Recipients, QueuedRecipient{trimmed, reason})
		}
	}
}

// mailqHead reads "3F2A91C0*     1080 Mon Jan 25 11:00:14  sender@example.com".
func mailqHead(s string, c *clock) (QueuedMessage, bool) {
	f := strings.Fields(s)
	if len(f) < 7 {
		return QueuedMessage{}, false
	}
	m := QueuedMessage{ID: strings.TrimRight(f[0], "*!#"), State: QueueDeferred}
	switch {
	case strings.HasSuffix(f[0], "*"):
		m.State = QueueActive
	case strings.Contains(f[0], "!"):
		m.State = QueueHold
	}
	m.Forced = strings.HasSuffix(f[0], "#")
	size, err := strconv.ParseInt(f[1], 10, 64)
	if err != nil || len(m.ID) < 5 || word0(m.ID) != m.ID || len(f[3]) != 3 {
		return QueuedMessage{}, false
	}
	day := f[4]
	if len(day) == 1 {
		day = " " + day
	}
	stamp := f[3] + " " + day + " " + f[5]
	if len(stamp) != 15 {
		return QueuedMessage{}, false
	}
	t, ok := c.syslog(stamp)
	if !ok {
		return QueuedMessage{}, false
	}
	m.SizeBytes, m.Arrival, m.Sender = size, t, f[6]
	return m, true
}

// exim reads the output of exim -bp.
func (q *queueReader) exim() error {
	var m *QueuedMessage
	flush := func() error {
		if m == nil {
			return nil
		}
		done := m
		m = nil
		return q.yield(done)
	}
	for {
		s, ok := q.next()
		if !ok {
			return flush()
		}
		if strings.TrimSpace(s) == "" {
			continue
		}
		if head, ok := eximHead(s); ok {
			if err := flush(); err != nil {
				return err
			}
			head.Line, m = q.line, &head.QueuedMessage
			if !q.opts.Reference.IsZero() {
				m.Arrival = q.opts.Reference.Add(-head.age).UTC()
			}
			continue
		}
		addr := strings.TrimSpace(s)
		if m == nil || !strings.HasPrefix(s, " ") {
			q.problem("not an entry of exim -bp: " + s)
			continue
		}
		if strings.HasPrefix(addr, "D ") || strings.HasPrefix(addr, "+D ") {
			continue // delivered already
		}
		m.Recipients = append(m.Recipients, QueuedRecipient{Address: addr})
	}
}

type eximEntry struct {
	QueuedMessage
	age time.Duration
}

// eximHead reads "25m  2.9K 0t5C6f-0000c8-00 <sender@example.com> *** frozen ***".
func eximHead(s string) (eximEntry, bool) {
	f := strings.Fields(s)
	if len(f) < 4 || strings.Count(f[2], "-") != 2 || !strings.HasPrefix(f[3], "<") {
		return eximEntry{}, false
	}
	age, okAge := eximAge(f[0])
	size, okSize := eximSize(f[1])
	if !okAge || !okSize {
		return eximEntry{}, false
	}
	e := eximEntry{age: age}
	e.ID, e.SizeBytes, e.State = f[2], size, QueueDeferred
	e.Sender = strings.Trim(f[3], "<>")
	if strings.Contains(s, "*** frozen ***") {
		e.State = QueueFrozen
	}
	return e, true
}

func eximAge(s string) (time.Duration, bool) {
	if s == "" {
		return 0, false
	}
	n, err := strconv.Atoi(s[:len(s)-1])
	if err != nil || n < 0 || n > 1<<20 {
		return 0, false
	}
	switch s[len(s)-1] {
	case 's':
		return time.Duration(n) * time.Second, true
	case 'm':
		return time.Duration(n) * time.Minute, true
	case 'h':
		return time.Duration(n) * time.Hour, true
	case 'd':
		return time.Duration(n) * 24 * time.Hour, true
	case 'w':
		return time.Duration(n) * 7 * 24 * time.Hour, true
	}
	return 0, false
}

func eximSize(s string) (int64, bool) {
	unit := 1.0
	switch {
	case strings.HasSuffix(s, "K"):
		unit = 1 << 10
	case strings.HasSuffix(s, "M"):
		unit = 1 << 20
	case strings.HasSuffix(s, "G"):
		unit = 1 << 30
	}
	n, err := strconv.ParseFloat(strings.TrimRight(s, "KMG"), 64)
	if err != nil || n < 0 || n > 1<<40 {
		return 0, false
	}
	return int64(n * unit), true
}
