package diagnose

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/smtpdiag/smtpdiag/evidence"
)

// The checks that compare settings with each other.

// codedWhileUsed finds a code parameter that is 4xx, by default or set, while a
// restriction that answers with it is in force.
func codedWhileUsed(name, restriction string) func(*hostSettings) []faulty {
	return func(h *hostSettings) []faulty {
		used := h.restrictions(restriction)
		v, it := h.get(name)
		if len(used) == 0 || !strings.HasPrefix(v, "4") {
			return nil
		}
		return []faulty{whole(name, v, it, &used[0])}
	}
}

// whole makes a faulty of a parameter that may stand at its default; the place
// is then that of what makes it matter.
func whole(name, value string, it *evidence.Item, because *faulty) faulty {
	if it != nil {
		return faultAt(it)
	}
	return faulty{name: name, value: value, source: because.source, service: because.service}
}

func (h *hostSettings) verification() []faulty {
	return append(h.restrictions("reject_unverified_recipient"), h.restrictions("reject_unverified_sender")...)
}

func verifyWithoutCache(h *hostSettings) []faulty {
	v, it := h.get("address_verify_map")
	if used := h.verification(); len(used) > 0 && it != nil && strings.TrimSpace(v) == "" {
		f := faultAt(it)
		if !slices.ContainsFunc(used, func(u faulty) bool { return u.service == "" }) {
			f.service = used[0].service // no other is concerned
		}
		return []faulty{f}
	}
	return nil
}

// loopbackOnly finds a Postfix that listens on the loopback address alone: no
// service of master.cf names another address of its own.
func loopbackOnly(h *hostSettings) []faulty {
	for _, it := range h.all("master.cf") {
		words := strings.Fields(it.Text)
		if len(words) < 2 || words[1] != "inet" {
			continue
		}
		if i := strings.LastIndexByte(words[0], ':'); i > 0 {
			addr, err := netip.ParseAddr(strings.Trim(words[0][:i], "[]"))
			if err != nil && words[0][:i] != "localhost" || err == nil && !addr.IsLoopback() {
				return nil
			}
		}
	}
	return setTo("inet_interfaces", "loopback-only", "localhost", "127.0.0.1")(h)
}

func verifyNegative(h *hostSettings) []faulty {
	used := h.restrictions("reject_unverified_recipient")
	v, it := h.get("address_verify_negative_refresh_time")
	if s, ok := duration(v, 3600); len(used) > 0 && ok && s > 3600 {
		return []faulty{whole("address_verify_negative_refresh_time", v, it, &used[0])}
	}
	return nil
}

func verifyClosed(h *hostSettings) []faulty {
	used := h.restrictions("reject_unverified_recipient")
	v, it := h.get("unverified_recipient_tempfail_action")
	if len(used) > 0 && !strings.Contains(h.expand(v, 0), "permit") || len(used) > 0 && strings.Contains(h.expand(v, 0), "defer_if_permit") {
		return []faulty{whole("unverified_recipient_tempfail_action", h.expand(v, 0), it, &used[0])}
	}
	return nil
}

// overlap finds domains that two lists name. Names that stand for tables
// ("hash:/etc/...") are passed over: their contents are not known here.
func overlap(a, b string) func(*hostSettings) []faulty {
	return func(h *hostSettings) (out []faulty) {
		_, it := h.get(b)
		if it == nil {
			if _, it = h.get(a); it == nil {
				return nil
			}
		}
		first := h.list(a)
		for _, d := range h.list(b) {
			if strings.ContainsAny(d, ":/") || !hasWord(strings.Join(first, " "), d) {
				continue
			}
			f := faultAt(it)
			f.detail = d
			out = append(out, f)
		}
		return out
	}
}

func relayUnchecked(h *hostSettings) []faulty {
	v, it := h.get("relay_domains")
	maps, _ := h.get("relay_recipient_maps")
	domains := h.list("relay_domains")
	if it == nil || len(domains) == 0 || strings.TrimSpace(v) == "$mydestination" || strings.TrimSpace(maps) != "" ||
		len(h.restrictions("reject_unverified_recipient")) > 0 {
		return nil
	}
	f := faultAt(it)
	f.detail = strings.Join(domains, ", ")
	return []faulty{f}
}

// mainHas finds a word in a parameter of main.cf only.
func mainHas(name, word string) func(*hostSettings) []faulty {
	return func(h *hostSettings) []faulty {
		if v, it := h.get(name); it != nil && hasWord(h.expand(v, 0), word) {
			return []faulty{faultAt(it)}
		}
		return nil
	}
}

