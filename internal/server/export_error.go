package server

import (
	"errors"
	"net/http"

	"casus/internal/kg"
	"casus/internal/server/respond"
	"casus/internal/store"
)

// writeError answers with an error. The message of an error that the client did not cause is logged, not sent.
func (e *exportHandler) writeError(w http.ResponseWriter, err error) {
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
		e.log.Error("an export failed", "error", err)
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
