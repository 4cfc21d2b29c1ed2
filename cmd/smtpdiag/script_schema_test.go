package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/smtpdiag/smtpdiag/report"
)

// schemas compiles every schema that the program prints, once.
var schemas = sync.OnceValues(func() (map[string]*jsonschema.Schema, error) {
	all := map[string]*jsonschema.Schema{}
	for _, name := range report.SchemaNames() {
		text, err := report.JSONSchema(name)
		if err != nil {
			return nil, err
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return nil, err
		}
		c := jsonschema.NewCompiler()
		if err = c.AddResource(name+".json", doc); err != nil {
			return nil, err
		}
		if all[name], err = c.Compile(name + ".json"); err != nil {
			return nil, err
		}
	}
	return all, nil
})

// validateOutput holds every JSON object that a story prints against its
// schema. What is no JSON of ours is passed over.
func validateOutput(ts *testscript.TestScript, stdout string) {
	if !strings.Contains(stdout, `"smtpdiag.`) || !strings.HasPrefix(stdout, "{") && !strings.HasPrefix(stdout, "[") {
		return
	}
	all, err := schemas()
	if err != nil {
		ts.Fatalf("schemas: %v", err)
	}
	for decoder := json.NewDecoder(strings.NewReader(stdout)); decoder.More(); {
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return // cut off by head, or not JSON after all
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			ts.Fatalf("JSON: %v", err)
		}
		list, isList := doc.([]any)
		if !isList {
			list = []any{doc}
		}
		for _, one := range list {
			validateDocument(ts, all, one)
		}
	}
}

func validateDocument(ts *testscript.TestScript, all map[string]*jsonschema.Schema, doc any) {
	object, ok := doc.(map[string]any)
	if !ok {
		return
	}
	id, _ := object["schema"].(string)
	name, _, _ := strings.Cut(strings.TrimPrefix(id, "smtpdiag."), "/")
	schema := all[name]
	if schema == nil {
		ts.Fatalf("there is no schema for %q", id)
	}
	if err := schema.Validate(doc); err != nil {
		ts.Fatalf("the output does not fit its schema: %v", err)
	}
}

// A schema that lets anything through would prove nothing.
func TestSchemasRefuse(t *testing.T) {
	all, err := schemas()
	if err != nil {
		t.Fatal(err)
	}
	for name, schema := range all {
		if schema.Validate(map[string]any{"schema": "smtpdiag." + name + "/v1"}) == nil {
			t.Errorf("an object with nothing in it fits the schema %s", name)
		}
	}
	bad := map[string]any{"schema": "smtpdiag.queue/v2"}
	if all["queue"].Validate(bad) == nil {
		t.Error("an object of another version fits the schema queue")
	}
}
