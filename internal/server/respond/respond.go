// Package respond writes the server's small responses: lines of text, JSON, and errors as GraphQL responses. None may
// be cached.
package respond

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"casus/internal/kg"
)

// Text answers with one line of plain text.
func Text(w http.ResponseWriter, status int, message string) {
	Headers(w, "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, message+"\n") // fails only if the client has disconnected
}

// JSON answers with a value as JSON.
func JSON(w http.ResponseWriter, status int, mediaType string, body any) {
	Headers(w, mediaType)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // fails only if the client has disconnected
}

// GraphQLError answers with a GraphQL response that has one error, in the media type that the client accepts.
func GraphQLError(w http.ResponseWriter, r *http.Request, status int, code kg.ErrorCode, message string) {
	mediaType := "application/json"
	if specific := "application/graphql-response+json"; strings.Contains(r.Header.Get("Accept"), specific) {
		mediaType = specific
	}
	type shown struct {
		Message    string                  `json:"message"`
		Extensions map[string]kg.ErrorCode `json:"extensions"`
	}
	JSON(w, status, mediaType+"; charset=utf-8", map[string][]shown{
		"errors": {{message, map[string]kg.ErrorCode{"code": code}}},
	})
}

// Headers sets the headers of a response of a media type.
func Headers(w http.ResponseWriter, mediaType string) {
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
}
