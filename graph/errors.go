package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"casus/graph/scheduler"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/unknown"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// persistedQueryNotFound is the only code not defined by package kg. Clients that send a query's hash check for it.
const persistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND"

// presenter sets extensions.code of every error to a code of package kg. Errors that clients cannot correct are logged
// and shown only as an incident id.
type presenter struct {
	log     *slog.Logger
	timeout time.Duration
}

// present returns an error as clients see it, or nil if the response has too many errors already.
func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	shown := p.show(ctx, err)
	if !scheduler.AddError(ctx, len(shown.Message)+errorBytes*(1+len(shown.Path))) {
		return nil
	}
	return shown
}

// errorBytes is about the size of an error without its message, and of an element of its path.
const errorBytes = 16

// show returns an error as clients see it.
func (p presenter) show(ctx context.Context, err error) *gqlerror.Error {
	shown := *graphql.DefaultErrorPresenter(ctx, err)
	if shown.Path == nil {
		shown.Path = graphql.GetPath(ctx)
	}
	if shown.Extensions["code"] == persistedQueryNotFound {
		return &shown
	}
	code := codeOf(ctx, err)
	switch {
	case errors.Is(err, store.ErrNotReady): // is shown as it is
	case code == kg.Timeout:
		shown.Message = fmt.Sprintf(
			"the operation was stopped after %v: request fewer items, or use a narrower filter", p.timeout,
		)
	case code == kg.Internal, code == kg.Unavailable:
		what := "internal server error"
		if code == kg.Unavailable {
			what = "the store is unavailable"
		}
		shown.Message = fmt.Sprintf(
			"%s; the server's log has the details under incident %s", what, p.incident(ctx, code, err),
		)
	}
	shown.Extensions = map[string]any{"code": code}
	if missing := (*unknown.Error)(nil); errors.As(err, &missing) {
		shown.Extensions["nearest"] = missing.Nearest
	}
	return &shown
}

// cutOff returns the response to an operation, or its errors alone if fields were left out because the response would
// be too large or the time was over.
func (p presenter) cutOff(
	ctx context.Context, response *graphql.Response, budget *scheduler.Budget, maxBytes int,
) *graphql.Response {
	if response == nil || !budget.Cut() {
		return response
	}
	errs := response.Errors
	switch {
	case budget.Exceeded():
		err := kg.Errorf(kg.LimitExceeded,
			"the response has more than %d bytes: request smaller pages or fewer fields", maxBytes)
		errs = gqlerror.List{p.show(ctx, err)}
	case !slices.Contains(codesOf(errs), kg.Timeout):
		errs = append(errs, p.show(ctx, kg.Errorf(kg.Timeout, "resolve fields: %w", context.Cause(ctx))))
	}
	return &graphql.Response{Errors: errs, Data: json.RawMessage("null")}
}

// codeOf returns the kg code of an error. Errors of libraries have none: they are BAD_INPUT before a field is resolved
// or while its arguments are read, and INTERNAL otherwise.
func codeOf(ctx context.Context, err error) kg.ErrorCode {
	var own *kg.Error
	if library := (*gqlerror.Error)(nil); errors.As(err, &library) && library.Rule == rules.MaxIntrospectionDepth.Name {
		return kg.LimitExceeded
	}
	if !errors.As(err, &own) && badRequest(ctx) {
		return kg.BadInput
	}
	code := kg.CodeOf(err)
	if code == kg.Internal && ctx.Err() != nil {
		return kg.Timeout // an interrupted engine may return an error of its own
	}
	return code
}

// badRequest reports whether no field is being resolved yet, or the arguments of one could not be read.
func badRequest(ctx context.Context) bool {
	field := graphql.GetFieldContext(ctx)
	return field == nil || field.Field.Field != nil && len(field.Field.Arguments) > 0 && field.Args == nil
}

// incident logs an error and returns its incident id. Equal errors of one operation are logged once and share the id.
func (p presenter) incident(ctx context.Context, code kg.ErrorCode, err error) string {
	id, first := uuid.NewString(), true
	if known, ok := ctx.Value(incidentsKey{}).(*sync.Map); ok {
		earlier, loaded := known.LoadOrStore(err.Error(), id)
		id, first = earlier.(string), !loaded
	}
	if first {
		p.log.ErrorContext(ctx, "query failed", "incident", id, "code", string(code),
			"path", graphql.GetPath(ctx).String(), "error", err)
	}
	return id
}

type incidentsKey struct{}

// withIncidents lets the errors of one operation share incidents.
func withIncidents(ctx context.Context) context.Context {
	return context.WithValue(ctx, incidentsKey{}, &sync.Map{})
}

// panicError returns an INTERNAL error for a panic, with the stack for the log.
func panicError(_ context.Context, panicked any) error {
	return kg.Errorf(kg.Internal, "panic: %v\n%s", panicked, debug.Stack())
}

// codesOf returns the codes of presented errors.
func codesOf(errs gqlerror.List) []kg.ErrorCode {
	codes := make([]kg.ErrorCode, 0, len(errs))
	for _, e := range errs {
		code, ok := e.Extensions["code"].(kg.ErrorCode)
		if !ok {
			code = kg.BadInput // an invalid request, reported by a library
		}
		codes = append(codes, code)
	}
	return codes
}
