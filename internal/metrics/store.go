package metrics

import (
	"context"
	"time"

	"casus/internal/kg"
)

// Store wraps a store so that its calls are counted and timed by method.
func (s *Set) Store(inner kg.Store) kg.Store { return store{inner, s} }

// store has every method of kg.Store by name, so that one added there cannot be forgotten here.
type store struct {
	inner kg.Store
	set   *Set
}

// call is one call of a method, timed from when it was made; end counts it.
func (s store) call(method string) (end func(error)) {
	started := time.Now()
	return func(err error) {
		code := "ok"
		if err != nil {
			code = string(kg.CodeOf(err))
		}
		s.set.store.WithLabelValues(method, code).Inc()
		s.set.storeSeconds.WithLabelValues(method).Observe(time.Since(started).Seconds())
	}
}

func (s store) Apply(ctx context.Context, b kg.Batch) (a kg.Applied, err error) {
	defer func(end func(error)) { end(err) }(s.call("Apply"))
	return s.inner.Apply(ctx, b)
}

func (s store) Checkpoint(ctx context.Context, key string) (value string, err error) {
	defer func(end func(error)) { end(err) }(s.call("Checkpoint"))
	return s.inner.Checkpoint(ctx, key)
}

func (s store) Nodes(ctx context.Context, v kg.View, ids []kg.ID) (nodes []kg.Node, err error) {
	defer func(end func(error)) { end(err) }(s.call("Nodes"))
	return s.inner.Nodes(ctx, v, ids)
}

func (s store) Events(ctx context.Context, q kg.EventQuery) (pages []kg.Page[kg.Event], err error) {
	defer func(end func(error)) { end(err) }(s.call("Events"))
	return s.inner.Events(ctx, q)
}

func (s store) Actors(ctx context.Context, q kg.ActorQuery) (pages []kg.Page[kg.Actor], err error) {
	defer func(end func(error)) { end(err) }(s.call("Actors"))
	return s.inner.Actors(ctx, q)
}

func (s store) Locations(ctx context.Context, q kg.LocationQuery) (pages []kg.Page[kg.Location], err error) {
	defer func(end func(error)) { end(err) }(s.call("Locations"))
	return s.inner.Locations(ctx, q)
}

func (s store) Documents(ctx context.Context, q kg.DocumentQuery) (pages []kg.Page[kg.Document], err error) {
	defer func(end func(error)) { end(err) }(s.call("Documents"))
	return s.inner.Documents(ctx, q)
}

func (s store) Claims(ctx context.Context, q kg.ClaimQuery) (pages []kg.Page[kg.Claim], err error) {
	defer func(end func(error)) { end(err) }(s.call("Claims"))
	return s.inner.Claims(ctx, q)
}

func (s store) Search(ctx context.Context, q kg.SearchQuery) (page kg.Page[kg.Hit], err error) {
	defer func(end func(error)) { end(err) }(s.call("Search"))
	return s.inner.Search(ctx, q)
}

func (s store) EventEdges(ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID) (edges []kg.EventEdges, err error) {
	defer func(end func(error)) { end(err) }(s.call("EventEdges"))
	return s.inner.EventEdges(ctx, v, want, events)
}

func (s store) States(ctx context.Context, v kg.View, events []kg.ID) (all [][]kg.EventState, err error) {
	defer func(end func(error)) { end(err) }(s.call("States"))
	return s.inner.States(ctx, v, events)
}

func (s store) SameAs(ctx context.Context, v kg.View, ids []kg.ID) (all []kg.Sameness, err error) {
	defer func(end func(error)) { end(err) }(s.call("SameAs"))
	return s.inner.SameAs(ctx, v, ids)
}

func (s store) Changes(ctx context.Context, q kg.ChangeQuery) (page kg.Page[kg.Change], err error) {
	defer func(end func(error)) { end(err) }(s.call("Changes"))
	return s.inner.Changes(ctx, q)
}

func (s store) Affiliations(ctx context.Context, q kg.AffiliationQuery) (lists [][]kg.Affiliation, err error) {
	defer func(end func(error)) { end(err) }(s.call("Affiliations"))
	return s.inner.Affiliations(ctx, q)
}

func (s store) CoParticipants(ctx context.Context, q kg.CoParticipantQuery) (pages []kg.Page[kg.CoParticipant], err error) {
	defer func(end func(error)) { end(err) }(s.call("CoParticipants"))
	return s.inner.CoParticipants(ctx, q)
}

func (s store) Buckets(ctx context.Context, q kg.BucketQuery) (buckets []kg.Bucket, err error) {
	defer func(end func(error)) { end(err) }(s.call("Buckets"))
	return s.inner.Buckets(ctx, q)
}

func (s store) Extent(ctx context.Context, q kg.ExtentQuery) (extent kg.Extent, err error) {
	defer func(end func(error)) { end(err) }(s.call("Extent"))
	return s.inner.Extent(ctx, q)
}

func (s store) Facets(ctx context.Context, q kg.FacetQuery) (facets []kg.Facet, err error) {
	defer func(end func(error)) { end(err) }(s.call("Facets"))
	return s.inner.Facets(ctx, q)
}

func (s store) Clusters(ctx context.Context, q kg.ClusterQuery) (clusters []kg.Cluster, err error) {
	defer func(end func(error)) { end(err) }(s.call("Clusters"))
	return s.inner.Clusters(ctx, q)
}

func (s store) Links(ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, to kg.LinkSink) (err error) {
	defer func(end func(error)) { end(err) }(s.call("Links"))
	return s.inner.Links(ctx, mode, subjects, to)
}

func (s store) EventIDs(ctx context.Context, v kg.View, f *kg.EventFilter, give func(kg.ID) error) (err error) {
	defer func(end func(error)) { end(err) }(s.call("EventIDs"))
	return s.inner.EventIDs(ctx, v, f, give)
}

func (s store) Revision(ctx context.Context) (now int64, err error) {
	defer func(end func(error)) { end(err) }(s.call("Revision"))
	return s.inner.Revision(ctx)
}

func (s store) Since(ctx context.Context, revision int64) (subjects []kg.ID, complete bool, now int64, err error) {
	defer func(end func(error)) { end(err) }(s.call("Since"))
	return s.inner.Since(ctx, revision)
}

func (s store) Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (page kg.Scanned, err error) {
	defer func(end func(error)) { end(err) }(s.call("Scan"))
	return s.inner.Scan(ctx, kind, after, limit)
}

func (s store) Stats(ctx context.Context) (stats kg.Stats, err error) {
	defer func(end func(error)) { end(err) }(s.call("Stats"))
	return s.inner.Stats(ctx)
}

func (s store) Ready(ctx context.Context) (err error) {
	defer func(end func(error)) { end(err) }(s.call("Ready"))
	return s.inner.Ready(ctx)
}

func (s store) Close() error { return s.inner.Close() }
