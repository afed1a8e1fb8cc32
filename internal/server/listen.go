package server

import (
	"context"
	"errors"
	"net"
	"syscall"
)

// CheckAddress returns an error of type *ListenError unless an address has the form HOST:PORT with a valid port. It
// opens nothing and looks up no host.
func CheckAddress(address string) error {
	_, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return &ListenError{Address: address, Err: err}
	}
	return nil
}

// Listen opens a TCP address of the form HOST:PORT. Port 0 selects a free port. Errors are of type *ListenError.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, &ListenError{Address: address, Err: err}
	}
	return ln, nil
}

// ListenError is the failure to listen on an address.
type ListenError struct {
	Address string
	Err     error
}

// Error returns the reason in words.
func (e *ListenError) Error() string {
	switch {
	case e.InUse():
		return e.Address + " is in use by another program"
	case e.Denied():
		return "no permission to listen on " + e.Address
	}
	return "cannot listen on " + e.Address + ": " + e.Err.Error()
}

// Unwrap returns the error of package net.
func (e *ListenError) Unwrap() error { return e.Err }

// InUse reports whether another program listens on the address.
func (e *ListenError) InUse() bool { return errors.Is(e.Err, syscall.EADDRINUSE) }

// Denied reports whether the process lacks the privilege to listen on the port.
func (e *ListenError) Denied() bool { return errors.Is(e.Err, syscall.EACCES) }

// BaseURL returns the URL under which a browser on this machine reaches a listener. It has no trailing slash.
func BaseURL(ln net.Listener) string {
	host, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		return "http://" + ln.Addr().String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}