func mainIs(name, value string) func(*hostSettings) []faulty {
	return func(h *hostSettings) []faulty {
		if v, it := h.get(name); it != nil && strings.EqualFold(strings.TrimSpace(h.expand(v, 0)), value) {
			return []faulty{faultAt(it)}
		}
		return nil
	}
}

func noAddressMappings(h *hostSettings) []faulty {
	for _, name := range []string{"content_filter", "smtpd_proxy_filter"} {
		for _, it := range h.all(name) {
			if strings.TrimSpace(it.Text) != "" {
				return nil
			}
		}
	}
	return listHas("receive_override_options", "no_address_mappings")(h)
}

func bounceLifetime(h *hostSettings) []faulty {
	b, bIt := h.get("bounce_queue_lifetime")
	m, mIt := h.get("maximal_queue_lifetime")
	bs, okB := duration(h.expand(b, 0), 86400)
	ms, okM := duration(h.expand(m, 0), 86400)
	if !okB || !okM || bs <= ms {
		return nil
	}
	if bIt == nil {
		return []faulty{{name: "bounce_queue_lifetime", value: b, source: mIt.Source}}
	}
	return []faulty{faultAt(bIt)}
}

// inverted finds two times of which the smaller one is set above the larger.
func inverted(smaller, larger string) func(*hostSettings) []faulty {
	return func(h *hostSettings) []faulty {
		s, sIt := h.get(smaller)
		l, lIt := h.get(larger)
		ss, okS := duration(h.expand(s, 0), 1)
		ls, okL := duration(h.expand(l, 0), 1)
		if !okS || !okL || ss <= ls || sIt == nil && lIt == nil {
			return nil
		}
		if sIt == nil {
			return []faulty{{name: smaller, value: s, source: lIt.Source}}
		}
		return []faulty{faultAt(sIt)}
	}
}

// limitBelow finds a mailbox limit that is below message_size_limit.
func limitBelow(name string) func(*hostSettings) []faulty {
	return func(h *hostSettings) []faulty {
		v, it := h.get(name)
		m, mIt := h.get("message_size_limit")
		limit, err := strconv.ParseInt(strings.TrimSpace(h.expand(v, 0)), 10, 64)
		size, err2 := strconv.ParseInt(strings.TrimSpace(h.expand(m, 0)), 10, 64)
		if err != nil || err2 != nil || limit == 0 || limit >= size {
			return nil
		}
		if it == nil {
			return []faulty{{name: name, value: v, source: mIt.Source}}
		}
		return []faulty{faultAt(it)}
	}
}

// messageSize says what attachments fit. 76 of 78 bytes of a line and three of
// four characters are the file's (RFC 2045 section 6.8).
func messageSize(h *hostSettings) []faulty {
	var out []faulty
	for _, it := range h.all("message_size_limit") {
		n, err := strconv.ParseInt(strings.TrimSpace(it.Text), 10, 64)
		if err != nil || n <= 0 {
			continue
		}
		f := faultAt(it)
		f.detail = strconv.FormatFloat(float64(n)*0.73/(1<<20), 'f', 1, 64) + " MiB"
		out = append(out, f)
	}
	return out
}

// restrictionNames are the restrictions that Postfix knows by themselves
// (postconf(5)); those with an argument are told by argumentRestrictions.
var restrictionNames = []string{
	"permit", "reject", "defer", "defer_if_permit", "defer_if_reject", "warn_if_reject", "permit_mynetworks", "permit_inet_interfaces", "permit_sasl_authenticated",
	"permit_tls_clientcerts", "permit_tls_all_clientcerts", "permit_auth_destination", "permit_mx_backup", "permit_dnswl_client", "permit_naked_ip_address", "check_relay_domains",
	"reject_unauth_destination", "defer_unauth_destination", "reject_unauth_pipelining", "reject_plaintext_session", "reject_multi_recipient_bounce",
	"reject_unknown_client_hostname", "reject_unknown_client", "reject_unknown_reverse_client_hostname", "reject_unknown_forward_client_hostname", "reject_invalid_helo_hostname", "reject_invalid_hostname",
	"reject_non_fqdn_helo_hostname", "reject_non_fqdn_hostname", "reject_unknown_helo_hostname", "reject_unknown_hostname", "reject_authenticated_sender_login_mismatch", "reject_known_sender_login_mismatch",
	"reject_sender_login_mismatch", "reject_unauthenticated_sender_login_mismatch", "reject_non_fqdn_sender", "reject_unknown_sender_domain", "reject_unlisted_sender", "reject_unverified_sender",
	"reject_non_fqdn_recipient", "reject_unknown_recipient_domain", "reject_unlisted_recipient", "reject_unverified_recipient", "reject_maps_rbl", "reject_unknown_address",
	"reject_non_fqdn_etrn", "sleep", "check_compat",
}

