package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"casus/internal/kg"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// persistedQueryNotFound is the one code that is not the domain's: clients that send a query's hash look for it.
const persistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND"

// presenter gives every error a code from the domain in extensions.code. What users can do nothing about is logged and
// shown as no more than an incident's number.
type presenter struct {
	log     *slog.Logger
	timeout time.Duration
}

func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	shown := *graphql.DefaultErrorPresenter(ctx, err)
	if shown.Path == nil {
		shown.Path = graphql.GetPath(ctx)
	}
	if shown.Extensions["code"] == persistedQueryNotFound {
		return &shown
	}
	code := codeOf(ctx, err)
	switch code {
	case kg.Timeout:
		shown.Message = fmt.Sprintf("the operation was stopped after %v: ask for less at once, or filter more narrowly", p.timeout)
	case kg.Internal, kg.Unavailable:
		what := "something went wrong in the server"
		if code == kg.Unavailable {
			what = "the graph's store cannot be reached now"
		}
		shown.Message = fmt.Sprintf("%s; the log has the details under incident %s", what, p.incident(ctx, code, err))
	}
	shown.Extensions = map[string]any{"code": code}
	return &shown
}

// codeOf is the domain's code where the error has one. Errors of the libraries have none: before a field is resolved, its
// arguments included, they speak of the request.
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
		return kg.Timeout // an engine that was interrupted may say so in words of its own
	}
	return code
}

// badRequest says whether no field is being resolved yet, or one whose arguments could not be read.
func badRequest(ctx context.Context) bool {
	field := graphql.GetFieldContext(ctx)
	return field == nil || field.Field.Field != nil && len(field.Field.Arguments) > 0 && field.Args == nil
}

// incident logs an error and gives the number under which it was logged: one for all rows that failed alike.
func (p presenter) incident(ctx context.Context, code kg.ErrorCode, err error) string {
	id, first := uuid.NewString(), true
	if known, ok := ctx.Value(incidentsKey{}).(*sync.Map); ok {
		earlier, loaded := known.LoadOrStore(err.Error(), id)
		id, first = earlier.(string), !loaded
	}
	if first {
		p.log.ErrorContext(ctx, "a query failed", "incident", id, "code", string(code), "path", graphql.GetPath(ctx).String(), "error", err)
	}
	return id
}

type incidentsKey struct{}

// withIncidents lets one operation's errors share their incidents.
func withIncidents(ctx context.Context) context.Context {
	return context.WithValue(ctx, incidentsKey{}, &sync.Map{})
}

// recovered makes an error of a panic. Its stack goes to the log with it.
func recovered(_ context.Context, panicked any) error {
	return kg.Errorf(kg.Internal, "panic: %v\n%s", panicked, debug.Stack())
}

// codesOf lists the codes of presented errors.
func codesOf(errs gqlerror.List) []kg.ErrorCode {
	codes := make([]kg.ErrorCode, 0, len(errs))
	for _, e := range errs {
		code, ok := e.Extensions["code"].(kg.ErrorCode)
		if !ok {
			code = kg.BadInput // the request's own fault, in a library's words
		}
		codes = append(codes, code)
	}
	return codes
}
