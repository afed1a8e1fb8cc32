// Package loaders batches the reads of one operation's resolvers: each kind of read costs one call of the store for
// each set of arguments, independent of the number of rows.
package loaders

import (
	"context"
	"time"

	"casus/internal/kg"
	"casus/internal/kg/disagree"
	"casus/internal/kg/stance"
	"casus/internal/store"
)

// Loaders serves one operation. It caches loaded values without a bound, so it must not outlive the operation.
type Loaders struct {
	nodes          *batcher[kg.View, kg.Node]
	edges          *batcher[edges, kg.EventEdges]
	events         *batcher[store.EventQuery, store.Page[kg.Event]]
	locations      *batcher[store.LocationQuery, store.Page[kg.Location]]
	documents      *batcher[store.DocumentQuery, store.Page[kg.Document]]
	claims         *batcher[store.ClaimQuery, store.Page[kg.Claim]]
	around         *batcher[store.AroundQuery, store.Page[kg.Event]]
	corroborations *batcher[kg.View, kg.Corroboration]
	disagreements  *batcher[kg.View, []disagree.Disagreement]
	reversals      *batcher[kg.View, []disagree.Reversal]
	states         *batcher[kg.View, []kg.EventState]
	claimCounts    *batcher[kg.View, stance.Counts]
	sameAs         *batcher[kg.View, kg.IdentityStatus]
	curations      *batcher[struct{}, kg.Curation]
	affiliations   *batcher[store.AffiliationQuery, []kg.Affiliation]
	coParticipants *batcher[store.CoParticipantQuery, store.Page[store.CoParticipant]]
	prefetched     prefetchCache
}

// edges are the arguments of the loader of edges.
type edges struct {
	View kg.View
	Want kg.EdgeSet
}

// New returns loaders that collect ids for the duration of wait before they read the store.
func New(st store.Reader, wait time.Duration) *Loaders {
	return &Loaders{
		nodes: newBatcher(wait, st.Nodes),
		edges: newBatcher(wait, func(ctx context.Context, e edges, ids []kg.ID) ([]kg.EventEdges, error) {
			return st.EventEdges(ctx, e.View, e.Want, ids)
		}),
		events:    newBatcher(wait, scoped(st.Events)),
		locations: newBatcher(wait, scoped(st.Locations)),
		documents: newBatcher(wait, scoped(st.Documents)),
		claims:    newBatcher(wait, scoped(st.Claims)),
		around:    newBatcher(wait, (&around{store: st}).fetch),

		corroborations: newBatcher(wait, (&corroborations{store: st}).fetch),
		disagreements:  newBatcher(wait, (&disagreements{store: st}).fetch),
		reversals:      newBatcher(wait, (&reversals{store: st}).fetch),

		states:      newBatcher(wait, st.States),
		claimCounts: newBatcher(wait, st.ClaimCounts),
		sameAs:      newBatcher(wait, st.SameAs),
		curations: newBatcher(wait, func(ctx context.Context, _ struct{}, ids []kg.ID) ([]kg.Curation, error) {
			return st.Curations(ctx, ids)
		}),
		affiliations: newBatcher(wait, func(ctx context.Context, q store.AffiliationQuery,
			ids []kg.ID) ([][]kg.Affiliation, error) {
			q.Actors = ids
			return st.Affiliations(ctx, q)
		}),
		coParticipants: newBatcher(wait, func(ctx context.Context, q store.CoParticipantQuery,
			ids []kg.ID) ([]store.Page[store.CoParticipant], error) {
			q.Actors = ids
			return st.CoParticipants(ctx, q)
		}),
	}
}

// scoped returns a function that runs a query for each of the parents in ids; the query's scope has no ids yet.
func scoped[T, F, O any](
	list func(context.Context, store.ListQuery[F, O]) ([]store.Page[T], error),
) func(context.Context, store.ListQuery[F, O], []kg.ID) ([]store.Page[T], error) {
	return func(ctx context.Context, q store.ListQuery[F, O], ids []kg.ID) ([]store.Page[T], error) {
		scope := *q.Scope
		scope.IDs = ids
		q.Scope = &scope
		return list(ctx, q)
	}
}

