package services

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Status answers a status, with headers "Name: value".
func Status(status int, headers ...string) Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		return true
	}
}

// JSON answers a status and a body of JSON.
func JSON(status int, body string) Fault { return Body(status, "application/json", body) }

// Body answers a status and a body of a type.
func Body(status int, contentType, body string) Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body) // a client that is gone fails its test
		return true
	}
}

// LoginPage answers the page of a login instead of data.
func LoginPage() Fault {
	return Body(http.StatusOK, "text/html; charset=UTF-8",
		"<!DOCTYPE html><html><head><title>Log in | myACLED</title></head><body><form></form></body></html>")
}

// Cut announces a longer body than it sends.
func Cut(body string) Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", fmt.Sprint(len(body)+1000))
		_, _ = io.WriteString(w, body) // the server closes the connection, since more was announced
		return true
	}
}

// Gigantic answers a list of white space that does not end before n bytes.
func Gigantic(n int) Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"data": [`)
		block := strings.Repeat(" ", 1<<20)
		for sent := 0; sent < n; sent += len(block) {
			if _, err := io.WriteString(w, block); err != nil {
				return true // the client has enough
			}
		}
		_, _ = io.WriteString(w, `]}`)
		return true
	}
}

// Echo repeats the request's headers and form in an error, as careless services do.
func Echo(status int) Fault {
	return func(w http.ResponseWriter, r *http.Request) bool {
		_ = r.ParseForm() // an invalid form is echoed as none
		text := fmt.Sprintf("invalid: %v %v", r.Header, r.PostForm)
		respond(w, status, map[string]string{"message": text, "error_description": text})
		return true
	}
}

// Hang answers nothing until the client is gone.
func Hang() Fault {
	return func(_ http.ResponseWriter, r *http.Request) bool {
		<-r.Context().Done()
		return true
	}
}

// Redirect redirects to an address.
func Redirect(to string) Fault {
	return func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, to, http.StatusFound)
		return true
	}
}

// Always repeats a fault n times.
func Always(n int, f Fault) []Fault {
	all := make([]Fault, n)
	for i := range all {
		all[i] = f
	}
	return all
}