// argumentRestrictions take the next word as their argument.
var argumentRestrictions = []string{"check_", "reject_rbl_client", "reject_rhsbl_", "permit_dnswl_client", "permit_rhswl_client", "sleep", "reject_maps_rbl_domains"}

func unknownRestriction(h *hostSettings) (out []faulty) {
	classes := h.list("smtpd_restriction_classes")
	for i := range h.items {
		it := &h.items[i]
		if !isRestrictionList(it.Field) {
			continue
		}
		list := listWords(h.expand(it.Text, 0))
		for j := 0; j < len(list); j++ {
			w := strings.ToLower(list[j])
			if takesArgument(w) {
				j++
				continue
			}
			if knownName(w, restrictionNames) || knownName(w, classes) || strings.ContainsAny(w, ":{}[].=") || w == "" {
				continue
			}
			if _, set := h.get(w); set != nil {
				continue
			}
			f := faultAt(it)
			f.detail = list[j]
			out = append(out, f)
		}
	}
	return out
}

func takesArgument(w string) bool {
	for _, p := range argumentRestrictions {
		if strings.HasPrefix(w, p) && w != "check_relay_domains" && w != "check_compat" {
			return true
		}
	}
	return false
}

func knownName(w string, list []string) bool {
	for _, l := range list {
		if strings.EqualFold(w, l) {
			return true
		}
	}
	return false
}

func openRelay(h *hostSettings) []faulty {
	v, it := h.get("smtpd_relay_restrictions")
	guards := []string{"reject_unauth_destination", "defer_unauth_destination", "reject", "defer", "check_relay_domains"}
	if it == nil || hasWord(h.expand(v, 0), guards...) {
		return nil
	}
	if hasWord(h.value("smtpd_recipient_restrictions"), guards...) {
		return nil
	}
	return []faulty{faultAt(it)}
}

func policyDefault(h *hostSettings) []faulty {
	used := h.restrictions("check_policy_service")
	v, it := h.get("smtpd_policy_service_default_action")
	if len(used) == 0 || !strings.HasPrefix(v, "4") && !strings.HasPrefix(v, "5") {
		return nil
	}
	return []faulty{whole("smtpd_policy_service_default_action", v, it, &used[0])}
}

func errorLimits(h *hostSettings) []faulty {
	_, it := h.get("smtpd_soft_error_limit")
	soft, err := strconv.Atoi(strings.TrimSpace(h.value("smtpd_soft_error_limit")))
	hardText, _ := h.get("smtpd_hard_error_limit")
	hard, err2 := strconv.Atoi(strings.TrimSpace(hardText))
	if it == nil || err != nil || err2 != nil || soft < hard {
		return nil
	}
	return []faulty{faultAt(it)}
}

func hostLookup(h *hostSettings) (out []faulty) {
	for _, it := range h.all("smtp_host_lookup") {
		if list := listWords(h.expand(it.Text, 0)); len(list) > 0 && strings.EqualFold(list[0], "native") {
			out = append(out, faultAt(it))
		}
	}
	return out
}

// services gives the services of master.cf as their fields.
func (h *hostSettings) services() (out []*evidence.Item) { return h.all("master.cf") }

func chrooted(h *hostSettings) (out []faulty) {
	for _, it := range h.services() {
		f := strings.Fields(it.Text)
		if len(f) >= 8 && f[4] == "y" && (f[7] == "smtpd" || f[7] == "smtp" || f[7] == "cleanup" || f[7] == "lmtp" || f[7] == "trivial-rewrite") {
			fault := faultAt(it)
			fault.value, fault.detail = "y", f[7]+" ("+it.Host+")"
			out = append(out, fault)
		}
	}
	return out
}

