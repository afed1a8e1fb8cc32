package remote

import (
	"testing"

	"casus/internal/kg"
)

// TestLoopbackAlone checks the addresses to which a client of this machine alone connects, for any name.
func TestLoopbackAlone(t *testing.T) {
	for address, ok := range map[string]bool{
		"127.0.0.1:80": true, "[::1]:443": true, "192.0.2.1:80": false, "0.0.0.0:80": false, "[2001:db8::1]:80": false,
		"127.0.0.1": false, "": false,
	} {
		err := loopbackAlone(t.Context(), "tcp", address, nil)
		if (err == nil) != ok || !ok && kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%q: %v", address, err)
		}
	}
	if _, err := New("http://192.0.2.1", Options{LoopbackOnly: true}); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("another machine: %v", err)
	}
}
