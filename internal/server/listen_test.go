package server

import (
	"errors"
	"net"
	"strings"
	"syscall"
	"testing"
)

func TestListenErrors(t *testing.T) {
	ln, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	_, err = Listen(t.Context(), ln.Addr().String())
	var e *ListenError
	inUse := ln.Addr().String() + " is in use by another program"
	if !errors.As(err, &e) || !e.InUse() || e.Denied() || err.Error() != inUse {
		t.Errorf("a port in use: %v", err)
	}
	_, err = Listen(t.Context(), "nowhere")
	if !errors.As(err, &e) || e.InUse() || e.Denied() || !strings.HasPrefix(err.Error(), "cannot listen on nowhere: ") {
		t.Errorf("a malformed address: %v", err)
	}
	denied := &ListenError{Address: ":80", Err: &net.OpError{Op: "listen", Err: syscall.EACCES}}
	if !denied.Denied() || denied.InUse() || denied.Error() != "no permission to listen on :80" {
		t.Errorf("a privileged port: %v", denied)
	}
}

func TestCheckAddress(t *testing.T) {
	for _, valid := range []string{":0", "127.0.0.1:8080", "[::1]:80", "no-such-host.invalid:80", "localhost:http"} {
		if err := CheckAddress(valid); err != nil {
			t.Errorf("%s: %v", valid, err)
		}
	}
	for _, malformed := range []string{"", "nowhere", "8080", "::1:80", ":65536", "localhost:none"} {
		if e := (*ListenError)(nil); !errors.As(CheckAddress(malformed), &e) || e.Address != malformed {
			t.Errorf("%q: %v", malformed, CheckAddress(malformed))
		}
	}
}

type listenerAt struct {
	net.Listener
	address net.Addr
}

func (l listenerAt) Addr() net.Addr { return l.address }

func TestBaseURL(t *testing.T) {
	for want, ip := range map[string]string{
		"http://127.0.0.1:80": "0.0.0.0",
		"http://127.0.0.1:8":  "::",
		"http://10.0.0.1:80":  "10.0.0.1",
		"http://[::1]:80":     "::1",
	} {
		port := 80
		if ip == "::" {
			port = 8
		}
		if got := BaseURL(listenerAt{address: &net.TCPAddr{IP: net.ParseIP(ip), Port: port}}); got != want {
			t.Errorf("%s: %s, want %s", ip, got, want)
		}
	}
}
