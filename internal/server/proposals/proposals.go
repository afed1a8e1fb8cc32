// Package proposals answers requests that write: reviewed proposals, and the steps that lead to them. It checks their
// form and size; who may write is checked before, and what is written by the actions that its caller passes in.
package proposals

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"time"

	"casus/internal/kg"
	"casus/internal/server/respond"
)

// MaxBody bounds the body of a request, in bytes: an article with its records.
const MaxBody = 32 << 20

// Action answers the JSON of a request with a value that is encoded as JSON. Its errors have codes.
type Action = func(ctx context.Context, body []byte) (answer any, err error)

// Config describes a Handler.
type Config struct {
	// Actions has the actions by the end of their path; nil if the server offers none.
	Actions map[string]Action
	// Timeout limits an action. 0 or negative means no limit.
	Timeout time.Duration
	Log     *slog.Logger
}

// Handler returns the handler of /proposals and the paths below it, which end in the path value "action".
func Handler(c Config) http.Handler { return handler{c} }

type handler struct{ Config }

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	act, found := h.Actions[r.PathValue("action")]
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case !found:
		respond.GraphQLError(w, r, http.StatusNotFound, kg.NotFound, "there is no such action")
		return
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		respond.GraphQLError(w, r, http.StatusMethodNotAllowed, kg.BadInput, "use POST")
		return
	case err != nil || mediaType != "application/json":
		// Browsers send no other origin's forms with this type, and scripts only after a preflight, which is not answered.
		respond.GraphQLError(w, r, http.StatusUnsupportedMediaType, kg.BadInput, "send application/json")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		respond.GraphQLError(w, r, http.StatusRequestEntityTooLarge, kg.LimitExceeded,
			fmt.Sprintf("the request has more than %d MiB", MaxBody>>20))
		return
	}
	if err != nil {
		respond.GraphQLError(w, r, http.StatusBadRequest, kg.BadInput, "the request was cut off")
		return
	}
	ctx := r.Context()
	if h.Timeout > 0 {
		var cancel context.CancelFunc
		cause := kg.Errorf(kg.Timeout, "it took longer than %s", h.Timeout)
		ctx, cancel = context.WithTimeoutCause(ctx, h.Timeout, cause)
		defer cancel()
	}
	answer, err := act(ctx, body)
	if err != nil {
		h.refuse(w, r, err)
		return
	}
	// Encoded before anything is sent, so that a failure can still be answered.
	encoded, err := json.Marshal(answer)
	if err != nil {
		h.refuse(w, r, kg.Errorf(kg.Internal, "encode the answer: %w", err))
		return
	}
	respond.Headers(w, "application/json; charset=utf-8")
	_, _ = w.Write(append(encoded, '\n')) // fails only if the client has disconnected
}

// statuses are the HTTP statuses of errors whose message may be sent to the client.
var statuses = map[kg.ErrorCode]int{
	kg.BadInput: http.StatusBadRequest, kg.LimitExceeded: http.StatusBadRequest, kg.NotFound: http.StatusNotFound,
	kg.Conflict: http.StatusConflict, kg.Timeout: http.StatusGatewayTimeout,
}

// refuse answers with an error. The message of one that the client did not cause is logged, not sent.
func (h handler) refuse(w http.ResponseWriter, r *http.Request, err error) {
	code := kg.CodeOf(err)
	if status, known := statuses[code]; known {
		respond.GraphQLError(w, r, status, code, err.Error())
		return
	}
	h.Log.Error("a request failed", "for", "proposals", "error", err)
	status := http.StatusInternalServerError
	if code == kg.Unavailable {
		status = http.StatusServiceUnavailable
	}
	respond.GraphQLError(w, r, status, code, "the server could not do this; its log says why")
}
