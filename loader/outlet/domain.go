package outlet

import (
	"net/url"
	"regexp"
	"strings"
)

// webAddress matches an address with its scheme, and bareDomain a domain, with a path or without.
var (
	webAddress = regexp.MustCompile(`^(?i)https?://\S+$`)
	bareDomain = regexp.MustCompile(`^(?i)(?:[\pL\pN](?:[\pL\pN-]*[\pL\pN])?\.)+(?:\pL{2,}|xn--[a-z0-9-]+)(?:/\S*)?$`)
)

// domainOf returns the domain of a text that is a web address or a domain: in lower case, without www and the port. It
// is "" for an address whose host is no domain, such as a number. ok is false for other texts.
func domainOf(s string) (domain string, ok bool) {
	switch {
	case webAddress.MatchString(s):
		if u, err := url.Parse(s); err == nil {
			domain = strings.TrimSuffix(u.Hostname(), ".")
		}
		if !bareDomain.MatchString(domain) {
			return "", true
		}
	case strings.Contains(s, ".") && bareDomain.MatchString(s):
		domain, _, _ = strings.Cut(s, "/")
	default:
		return "", false
	}
	domain = strings.ToLower(domain)
	for strings.HasPrefix(domain, "www.") && strings.Count(domain, ".") > 1 {
		domain = strings.TrimPrefix(domain, "www.")
	}
	return domain, true
}

// parents returns the domains that a domain is in, itself first: a.b.c, b.c, c.
func parents(domain string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for yield(domain) {
			_, rest, ok := strings.Cut(domain, ".")
			if !ok {
				return
			}
			domain = rest
		}
	}
}
