// Package dataload batches what the resolvers of one operation ask of a store: however many rows an answer has, each kind
// of thing below them costs one call for each set of arguments.
package dataload

import (
	"context"
	"time"

	"casus/internal/kg"
)

// Loaders serve one operation: they remember what they loaded and must not outlive it.
type Loaders struct {
	nodes          *family[kg.View, kg.Node]
	edges          *family[edges, kg.EventEdges]
	events         *family[kg.EventQuery, kg.Page[kg.Event]]
	locations      *family[kg.LocationQuery, kg.Page[kg.Location]]
	documents      *family[kg.DocumentQuery, kg.Page[kg.Document]]
	claims         *family[kg.ClaimQuery, kg.Page[kg.Claim]]
	around         *family[kg.AroundQuery, kg.Page[kg.Event]]
	states         *family[kg.View, []kg.EventState]
	sameAs         *family[kg.View, kg.Sameness]
	affiliations   *family[kg.AffiliationQuery, []kg.Affiliation]
	coParticipants *family[kg.CoParticipantQuery, kg.Page[kg.CoParticipant]]
}

type edges struct {
	View kg.View
	Want kg.EdgeSet
}

// New makes loaders that gather ids for as long as wait before they ask the store.
func New(store kg.Reader, wait time.Duration) *Loaders {
	return &Loaders{
		nodes: newFamily(wait, store.Nodes),
		edges: newFamily(wait, func(ctx context.Context, e edges, ids []kg.ID) ([]kg.EventEdges, error) {
			return store.EventEdges(ctx, e.View, e.Want, ids)
		}),
		events:    newFamily(wait, under(store.Events)),
		locations: newFamily(wait, under(store.Locations)),
		documents: newFamily(wait, under(store.Documents)),
		claims:    newFamily(wait, under(store.Claims)),
		around:    newFamily(wait, (&around{store: store}).fetch),
		states:    newFamily(wait, store.States),
		sameAs:    newFamily(wait, store.SameAs),
		affiliations: newFamily(wait, func(ctx context.Context, q kg.AffiliationQuery, ids []kg.ID) ([][]kg.Affiliation, error) {
			q.Actors = ids
			return store.Affiliations(ctx, q)
		}),
		coParticipants: newFamily(wait, func(ctx context.Context, q kg.CoParticipantQuery, ids []kg.ID) ([]kg.Page[kg.CoParticipant], error) {
			q.Actors = ids
			return store.CoParticipants(ctx, q)
		}),
	}
}

// under asks a query for each of the parents in ids; the query's scope names all but them.
func under[T, F, O any](list func(context.Context, kg.ListQuery[F, O]) ([]kg.Page[T], error)) func(context.Context, kg.ListQuery[F, O], []kg.ID) ([]kg.Page[T], error) {
	return func(ctx context.Context, q kg.ListQuery[F, O], ids []kg.ID) ([]kg.Page[T], error) {
		scope := *q.Scope
		scope.IDs = ids
		q.Scope = &scope
		return list(ctx, q)
	}
}

// Node finds a node; nil: unknown.
func (l *Loaders) Node(ctx context.Context, v kg.View, id kg.ID) (kg.Node, error) {
	return l.nodes.load(ctx, v, id)
}

// Nodes finds nodes, in the order of ids; nil: unknown.
func (l *Loaders) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	return l.nodes.loadAll(ctx, v, ids)
}

// Edges gives an event's wanted edges.
func (l *Loaders) Edges(ctx context.Context, v kg.View, want kg.EdgeSet, event kg.ID) (kg.EventEdges, error) {
	return l.edges.load(ctx, edges{v, want}, event)
}

// Events gives the parent's page of a query whose Scope names a relation.
func (l *Loaders) Events(ctx context.Context, q kg.EventQuery, parent kg.ID) (kg.Page[kg.Event], error) {
	return l.events.load(ctx, q, parent)
}

// Locations gives the parent's page of a query whose Scope names a relation.
func (l *Loaders) Locations(ctx context.Context, q kg.LocationQuery, parent kg.ID) (kg.Page[kg.Location], error) {
	return l.locations.load(ctx, q, parent)
}

// Documents gives the parent's page of a query whose Scope names a relation.
func (l *Loaders) Documents(ctx context.Context, q kg.DocumentQuery, parent kg.ID) (kg.Page[kg.Document], error) {
	return l.documents.load(ctx, q, parent)
}

// Claims gives the parent's page of a query whose Scope names a relation.
func (l *Loaders) Claims(ctx context.Context, q kg.ClaimQuery, parent kg.ID) (kg.Page[kg.Claim], error) {
	return l.claims.load(ctx, q, parent)
}

// States gives an event's versions.
func (l *Loaders) States(ctx context.Context, v kg.View, event kg.ID) ([]kg.EventState, error) {
	return l.states.load(ctx, v, event)
}

// SameAs tells what a node is one with, and what was decided about it.
func (l *Loaders) SameAs(ctx context.Context, v kg.View, id kg.ID) (kg.Sameness, error) {
	return l.sameAs.load(ctx, v, id)
}

// Affiliations gives an actor's affiliations.
func (l *Loaders) Affiliations(ctx context.Context, q kg.AffiliationQuery, actor kg.ID) ([]kg.Affiliation, error) {
	return l.affiliations.load(ctx, q, actor)
}

// CoParticipants gives a page of those who took part in the same events as an actor.
func (l *Loaders) CoParticipants(ctx context.Context, q kg.CoParticipantQuery, actor kg.ID) (kg.Page[kg.CoParticipant], error) {
	return l.coParticipants.load(ctx, q, actor)
}

type contextKey struct{}

// With puts an operation's loaders into its context.
func (l *Loaders) With(ctx context.Context) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// From takes them out. It panics where With was not called, which is a fault of the server's own.
func From(ctx context.Context) *Loaders { return ctx.Value(contextKey{}).(*Loaders) }
