package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/unknown"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// The bounds of the warnings of one operation. Each warning costs up to eight searches. Fragments that spread one
// another select a field many times, so the fields in which ids are looked for are bounded, too.
const (
	maxWarnings     = 10
	maxFilteredIDs  = store.MaxPageSize
	maxWalkedFields = 20_000
)

// Warning reports an id, or another value of a filter, that no node has. It is an element of extensions.warnings of a
// response.
type Warning struct {
	Message string `json:"message"`
	// Path is the path of the field in the response, followed by the path of the id or value in its arguments.
	Path []any `json:"path"`
	// ID or Value is set.
	ID    kg.ID  `json:"id,omitempty"`
	Value string `json:"value,omitempty"`
	// Nearest are the nearest nodes of an ID, each an unknown.Node, or the nearest values.
	Nearest any `json:"nearest"`
}

// warnings collects the ids that fields of one operation looked up and did not find, and the values of filters that
// found nothing.
type warnings struct {
	sync.Mutex
	found  []Warning
	values []unknown.Value
}

type warningsKey struct{}

// warnUnknown adds a warning for the argument of the field that is being resolved.
func warnUnknown(ctx context.Context, id kg.ID, argument ...any) {
	if w, ok := ctx.Value(warningsKey{}).(*warnings); ok {
		path := responsePath(ctx)
		w.Lock()
		defer w.Unlock()
		if len(w.found) < maxFilteredIDs {
			w.found = append(w.found, Warning{Path: append(path, argument...), ID: id})
		}
	}
}

// warnEmpty records the filter of the field that is being resolved, which found nothing: warnings are added for its
// values that nothing in the store has.
func warnEmpty(ctx context.Context, filter any) {
	w, ok := ctx.Value(warningsKey{}).(*warnings)
	if !ok {
		return
	}
	values := unknown.ValuesIn(filter)
	if len(values) == 0 {
		return
	}
	path := append(responsePath(ctx), "filter")
	for i := range values {
		values[i].Path = slices.Concat(path, values[i].Path)
	}
	w.Lock()
	defer w.Unlock()
	if len(w.values) < maxFilteredIDs {
		w.values = append(w.values, values...)
	}
}

// responsePath returns the path of the field that is being resolved.
func responsePath(ctx context.Context) (path []any) {
	for _, p := range graphql.GetPath(ctx) {
		switch p := p.(type) {
		case ast.PathName:
			path = append(path, string(p))
		case ast.PathIndex:
			path = append(path, int(p))
		}
	}
	return path
}

// withWarnings runs an operation and adds extensions.warnings to its response if ids of its filters, or of nodes that
// it looks up, are unknown, or other values of filters that found nothing. It looks up the ids of filters while the
// operation runs.
func withWarnings(
	ctx context.Context, r store.Reader, types map[string]*ast.Definition, run func(context.Context) *graphql.Response,
) *graphql.Response {
	lookups := &warnings{}
	filtered := filteredWarnings(graphql.GetOperationContext(ctx), types)
	checked := make(chan []Warning, 1)
	go func() { checked <- onlyUnknown(ctx, r, filtered) }()
	response := run(context.WithValue(ctx, warningsKey{}, lookups))
	all := append(onlyUnknown(ctx, r, lookups.found), <-checked...)
	missing, err := unknown.Missing(ctx, r, lookups.values)
	if err != nil {
		missing = nil // a field that meets the same error reports it
	}
	for i := range missing {
		all = append(all, Warning{Path: missing[i].Path, Value: missing[i].String()})
	}
	slices.SortStableFunc(all, func(a, b Warning) int { return cmp.Compare(fmt.Sprint(a.Path), fmt.Sprint(b.Path)) })
	all = all[:min(len(all), maxWarnings)]
	if response == nil || len(all) == 0 || len(response.Data) == 0 {
		return response
	}
	for i := range all {
		if err := all[i].addNearest(ctx, r, missing); err != nil {
			return response
		}
	}
	if response.Extensions == nil {
		response.Extensions = map[string]any{}
	}
	response.Extensions["warnings"] = all
	return response
}

