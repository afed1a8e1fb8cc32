package memory

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// rankedItem is an item and its position in the list.
type rankedItem[T any] struct {
	item T
	at   store.Position
}

// page sorts items by position, in descending order if desc, and cuts out the window.
func page[T any](w store.Window, desc, total bool, items []T, at func(T) store.Position) store.Page[T] {
	all := make([]rankedItem[T], len(items))
	for i, item := range items {
		all[i] = rankedItem[T]{item, at(item)}
	}
	compare := store.ComparePositions
	if desc {
		compare = func(a, b store.Position) int { return store.ComparePositions(b, a) }
	}
	slices.SortFunc(all, func(a, b rankedItem[T]) int { return compare(a.at, b.at) })
	n := len(all)
	all = slices.DeleteFunc(all, func(r rankedItem[T]) bool {
		return w.After != nil && compare(r.at, *w.After) <= 0 || w.Before != nil && compare(r.at, *w.Before) >= 0
	})
	if w.Backward {
		slices.Reverse(all)
	}
	if w.Limit == 0 {
		all = nil
	}
	cut := store.CutPage(w, all[:min(len(all), w.Limit+1)], func(r rankedItem[T]) store.Position { return r.at })
	p := store.Page[T]{Positions: cut.Positions, HasNext: cut.HasNext, HasPrevious: cut.HasPrevious}
	for _, r := range cut.Items {
		p.Items = append(p.Items, r.item)
	}
	if total {
		p.Total = &n
	}
	return p
}

// pages returns the page of all items or, with a scope, one page for each parent with its children.
func pages[F, O any, T kg.Identified](g graph, q store.ListQuery[F, O], all func() []T, children func(parent kg.ID) []T,
	matches func(*F, T) bool, desc bool, at func(T) store.Position,
) []store.Page[T] {
	cut := func(items []T) store.Page[T] {
		items = slices.DeleteFunc(slices.Clone(items), func(item T) bool { return !matches(q.Filter, item) })
		p := page(q.Window, desc, q.Total, items, at)
		p.Revision = g.revision()
		return p
	}
	if q.Scope == nil {
		return []store.Page[T]{cut(all())}
	}
	answers := make([]store.Page[T], len(q.Scope.IDs))
	for i, id := range q.Scope.IDs {
		answers[i] = cut(children(id))
	}
	return answers
}

// Events lists events.
func (s *Store) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	r := g.reader(q.Filter.InView(q.View))
	q.Filter, q.Scope = store.ResolveEventFilter(r.identities, q.Filter), store.ResolveScope(r.identities, q.Scope)
	events := func(parent kg.ID) []kg.Event { return r.eventsUnder(*q.Scope, parent) }
	return pages(g, q, r.events, events, r.matchesEvent, q.Order.Direction == store.Desc, func(e kg.Event) store.Position {
		return store.Position{Int: q.Order.Key(e.EventState), ID: e.ID}
	}), nil
}

// Actors lists actors.
func (s *Store) Actors(ctx context.Context, q store.ActorQuery) ([]store.Page[kg.Actor], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	r := g.reader(q.View)
	q.Filter = store.ResolveActorFilter(r.identities, q.Filter)
	all := func() []kg.Actor { return nodes(r.actors, func(a *kg.Actor) { a.View = r.view }) }
	return pages(g, q, all, nil, r.matchesActor, q.Order.Direction == store.Desc, func(a kg.Actor) store.Position {
		if q.Order.Field == store.ActorsByEvents {
			return store.Position{Int: int64(len(r.eventsOf(a.ID, nil))), ID: a.ID}
		}
		return store.Position{Text: kg.SortKey(a.Names), ID: a.ID}
	}), nil
}

