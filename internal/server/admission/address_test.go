package admission

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestAddress(t *testing.T) {
	proxies, err := ParseProxies([]string{"10.0.0.0/8", "127.0.0.1", "fd00::/8", "2001:db8:1::7"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, peer string
		forwarded  []string
		want       string
	}{
		{"a direct client", "192.0.2.7:4711", nil, "192.0.2.7"},
		{"a direct client that claims to be another one", "192.0.2.7:4711", []string{"198.51.100.1"}, "192.0.2.7"},
		{"behind a proxy", "10.1.2.3:80", []string{"198.51.100.1"}, "198.51.100.1"},
		{"behind a proxy, with a claim", "10.1.2.3:80", []string{"8.8.8.8, 198.51.100.1"}, "198.51.100.1"},
		{"a claim in a header of its own", "10.1.2.3:80", []string{"8.8.8.8", "198.51.100.1"}, "198.51.100.1"},
		{"a claim to be a proxy", "10.1.2.3:80", []string{"8.8.8.8, 10.9.9.9, 198.51.100.1"}, "198.51.100.1"},
		{"two proxies", "127.0.0.1:80", []string{"198.51.100.1, 10.1.1.1"}, "198.51.100.1"},
		{"nothing but proxies", "127.0.0.1:80", []string{"10.0.0.5, 10.1.1.1"}, "10.0.0.5"},
		{"a proxy that says nothing", "127.0.0.1:80", nil, "127.0.0.1"},
		{"a proxy that says nonsense", "127.0.0.1:80", []string{"unknown"}, "127.0.0.1"},
		{"nonsense before a proxy", "127.0.0.1:80", []string{"198.51.100.1, _x, 10.1.1.1"}, "10.1.1.1"},
		{"with a port", "127.0.0.1:80", []string{"198.51.100.1:999"}, "198.51.100.1"},
		{"IPv6 by network", "[2001:db8:5:6:7:8:9:a]:99", nil, "2001:db8:5:6::/64"},
		{"IPv6 by the same network", "[2001:db8:5:6:ffff::1]:99", nil, "2001:db8:5:6::/64"},
		{"IPv6 with a zone", "[fe80::1%eth0]:99", nil, "fe80::/64"},
		{"IPv4 in IPv6", "[::ffff:192.0.2.7]:99", nil, "192.0.2.7"},
		{"IPv4 in IPv6 is a proxy", "[::ffff:10.0.0.1]:99", []string{"2001:db8:5:6::1"}, "2001:db8:5:6::/64"},
		{"an IPv6 proxy", "[2001:db8:1::7]:99", []string{"[2001:db8:5:6::1]:80"}, "2001:db8:5:6::/64"},
		{"a neighbor of an IPv6 proxy", "[2001:db8:1::8]:99", []string{"198.51.100.1"}, "2001:db8:1::/64"},
		{"brackets", "127.0.0.1:80", []string{"[2001:db8:5:6::1]"}, "2001:db8:5:6::/64"},
		{"not TCP", "@", []string{"198.51.100.1"}, "@"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.peer
		for _, line := range c.forwarded {
			r.Header.Add("X-Forwarded-For", line)
		}
		if got := proxies.Address(r); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestParseProxies(t *testing.T) {
	for _, wrong := range []string{"", "localhost", "10.0.0.0/33", "10.0.0.1:80", "10.0.0"} {
		if p, err := ParseProxies([]string{"10.0.0.1", wrong}); err == nil {
			t.Errorf("%q is %v", wrong, p)
		}
	}
}

// FuzzAddress sends any header: a peer that is no proxy is never taken for another client.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{"", ",", "1.2.3.4", "::1, [::2]:3", "1.2.3.4:5, x", "fe80::1%%, ::ffff:1.2.3.4"} {
		f.Add(seed)
	}
	proxies, err := ParseProxies([]string{"10.0.0.0/8"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, header string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header = http.Header{"X-Forwarded-For": {header}}
		r.RemoteAddr = "192.0.2.7:1"
		if got := proxies.Address(r); got != "192.0.2.7" {
			t.Errorf("the peer is taken for %q", got)
		}
		r.RemoteAddr = "10.0.0.1:1"
		if got := proxies.Address(r); got == "" {
			t.Error("a client without a name")
		}
	})
}
