package access

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"casus/internal/kg"
)

// challenge is the WWW-Authenticate header of a response that asks for a token (RFC 6750, section 3).
const challenge = `Bearer realm="casus"`

// refusal is a response that refuses a request.
type refusal struct {
	status  int
	code    kg.ErrorCode
	message string
}

// writer writes a refusal in the form that the clients of a route expect.
type writer func(w http.ResponseWriter, r *http.Request, why refusal)

// writePlain writes a refusal as one line of text.
func writePlain(w http.ResponseWriter, _ *http.Request, why refusal) {
	refuseText(w, why.status, string(why.code)+": "+why.message)
}

// writeGraphQL writes a refusal as a GraphQL response.
func writeGraphQL(w http.ResponseWriter, r *http.Request, why refusal) {
	mediaType := "application/json"
	if specific := "application/graphql-response+json"; strings.Contains(r.Header.Get("Accept"), specific) {
		mediaType = specific
	}
	type shown struct {
		Message    string                  `json:"message"`
		Extensions map[string]kg.ErrorCode `json:"extensions"`
	}
	writeJSON(w, why.status, mediaType+"; charset=utf-8", map[string][]shown{
		"errors": {{why.message, map[string]kg.ErrorCode{"code": why.code}}},
	})
}

func writeJSON(w http.ResponseWriter, status int, mediaType string, body any) {
	setHeaders(w, mediaType)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // fails only if the client has disconnected
}

// refuseText answers with one line of text.
func refuseText(w http.ResponseWriter, status int, message string) {
	setHeaders(w, "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, message+"\n") // fails only if the client has disconnected
}

func setHeaders(w http.ResponseWriter, mediaType string) {
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
}
