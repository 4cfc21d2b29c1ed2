package diagnose

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// refuserWord says how the refusing host stands towards the MX set.
func (c *WitnessCase) refuserWord() string {
	b := c.Bounce
	if b == nil || b.Host == "" && b.IP == "" {
		return "unnamed"
	}
	if route := c.routeWord(); route != "works" && route != "split" {
		return "unnamed" // there is nothing to compare with
	}
	switch {
	case c.listed(b.Host, b.IP):
		return "listed"
	case b.Reporter != "" && c.listed(b.Reporter, ""):
		return "behind"
	case c.ownSide(b.Host):
		return "relay"
	}
	return "unlisted"
}

// listed reports whether any server names a host as one of the domain's mail
// hosts, by name or by address, or a mail host calls itself so.
func (c *WitnessCase) listed(name, ip string) bool {
	name = hostKey(name)
	for _, banner := range c.Banners {
		if name != "" && hostKey(banner) == name {
			return true
		}
	}
	if c.Route == nil {
		return false
	}
	for i := range c.Route.Views {
		for _, h := range c.Route.Views[i].Hosts {
			if name != "" && (hostKey(h.Name) == name || hostKey(h.Alias) == name || samePool(hostKey(h.Name), name)) {
				return true
			}
			for _, addr := range h.Addresses {
				if ip != "" && addr.IP == ip {
					return true
				}
			}
		}
	}
	return false
}

// hostKey gives a host name in the form in which it is compared.
func hostKey(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }

// pools are the domains of providers whose mail hosts go by many names: what
// MX names and what speaks on the line differ.
var pools = [...]string{
	"google.com", "googlemail.com", "outlook.com", "outlook.cn", "yahoodns.net", "yahoo.com", "icloud.com", "apple.com",
	"pphosted.com", "ppe-hosted.com", "mimecast.com", "iphmx.com", "messagelabs.com", "trendmicro.com", "trendmicro.eu",
	"hornetsecurity.com", "antispameurope.com", "mailcontrol.com", "barracudanetworks.com", "sophos.com", "fireeyecloud.com",
	"protonmail.ch", "zoho.com", "zoho.eu", "mail.ru", "yandex.net", "yandex.ru", "qq.com", "netease.com", "amazonaws.com",
	"gmx.net", "web.de", "kundenserver.de", "t-online.de", "orange.fr", "free.fr", "ovh.net", "secureserver.net", "gandi.net",
}

// samePool reports whether two hosts belong to one pool of a provider.
func samePool(a, b string) bool {
	for _, pool := range pools {
		if strings.HasSuffix(a, "."+pool) && strings.HasSuffix(b, "."+pool) {
			return true
		}
	}
	return false
}

// ownSide reports whether a host belongs to the side that sent: its name is in
// the domain of the reporting system or of the sender, and not in the
// recipient's.
func (c *WitnessCase) ownSide(host string) bool {
	org := organization(host)
	if org == "" || org == organization(domainPart(c.Recipient)) {
		return false
	}
	return org == organization(c.Bounce.Reporter) || org == organization(domainPart(c.Bounce.Sender))
}

// organization gives the registered domain that holds a name, or "".
func organization(name string) string {
	org, err := publicsuffix.EffectiveTLDPlusOne(hostKey(name))
	if err != nil {
		return ""
	}
	return org
}
