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

// NewDeferredGroup returns a group that stays empty, because the schema has no @defer.
func NewDeferredGroup(context.Context) graphql.DeferredGroup { return graphql.DeferredGroup{} }

// ResolveConcurrently leaves the ith field to Dispatch.
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

// MarshalGQL writes the object in the order of its fields, each alias once. It ends early if w is full.
func (s *FieldSet) MarshalGQL(w io.Writer) {
	own, _ := w.(*writer)
	if own != nil {
		own.keys += len(s.fields)
	}
	repeated := s.repeatedAliases()
	write(w, "{")
	for i := range s.fields {
		if own != nil && own.full {
			return
		}
		alias := s.fields[i].Alias
		if repeated(i, alias) {
			continue
		}
		if i > 0 {
			write(w, ",")
		}
		write(w, `"`)
		write(w, alias) // a GraphQL name, which needs no escaping
		write(w, `":`)
		s.Values[i].MarshalGQL(w)
	}
	write(w, "}")
}

// fewFields is the number of fields up to which they are compared with one another, which is faster than a map.
const fewFields = 16

// repeatedAliases returns a function that, called for one field after another, reports whether an earlier one has the
// same alias.
func (s *FieldSet) repeatedAliases() func(i int, alias string) bool {
	if len(s.fields) <= fewFields {
		return s.hasAlias
	}
	seen := make(map[string]bool, len(s.fields))
	return func(_ int, alias string) bool {
		repeated := seen[alias]
		seen[alias] = true
		return repeated
	}
}

// hasAlias reports whether one of the first n fields has this alias.
func (s *FieldSet) hasAlias(n int, alias string) bool {
	for i := range n {
		if s.fields[i].Alias == alias {
			return true
		}
	}
	return false
}

// write ignores errors, as all marshalers of gqlgen do: they write to memory.
func write(w io.Writer, s string) { _, _ = io.WriteString(w, s) }

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
