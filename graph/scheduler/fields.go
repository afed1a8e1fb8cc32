package scheduler

import (
	"context"
	"io"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalSlice replaces graphql.MarshalSliceConcurrently. The worker limit is ignored. In a large response each
// element of an outermost list is written as soon as it is resolved: its values take more memory than their text.
func MarshalSlice(
	ctx context.Context, length int, _ int64, omitPanicHandler bool,
	marshal func(ctx context.Context, i int) graphql.Marshaler,
) graphql.Array {
	all := make(graphql.Array, length)
	s := scopeOf(ctx)
	outermost := length > 1 && !s.inList
	s.inList = s.inList || outermost
	s.run(ctx, length, func(ctx context.Context, i int) {
		if s.budget.skips() {
			all[i] = graphql.Null
			return
		}
		ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i})
		element := func(ctx context.Context) graphql.Marshaler { return marshal(ctx, i) }
		all[i] = resolve(ctx, !omitPanicHandler, element)
		if outermost {
			all[i] = s.budget.writeElement(all[i])
		}
	})
	return all
}

// FieldSet holds the fields of an object. Fields that may block are resolved by Dispatch, after all others. The fields
// of an operation's root still run concurrently, as in gqlgen.
type FieldSet struct {
	graphql.FieldSet
	fields   []graphql.CollectedField
	deferred []field
	budget   *Budget
}

type field struct {
	i       int
	recover bool
	invalid graphql.Marshaler // the value that makes the object invalid
	resolve func(ctx context.Context) graphql.Marshaler
}

// NewFieldSet returns a set of fields without values.
func NewFieldSet(fields []graphql.CollectedField) *FieldSet {
	return &FieldSet{
		FieldSet: graphql.FieldSet{Values: make([]graphql.Marshaler, len(fields))},
		fields:   fields,
	}
}

// ResolveConcurrently leaves the ith field to Dispatch. The schema has no @defer.
func (s *FieldSet) ResolveConcurrently(
	_ *graphql.OperationContext, _ *graphql.DeferredGroup, i int, recoverFromPanic, nonNull bool,
	resolve func(ctx context.Context) graphql.Marshaler,
) {
	f := field{i: i, recover: recoverFromPanic, invalid: graphql.RequiredNull, resolve: resolve}
	if nonNull {
		f.invalid = graphql.Null
	}
	s.deferred = append(s.deferred, f)
}

// Dispatch resolves the remaining fields.
func (s *FieldSet) Dispatch(ctx context.Context) {
	s.FieldSet.Dispatch(ctx)
	around := scopeOf(ctx)
	s.budget = around.budget
	around.budget.addKeys(len(s.fields))
	around.run(ctx, len(s.deferred), func(ctx context.Context, i int) {
		f := &s.deferred[i]
		value := f.invalid
		if !around.budget.skips() {
			value = resolve(ctx, f.recover, f.resolve)
		}
		s.Values[f.i] = value
		if value == f.invalid {
			atomic.AddUint32(&s.Invalids, 1)
		}
	})
}

// MarshalGQL writes the object in the order of its fields, each alias once. It ends early if the response becomes too
// large. The outermost object gets the buffer of the response as w, all others a *writer.
func (s *FieldSet) MarshalGQL(w io.Writer) {
	own, ok := w.(*writer)
	if !ok {
		own = &writer{to: w, budget: s.budget}
		if s.budget != nil {
			own.limit = s.budget.maxBytes
		}
	}
	own.keys += len(s.fields)
	written := make(map[string]bool, len(s.fields))
	write(own, "{")
	for i := range s.fields {
		if own.full {
			return
		}
		alias := s.fields[i].Alias
		if written[alias] {
			continue
		}
		written[alias] = true
		if i > 0 {
			write(own, ",")
		}
		write(own, `"`)
		write(own, alias) // a GraphQL name, which needs no escaping
		write(own, `":`)
		s.Values[i].MarshalGQL(own)
	}
	write(own, "}")
}

// write ignores errors, as all marshalers of gqlgen do: they write to memory.
func write(w *writer, s string) { _, _ = w.WriteString(s) }

// resolve returns the value of a field. If recovers is set, a panic becomes an error and the value null.
func resolve(
	ctx context.Context, recovers bool, f func(ctx context.Context) graphql.Marshaler,
) (value graphql.Marshaler) {
	if recovers {
		defer func() {
			if r := recover(); r != nil {
				graphql.AddError(ctx, graphql.Recover(ctx, r))
				value = graphql.Null
			}
		}()
	}
	return f(ctx)
}
