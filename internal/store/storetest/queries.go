package storetest

import (
	"cmp"
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// question is one query, and how a store is asked it.
type question struct {
	about string
	// query is what a failure shows, as JSON.
	query any
	ask   func(context.Context, store.Store) (any, error)
	// found counts what is in an answer, so that one may see whether questions find anything.
	found func(answer any) int
}

// asking gathers the questions of one graph. What a window begins at is taken from the oracle's answers.
type asking struct {
	*graph
	dice
	ctx       context.Context
	oracle    store.Store
	questions []question
}

// questions are some hundreds, of every kind there is.
func questions(ctx context.Context, g *graph, d dice, oracle store.Store) []question {
	a := &asking{graph: g, dice: d, ctx: ctx, oracle: oracle}
	var orders []store.EventOrder
	for _, f := range store.EventOrderFields() {
		orders = append(orders, store.EventOrder{Field: f}, store.EventOrder{Field: f, Direction: store.Desc})
	}
	ofEvents := listing[store.EventFilter, store.EventOrder, kg.Event]{"events", store.Store.Events, orders, eventFields(), map[store.Relation]kg.NodeKind{
		store.ActorTimeline: kg.KindActor, store.LocationTimeline: kg.KindLocation, store.DocumentTimeline: kg.KindDocument, store.EventParts: kg.KindEvent,
	}}
	ofEvents.ask(a)
	for range 40 {
		ofEvents.one(a, "combined", g.eventFilter(d, 2), nil)
	}
	for range 8 {
		ofEvents.one(a, "around", a.around(), nil)
	}
	for range 15 {
		f := g.eventFilter(d, 1)
		f.Identity = ref(pick(d, kg.IdentityModes()))
		ofEvents.one(a, "read as the filter says", f, nil)
	}
	listing[store.ActorFilter, store.ActorOrder, kg.Actor]{"actors", store.Store.Actors, []store.ActorOrder{
		{Field: store.ActorsByName}, {Field: store.ActorsByName, Direction: store.Desc}, {Field: store.ActorsByEvents}, {Field: store.ActorsByEvents, Direction: store.Desc},
	}, actorFields(), nil}.ask(a)
	listing[store.LocationFilter, store.LocationOrder, kg.Location]{"locations", store.Store.Locations, []store.LocationOrder{
		{Field: store.LocationsByName}, {Field: store.LocationsByName, Direction: store.Desc}, {Field: store.LocationsByEvents}, {Field: store.LocationsByEvents, Direction: store.Desc},
	}, locationFields(), map[store.Relation]kg.NodeKind{store.LocationChildren: kg.KindLocation}}.ask(a)
	listing[store.DocumentFilter, store.DocumentOrder, kg.Document]{"documents", store.Store.Documents, []store.DocumentOrder{
		{Field: store.DocumentsByPublished}, {Field: store.DocumentsByPublished, Direction: store.Desc}, {Field: store.DocumentsByTitle}, {Field: store.DocumentsByTitle, Direction: store.Desc},
	}, documentFields(), map[store.Relation]kg.NodeKind{store.DocumentSyndicatedBy: kg.KindDocument}}.ask(a)
	listing[store.ClaimFilter, store.ClaimOrder, kg.Claim]{"claims", store.Store.Claims, []store.ClaimOrder{{}, {Direction: store.Desc}}, claimFields(),
		map[store.Relation]kg.NodeKind{store.SubjectClaims: kg.KindEvent, store.DocumentClaims: kg.KindDocument, store.ActorClaims: kg.KindActor}}.ask(a)
	a.others()
	return a.questions
}

// listing is one kind of list: how it is read, in which orders, and what it may hang under.
type listing[F, O any, T kg.Identified] struct {
	name      string
	read      func(store.Store, context.Context, store.ListQuery[F, O]) ([]store.Page[T], error)
	orders    []O
	fields    []field[F]
	relations map[store.Relation]kg.NodeKind
}

// ask asks for everything, by every field alone, by several, and under parents.
func (l listing[F, O, T]) ask(a *asking) {
	for range 4 {
		l.one(a, "all", nil, nil)
	}
	for _, f := range l.fields {
		for range 2 {
			var filter F
			f.set(a.graph, a.dice, &filter)
			l.one(a, f.name, &filter, nil)
		}
	}
	for range 5 {
		l.one(a, "fields together", combine(a.graph, a.dice, l.fields), nil)
	}
	for _, relation := range sortedKeys(l.relations) {
		for i := range 4 {
			scope := store.Scope{Relation: relation}
			for range a.between(0, 8) {
				scope.IDs = append(scope.IDs, pick(a.dice, append(a.known[l.relations[relation]], "nobody")))
			}
			if relation == store.SubjectClaims && i%2 == 0 {
				scope.IDs = append(scope.IDs, distinct(a.dice, 4, a.known[kg.KindAffiliation])...)
			}
			if relation == store.ActorTimeline && a.chance(60) {
				scope.Roles = listed(a.dice, 6, kg.ParticipantRoles())
			}
			var filter *F
			if i > 1 {
				filter = new(F)
				pick(a.dice, l.fields).set(a.graph, a.dice, filter)
			}
			l.one(a, string(relation), filter, &scope)
		}
	}
}

// one asks one query, in an order, a view and a window of chance.
func (l listing[F, O, T]) one(a *asking, about string, filter *F, scope *store.Scope) {
	q := store.ListQuery[F, O]{View: a.view(a.dice), Filter: filter, Order: pick(a.dice, l.orders), Scope: scope, Total: a.chance(60)}
	ask := func(ctx context.Context, s store.Store) (any, error) {
		return pages(ctx, func(ctx context.Context, q store.ListQuery[F, O]) ([]store.Page[T], error) { return l.read(s, ctx, q) }, q)
	}
	q.Window.Limit = store.MaxPageSize
	var positions []store.Position
	if all, err := ask(a.ctx, a.oracle); err == nil {
		for _, p := range all.([]store.Page[T]) {
			positions = append(positions, p.Positions...)
		}
	}
	q.Window = a.window(positions)
	a.questions = append(a.questions, question{l.name + ": " + about, q, ask, func(answer any) int {
		return sum(answer.([]store.Page[T]), itemsIn)
	}})
}

// window is a whole list, or a stretch of it that begins or ends at one of its positions, beside one, or nowhere.
func (a *asking) window(positions []store.Position) store.Window {
	if a.chance(40) {
		return store.Window{Limit: store.MaxPageSize}
	}
	w := store.Window{Limit: pick(a.dice, []int{0, 1, 2, 3, 3, 5, 5, 10, 10, store.MaxPageSize}), Backward: a.chance(50)}
	some := func(percent int) *store.Position {
		if len(positions) == 0 || !a.chance(percent) {
			return nil
		}
		p := pick(a.dice, positions)
		if a.chance(20) {
			p.ID += "0"
		}
		return &p
	}
	w.After, w.Before = some(30), some(30)
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
