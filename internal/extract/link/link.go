// Package link finds the nodes of a store that an article names, events that it may report as well, and documents that
// it may reprint. It proposes; a person decides.
package link

import (
	"context"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// Store is the part of a store that a Linker reads.
type Store interface {
	Search(ctx context.Context, q store.SearchQuery) (store.Page[store.Hit], error)
	Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error)
	Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error)
	EventEdges(ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID) ([]kg.EventEdges, error)
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
	store.Scanner
}

// Linker links names of an article to the nodes of a store.
type Linker struct{ store Store }

// New returns a Linker of a store.
func New(s Store) *Linker { return &Linker{s} }

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

func joinTokens(s string) string { return strings.Join(text.Tokens(s), " ") }

// namedIn reports whether one of the names stands among words, which begin and end with a space.
func namedIn(names []kg.Name, words string) bool {
	return slices.ContainsFunc(names, func(n kg.Name) bool {
		tokens := joinTokens(n.Value)
		return tokens != "" && strings.Contains(words, " "+tokens+" ")
	})
}
