package unknown

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// Value is a value of a filter, other than an id, that a stored node may have.
type Value struct {
	kind   kind
	scheme string // of a code or an identifier
	prefix bool   // Text is the prefix of a code
	// Text is the value. The empty code stands for any of its scheme.
	Text string
	// Path is the value's place in the filter: names of fields and indexes of lists.
	Path []any
}

// kind is a kind of values.
type kind int

const (
	dataset kind = iota
	mode
	code
	actorCountry
	placeCountry
	language
	actorIdentifier
	locationIdentifier
)

// String returns the value, after the scheme and a colon if it is a code or an identifier.
func (v Value) String() string {
	return strings.TrimSuffix(strings.TrimPrefix(v.scheme+":"+v.Text, ":"), ":")
}

// Message returns a sentence that says that nothing stored has the value, and names the nearest ones.
func (v Value) Message(nearest []string) string {
	what := [...]string{
		"no event is of the data set", "no event has the mode", "no event has the code", "no actor has the country",
		"no place has the country", "no document has the language", "no actor has the identifier",
		"no place has the identifier",
	}[v.kind]
	message := fmt.Sprintf("%s %s", what, v)
	for i, n := range nearest {
		message += []string{"; the nearest is ", ", then "}[min(i, 1)] + n
	}
	return message
}

// key returns the same string for equal values, and different ones for others.
func (v Value) key() string { return fmt.Sprint(v.kind, v.prefix, v.scheme, "\x00", v.Text) }

// Missing returns the values that nothing stored has, at any moment of knowledge. It looks up at most maxLookups.
func Missing(ctx context.Context, r store.Reader, values []Value) (missing []Value, err error) {
	known := map[string]bool{}
	for _, v := range values {
		found, done := known[v.key()]
		if !done && len(known) == maxLookups {
			continue
		}
		if !done {
			if found, err = v.exists(ctx, r); err != nil {
				return nil, err
			}
			known[v.key()] = found
		}
		if !found {
			missing = append(missing, v)
		}
	}
	return missing, nil
}

// maxLookups bounds the queries of Missing.
const maxLookups = 20

// exists reports whether anything stored has the value.
func (v Value) exists(ctx context.Context, r store.Reader) (bool, error) {
	switch v.kind {
	case actorCountry:
		return v.actors(ctx, r, &store.ActorFilter{Countries: []string{v.Text}})
	case actorIdentifier:
		return v.actors(ctx, r, &store.ActorFilter{Identifiers: v.identifier()})
	case placeCountry:
		return v.locations(ctx, r, &store.LocationFilter{Place: &store.PlaceFilter{Countries: []string{v.Text}}})
	case locationIdentifier:
		return v.locations(ctx, r, &store.LocationFilter{Identifiers: v.identifier()})
	case language:
		pages, err := r.Documents(ctx, store.DocumentQuery{
			Filter: &store.DocumentFilter{Languages: []string{v.Text}}, Order: (*store.DocumentOrder)(nil).Normalize(),
			Window: one,
		})
		return err == nil && len(pages[0].Items) > 0, err
	case dataset:
		return v.events(ctx, r, &store.EventFilter{Datasets: []string{v.Text}})
	case mode:
		return v.events(ctx, r, &store.EventFilter{Modes: []string{v.Text}})
	}
	return v.events(ctx, r, v.codeFilter())
}

// one is the window of a lookup.
var one = store.Window{Limit: 1}

func (v Value) events(ctx context.Context, r store.Reader, f *store.EventFilter) (bool, error) {
	found, err := someEvents(ctx, r, f, one)
	return len(found) > 0, err
}

func someEvents(
	ctx context.Context, r store.Reader, f *store.EventFilter, w store.Window,
) ([]kg.Event, error) {
	pages, err := r.Events(ctx, store.EventQuery{Filter: f, Order: (*store.EventOrder)(nil).Normalize(), Window: w})
	if err != nil {
		return nil, err
	}
	return pages[0].Items, nil
}

