package kg

import (
	"strings"
	"unicode"
)

// IsAddress reports whether s is the address of a page: an absolute http or https URL with a host. Only such addresses
// are stored and shown, since a browser runs others as programs (javascript:, data:).
func IsAddress(s string) bool {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return false
	}
	hasHost := rest != "" && !strings.ContainsAny(rest[:1], "/?#")
	return hasHost && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
}

// isAddress reports whether the value of an identifier has a scheme as addresses have, and is meant as one, because the
// identifier's own scheme is named so. A website may be given without http://.
func (i Identifier) isAddress() bool {
	switch strings.ToLower(i.Scheme) {
	case "url", "uri", "website", "homepage", "wikipediaurl", "opencorporatesurl":
		scheme, _, ok := strings.Cut(strings.TrimSpace(i.Value), ":")
		return ok && !strings.ContainsAny(scheme, "./ ")
	}
	return false
}
