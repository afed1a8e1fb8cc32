// Package trace passes the statements that an engine runs to a function in the context. Without one, the cost is a look
// into the context.
package trace

import "context"

// Func is called with each statement before it runs, from any goroutine. params are the engine's own: the arguments of
// SQL in order, the parameters of Cypher by name. SQL that writes is passed on once, when it is prepared, without any.
type Func func(statement string, params any)

type key struct{}

// With returns a context whose statements are passed to f.
func With(ctx context.Context, f Func) context.Context { return context.WithValue(ctx, key{}, f) }

// Statement passes a statement to the function of the context, if it has one.
func Statement[P any](ctx context.Context, statement string, params P) {
	if f, ok := ctx.Value(key{}).(Func); ok {
		f(statement, params)
	}
}
