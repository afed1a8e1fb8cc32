// Package link finds the nodes of a store that an article names, events that it may report as well, and documents that
// it may reprint. It proposes; a person decides.
package link

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// Store is the part of a store that a Linker reads.
type Store interface {
	Search(ctx context.Context, q store.SearchQuery) (store.Page[store.Hit], error)
	Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error)
	EventEdges(ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID) ([]kg.EventEdges, error)
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
	store.Scanner
}

// Linker links names of an article to the nodes of a store.
type Linker struct{ store Store }

// New returns a Linker of a store.
func New(s Store) *Linker { return &Linker{s} }

// Party is an actor or a place to be found.
type Party struct {
	// Type is store.TypeActor or store.TypeLocation.
	Type store.NodeType
	// Names are its names in any language, the text's first.
	Names []string
	// Kind is a kg.ActorKind or kg.LocationKind.
	Kind    string
	Country string
}

// Suggestion is a node that a person may choose.
type Suggestion struct {
	ID   kg.ID  `json:"id"`
	Name string `json:"name"`
	Why  string `json:"why"`
}

// Result is what a search for a party found.
type Result struct {
	// ID is the known node, or "" unless exactly one fits.
	ID kg.ID
	// Name is the name by which it is shown, and Partial reports that none of its names is the text's.
	Name    string
	Partial bool
	// Suggestions are nodes that may be meant, if none is certain.
	Suggestions []Suggestion
}

// The bounds of a search for one name.
const (
	maxHits        = 20
	maxSuggestions = 8
)

// Find returns the node that has all words of a name of the party, and its kind and country, if there is one; else the
// nodes that may be meant: several that fit, some of another kind, or some with a name that is only spelt nearly alike.
func (l *Linker) Find(ctx context.Context, p Party) (r Result, err error) {
	var fitting, others []candidate
	for i, name := range p.Names {
		if text.ParseQuery(name).Empty() {
			continue
		}
		page, err := l.store.Search(ctx, store.SearchQuery{
			Text: name, Types: []store.NodeType{p.Type}, Window: store.Window{Limit: maxHits},
		})
		if err != nil {
			return r, err
		}
		for _, hit := range page.Items {
			c := newCandidate(hit, name, p)
			c.partial = c.partial || i > 0
			if c.fits {
				fitting = add(fitting, c)
			} else {
				others = add(others, c)
			}
		}
	}
	if exact := slices.DeleteFunc(slices.Clone(fitting), func(c candidate) bool { return c.partial }); len(exact) == 1 {
		fitting = exact
	}
	if len(fitting) == 1 {
		c := fitting[0]
		return Result{ID: c.ID, Name: c.Name, Partial: c.partial}, nil
	}
	for _, c := range slices.Concat(fitting, others) {
		if len(r.Suggestions) < maxSuggestions && !slices.ContainsFunc(r.Suggestions, c.is) {
			r.Suggestions = append(r.Suggestions, c.Suggestion)
		}
	}
	return r, nil
}

// candidate is a hit of a search.
type candidate struct {
	Suggestion
	fits, partial bool
}

func (c candidate) is(o Suggestion) bool { return c.ID == o.ID }

// newCandidate judges a hit of a search for a name.
func newCandidate(hit store.Hit, name string, p Party) candidate {
	names := store.NamesOf(hit.Node)
	c := candidate{Suggestion: Suggestion{ID: hit.Node.NodeID(), Name: kg.BestName(names, "en")}}
	kind, country := kindOf(hit.Node)
	values, _ := store.SearchTexts(hit.Node)
	words := text.ParseQuery(name)
	isName := func(v string) bool { return slices.Equal(text.Tokens(v), text.Tokens(name)) }
	c.partial = !slices.ContainsFunc(values, isName)
	switch {
	case hit.Near:
		c.Why = "a name is spelt nearly like " + name
	case !words.MatchesWhole(store.SearchTokens(values)):
		c.Why = "a name begins with " + name
	case kind != p.Kind:
		c.Why = "the name is the same, the kind is " + kind
	case country != "" && p.Country != "" && country != p.Country:
		c.Why = "the name is the same, the country is " + country
	default:
		c.fits, c.Why = true, "has all words of "+name
	}
	return c
}

// add adds a candidate, or makes the one that it repeats better.
func add(all []candidate, c candidate) []candidate {
	i := slices.IndexFunc(all, func(o candidate) bool { return o.ID == c.ID })
	if i < 0 {
		return append(all, c)
	}
	all[i].partial = all[i].partial && c.partial
	return all
}

func kindOf(n kg.Node) (kind, country string) {
	switch n := n.(type) {
	case kg.Actor:
		return string(n.Kind), n.Country
	case kg.Location:
		return string(n.Kind), n.Country
	}
	return "", ""
}

// IsFree reports whether a new node of a document may have an id: no node has it, or only that document states it.
func (l *Linker) IsFree(ctx context.Context, id, document kg.ID) (bool, error) {
	nodes, err := l.store.Nodes(ctx, kg.View{Identity: kg.IdentityExact}, []kg.ID{id})
	if err != nil || nodes[0] == nil {
		return err == nil, err
	}
	var p kg.Provenance
	switch n := nodes[0].(type) {
	case kg.Actor:
		p = n.Provenance
	case kg.Location:
		p = n.Provenance
	}
	sources := slices.Collect(p.Sources)
	isOther := func(s kg.Source) bool { return s.Document() != document }
	return len(sources) > 0 && !slices.ContainsFunc(sources, isOther), nil
}

// KnownActors returns the names, in English if they have one, of at most limit actors of which a name stands in the
// text, in the order of their ids.
func (l *Linker) KnownActors(ctx context.Context, article string, limit int) (names []string, err error) {
	words := " " + joinTokens(article) + " "
	for page, err := range store.Walk(ctx, l.store, kg.KindActor, 0) {
		if err != nil {
			return nil, err
		}
		for _, a := range page.Actors {
			if len(names) < limit && namedIn(a.Names, words) {
				names = append(names, kg.BestName(a.Names, "en"))
			}
		}
	}
	return names, nil
}
