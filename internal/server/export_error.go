package server

import (
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"casus/internal/kg"
	"casus/internal/server/respond"
	"casus/internal/store"
)

// writeError answers a request for an export, or for something else, with an error. The message of an error that the
// client did not cause is logged, not sent.
func writeError(w http.ResponseWriter, log *slog.Logger, what string, err error) {
	code := kg.CodeOf(err)
	status, ok := clientErrorStatus(code)
	message := string(code) + ": " + err.Error()
	switch {
	case errors.Is(err, store.ErrNotReady):
		status = http.StatusServiceUnavailable
	case !ok:
		status, message = http.StatusInternalServerError, string(code)
		if code == kg.Unavailable {
			status = http.StatusServiceUnavailable
		}
		log.Error("a request failed", "for", what, "error", err)
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
	}
	respond.Text(w, status, message)
}

// clientErrorStatus returns the HTTP status of an error whose message may be sent to the client.
func clientErrorStatus(code kg.ErrorCode) (status int, ok bool) {
	switch code {
	case kg.BadInput, kg.LimitExceeded:
		return http.StatusBadRequest, true
	case kg.NotFound:
		return http.StatusNotFound, true
	case kg.Timeout:
		return http.StatusGatewayTimeout, true
	}
	return 0, false
}
