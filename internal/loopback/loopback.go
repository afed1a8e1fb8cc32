// Package loopback reports which hosts are always this machine.
package loopback

import (
	"net/netip"
	"strings"
)

// Host reports whether a host, a name or an IP address without brackets, is this machine. It looks up no names: a name
// for which Name returns false may be another machine's.
func Host(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback()
	}
	return Name(strings.ToLower(strings.TrimSuffix(host, ".")))
}

// Name reports whether browsers resolve a name, in lower case and without a dot at its end, to this machine without a
// look-up (RFC 6761, section 6.3).
func Name(name string) bool {
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}
