package metrics

import (
	"context"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/stance"
	"casus/internal/store"
)

// Store wraps a store so that its calls are counted and timed by method.
func (s *Set) Store(inner store.Store) store.Store { return measuredStore{inner, s} }

// measuredStore measures every method that calls the engine; see TestEveryCallIsMeasured.
type measuredStore struct {
	store.Store
	set *Set
}

var _ store.Decorator = measuredStore{}

// Unwrap returns the measured store.
func (s measuredStore) Unwrap() store.Store { return s.Store }

// call starts the timer of a call; end stops it and counts the call.
func (s measuredStore) call(method string) (end func(error)) {
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

func (s measuredStore) Apply(ctx context.Context, b kg.Batch) (a kg.ApplyResult, err error) {
	defer func(end func(error)) { end(err) }(s.call("Apply"))
	return s.Store.Apply(ctx, b)
}

func (s measuredStore) FindDamage(ctx context.Context, found func(store.Damage)) (err error) {
	defer func(end func(error)) { end(err) }(s.call("FindDamage"))
	return s.Store.FindDamage(ctx, found)
}

func (s measuredStore) Compact(ctx context.Context) (err error) {
	defer func(end func(error)) { end(err) }(s.call("Compact"))
	return s.Store.Compact(ctx)
}

func (s measuredStore) Checkpoint(ctx context.Context, key string) (value string, err error) {
	defer func(end func(error)) { end(err) }(s.call("Checkpoint"))
	return s.Store.Checkpoint(ctx, key)
}

func (s measuredStore) Checkpoints(
	ctx context.Context, prefix, after string, limit int,
) (found []kg.Checkpoint, err error) {
	defer func(end func(error)) { end(err) }(s.call("Checkpoints"))
	return s.Store.Checkpoints(ctx, prefix, after, limit)
}

func (s measuredStore) Nodes(ctx context.Context, v kg.View, ids []kg.ID) (nodes []kg.Node, err error) {
	defer func(end func(error)) { end(err) }(s.call("Nodes"))
	return s.Store.Nodes(ctx, v, ids)
}

func (s measuredStore) Events(ctx context.Context, q store.EventQuery) (pages []store.Page[kg.Event], err error) {
	defer func(end func(error)) { end(err) }(s.call("Events"))
	return s.Store.Events(ctx, q)
}

func (s measuredStore) Actors(ctx context.Context, q store.ActorQuery) (pages []store.Page[kg.Actor], err error) {
	defer func(end func(error)) { end(err) }(s.call("Actors"))
	return s.Store.Actors(ctx, q)
}

func (s measuredStore) Locations(
	ctx context.Context, q store.LocationQuery,
) (pages []store.Page[kg.Location], err error) {
	defer func(end func(error)) { end(err) }(s.call("Locations"))
	return s.Store.Locations(ctx, q)
}

func (s measuredStore) Documents(
	ctx context.Context, q store.DocumentQuery,
) (pages []store.Page[kg.Document], err error) {
	defer func(end func(error)) { end(err) }(s.call("Documents"))
	return s.Store.Documents(ctx, q)
}

func (s measuredStore) Claims(ctx context.Context, q store.ClaimQuery) (pages []store.Page[kg.Claim], err error) {
	defer func(end func(error)) { end(err) }(s.call("Claims"))
	return s.Store.Claims(ctx, q)
}

func (s measuredStore) Search(ctx context.Context, q store.SearchQuery) (page store.Page[store.Hit], err error) {
	defer func(end func(error)) { end(err) }(s.call("Search"))
	return s.Store.Search(ctx, q)
}

func (s measuredStore) EventEdges(
	ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID,
) (edges []kg.EventEdges, err error) {
	defer func(end func(error)) { end(err) }(s.call("EventEdges"))
	return s.Store.EventEdges(ctx, v, want, events)
}

func (s measuredStore) States(ctx context.Context, v kg.View, events []kg.ID) (all [][]kg.EventState, err error) {
	defer func(end func(error)) { end(err) }(s.call("States"))
	return s.Store.States(ctx, v, events)
}

func (s measuredStore) ClaimCounts(
	ctx context.Context, v kg.View, events []kg.ID,
) (all []stance.Counts, err error) {
	defer func(end func(error)) { end(err) }(s.call("ClaimCounts"))
	return s.Store.ClaimCounts(ctx, v, events)
}

func (s measuredStore) SameAs(ctx context.Context, v kg.View, ids []kg.ID) (all []kg.IdentityStatus, err error) {
	defer func(end func(error)) { end(err) }(s.call("SameAs"))
	return s.Store.SameAs(ctx, v, ids)
}

func (s measuredStore) Preview(ctx context.Context, b kg.Batch) (effects store.Effects, err error) {
	defer func(end func(error)) { end(err) }(s.call("Preview"))
	return s.Store.Preview(ctx, b)
}

func (s measuredStore) Curations(ctx context.Context, claims []kg.ID) (all []kg.Curation, err error) {
	defer func(end func(error)) { end(err) }(s.call("Curations"))
	return s.Store.Curations(ctx, claims)
}

func (s measuredStore) Changes(ctx context.Context, q store.ChangeQuery) (page store.Page[store.Change], err error) {
	defer func(end func(error)) { end(err) }(s.call("Changes"))
	return s.Store.Changes(ctx, q)
}

func (s measuredStore) Affiliations(
	ctx context.Context, q store.AffiliationQuery,
) (lists [][]kg.Affiliation, err error) {
	defer func(end func(error)) { end(err) }(s.call("Affiliations"))
	return s.Store.Affiliations(ctx, q)
}

func (s measuredStore) CoParticipants(
	ctx context.Context, q store.CoParticipantQuery,
) (pages []store.Page[store.CoParticipant], err error) {
	defer func(end func(error)) { end(err) }(s.call("CoParticipants"))
	return s.Store.CoParticipants(ctx, q)
}

func (s measuredStore) Buckets(ctx context.Context, q store.BucketQuery) (buckets []store.Bucket, err error) {
	defer func(end func(error)) { end(err) }(s.call("Buckets"))
	return s.Store.Buckets(ctx, q)
}

func (s measuredStore) Knowledge(
	ctx context.Context, q store.KnowledgeQuery,
) (buckets []store.KnowledgeBucket, err error) {
	defer func(end func(error)) { end(err) }(s.call("Knowledge"))
	return s.Store.Knowledge(ctx, q)
}

func (s measuredStore) Extent(ctx context.Context, q store.ExtentQuery) (extent store.Extent, err error) {
	defer func(end func(error)) { end(err) }(s.call("Extent"))
	return s.Store.Extent(ctx, q)
}

func (s measuredStore) Facets(ctx context.Context, q store.FacetQuery) (facets []store.Facet, err error) {
	defer func(end func(error)) { end(err) }(s.call("Facets"))
	return s.Store.Facets(ctx, q)
}

func (s measuredStore) Clusters(ctx context.Context, q store.ClusterQuery) (clusters []store.Cluster, err error) {
	defer func(end func(error)) { end(err) }(s.call("Clusters"))
	return s.Store.Clusters(ctx, q)
}

func (s measuredStore) Links(
	ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, to store.LinkSink,
) (err error) {
	defer func(end func(error)) { end(err) }(s.call("Links"))
	return s.Store.Links(ctx, mode, subjects, to)
}

func (s measuredStore) EventIDs(
	ctx context.Context, v kg.View, f *store.EventFilter, yield func(kg.ID) error,
) (err error) {
	defer func(end func(error)) { end(err) }(s.call("EventIDs"))
	return s.Store.EventIDs(ctx, v, f, yield)
}

func (s measuredStore) Revision(ctx context.Context) (now int64, err error) {
	defer func(end func(error)) { end(err) }(s.call("Revision"))
	return s.Store.Revision(ctx)
}

func (s measuredStore) Since(
	ctx context.Context, revision int64,
) (subjects []kg.ID, complete bool, now int64, err error) {
	defer func(end func(error)) { end(err) }(s.call("Since"))
	return s.Store.Since(ctx, revision)
}

func (s measuredStore) ClaimsAbout(ctx context.Context, subjects []kg.ID) (claims []kg.Claim, err error) {
	defer func(end func(error)) { end(err) }(s.call("ClaimsAbout"))
	return s.Store.ClaimsAbout(ctx, subjects)
}

func (s measuredStore) Scan(
	ctx context.Context, kind kg.NodeKind, after kg.ID, limit int,
) (page store.ScanPage, err error) {
	defer func(end func(error)) { end(err) }(s.call("Scan"))
	return s.Store.Scan(ctx, kind, after, limit)
}

func (s measuredStore) Stats(ctx context.Context) (stats store.Stats, err error) {
	defer func(end func(error)) { end(err) }(s.call("Stats"))
	return s.Store.Stats(ctx)
}

func (s measuredStore) Ready(ctx context.Context) (err error) {
	defer func(end func(error)) { end(err) }(s.call("Ready"))
	return s.Store.Ready(ctx)
}

func (s measuredStore) EventRows(ctx context.Context, subjects []kg.ID, to store.EventRowSink) (err error) {
	defer func(end func(error)) { end(err) }(s.call("EventRows"))
	return s.Store.EventRows(ctx, subjects, to)
}

func (s measuredStore) FieldValues(
	ctx context.Context, fields []store.FacetField, subjects []kg.ID, yield store.FieldYield,
) (err error) {
	defer func(end func(error)) { end(err) }(s.call("FieldValues"))
	return s.Store.FieldValues(ctx, fields, subjects, yield)
}

func (s measuredStore) ClaimMoments(
	ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, yield func(kg.ID, edtf.Instant) error,
) (err error) {
	defer func(end func(error)) { end(err) }(s.call("ClaimMoments"))
	return s.Store.ClaimMoments(ctx, mode, subjects, yield)
}

func (s measuredStore) MapPlaces(ctx context.Context, yield func(kg.ID, store.MapPlace)) (err error) {
	defer func(end func(error)) { end(err) }(s.call("MapPlaces"))
	return s.Store.MapPlaces(ctx, yield)
}

func (s measuredStore) DropDeferredIndexes(ctx context.Context) (err error) {
	defer func(end func(error)) { end(err) }(s.call("DropDeferredIndexes"))
	return s.Store.DropDeferredIndexes(ctx)
}

func (s measuredStore) DropQueryIndexes(ctx context.Context) (err error) {
	defer func(end func(error)) { end(err) }(s.call("DropQueryIndexes"))
	return s.Store.DropQueryIndexes(ctx)
}

func (s measuredStore) BuildDeferredIndexes(ctx context.Context, progress func(built, all int)) (err error) {
	defer func(end func(error)) { end(err) }(s.call("BuildDeferredIndexes"))
	return s.Store.BuildDeferredIndexes(ctx, progress)
}