// Locations lists locations.
func (s *Store) Locations(ctx context.Context, q store.LocationQuery) ([]store.Page[kg.Location], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	r := g.reader(q.View)
	q.Filter, q.Scope = store.ResolveLocationFilter(r.identities, q.Filter), store.ResolveScope(r.identities, q.Scope)
	all := func() []kg.Location { return nodes(r.locations, func(l *kg.Location) { l.View = r.view }) }
	children := func(parent kg.ID) []kg.Location {
		return slices.DeleteFunc(all(), func(l kg.Location) bool { return !slices.Contains(l.Parents, parent) })
	}
	return pages(g, q, all, children, r.matchesLocation, q.Order.Direction == store.Desc,
		func(l kg.Location) store.Position {
			if q.Order.Field == store.LocationsByEvents {
				n := 0
				for _, e := range r.events() {
					if slices.ContainsFunc(r.places(e.ID), func(p kg.EventLocation) bool { return p.Location == l.ID }) {
						n++
					}
				}
				return store.Position{Int: int64(n), ID: l.ID}
			}
			return store.Position{Text: kg.SortKey(l.Names), ID: l.ID}
		}), nil
}

// Documents lists documents.
func (s *Store) Documents(ctx context.Context, q store.DocumentQuery) ([]store.Page[kg.Document], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	r := g.reader(q.View)
	q.Filter = store.ResolveDocumentFilter(r.identities, q.Filter)
	all := func() []kg.Document { return nodes(r.documents, func(d *kg.Document) { d.View = r.view }) }
	reprints := func(parent kg.ID) []kg.Document {
		return slices.DeleteFunc(all(), func(d kg.Document) bool { return d.Syndicates == "" || d.Syndicates != parent })
	}
	return pages(g, q, all, reprints, r.matchesDocument, q.Order.Direction == store.Desc,
		func(d kg.Document) store.Position {
			if q.Order.Field == store.DocumentsByTitle {
				return store.Position{Text: kg.SortKey(d.Titles), ID: d.ID}
			}
			return store.Position{Int: store.PublishedKey(d, q.Order.Direction), ID: d.ID}
		}), nil
}

// Claims lists claims.
func (s *Store) Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	r := g.reader(q.View)
	q.Filter, q.Scope = store.ResolveClaimFilter(r.identities, q.Filter), store.ResolveScope(r.identities, q.Scope)
	claims := func(parent kg.ID) []kg.Claim { return r.claimsUnder(*q.Scope, parent) }
	return pages(g, q, r.knownClaims, claims, r.matchesClaim, q.Order.Direction == store.Desc,
		func(c kg.Claim) store.Position {
			return store.Position{Int: int64(c.KnownFrom()), ID: c.ID}
		}), nil
}

// nodes returns the records sorted by id, each a copy changed by edit.
func nodes[T any](stored map[kg.ID]T, edit func(*T)) []T {
	var all []T
	for _, id := range sortedIDs(stored) {
		n := stored[id]
		edit(&n)
		all = append(all, n)
	}
	return all
}

// eventsUnder returns a parent's events by a relation, sorted by id.
func (r viewReader) eventsUnder(scope store.Scope, parent kg.ID) []kg.Event {
	if scope.Relation == store.ActorTimeline {
		return r.eventsOf(parent, scope.Roles)
	}
	return slices.DeleteFunc(r.events(), func(e kg.Event) bool {
		switch scope.Relation {
		case store.LocationTimeline:
			return !slices.ContainsFunc(r.places(e.ID),
				func(l kg.EventLocation) bool { return r.ancestors([]kg.ID{l.Location})[parent] })
		case store.DocumentTimeline:
			return !slices.ContainsFunc(r.liveClaims(e.ID), func(c kg.Claim) bool { return c.Document == parent })
		case store.EventParts:
			return !slices.Contains(r.wholes(e.ID), parent)
		}
		return true
	})
}

// knownClaims returns the claims known at the view's moment, by id.
func (r viewReader) knownClaims() []kg.Claim {
	var all []kg.Claim
	for _, id := range sortedIDs(r.claims) {
		if c, ok := r.claim(id); ok {
			all = append(all, c)
		}
	}
	return all
}

// claimsUnder returns a parent's claims by a relation.
func (r viewReader) claimsUnder(scope store.Scope, parent kg.ID) []kg.Claim {
	return slices.DeleteFunc(r.knownClaims(), func(c kg.Claim) bool {
		switch scope.Relation {
		case store.SubjectClaims:
			return c.Subject != parent
		case store.DocumentClaims:
			return c.Document != parent
		case store.ActorClaims:
			return !slices.Contains(c.Claimants, parent) && (c.Quote == nil || c.Quote.Speaker != parent)
		}
		return true
	})
}
