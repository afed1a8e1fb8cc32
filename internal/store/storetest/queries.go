package storetest

import (
	"cmp"
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// testQuery is one generated query with the function that runs it.
type testQuery struct {
	name string
	// query is shown as JSON by a failure.
	query any
	run   func(context.Context, store.Store) (any, error)
	// found counts the items of a result, to check that generated queries find anything.
	found func(result any) int
}

// queryGenerator generates the queries of one graph. Positions for windows come from the oracle's results.
type queryGenerator struct {
	*graph
	random
	ctx     context.Context
	oracle  store.Store
	queries []testQuery
}

// generateQueries returns some hundreds of queries of every kind.
func generateQueries(ctx context.Context, g *graph, d random, oracle store.Store) []testQuery {
	a := &queryGenerator{graph: g, random: d, ctx: ctx, oracle: oracle}
	var orders []store.EventOrder
	for _, f := range store.EventOrderFields.Values() {
		orders = append(orders, store.EventOrder{Field: f}, store.EventOrder{Field: f, Direction: store.Desc})
	}
	events := listing[store.EventFilter, store.EventOrder, kg.Event]{"events", store.Store.Events, orders, eventFields(),
		map[store.Relation]kg.NodeKind{
			store.ActorTimeline: kg.KindActor, store.LocationTimeline: kg.KindLocation, store.DocumentTimeline: kg.KindDocument,
			store.EventParts: kg.KindEvent,
		}}
	events.generate(a)
	for range 40 {
		events.add(a, "combined", g.eventFilter(d, 2), nil)
	}
	for range 8 {
		events.add(a, "around", a.around(), nil)
	}
	for range 15 {
		f := g.eventFilter(d, 1)
		f.Identity = ref(pick(d, kg.IdentityModes.Values()))
		events.add(a, "identity mode of the filter", f, nil)
	}
	listing[store.ActorFilter, store.ActorOrder, kg.Actor]{"actors", store.Store.Actors, []store.ActorOrder{
		{Field: store.ActorsByName}, {Field: store.ActorsByName, Direction: store.Desc}, {Field: store.ActorsByEvents},
		{Field: store.ActorsByEvents, Direction: store.Desc},
	}, actorFields(), nil}.generate(a)
	listing[store.LocationFilter, store.LocationOrder, kg.Location]{"locations", store.Store.Locations,
		[]store.LocationOrder{
			{Field: store.LocationsByName}, {Field: store.LocationsByName, Direction: store.Desc},
			{Field: store.LocationsByEvents}, {Field: store.LocationsByEvents, Direction: store.Desc},
		}, locationFields(), map[store.Relation]kg.NodeKind{store.LocationChildren: kg.KindLocation}}.generate(a)
	listing[store.DocumentFilter, store.DocumentOrder, kg.Document]{"documents", store.Store.Documents,
		[]store.DocumentOrder{
			{Field: store.DocumentsByPublished}, {Field: store.DocumentsByPublished, Direction: store.Desc},
			{Field: store.DocumentsByTitle}, {Field: store.DocumentsByTitle, Direction: store.Desc},
		}, documentFields(), map[store.Relation]kg.NodeKind{store.DocumentSyndicatedBy: kg.KindDocument}}.generate(a)
	listing[store.ClaimFilter, store.ClaimOrder, kg.Claim]{"claims", store.Store.Claims,
		[]store.ClaimOrder{{}, {Direction: store.Desc}}, claimFields(),
		map[store.Relation]kg.NodeKind{store.SubjectClaims: kg.KindEvent, store.DocumentClaims: kg.KindDocument,
			store.ActorClaims: kg.KindActor}}.generate(a)
	a.addOthers()
	a.provenance()
	return a.queries
}

// listing describes one kind of list: its method, its orders, its filter fields and its relations.
type listing[F, O any, T kg.Identified] struct {
	name      string
	read      func(store.Store, context.Context, store.ListQuery[F, O]) ([]store.Page[T], error)
	orders    []O
	fields    []field[F]
	relations map[store.Relation]kg.NodeKind
}

// generate adds lists of everything, by every field alone, by several fields, and under parents.
func (l listing[F, O, T]) generate(a *queryGenerator) {
	for range 4 {
		l.add(a, "all", nil, nil)
	}
	for _, f := range l.fields {
		for range 2 {
			var filter F
			f.set(a.graph, a.random, &filter)
			l.add(a, f.name, &filter, nil)
		}
	}
	for range 5 {
		l.add(a, "fields together", combine(a.graph, a.random, l.fields), nil)
	}
	for _, relation := range sortedKeys(l.relations) {
		for i := range 4 {
			scope := store.Scope{Relation: relation}
			for range a.between(0, 8) {
				scope.IDs = append(scope.IDs, pick(a.random, append(a.known[l.relations[relation]], "unknown")))
			}
			if relation == store.SubjectClaims && i%2 == 0 {
				scope.IDs = append(scope.IDs, distinctValues(a.random, 4, a.known[kg.KindAffiliation])...)
			}
			if relation == store.ActorTimeline && a.chance(60) {
				scope.Roles = filterValues(a.random, 6, kg.ParticipantRoles.Values())
			}
			var filter *F
			if i > 1 {
				filter = new(F)
				pick(a.random, l.fields).set(a.graph, a.random, filter)
			}
			l.add(a, string(relation), filter, &scope)
		}
	}
}

// add adds one list with a random order, view and window.
func (l listing[F, O, T]) add(a *queryGenerator, name string, filter *F, scope *store.Scope) {
	q := store.ListQuery[F, O]{View: a.view(a.random), Filter: filter, Order: pick(a.random, l.orders), Scope: scope,
		Total: a.chance(60)}
	run := func(ctx context.Context, s store.Store) (any, error) {
		read := func(ctx context.Context, q store.ListQuery[F, O]) ([]store.Page[T], error) { return l.read(s, ctx, q) }
		return pages(ctx, read, q)
	}
	q.Window.Limit = store.MaxPageSize
	var positions []store.Position
	if all, err := run(a.ctx, a.oracle); err == nil {
		for _, p := range all.([]store.Page[T]) {
			positions = append(positions, p.Positions...)
		}
	}
	q.Window = a.window(positions)
	a.queries = append(a.queries, testQuery{l.name + ": " + name, q, run, func(result any) int {
		return sum(result.([]store.Page[T]), itemsIn)
	}})
}

// window returns the whole list, or a chunk of it that begins or ends at a position, next to one, or at an unknown
// one.
func (a *queryGenerator) window(positions []store.Position) store.Window {
	if a.chance(40) {
		return store.Window{Limit: store.MaxPageSize}
	}
	w := store.Window{Limit: pick(a.random, []int{0, 1, 2, 3, 3, 5, 5, 10, 10, store.MaxPageSize}), Backward: a.chance(50)}
	position := func(percent int) *store.Position {
		if len(positions) == 0 || !a.chance(percent) {
			return nil
		}
		p := pick(a.random, positions)
		if a.chance(20) {
			p.ID += "0"
		}
		return &p
	}
	w.After, w.Before = position(30), position(30)
	return w
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	var keys []K
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
