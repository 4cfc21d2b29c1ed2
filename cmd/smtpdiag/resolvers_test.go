package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/spf13/pflag"
)

// parseResolvers reads flags as a command does, and gives the servers as
// "kind label trusted".
func parseResolvers(t *testing.T, args ...string) ([]string, error) {
	t.Helper()
	var o resolverOptions
	flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
	o.declare(flags, "timeout")
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	servers, problem, err := o.servers()
	if problem != nil {
		t.Error(problem)
	}
	var out []string
	for _, s := range servers {
		out = append(out, string(s.Kind)+" "+s.Label()+" "+strconv.FormatBool(s.Trusted))
	}
	return out, err
}

func TestResolverServers(t *testing.T) {
	conf := filepath.Join(t.TempDir(), "resolv.conf")
	text := "nameserver 127.0.0.53\nnameserver 192.0.2.53\nnameserver 2001:db8::53\nsearch example.com\n"
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	public := []string{"public 1.1.1.1:53 false", "public 8.8.8.8:53 false", "public 9.9.9.9:53 false"}
	system := []string{"system 127.0.0.53:53 true", "system 192.0.2.53:53 false", "system [2001:db8::53]:53 false"}
	for _, tc := range []struct {
		args []string
		want []string
	}{
		{nil, slices.Concat(system, public)},
		{[]string{"--no-public"}, system},
		{[]string{"--no-system"}, public},
		{[]string{"--no-system", "--no-public"}, nil},
		{[]string{"--no-system", "--no-public", "--resolver", "tls://192.0.2.1", "--resolver", "192.0.2.2"}, []string{"given tls://192.0.2.1:853 true", "given 192.0.2.2:53 true"}},
		// What the user names is asked once, and believed.
		{[]string{"--resolver", "192.0.2.53", "--resolver", "1.1.1.1"}, slices.Concat(
			[]string{"given 192.0.2.53:53 true", "given 1.1.1.1:53 true", system[0], system[2]}, public[1:],
		)},
		{[]string{"--no-public", "--dns-port", "5353"}, []string{"system 127.0.0.53:5353 true", "system 192.0.2.53:5353 false", "system [2001:db8::53]:5353 false"}},
	} {
		got, err := parseResolvers(t, append(tc.args, "--resolv-conf", conf)...)
		if err != nil || !slices.Equal(got, tc.want) {
			t.Errorf("%q: got %q, %v; want %q", tc.args, got, err, tc.want)
		}
	}
	if _, err := parseResolvers(t, "--resolv-conf", conf, "--resolver", "x y"); err == nil {
		t.Error("a server that is none was accepted")
	}
}
