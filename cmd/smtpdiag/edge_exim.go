package main

import (
	"context"
	"os/exec"
	"strings"
)

// otherMailServers are programs of mail servers that are not Postfix, with the
// name that a person knows them by.
var otherMailServers = []struct{ program, name string }{
	{"exim4", "Exim"}, {"exim", "Exim"}, {"smtpctl", "OpenSMTPD"}, {"qmail-showctl", "qmail"},
}

// notPostfix says what runs here where there is no postconf, and asks Exim what
// it would do with the address.
func (r *edgeRun) notPostfix(ctx context.Context) {
	for _, server := range otherMailServers {
		if _, err := exec.LookPath(server.program); err != nil {
			continue
		}
		r.c.Postconf.Skipped = "this host has " + server.name + " and no Postfix (postconf is not installed)"
		r.software = server.name
		if server.name == "Exim" {
			r.exim(ctx, server.program)
		}
		return
	}
}

// exim asks Exim for its version, and for the route of the address ("exim -bt",
// which sends nothing).
func (r *edgeRun) exim(ctx context.Context, program string) {
	e := &r.c.Exim
	r.eximProgram = program
	if res := r.command(ctx, "", program, "-bV"); res.err == "" {
		first, _, _ := strings.Cut(res.out, "\n")
		if words := strings.Fields(first); len(words) > 2 && words[0] == "Exim" && words[1] == "version" {
			r.software = "Exim " + words[2]
		}
	}
	if strings.HasPrefix(r.c.Address, "-") {
		e.Skipped = "the address begins with a dash, which Exim would take for an option"
		return
	}
	args := append(r.eximArgs(), "-bt", r.c.Address)
	e.Command = commandText(program, args...)
	res := r.command(ctx, "", program, args...)
	e.Output = strings.TrimSpace(strings.TrimSpace(res.out) + "\n" + res.errOut)
	switch {
	case res.err != "":
		e.Skipped = res.err
	case res.status == 0:
		e.Routed = true
	case res.status == 1 && strings.Contains(res.out, "cannot be resolved at this time"):
		e.Deferred = true
	case res.status != 2:
		e.Skipped = notRoot(program + " failed: " + lastLine(e.Output))
	}
}

// eximArgs names the configuration of another instance.
func (r *edgeRun) eximArgs() []string {
	if r.options.configDir == "" {
		return nil
	}
	return []string{"-C", r.options.configDir}
}

// queueCommand is what lists the queue of this host.
func (r *edgeRun) queueCommand() (program string, args []string) {
	if r.eximProgram != "" {
		return r.eximProgram, append(r.eximArgs(), "-bp")
	}
	return "postqueue", r.postfixArgs("-j")
}
