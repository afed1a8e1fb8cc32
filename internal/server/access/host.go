package access

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"strings"

	"casus/internal/loopback"
	"casus/internal/server/respond"
)

// KnownHost refuses requests for names that the server does not have, with 421. The owner of another site can let a
// name of that site resolve to this machine (DNS rebinding); to the browser, the server then is part of that site.
func (g *Guard) KnownHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := hostName(r.Host)
		if !loopback.Name(name) && !isAddress(name) && !g.hosts[name] {
			respond.Text(w, http.StatusMisdirectedRequest, fmt.Sprintf(
				"this server is not known as %q: use its IP address, or start it with --allow-host NAME", name))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// CheckHostName returns an error unless host is a name, with or without a port, that a Host header may have.
func CheckHostName(host string) error {
	if !validHost.MatchString(strings.ToLower(host)) {
		return fmt.Errorf("%q is not a host name such as casus.example.org (in ASCII, without a scheme or path)", host)
	}
	return nil
}

var validHost = regexp.MustCompile(`^[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?\.?(:[0-9]{1,5})?$`)

// IsLoopback reports whether a listener on an address HOST:PORT can be reached only from this machine. It looks up no
// names: any but localhost may be another machine's.
func IsLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	return loopback.Host(host)
}

// hostName returns the host of a Host header in lower case, without port, brackets and the dot that ends a full name.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

func isAddress(name string) bool {
	_, err := netip.ParseAddr(name)
	return err == nil
}
