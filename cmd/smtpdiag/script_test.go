package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"smtpdiag": main,
	})
}

// TestScripts runs the stories in testdata/script against the real program,
// each in a process and a folder of its own, with the example bounces and cases
// in testdata/bounces and testdata/cases below it. Beside testscript's own commands
// there are:
//
//	exits STATUS CMD...   runs a command that must end with this exit status, and
//	                      whose JSON must fit its schema
//	json PATH VALUE       the JSON on standard output holds VALUE at PATH; names
//	                      and indices are parted by dots, * is any index
//	mtime TIME FILE       the file was last written to at that time
//	dns VAR IP=FILE...    starts name servers from zone text on one port, which
//	                      the variable then holds, see mailtest.DNS
//	smtp VAR IP=FILE...   starts mail servers from conversations on one port,
//	                      which the variable then holds, see mailtest.Conversation
//	heard IP COMMAND      that mail server was told so
//	sessions IP NUMBER    it had so many connections
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                filepath.Join("testdata", "script"),
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			// Neither the user's configuration nor the language decides.
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, ".config"))
			env.Setenv("LC_ALL", "C")
			env.Values[dnsGroupsKey{}] = dnsGroups{}
			env.Values[smtpServersKey{}] = smtpServers{}
			for _, folder := range []string{"bounces", "cases"} {
				if err := os.CopyFS(filepath.Join(env.WorkDir, "testdata", folder), os.DirFS("../../testdata/"+folder)); err != nil {
					return err
				}
			}
			return nil
		},
		Condition: func(condition string) (bool, error) {
			if condition == "superuser" {
				return os.Getuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", condition)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    scriptExits,
			"json":     scriptJSON,
			"mtime":    scriptMtime,
			"dns":      scriptDNS,
			"asked":    scriptAsked,
			"https":    scriptHTTPS(t),
			"smtp":     scriptSMTP(t),
			"heard":    scriptHeard,
			"sessions": scriptSessions,
		},
	})
}

// scriptExits runs a command and compares its exit status.
func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS CMD...")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if want := args[0]; strconv.Itoa(got) != want {
		ts.Fatalf("exit status %d, want %s", got, want)
	}
	if args[1] == "smtpdiag" && !slices.Contains(args, "schema") {
		validateOutput(ts, ts.ReadFile("stdout"))
	}
}

// scriptMtime sets when a file was last written to.
func scriptMtime(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mtime TIME FILE")
	}
	at, err := time.Parse(time.RFC3339, args[0])
	ts.Check(err)
	ts.Check(os.Chtimes(ts.MkAbs(args[1]), at, at))
}

// scriptJSON looks a value up in the JSON on standard output.
func scriptJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: json PATH VALUE")
	}
	var doc any
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &doc); err != nil {
		ts.Fatalf("standard output is no JSON: %v", err)
	}
	found := jsonValues(doc, strings.Split(args[0], "."))
	for _, value := range found {
		if value == args[1] {
			if neg {
				ts.Fatalf("%s is %q", args[0], value)
			}
			return
		}
	}
	if !neg {
		ts.Fatalf("%s is %q, want %q", args[0], found, args[1])
	}
}

// jsonValues gives what stands at a path, scalars as text, the rest by its
// length.
func jsonValues(doc any, path []string) []string {
	if len(path) == 0 || path[0] == "" {
		switch v := doc.(type) {
		case string:
			return []string{v}
		case []any:
			return []string{"[" + strconv.Itoa(len(v)) + "]"}
		case map[string]any:
			return []string{"{" + strconv.Itoa(len(v)) + "}"}
		case float64:
			return []string{strconv.FormatFloat(v, 'f', -1, 64)}
		case nil:
			return []string{"null"}
		}
		return []string{fmt.Sprint(doc)}
	}
	switch v := doc.(type) {
	case map[string]any:
		inner, ok := v[path[0]]
		if !ok {
			return nil
		}
		return jsonValues(inner, path[1:])
	case []any:
		var all []string
		for i, inner := range v {
			if path[0] == "*" || path[0] == strconv.Itoa(i) {
				all = append(all, jsonValues(inner, path[1:])...)
			}
		}
		return all
	}
	return nil
}
