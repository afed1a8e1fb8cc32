package storetest

import (
	"context"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/kg/stance"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/testkit/seeds"

	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestIdentityModes checks the oracle's identity modes. RESOLVED results must equal those of a store whose records have
// each id replaced by its class's; EXACT results must equal those of a store without decisions.
func TestIdentityModes(t *testing.T) {
	seeds.SkipShort(t)
	compared, graphs := 0, seeds.For(t, 4)
	// The stored records of a store without decisions do not have the classes of stated ids.
	statements := cmpopts.IgnoreTypes(kg.Provenance{})
	for _, seed := range graphs {
		d := newRandom(seed)
		g := generate(d, smallScale, "")
		decided, resolved, exact := memory.New(), memory.New(), memory.New()
		load(t, decided, g.batch)
		plain := g.batch
		plain.Identities = nil
		load(t, exact, plain)
		classes := kg.NewIdentities(kg.Classes(g.batch.Identities))
		// Rewrite the stored records, in which the values of repeated nodes are merged.
		stored := rewriteIDs(classes, dump(t, exact).Batch)
		stored.RecordedAt = g.batch.RecordedAt
		if _, err := resolved.Apply(t.Context(), stored); kg.CodeOf(err) == kg.BadInput {
			continue // merged places may lie in each other, records may not
		} else if err != nil {
			t.Fatal(err)
		}
		compared++
		for _, q := range generateQueries(t.Context(), g, d, decided) {
			if diff := q.compare(t.Context(), rewrittenStore{resolved, exact, classes}, decided, statements); diff != "" {
				t.Fatal(seedPrefix(seed) + diff)
			}
		}
	}
	if 2*compared < len(graphs) {
		t.Errorf("%d of %d graphs were compared, want more", compared, len(graphs))
	}
}

// rewriteIDs replaces ids by their classes. The store merges records that then have the same id.
func rewriteIDs(identities kg.Identities, b kg.Batch) kg.Batch {
	b.Actors, b.Locations, b.Documents = slices.Clone(b.Actors), slices.Clone(b.Locations), slices.Clone(b.Documents)
	b.Affiliations, b.Claims = slices.Clone(b.Affiliations), slices.Clone(b.Claims)
	for i := range b.Actors {
		b.Actors[i].ID = identities.ClassOf(b.Actors[i].ID)
	}
	for i := range b.Locations {
		l := &b.Locations[i]
		l.ID = identities.ClassOf(l.ID)
		l.Parents = slices.DeleteFunc(slices.Clone(l.Parents), func(p kg.ID) bool { return identities.ClassOf(p) == l.ID })
		for j := range l.Parents {
			l.Parents[j] = identities.ClassOf(l.Parents[j])
		}
	}
	for i := range b.Documents {
		b.Documents[i].Publisher = identities.ClassOf(b.Documents[i].Publisher)
	}
	for i := range b.Affiliations {
		a := &b.Affiliations[i]
		a.Holder, a.Counterpart = identities.ClassOf(a.Holder), identities.ClassOf(a.Counterpart)
	}
	for i := range b.Claims {
		b.Claims[i] = identities.Claim(b.Claims[i])
	}
	return b
}

// rewrittenStore reads RESOLVED from a store of rewritten records, and EXACT from a store without decisions.
type rewrittenStore struct {
	store.Store // resolved
	exact       store.Store
	identities  kg.Identities
}

func (a rewrittenStore) storeFor(v kg.View) (store.Store, kg.Identities) {
	if v.Identity == kg.IdentityExact {
		return a.exact, kg.Identities{}
	}
	return a.Store, a.identities
}

func (a rewrittenStore) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	s, identities := a.storeFor(v)
	return s.Nodes(ctx, v, identities.IDs(ids))
}

func (a rewrittenStore) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	s, identities := a.storeFor(q.Filter.InView(q.View))
	q.Filter, q.Scope = store.ResolveEventFilter(identities, q.Filter), store.ResolveScope(identities, q.Scope)
	return s.Events(ctx, q)
}

func (a rewrittenStore) Actors(ctx context.Context, q store.ActorQuery) ([]store.Page[kg.Actor], error) {
	s, identities := a.storeFor(q.View)
	if q.Filter != nil && q.Filter.InEvents.IsExact() && q.View.Identity != kg.IdentityExact {
		return nil, errUnsupported // it needs both stores
	}
	q.Filter = store.ResolveActorFilter(identities, q.Filter)
	return s.Actors(ctx, q)
}

