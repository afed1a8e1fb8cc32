package unknown

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// ValuesIn returns the values, other than ids, of a normalized filter of events, actors, locations or documents, in the
// order of its fields. Other filters have none.
func ValuesIn(filter any) []Value {
	var w valueWalk
	switch f := filter.(type) {
	case *store.EventFilter:
		w.events(f)
	case *store.ActorFilter:
		if f != nil {
			w.strings(actorCountry, f.Countries, "countries")
			w.identifiers(actorIdentifier, f.Identifiers)
			w.below("inEvents").events(f.InEvents)
		}
	case *store.LocationFilter:
		if f != nil {
			w.place(f.Place)
			w.identifiers(locationIdentifier, f.Identifiers)
		}
	case *store.DocumentFilter:
		if f != nil {
			w.strings(language, f.Languages, "languages")
		}
	}
	return w.all()
}

// valueWalk collects the values of a filter.
type valueWalk struct {
	path  []any
	found *[]Value
}

func (w *valueWalk) all() []Value {
	if w.found == nil {
		return nil
	}
	return *w.found
}

// below returns the walk of a part of the filter, which collects into the same list.
func (w *valueWalk) below(path ...any) *valueWalk {
	if w.found == nil {
		w.found = &[]Value{}
	}
	return &valueWalk{append(slices.Clone(w.path), path...), w.found}
}

func (w *valueWalk) add(v Value, path ...any) {
	in := w.below(path...)
	v.Path = in.path
	*in.found = append(*in.found, v)
}

func (w *valueWalk) strings(k kind, values []string, name string) {
	for i, v := range values {
		w.add(Value{kind: k, Text: v}, name, i)
	}
}

func (w *valueWalk) identifiers(k kind, all []store.IdentifierFilter) {
	for i, id := range all {
		w.add(Value{kind: k, scheme: id.Scheme, Text: id.Value}, "identifiers", i)
	}
}

func (w *valueWalk) place(f *store.PlaceFilter) {
	if f != nil {
		w.below("place").strings(placeCountry, f.Countries, "countries")
	}
}

func (w *valueWalk) events(f *store.EventFilter) {
	if f == nil {
		return
	}
	for i, p := range f.Participants {
		w.below("participants", i).strings(actorCountry, p.Countries, "countries")
	}
	w.place(f.Place)
	w.strings(mode, f.Modes, "modes")
	for i, c := range f.Codes {
		v := Value{kind: code, scheme: c.Scheme}
		switch {
		case c.Value != nil:
			v.Text = *c.Value
		case c.StartsWith != nil:
			v.Text, v.prefix = *c.StartsWith, true
		}
		w.add(v, "codes", i)
	}
	w.strings(dataset, f.Datasets, "datasets")
	for i := range f.And {
		w.below("and", i).events(&f.And[i])
	}
	for i := range f.Or {
		w.below("or", i).events(&f.Or[i])
	}
	w.below("not").events(f.Not)
}

// identifier returns the filter for the identifier.
func (v Value) identifier() []store.IdentifierFilter {
	return []store.IdentifierFilter{{Scheme: v.scheme, Value: v.Text}}
}

// codeFilter returns the filter for the code.
func (v Value) codeFilter() *store.EventFilter {
	f := store.CodeFilter{Scheme: v.scheme}
	switch {
	case v.prefix:
		f.StartsWith = &v.Text
	case v.Text != "":
		f.Value = &v.Text
	}
	return &store.EventFilter{Codes: []store.CodeFilter{f}}
}

// codesOf returns the codes of events.
func codesOf(events []kg.Event) (all []kg.Code) {
	for _, e := range events {
		all = append(all, e.Codes...)
	}
	return all
}