// addNearest adds the nearest nodes or values, and the message.
func (w *Warning) addNearest(ctx context.Context, r store.Reader, missing []unknown.Value) error {
	if w.ID != "" {
		nearest, err := unknown.Nearest(ctx, r, w.ID)
		w.Nearest, w.Message = nearest, unknown.Message(w.ID, nearest)
		return err
	}
	v := missing[slices.IndexFunc(missing, func(v unknown.Value) bool { return slices.Equal(v.Path, w.Path) })]
	nearest, err := v.Nearest(ctx, r)
	w.Nearest, w.Message = nearest, v.Message(nearest)
	return err
}

// onlyUnknown returns the warnings whose ids no node has at any moment of knowledge. If the store fails it returns
// none: a field that meets the same error reports it.
func onlyUnknown(ctx context.Context, r store.Reader, all []Warning) []Warning {
	ids := make([]kg.ID, len(all))
	for i, w := range all {
		ids[i] = w.ID
	}
	slices.Sort(ids)
	missing, err := unknown.IDs(ctx, r, slices.Compact(ids))
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(all, func(w Warning) bool { return !slices.Contains(missing, w.ID) })
}

// filteredWarnings returns a warning for each id in the input objects of an operation and in the lists of actors that
// paths avoid: at most maxFilteredIDs, of the first maxWalkedFields fields. Fields that @skip or @include leave out
// have none.
func filteredWarnings(op *graphql.OperationContext, types map[string]*ast.Definition) []Warning {
	if op == nil || op.Operation == nil || op.Operation.Operation != ast.Query {
		return nil
	}
	w := idWalk{variables: op.Variables, types: types}
	w.fields(nil, op.Operation.SelectionSet)
	return w.found
}

// idWalk finds the ids in the arguments of an operation.
type idWalk struct {
	variables map[string]any
	types     map[string]*ast.Definition
	walked    int // fields
	found     []Warning
}

func (w *idWalk) fields(path []any, set ast.SelectionSet) {
	for f := range expandFields(set) {
		if w.walked++; w.walked > maxWalkedFields || len(w.found) >= maxFilteredIDs {
			return
		}
		if f.Definition == nil || w.isLeftOut(f) {
			continue
		}
		at := append(slices.Clip(path), f.Alias)
		for _, a := range f.Arguments {
			definition := f.Definition.Arguments.ForName(a.Name)
			if definition == nil || w.types[definition.Type.Name()].Kind != ast.InputObject && a.Name != "avoid" {
				continue
			}
			if value, err := a.Value.Value(w.variables); err == nil {
				w.value(append(slices.Clip(at), a.Name), definition.Type, value)
			}
		}
		w.fields(at, f.SelectionSet)
	}
}

func (w *idWalk) isLeftOut(f *ast.Field) bool {
	for name, leaves := range map[string]bool{"skip": true, "include": false} {
		if d := f.Directives.ForName(name); d != nil && d.ArgumentMap(w.variables)["if"] == leaves {
			return true
		}
	}
	return false
}

// value adds the ids of a value of a type. A single value stands for a list of one.
func (w *idWalk) value(path []any, t *ast.Type, value any) {
	if list, ok := value.([]any); ok && t.Elem != nil {
		for i, item := range list {
			w.value(append(slices.Clip(path), i), t.Elem, item)
		}
		return
	}
	switch value := value.(type) {
	case string:
		if t.Name() == "ID" && len(w.found) < maxFilteredIDs {
			w.found = append(w.found, Warning{Path: path, ID: kg.ID(value)})
		}
	case map[string]any:
		definition := w.types[t.Name()]
		for _, field := range definition.Fields {
			if inner, ok := value[field.Name]; ok {
				w.value(append(slices.Clip(path), field.Name), field.Type, inner)
			}
		}
	}
}
