package access

import (
	"net/http"
	"net/url"
	"strings"
)

// relation is the relation to this server of the page that made a browser send a request, as the browser reports it.
type relation int

const (
	unknown     relation = iota // no browser, or a user who opened the address
	samePage                    // a page of this server
	foreignPage                 // a page of another origin
)

// pageOf returns the relation of the page that sent a request, and its origin by the header Origin, else Referer, or
// "". Browsers send Sec-Fetch-Site to addresses they trust: with https, and on this machine.
func pageOf(r *http.Request) (page relation, origin string) {
	origin = originOf(r.Header)
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin":
		return samePage, origin
	case "none":
		return unknown, origin
	case "":
	default: // cross-site, same-site
		return foreignPage, origin
	}
	if origin == "" {
		return unknown, ""
	}
	if u, err := url.Parse(origin); err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host) {
		return samePage, origin
	}
	return foreignPage, origin
}

// originOf returns the origin that headers name, "null" for one that cannot be read, or "".
func originOf(h http.Header) string {
	if origin := h.Get("Origin"); origin != "" {
		return origin
	}
	referer := h.Get("Referer")
	if referer == "" {
		return ""
	}
	u, err := url.Parse(referer)
	if err != nil || u.Host == "" {
		return "null"
	}
	return u.Scheme + "://" + u.Host
}

// origins holds the other origins whose pages may send requests. "*" stands for any.
type origins map[string]bool

func newOrigins(list []string) origins {
	o := origins{}
	for _, origin := range list {
		o[strings.ToLower(strings.TrimSuffix(origin, "/"))] = true
	}
	return o
}

// allow reports whether a page of an origin may send requests. An origin that is not known is "".
func (o origins) allow(origin string) bool { return o["*"] || o[origin] }

// share sets the headers that let a script of an allowed origin read the response
// (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol). It sends no permission to use cookies.
func (o origins) share(w http.ResponseWriter, r *http.Request) {
	if len(o) == 0 {
		return
	}
	w.Header().Add("Vary", "Origin")
	if origin := r.Header.Get("Origin"); origin != "" && o.allow(origin) {
		w.Header().Set("Access-Control-Allow-Origin", origin)
	}
}

// preflight answers a CORS preflight request, by which a browser asks whether a script of an allowed origin may send a
// request. It reports false if the request is not one.
func (o origins) preflight(w http.ResponseWriter, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	asked := r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != ""
	if !asked || origin == "" || !o.allow(origin) {
		return false
	}
	w.Header().Set("Access-Control-Allow-Methods", "GET, POST")
	w.Header().Set("Access-Control-Allow-Headers", "Content-Type, Accept, Authorization")
	w.Header().Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
	return true
}
