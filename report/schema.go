package report

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// SchemaSchema is the version of JSON Schema that schemas are written in.
const SchemaSchema = "https://json-schema.org/draft/2020-12/schema"

// public lists every object that a command prints as JSON. A new Document is
// one line here.
func public() []struct {
	id   string
	form any
} {
	return []struct {
		id   string
		form any
	}{
		{SchemaBounce, Bounce{}},
		{SchemaSummary, Summary{}},
		{SchemaExplain, Explain{}},
		{SchemaMX, MX{}},
		{SchemaProbe, Probe{}},
		{SchemaDiagnose, Diagnose{}},
		{SchemaLog, LogGroup{}},
		{SchemaStory, Story{}},
		{SchemaQueue, QueueGroup{}},
		{SchemaPostconf, Postconf{}},
		{SchemaEdge, Edge{}},
		{SchemaRunbookList, RunbookList{}},
		{SchemaRunbookEntry, RunbookEntry{}},
		{SchemaRunbook, RunbookPage{}},
		{SchemaVerdicts, Verdicts{}},
		{SchemaVersion, Version{}},
	}
}

// SchemaNames lists the objects that have a schema: "bounce", "mx".
func SchemaNames() []string {
	var names []string
	for _, p := range public() {
		names = append(names, schemaName(p.id))
	}
	return names
}

// schemaName gives "bounce" for "smtpdiag.bounce/v1".
func schemaName(id string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(id, "smtpdiag."), "/")
	return name
}

// schema is a JSON Schema, as far as it is needed here. The order of the
// fields is that of the output.
type schema struct {
	Schema      string     `json:"$schema,omitempty"`
	ID          string     `json:"$id,omitempty"`
	Title       string     `json:"title,omitempty"`
	Const       string     `json:"const,omitempty"`
	Type        any        `json:"type,omitempty"`
	Enum        []string   `json:"enum,omitempty"`
	Items       *schema    `json:"items,omitempty"`
	MinItems    *int       `json:"minItems,omitempty"`
	MaxItems    *int       `json:"maxItems,omitempty"`
	Properties  properties `json:"properties,omitempty"`
	Required    []string   `json:"required,omitempty"`
	Description string     `json:"description,omitempty"`
}

// properties keeps the order of the fields, which a map would not.
type properties []property

type property struct {
	name   string
	schema *schema
}

// MarshalJSON implements json.Marshaler.
func (p properties) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, property := range p {
		if i > 0 {
			out = append(out, ',')
		}
		name, err := json.Marshal(property.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(property.schema)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, name...), ':'), value...)
	}
	return append(out, '}'), nil
}

// JSONSchema gives the schema of the object of that name, as indented JSON
// with a line feed at its end. Fields may be added within a version, so a
// schema asks for those that are there and allows others.
func JSONSchema(name string) ([]byte, error) {
	for _, p := range public() {
		if schemaName(p.id) != name {
			continue
		}
		s := schemaOf(reflect.TypeOf(p.form), "")
		s.Schema, s.ID, s.Title = SchemaSchema, "urn:smtpdiag:"+strings.ReplaceAll(strings.TrimPrefix(p.id, "smtpdiag."), "/", ":"), p.id
		for _, field := range s.Properties {
			if field.name == "schema" {
				field.schema.Const = p.id
			}
		}
		out, err := json.MarshalIndent(s, "", "  ")
		return append(out, '\n'), err
	}
	return nil, fmt.Errorf("report: there is no schema %q", name)
}

// closedValues are the fields that hold one of a few words.
func closedValues(field string) []string {
	switch field {
	case "severity":
		return []string{"info", "warning", "error"}
	case "permanence":
		return []string{"permanent", "temporary", ""}
	case "confidence":
		return []string{"high", "medium", "low", ""}
	case "owner":
		return []string{"sender", "sender-admin", "receiver-admin", "recipient", "nobody", ""}
	case "stage":
		return []string{"connect", "banner", "ehlo", "starttls", "auth", "mail", "rcpt", "data", "eod", "rset", "quit", ""}
	case "stage_from":
		return []string{StageFromMessage, StageFromWording, ""}
	}
	return nil
}

// schemaOf gives the schema of a Go type by its JSON form.
func schemaOf(t reflect.Type, field string) *schema {
	switch t.Kind() {
	case reflect.Pointer:
		s := schemaOf(t.Elem(), field)
		s.Type = []string{fmt.Sprint(s.Type), "null"}
		return s
	case reflect.Struct:
		s := &schema{Type: "object"}
		s.fields(t)
		return s
	case reflect.Slice:
		return &schema{Type: "array", Items: schemaOf(t.Elem(), field)}
	case reflect.Array:
		n := t.Len()
		return &schema{Type: "array", Items: schemaOf(t.Elem(), field), MinItems: &n, MaxItems: &n}
	case reflect.Bool:
		return &schema{Type: "boolean"}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return &schema{Type: "integer"}
	case reflect.Float32, reflect.Float64:
		return &schema{Type: "number"}
	case reflect.String:
		return &schema{Type: "string", Enum: closedValues(field)}
	default:
		return &schema{} // anything goes
	}
}

// fields adds the fields of a struct, those of embedded ones among them.
func (s *schema) fields(t reflect.Type) {
	for field := range t.Fields() {
		tag := field.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		switch {
		case field.Anonymous && name == "":
			s.fields(field.Type)
			continue
		case name == "-" || !field.IsExported():
			continue
		case name == "":
			name = field.Name
		}
		s.Properties = append(s.Properties, property{name, schemaOf(field.Type, name)})
		if !strings.Contains(options, "omit") {
			s.Required = append(s.Required, name)
		}
	}
}
