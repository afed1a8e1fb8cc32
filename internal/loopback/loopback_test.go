package loopback_test

import (
	"testing"

	"casus/internal/loopback"
)

func TestHost(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LocalHost.": true, "casus.localhost": true, "127.0.0.1": true, "127.8.9.10": true, "::1": true,
		"::ffff:127.0.0.1": true,
		"":                 false, "localhost.example.org": false, "notlocalhost": false, "0.0.0.0": false, "::": false,
		"192.168.0.1": false, "127.0.0.1.example.org": false, "[::1]": false,
	} {
		if got := loopback.Host(host); got != want {
			t.Errorf("%q: %v, want %v", host, got, want)
		}
	}
}