func overrideCut(h *hostSettings) (out []faulty) {
	for _, it := range h.all("problem") {
		if strings.Contains(it.Text, "cuts it off") || strings.Contains(it.Text, "-o without") {
			f := faultAt(it)
			f.name, f.value, f.detail = "master.cf", "", it.Text
			out = append(out, f)
		}
	}
	return out
}

func duplicates(h *hostSettings) (out []faulty) {
	for _, it := range h.all("problem") {
		if name, value, ok := strings.Cut(strings.TrimPrefix(it.Text, "overridden further down: "), " = "); ok && strings.HasPrefix(it.Text, "overridden") {
			f := faultAt(it)
			f.name, f.value, f.detail = name, value, name+" is set more than once"
			out = append(out, f)
		}
	}
	return out
}

// unusedParameters finds what postconf(1) warned of: parameters that nothing in
// this Postfix reads.
func unusedParameters(h *hostSettings) (out []faulty) {
	for _, it := range h.all("problem") {
		if text, found := strings.CutPrefix(it.Text, "unused parameter: "); found {
			f := faultAt(it)
			f.name, f.value, _ = strings.Cut(text, "=")
			out = append(out, f)
		}
	}
	return out
}

func tlsWithoutCert(h *hostSettings) []faulty {
	v, it := h.get("smtpd_tls_security_level")
	if it == nil || v == "none" || v == "" {
		return nil
	}
	for _, name := range []string{"smtpd_tls_cert_file", "smtpd_tls_chain_files", "smtpd_tls_eccert_file", "smtpd_tls_dcert_file", "tls_server_sni_maps"} {
		for _, set := range h.all(name) {
			if strings.TrimSpace(set.Text) != "" {
				return nil
			}
		}
	}
	return []faulty{faultAt(it)}
}

func saslUnused(h *hostSettings) []faulty {
	v, it := h.get("smtpd_sasl_auth_enable")
	if it == nil || !strings.EqualFold(v, "yes") || len(h.restrictions("permit_sasl_authenticated")) > 0 || hasWord(h.value("smtpd_relay_restrictions"), "permit_sasl_authenticated") {
		return nil
	}
	return []faulty{faultAt(it)}
}

// deadListNames are block lists that no longer exist.
var deadListNames = []string{
	"sorbs.net", "relays.ordb.org", "njabl.org", "dsbl.org", "ahbl.org", "spamcannibal.org", "cbl.abuseat.org", "blackholes.us", "osirusoft.com",
	"rhsbl.ahbl.org", "dnsbl.burnt-tech.com", "opm.blitzed.org", "list.dsbl.org", "no-more-funn.moensted.dk", "dnsbl.inps.de", "bl.emailbasura.org", "ix.dnsbl.manitu.net",
}

// lists gives every block list that a host asks, with its filter.
func (h *hostSettings) blockLists() (out []faulty) {
	for i := range h.items {
		it := &h.items[i]
		list := listWords(h.expand(it.Text, 0))
		for j, w := range list {
			switch {
			case it.Field == "postscreen_dnsbl_sites", isRestrictionList(it.Field) && j > 0 && (strings.HasPrefix(list[j-1], "reject_rbl_client") || strings.HasPrefix(list[j-1], "reject_rhsbl_")):
				f := faultAt(it)
				f.detail = w
				out = append(out, f)
			}
		}
	}
	return out
}

func deadLists(h *hostSettings) (out []faulty) {
	for _, f := range h.blockLists() {
		host, _, _ := strings.Cut(f.detail, "*")
		host, _, _ = strings.Cut(host, "=")
		for _, dead := range deadListNames {
			if host == dead || strings.HasSuffix(host, "."+dead) {
				f.detail = host
				out = append(out, f)
				break
			}
		}
	}
	return out
}

// anyAnswer finds public lists that answer with error codes, asked without a
// filter.
func anyAnswer(h *hostSettings) (out []faulty) {
	for _, f := range h.blockLists() {
		host, _, _ := strings.Cut(f.detail, "*")
		if strings.HasSuffix(host, "spamhaus.org") && !strings.Contains(host, "=") {
			f.detail = host
			out = append(out, f)
		}
	}
	return out
}

// recipientMaps are the parameters that say which recipients exist.
var recipientMaps = []string{"local_recipient_maps", "relay_recipient_maps", "virtual_alias_maps", "virtual_mailbox_maps", "virtual_mailbox_domains", "virtual_alias_domains", "relay_domains", "alias_maps"}

var networkTables = []string{"ldap:", "mysql:", "pgsql:", "tcp:", "socketmap:", "memcache:", "mongodb:", "nis:", "nisplus:"}

