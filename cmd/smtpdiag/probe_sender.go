package main

import (
	"crypto/x509"
	"errors"
	"os"
	"strings"

	"github.com/smtpdiag/smtpdiag/probes"
)

// sender is as what the prober comes.
type sender struct {
	helo, heloOrigin string
	from, fromOrigin string
	// note says what the choice may have changed.
	note string
}

// chooseSender decides on the HELO name and the envelope sender. source says
// where from is from: given, configured, or "" for nowhere.
func chooseSender(from, source, helo, hostname string) sender {
	who := sender{helo: helo, heloOrigin: "given", from: from, fromOrigin: source}
	if helo == "" {
		who.helo, who.heloOrigin = hostname, "hostname"
		if !qualified(hostname) {
			who.helo, who.heloOrigin = "", "address"
		}
	}
	if source != "" {
		if from == "" {
			who.note = "Some hosts refuse the null sender, limit it or check less: other senders may get another answer."
		}
		return who
	}
	if qualified(who.helo) {
		who.from, who.fromOrigin = "postmaster@"+who.helo, "postmaster"
		who.note = "This sender is made up: hosts that check senders judge it, not the real one (--from)."
		return who
	}
	who.fromOrigin = "null"
	who.note = "Some hosts refuse the null sender, limit it or check less: other senders may get another answer (--from)."
	return who
}

// qualified reports whether a name can stand in an address: it has a dot, and
// its last label is no number and names no local network.
func qualified(name string) bool {
	name = strings.TrimSuffix(name, ".")
	i := strings.LastIndexByte(name, '.')
	if i < 1 || strings.HasPrefix(name, "[") {
		return false
	}
	if _, err := probes.ParseDomain(name); err != nil {
		return false
	}
	switch last := strings.ToLower(name[i+1:]); last {
	case "local", "localdomain", "localhost", "internal", "lan":
		return false
	default:
		return strings.Trim(last, "0123456789") != ""
	}
}

// errNoRoots says that a file holds no certificate.
var errNoRoots = errors.New("holds no certificate in PEM form")

// readRoots reads trusted issuers from a PEM file.
func readRoots(file string) (*x509.CertPool, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(data) {
		return nil, &os.PathError{Op: "read", Path: file, Err: errNoRoots}
	}
	return pool, nil
}
