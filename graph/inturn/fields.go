package inturn

import (
	"context"
	"io"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
)

// Slice marshals the elements of a list: graphql.MarshalSliceConcurrently in turn. Workers are not limited.
func Slice(ctx context.Context, length int, _ int64, omitPanicHandler bool, marshal func(ctx context.Context, i int) graphql.Marshaler) graphql.Array {
	all := make(graphql.Array, length)
	run(ctx, length, func(ctx context.Context, i int) {
		ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i})
		all[i] = recovered(ctx, !omitPanicHandler, func(ctx context.Context) graphql.Marshaler { return marshal(ctx, i) })
	})
	return all
}

// FieldSet is the fields of an object, of which those that may wait are resolved when all others are. Fields of an operation's root
// go on as gqlgen has it, at the same time.
type FieldSet struct {
	graphql.FieldSet
	fields []graphql.CollectedField
	later  []field
}

type field struct {
	i       int
	recover bool
	invalid graphql.Marshaler // the value that the object cannot have there
	resolve func(ctx context.Context) graphql.Marshaler
}

// NewFieldSet is the set of these fields, none of which has a value.
func NewFieldSet(fields []graphql.CollectedField) *FieldSet {
	return &FieldSet{FieldSet: graphql.FieldSet{Values: make([]graphql.Marshaler, len(fields))}, fields: fields}
}

// NewDeferredGroup is an empty group, which nothing can come to: the schema has no @defer.
func NewDeferredGroup(context.Context) graphql.DeferredGroup { return graphql.DeferredGroup{} }

// ResolveConcurrently leaves the ith field for Dispatch.
func (s *FieldSet) ResolveConcurrently(_ *graphql.OperationContext, _ *graphql.DeferredGroup, i int, recoverFromPanic, nonNull bool, resolve func(ctx context.Context) graphql.Marshaler) {
	f := field{i: i, recover: recoverFromPanic, invalid: graphql.RequiredNull, resolve: resolve}
	if nonNull {
		f.invalid = graphql.Null
	}
	s.later = append(s.later, f)
}

// Dispatch resolves what was left.
func (s *FieldSet) Dispatch(ctx context.Context) {
	s.FieldSet.Dispatch(ctx)
	run(ctx, len(s.later), func(ctx context.Context, i int) {
		f := &s.later[i]
		value := recovered(ctx, f.recover, f.resolve)
		s.Values[f.i] = value
		if value == f.invalid {
			atomic.AddUint32(&s.Invalids, 1)
		}
	})
}

// MarshalGQL writes the object in the order of its fields, each alias once.
func (s *FieldSet) MarshalGQL(w io.Writer) {
	write(w, "{")
	for i := range s.fields {
		alias := s.fields[i].Alias
		if s.before(i, alias) {
			continue
		}
		if i > 0 {
			write(w, ",")
		}
		write(w, `"`)
		write(w, alias) // a GraphQL name, of which nothing has to be escaped
		write(w, `":`)
		s.Values[i].MarshalGQL(w)
	}
	write(w, "}")
}

// before says whether one of the first n fields has this alias.
func (s *FieldSet) before(n int, alias string) bool {
	for i := range n {
		if s.fields[i].Alias == alias {
			return true
		}
	}
	return false
}

// write ignores errors, as all marshalers of gqlgen do: they write to memory.
func write(w io.Writer, s string) { _, _ = io.WriteString(w, s) }

// recovered resolves a field, null with an error where it panics.
func recovered(ctx context.Context, recovers bool, resolve func(ctx context.Context) graphql.Marshaler) (value graphql.Marshaler) {
	if recovers {
		defer func() {
			if r := recover(); r != nil {
				graphql.AddError(ctx, graphql.Recover(ctx, r))
				value = graphql.Null
			}
		}()
	}
	return resolve(ctx)
}