func mapDependency(h *hostSettings) (out []faulty) { return h.networkMaps(true) }

func unproxied(h *hostSettings) (out []faulty) { return h.networkMaps(false) }

// networkMaps finds recipient maps that ask something over a network or a
// socket; with proxied, also those behind proxymap(8).
func (h *hostSettings) networkMaps(proxied bool) (out []faulty) {
	for _, name := range recipientMaps {
		for _, it := range h.all(name) {
			for _, w := range listWords(h.expand(it.Text, 0)) {
				table, isProxied := strings.CutPrefix(w, "proxy:")
				if isProxied && !proxied {
					continue
				}
				if !hasAnyPrefix(table, networkTables) || !proxied && (strings.HasPrefix(table, "tcp:") || strings.HasPrefix(table, "socketmap:")) {
					continue
				}
				f := faultAt(it)
				f.detail = w
				out = append(out, f)
			}
		}
	}
	return out
}

func hasAnyPrefix(s string, list []string) bool {
	for _, p := range list {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

func shortName(name string) func(*hostSettings) []faulty {
	return func(h *hostSettings) []faulty {
		v, it := h.get(name)
		host := strings.TrimSpace(h.expand(v, 0))
		if it == nil || strings.Contains(host, ".") && !strings.HasSuffix(host, ".localdomain") && !strings.HasSuffix(host, ".local") {
			return nil
		}
		return []faulty{faultAt(it)}
	}
}

func filterLoop(h *hostSettings) []faulty {
	v, it := h.get("content_filter")
	if it == nil || strings.TrimSpace(v) == "" || len(h.services()) == 0 {
		return nil
	}
	for _, over := range h.all("content_filter") {
		if over.Host != "" && strings.TrimSpace(over.Text) == "" {
			return nil
		}
	}
	return []faulty{faultAt(it)}
}

func filterMissing(h *hostSettings) []faulty {
	v, it := h.get("content_filter")
	transport, _, ok := strings.Cut(strings.TrimSpace(h.expand(v, 0)), ":")
	if it == nil || !ok || transport == "" || len(h.services()) == 0 {
		return nil
	}
	for _, s := range h.services() {
		if name, _, _ := strings.Cut(s.Host, "/"); name == transport {
			return nil
		}
	}
	f := faultAt(it)
	f.detail = transport
	return []faulty{f}
}

func errorTransport(h *hostSettings) (out []faulty) {
	for _, name := range []string{"local_transport", "relay_transport", "virtual_transport", "default_transport"} {
		for _, it := range h.all(name) {
			if v := strings.TrimSpace(it.Text); v == "error" || strings.HasPrefix(v, "error:") {
				out = append(out, faultAt(it))
			}
		}
	}
	return out
}

func relayhostMX(h *hostSettings) []faulty {
	v, it := h.get("relayhost")
	if v = strings.TrimSpace(h.expand(v, 0)); it == nil || v == "" || strings.HasPrefix(v, "[") {
		return nil
	}
	return []faulty{faultAt(it)}
}

func maxprocLow(h *hostSettings) (out []faulty) {
	for _, it := range h.services() {
		f := strings.Fields(it.Text)
		if len(f) < 8 || f[7] != "smtpd" || f[1] != "inet" {
			continue
		}
		if n, err := strconv.Atoi(f[6]); err == nil && n > 0 && n < 10 {
			fault := faultAt(it)
			fault.value, fault.detail = f[6], "only "+f[6]+" smtpd processes serve "+it.Host
			out = append(out, fault)
		}
	}
	return out
}

// unusedMap finds table files, given as settings named "map-file", that no
// parameter refers to.
func unusedMap(h *hostSettings) (out []faulty) {
	for _, it := range h.all("map-file") {
		path := it.Text
		for _, suffix := range []string{".db", ".lmdb", ".cdb", ".pag", ".dir"} {
			path = strings.TrimSuffix(path, suffix)
		}
		used := false
		for i := range h.items {
			if h.items[i].Field != "map-file" && strings.Contains(h.expand(h.items[i].Text, 0), path) {
				used = true
				break
			}
		}
		if strings.HasSuffix(path, "/aliases") || used || len(h.items) == len(h.all("map-file")) {
			continue
		}
		f := faultAt(it)
		f.name, f.detail = "map-file", path
		out = append(out, f)
	}
	return out
}