func (a rewrittenStore) Locations(ctx context.Context, q store.LocationQuery) ([]store.Page[kg.Location], error) {
	s, identities := a.storeFor(q.View)
	q.Filter, q.Scope = store.ResolveLocationFilter(identities, q.Filter), store.ResolveScope(identities, q.Scope)
	return s.Locations(ctx, q)
}

func (a rewrittenStore) Documents(ctx context.Context, q store.DocumentQuery) ([]store.Page[kg.Document], error) {
	s, identities := a.storeFor(q.View)
	q.Filter = store.ResolveDocumentFilter(identities, q.Filter)
	return s.Documents(ctx, q)
}

func (a rewrittenStore) Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	s, identities := a.storeFor(q.View)
	q.Filter, q.Scope = store.ResolveClaimFilter(identities, q.Filter), store.ResolveScope(identities, q.Scope)
	return s.Claims(ctx, q)
}

func (a rewrittenStore) Search(ctx context.Context, q store.SearchQuery) (store.Page[store.Hit], error) {
	s, _ := a.storeFor(q.View)
	return s.Search(ctx, q)
}

func (a rewrittenStore) EventEdges(
	ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID,
) ([]kg.EventEdges, error) {
	s, identities := a.storeFor(v)
	return s.EventEdges(ctx, v, want, identities.IDs(events))
}

func (a rewrittenStore) Affiliations(ctx context.Context, q store.AffiliationQuery) ([][]kg.Affiliation, error) {
	s, identities := a.storeFor(q.View)
	q.Actors = identities.IDs(q.Actors)
	return s.Affiliations(ctx, q)
}

func (a rewrittenStore) CoParticipants(
	ctx context.Context, q store.CoParticipantQuery,
) ([]store.Page[store.CoParticipant], error) {
	s, identities := a.storeFor(q.Filter.InView(q.View))
	q.Filter, q.Actors = store.ResolveEventFilter(identities, q.Filter), identities.IDs(q.Actors)
	return s.CoParticipants(ctx, q)
}

func (a rewrittenStore) Buckets(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
	s, identities := a.storeFor(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(identities, q.Filter)
	return s.Buckets(ctx, q)
}

func (a rewrittenStore) Knowledge(ctx context.Context, q store.KnowledgeQuery) ([]store.KnowledgeBucket, error) {
	s, identities := a.storeFor(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(identities, q.Filter)
	return s.Knowledge(ctx, q)
}

func (a rewrittenStore) Extent(ctx context.Context, q store.ExtentQuery) (store.Extent, error) {
	s, identities := a.storeFor(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(identities, q.Filter)
	return s.Extent(ctx, q)
}

func (a rewrittenStore) Facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	s, identities := a.storeFor(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(identities, q.Filter)
	return s.Facets(ctx, q)
}

func (a rewrittenStore) Clusters(ctx context.Context, q store.ClusterQuery) ([]store.Cluster, error) {
	s, identities := a.storeFor(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(identities, q.Filter)
	return s.Clusters(ctx, q)
}

func (a rewrittenStore) States(ctx context.Context, v kg.View, events []kg.ID) ([][]kg.EventState, error) {
	s, identities := a.storeFor(v)
	return s.States(ctx, v, identities.IDs(events))
}

func (a rewrittenStore) ClaimCounts(ctx context.Context, v kg.View, events []kg.ID) ([]stance.Counts, error) {
	s, identities := a.storeFor(v)
	return s.ClaimCounts(ctx, v, identities.IDs(events))
}

func (a rewrittenStore) Changes(ctx context.Context, q store.ChangeQuery) (store.Page[store.Change], error) {
	s, identities := a.storeFor(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(identities, q.Filter)
	return s.Changes(ctx, q)
}

func (a rewrittenStore) SameAs(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.IdentityStatus, error) {
	return nil, errUnsupported
}

func (a rewrittenStore) EventIDs(ctx context.Context, v kg.View, f *store.EventFilter, give func(kg.ID) error) error {
	s, identities := a.storeFor(f.InView(v))
	return s.EventIDs(ctx, v, store.ResolveEventFilter(identities, f), give)
}
