package report

type Redactor struct{}

func NewRedactor() *Redactor            { return &Redactor{} }
func (r *Redactor) Redact(doc Document) {}