func (v Value) actors(ctx context.Context, r store.Reader, f *store.ActorFilter) (bool, error) {
	pages, err := r.Actors(ctx,
		store.ActorQuery{Filter: f, Order: (*store.ActorOrder)(nil).Normalize(), Window: one})
	return err == nil && len(pages[0].Items) > 0, err
}

func (v Value) locations(ctx context.Context, r store.Reader, f *store.LocationFilter) (bool, error) {
	pages, err := r.Locations(ctx,
		store.LocationQuery{Filter: f, Order: (*store.LocationOrder)(nil).Normalize(), Window: one})
	return err == nil && len(pages[0].Items) > 0, err
}

// Nearest returns the stored values that differ from the value in case alone or, without one, the one whose spelling is
// nearest. It knows the data sets and languages of most events, and the modes and codes of some.
func (v Value) Nearest(ctx context.Context, r store.Reader) ([]string, error) {
	candidates, err := v.candidates(ctx, r)
	if err != nil {
		return nil, err
	}
	slices.Sort(candidates)
	nearest, word := []string{}, text.Fold(v.String())
	folded := map[string]string{}
	for _, c := range slices.Compact(candidates) {
		if folded[text.Fold(c)] = c; c != "" && text.Fold(c) == word {
			nearest = append(nearest, c)
		}
	}
	if len(nearest) == 0 {
		best := text.Nearest(word, slices.Collect(maps.Keys(folded)))
		if best != "" && 2*text.EditDistance(word, best) <= len(word) {
			nearest = append(nearest, folded[best])
		}
	}
	return nearest[:min(len(nearest), maxNearest)], nil
}

// candidates returns stored values of the kind.
func (v Value) candidates(ctx context.Context, r store.Reader) (all []string, err error) {
	sample := store.Window{Limit: store.MaxPageSize}
	switch v.kind {
	case dataset:
		return facetKeys(ctx, r, store.FacetDataset)
	case language:
		return facetKeys(ctx, r, store.FacetLanguage)
	case mode:
		events, err := someEvents(ctx, r, nil, sample)
		for _, e := range events {
			all = append(all, e.Mode)
		}
		return all, err
	case code:
		events, err := someEvents(ctx, r, Value{kind: code, scheme: v.scheme}.codeFilter(), sample)
		if len(events) == 0 && err == nil { // the scheme is unknown, too
			events, err = someEvents(ctx, r, nil, sample)
		}
		for _, c := range codesOf(events) {
			n := Value{scheme: c.Scheme}
			if v.Text != "" {
				n.Text = c.Value
			}
			if v.prefix {
				n.Text = kg.CutText(n.Text, len(v.Text))
			}
			all = append(all, n.String())
		}
		return all, err
	case actorIdentifier, locationIdentifier:
		for _, n := range v.spellings() {
			found, err := n.exists(ctx, r)
			if err != nil {
				return nil, err
			}
			if found {
				all = append(all, n.String())
			}
		}
	}
	return all, nil
}

// spellings returns the value as it is, in upper case and in lower case, with its scheme as it is and in lower case.
func (v Value) spellings() (all []Value) {
	for _, scheme := range []string{v.scheme, strings.ToLower(v.scheme)} {
		for _, id := range []string{v.Text, strings.ToUpper(v.Text), strings.ToLower(v.Text)} {
			n := v
			n.scheme, n.Text = scheme, id
			all = append(all, n)
		}
	}
	return all
}

// facetKeys returns the values of a field that most events have.
func facetKeys(ctx context.Context, r store.Reader, field store.FacetField) (keys []string, err error) {
	facets, err := r.Facets(ctx, store.FacetQuery{Fields: []store.FacetField{field}, Top: store.MaxFacetGroups})
	if err != nil {
		return nil, err
	}
	for _, g := range facets[0].Groups {
		keys = append(keys, g.Key)
	}
	return keys, nil
}