// Node returns a node, or nil if it is unknown.
func (l *Loaders) Node(ctx context.Context, v kg.View, id kg.ID) (kg.Node, error) {
	return l.nodes.load(ctx, v, id)
}

// Nodes returns nodes in the order of ids, with nil for unknown ids.
func (l *Loaders) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	return l.nodes.loadAll(ctx, v, ids)
}

// Edges returns the wanted edges of an event.
func (l *Loaders) Edges(ctx context.Context, v kg.View, want kg.EdgeSet, event kg.ID) (kg.EventEdges, error) {
	return l.edges.load(ctx, edges{v, want}, event)
}

// AllEdges returns the edges of events, in their order.
func (l *Loaders) AllEdges(
	ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID,
) ([]kg.EventEdges, error) {
	return l.edges.loadAll(ctx, edges{v, want}, events)
}

// Events returns the parent's page of a query whose Scope names a relation.
func (l *Loaders) Events(ctx context.Context, q store.EventQuery, parent kg.ID) (store.Page[kg.Event], error) {
	return l.events.load(ctx, q, parent)
}

// Locations returns the parent's page of a query whose Scope names a relation.
func (l *Loaders) Locations(ctx context.Context, q store.LocationQuery, parent kg.ID) (store.Page[kg.Location], error) {
	return l.locations.load(ctx, q, parent)
}

// Documents returns the parent's page of a query whose Scope names a relation.
func (l *Loaders) Documents(ctx context.Context, q store.DocumentQuery, parent kg.ID) (store.Page[kg.Document], error) {
	return l.documents.load(ctx, q, parent)
}

// Claims returns the parent's page of a query whose Scope names a relation.
func (l *Loaders) Claims(ctx context.Context, q store.ClaimQuery, parent kg.ID) (store.Page[kg.Claim], error) {
	return l.claims.load(ctx, q, parent)
}

// States returns the state versions of an event.
func (l *Loaders) States(ctx context.Context, v kg.View, event kg.ID) ([]kg.EventState, error) {
	return l.states.load(ctx, v, event)
}

// ClaimCounts returns the numbers of claims about an event.
func (l *Loaders) ClaimCounts(ctx context.Context, v kg.View, event kg.ID) (stance.Counts, error) {
	return l.claimCounts.load(ctx, v, event)
}

// Curation returns the corrections and reviews of a claim.
func (l *Loaders) Curation(ctx context.Context, claim kg.ID) (kg.Curation, error) {
	return l.curations.load(ctx, struct{}{}, claim)
}

// SameAs returns the other nodes of a node's identity class, and the decisions about them.
func (l *Loaders) SameAs(ctx context.Context, v kg.View, id kg.ID) (kg.IdentityStatus, error) {
	return l.sameAs.load(ctx, v, id)
}

// Affiliations returns an actor's affiliations.
func (l *Loaders) Affiliations(ctx context.Context, q store.AffiliationQuery, actor kg.ID) ([]kg.Affiliation, error) {
	return l.affiliations.load(ctx, q, actor)
}

// Corroboration returns what an event's status rests on.
func (l *Loaders) Corroboration(ctx context.Context, v kg.View, event kg.ID) (kg.Corroboration, error) {
	return l.corroborations.load(ctx, v, event)
}

// Disagreements returns where the claims about an event exclude each other.
func (l *Loaders) Disagreements(ctx context.Context, v kg.View, event kg.ID) ([]disagree.Disagreement, error) {
	return l.disagreements.load(ctx, v, event)
}

// Reversals returns where an actor reversed its position, the earliest reversal first.
func (l *Loaders) Reversals(ctx context.Context, v kg.View, actor kg.ID) ([]disagree.Reversal, error) {
	return l.reversals.load(ctx, v, actor)
}

// CoParticipants returns a page of the actors who took part in the same events as an actor.
func (l *Loaders) CoParticipants(
	ctx context.Context, q store.CoParticipantQuery, actor kg.ID,
) (store.Page[store.CoParticipant], error) {
	return l.coParticipants.load(ctx, q, actor)
}

type contextKey struct{}

// With returns ctx with the loaders of its operation.
func (l *Loaders) With(ctx context.Context) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// From returns the loaders of ctx. It panics if With was not called, which is a programming error.
func From(ctx context.Context) *Loaders { return ctx.Value(contextKey{}).(*Loaders) }
