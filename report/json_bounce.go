package report

import "strconv"

// jsonAppender is a document that writes its own JSON: one that thousands are
// printed of in a second. What it writes is byte by byte what the general
// encoder would, which a test holds it to.
type jsonAppender interface {
	appendJSON(dst []byte) []byte
}

// appendJSON implements jsonAppender.
func (b *Bounce) appendJSON(dst []byte) []byte {
	dst = appendField(dst, `{"schema":`, b.Schema)
	dst = appendField(dst, `,"source":`, b.Source)
	if b.Index != nil {
		dst = appendNumber(dst, `,"index":`, *b.Index)
	}
	dst = appendField(dst, `,"kind":`, b.Kind)
	dst = appendField(dst, `,"format":`, b.Format)
	dst = appendField(dst, `,"generator":`, b.Generator)
	dst = appendField(dst, `,"reporting_mta":`, b.ReportingMTA)
	dst = appendField(dst, `,"date":`, b.Date)
	dst = appendField(dst, `,"original":{"message_id":`, b.Original.MessageID)
	dst = appendField(dst, `,"from":`, b.Original.From)
	dst = appendField(dst, `,"to":`, b.Original.To)
	dst = appendField(dst, `,"subject":`, b.Original.Subject)
	dst = appendField(dst, `,"date":`, b.Original.Date)
	dst = appendList(dst, `},"recipients":`, b.Recipients, (*Recipient).appendJSON)
	dst = appendList(dst, `,"problems":`, b.Problems, (*Problem).appendJSON)
	return append(dst, '}')
}

func (r *Recipient) appendJSON(dst []byte) []byte {
	dst = appendField(dst, `{"final_recipient":`, r.FinalRecipient)
	dst = appendField(dst, `,"original_recipient":`, r.OriginalRecipient)
	dst = appendField(dst, `,"action":`, r.Action)
	dst = appendField(dst, `,"status":`, r.Status)
	dst = appendNumber(dst, `,"reply":{"code":`, r.Reply.Code)
	dst = appendField(dst, `,"enhanced":`, r.Reply.Enhanced)
	dst = appendField(dst, `,"text":`, r.Reply.Text)
	dst = appendField(dst, `},"remote_mta":{"name":`, r.RemoteMTA.Name)
	dst = appendField(dst, `,"ip":`, r.RemoteMTA.IP)
	dst = append(dst, `},`...)
	dst = r.appendFields(dst)
	dst = appendField(dst, `,"last_attempt":`, r.LastAttempt)
	dst = appendField(dst, `,"retry_until":`, r.RetryUntil)
	return append(dst, '}')
}

// appendFields appends the fields of a judgement, which stand among those of
// the document around it.
func (j *Judgement) appendFields(dst []byte) []byte {
	dst = appendField(dst, `"stage":`, j.Stage)
	dst = appendField(dst, `,"stage_from":`, j.StageFrom)
	dst = appendField(dst, `,"class":`, j.Class)
	dst = appendField(dst, `,"permanence":`, j.Permanence)
	dst = strconv.AppendBool(append(dst, `,"suppress":`...), j.Suppress)
	dst = appendField(dst, `,"owner":`, j.Owner)
	dst = appendField(dst, `,"confidence":`, j.Confidence)
	dst = appendField(dst, `,"rule":`, j.Rule)
	dst = appendField(dst, `,"runner_up":`, j.RunnerUp)
	dst = appendList(dst, `,"evidence":`, j.Evidence, (*Evidence).appendJSON)
	dst = appendList(dst, `,"findings":`, j.Findings, (*Finding).appendJSON)
	dst = appendList(dst, `,"next":`, j.Next, (*Step).appendJSON)
	dst = appendField(dst, `,"title":`, j.Title)
	dst = appendField(dst, `,"meaning":`, j.Meaning)
	dst = appendField(dst, `,"runner_up_class":`, j.RunnerUpClass)
	return appendField(dst, `,"flip":`, j.Flip)
}

func (e *Evidence) appendJSON(dst []byte) []byte {
	dst = appendField(dst, `{"from":`, e.From)
	dst = appendNumber(dst, `,"line":`, e.Line)
	dst = appendField(dst, `,"text":`, e.Text)
	dst = appendField(dst, `,"part":`, e.Part)
	return append(dst, '}')
}

func (f *Finding) appendJSON(dst []byte) []byte {
	dst = appendField(dst, `{"key":`, f.Key)
	dst = appendField(dst, `,"severity":`, f.Severity)
	dst = appendField(dst, `,"text":`, f.Text)
	return append(dst, '}')
}

func (s *Step) appendJSON(dst []byte) []byte {
	dst = appendField(dst, `{"text":`, s.Text)
	dst = appendField(dst, `,"command":`, s.Command)
	dst = appendField(dst, `,"decide":`, s.Decide)
	dst = appendField(dst, `,"means":`, s.Means)
	return append(dst, '}')
}

func (p *Problem) appendJSON(dst []byte) []byte {
	dst = appendNumber(dst, `{"line":`, p.Line)
	dst = appendField(dst, `,"text":`, p.Text)
	return append(dst, '}')
}

// appendField appends what stands in front of a string and the string.
func appendField(dst []byte, before, value string) []byte {
	return appendString(append(dst, before...), value)
}

func appendNumber(dst []byte, before string, value int) []byte {
	return strconv.AppendInt(append(dst, before...), int64(value), 10)
}

// appendList appends what stands in front of an array and the array.
func appendList[T any](dst []byte, before string, list []T, item func(*T, []byte) []byte) []byte {
	dst = append(dst, before...)
	if list == nil {
		return append(dst, "null"...)
	}
	dst = append(dst, '[')
	for i := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = item(&list[i], dst)
	}
	return append(dst, ']')
}
