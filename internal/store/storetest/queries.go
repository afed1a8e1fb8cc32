package storetest

import (
	"cmp"
	"context"
	"slices"

	"casus/internal/kg"
)

// question is one query, and how a store is asked it.
type question struct {
	about string
	// query is what a failure shows, as JSON.
	query any
	ask   func(context.Context, kg.Store) (any, error)
	// found counts what is in an answer, so that one may see whether questions find anything.
	found func(answer any) int
}

// asking gathers the questions of one graph. What a window begins at is taken from the oracle's answers.
type asking struct {
	*graph
	dice
	ctx       context.Context
	oracle    kg.Store
	questions []question
}

// questions are some hundreds, of every kind there is.
func questions(ctx context.Context, g *graph, d dice, oracle kg.Store) []question {
	a := &asking{graph: g, dice: d, ctx: ctx, oracle: oracle}
	var orders []kg.EventOrder
	for _, f := range kg.EventOrderFields() {
		orders = append(orders, kg.EventOrder{Field: f}, kg.EventOrder{Field: f, Direction: kg.Desc})
	}
	ofEvents := listing[kg.EventFilter, kg.EventOrder, kg.Event]{"events", kg.Store.Events, orders, eventFields(), map[kg.Relation]kg.NodeKind{
		kg.ActorTimeline: kg.KindActor, kg.LocationTimeline: kg.KindLocation, kg.DocumentTimeline: kg.KindDocument, kg.EventParts: kg.KindEvent,
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
	listing[kg.ActorFilter, kg.ActorOrder, kg.Actor]{"actors", kg.Store.Actors, []kg.ActorOrder{
		{Field: kg.ActorsByName}, {Field: kg.ActorsByName, Direction: kg.Desc}, {Field: kg.ActorsByEvents}, {Field: kg.ActorsByEvents, Direction: kg.Desc},
	}, actorFields(), nil}.ask(a)
	listing[kg.LocationFilter, kg.LocationOrder, kg.Location]{"locations", kg.Store.Locations, []kg.LocationOrder{
		{Field: kg.LocationsByName}, {Field: kg.LocationsByName, Direction: kg.Desc}, {Field: kg.LocationsByEvents}, {Field: kg.LocationsByEvents, Direction: kg.Desc},
	}, locationFields(), map[kg.Relation]kg.NodeKind{kg.LocationChildren: kg.KindLocation}}.ask(a)
	listing[kg.DocumentFilter, kg.DocumentOrder, kg.Document]{"documents", kg.Store.Documents, []kg.DocumentOrder{
		{Field: kg.DocumentsByPublished}, {Field: kg.DocumentsByPublished, Direction: kg.Desc}, {Field: kg.DocumentsByTitle}, {Field: kg.DocumentsByTitle, Direction: kg.Desc},
	}, documentFields(), map[kg.Relation]kg.NodeKind{kg.DocumentSyndicatedBy: kg.KindDocument}}.ask(a)
	listing[kg.ClaimFilter, kg.ClaimOrder, kg.Claim]{"claims", kg.Store.Claims, []kg.ClaimOrder{{}, {Direction: kg.Desc}}, claimFields(),
		map[kg.Relation]kg.NodeKind{kg.SubjectClaims: kg.KindEvent, kg.DocumentClaims: kg.KindDocument, kg.ActorClaims: kg.KindActor}}.ask(a)
	a.others()
	return a.questions
}

// listing is one kind of list: how it is read, in which orders, and what it may hang under.
type listing[F, O any, T kg.Identified] struct {
	name      string
	read      func(kg.Store, context.Context, kg.ListQuery[F, O]) ([]kg.Page[T], error)
	orders    []O
	fields    []field[F]
	relations map[kg.Relation]kg.NodeKind
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
			scope := kg.Scope{Relation: relation}
			for range a.between(0, 8) {
				scope.IDs = append(scope.IDs, pick(a.dice, append(a.known[l.relations[relation]], "nobody")))
			}
			if relation == kg.SubjectClaims && i%2 == 0 {
				scope.IDs = append(scope.IDs, distinct(a.dice, 4, a.known[kg.KindAffiliation])...)
			}
			if relation == kg.ActorTimeline && a.chance(60) {
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
func (l listing[F, O, T]) one(a *asking, about string, filter *F, scope *kg.Scope) {
	q := kg.ListQuery[F, O]{View: a.view(a.dice), Filter: filter, Order: pick(a.dice, l.orders), Scope: scope, Total: a.chance(60)}
	ask := func(ctx context.Context, s kg.Store) (any, error) {
		return pages(ctx, func(ctx context.Context, q kg.ListQuery[F, O]) ([]kg.Page[T], error) { return l.read(s, ctx, q) }, q)
	}
	q.Window.Limit = kg.MaxPageSize
	var positions []kg.Position
	if all, err := ask(a.ctx, a.oracle); err == nil {
		for _, p := range all.([]kg.Page[T]) {
			positions = append(positions, p.Positions...)
		}
	}
	q.Window = a.window(positions)
	a.questions = append(a.questions, question{l.name + ": " + about, q, ask, func(answer any) int {
		return sum(answer.([]kg.Page[T]), itemsIn)
	}})
}

// window is a whole list, or a stretch of it that begins or ends at one of its positions, beside one, or nowhere.
func (a *asking) window(positions []kg.Position) kg.Window {
	if a.chance(40) {
		return kg.Window{Limit: kg.MaxPageSize}
	}
	w := kg.Window{Limit: pick(a.dice, []int{0, 1, 2, 3, 3, 5, 5, 10, 10, kg.MaxPageSize}), Backward: a.chance(50)}
	some := func(percent int) *kg.Position {
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
