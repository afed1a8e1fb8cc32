package server

import (
	"net/http"
	"slices"
)

// origins lists the origins of pages whose scripts may read a response (CORS). "*" allows any.
type origins []string

// allow sets the headers that let a script of an allowed origin read the response.
func (o origins) allow(w http.ResponseWriter, r *http.Request) {
	if len(o) == 0 {
		return
	}
	w.Header().Add("Vary", "Origin")
	if origin := r.Header.Get("Origin"); origin != "" && (slices.Contains(o, origin) || slices.Contains(o, "*")) {
		w.Header().Set("Access-Control-Allow-Origin", origin)
	}
}
