package storetest

import (
	"context"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/testkit/seeds"
)

// TestAsRewritten holds the oracle to what identity means: read RESOLVED it answers as a store to which the same records
// were given with each id replaced by its class, and no decision; read EXACT as one that was given no decision.
func TestAsRewritten(t *testing.T) {
	seeds.SkipShort(t)
	compared := 0
	for seed := range uint64(tried * 2) {
		d := roll(seed)
		g := generate(d, readable, "")
		decided, resolved, apart := memory.New(), memory.New(), memory.New()
		load(t, decided, g.batch)
		plain := g.batch
		plain.Identities = nil
		load(t, apart, plain)
		classes := kg.NewIdentities(kg.Classes(g.batch.Identities))
		// Of what two records say of one node the store keeps one value: what is kept is rewritten.
		stored := rewritten(classes, dump(t, apart).Batch)
		stored.RecordedAt = g.batch.RecordedAt
		if _, err := resolved.Apply(t.Context(), stored); kg.CodeOf(err) == kg.BadInput {
			continue // places that are one may lie in one another, which records may not
		} else if err != nil {
			t.Fatal(err)
		}
		compared++
		for _, q := range questions(t.Context(), g, d, decided) {
			if diff := q.compare(t.Context(), asRewritten{resolved, apart, classes}, decided); diff != "" {
				t.Fatal(again(seed) + diff)
			}
		}
	}
	if compared < tried {
		t.Errorf("only %d graphs were compared", compared)
	}
}

// rewritten replaces ids by classes, and leaves it to the store to unite what then has one id.
func rewritten(one kg.Identities, b kg.Batch) kg.Batch {
	b.Actors, b.Locations, b.Documents = slices.Clone(b.Actors), slices.Clone(b.Locations), slices.Clone(b.Documents)
	b.Affiliations, b.Claims = slices.Clone(b.Affiliations), slices.Clone(b.Claims)
	for i := range b.Actors {
		b.Actors[i].ID = one.ClassOf(b.Actors[i].ID)
	}
	for i := range b.Locations {
		l := &b.Locations[i]
		l.ID = one.ClassOf(l.ID)
		l.Parents = slices.DeleteFunc(slices.Clone(l.Parents), func(p kg.ID) bool { return one.ClassOf(p) == l.ID })
		for j := range l.Parents {
			l.Parents[j] = one.ClassOf(l.Parents[j])
		}
	}
	for i := range b.Documents {
		b.Documents[i].Publisher = one.ClassOf(b.Documents[i].Publisher)
	}
	for i := range b.Affiliations {
		a := &b.Affiliations[i]
		a.Holder, a.Counterpart = one.ClassOf(a.Holder), one.ClassOf(a.Counterpart)
	}
	for i := range b.Claims {
		b.Claims[i] = one.Claim(b.Claims[i])
	}
	return b
}

// asRewritten asks the store of classes for classes, and the other one for what is to be read apart.
type asRewritten struct {
	store.Store // resolved
	apart       store.Store
	one         kg.Identities
}

func (a asRewritten) in(v kg.View) (store.Store, kg.Identities) {
	if v.Identity == kg.IdentityExact {
		return a.apart, kg.Identities{}
	}
	return a.Store, a.one
}

func (a asRewritten) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	s, one := a.in(v)
	return s.Nodes(ctx, v, one.IDs(ids))
}

func (a asRewritten) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	s, one := a.in(q.Filter.InView(q.View))
	q.Filter, q.Scope = store.ResolveEventFilter(one, q.Filter), store.ResolveScope(one, q.Scope)
	return s.Events(ctx, q)
}

func (a asRewritten) Actors(ctx context.Context, q store.ActorQuery) ([]store.Page[kg.Actor], error) {
	s, one := a.in(q.View)
	if q.Filter != nil && q.Filter.InEvents.IsExact() && q.View.Identity != kg.IdentityExact {
		return nil, errUnasked // it would be asked of both
	}
	q.Filter = store.ResolveActorFilter(one, q.Filter)
	return s.Actors(ctx, q)
}

func (a asRewritten) Locations(ctx context.Context, q store.LocationQuery) ([]store.Page[kg.Location], error) {
	s, one := a.in(q.View)
	q.Filter, q.Scope = store.ResolveLocationFilter(one, q.Filter), store.ResolveScope(one, q.Scope)
	return s.Locations(ctx, q)
}

func (a asRewritten) Documents(ctx context.Context, q store.DocumentQuery) ([]store.Page[kg.Document], error) {
	s, one := a.in(q.View)
	q.Filter = store.ResolveDocumentFilter(one, q.Filter)
	return s.Documents(ctx, q)
}

func (a asRewritten) Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	s, one := a.in(q.View)
	q.Filter, q.Scope = store.ResolveClaimFilter(one, q.Filter), store.ResolveScope(one, q.Scope)
	return s.Claims(ctx, q)
}

func (a asRewritten) Search(ctx context.Context, q store.SearchQuery) (store.Page[store.Hit], error) {
	s, _ := a.in(q.View)
	return s.Search(ctx, q)
}

func (a asRewritten) EventEdges(ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID) ([]kg.EventEdges, error) {
	s, one := a.in(v)
	return s.EventEdges(ctx, v, want, one.IDs(events))
}

func (a asRewritten) Affiliations(ctx context.Context, q store.AffiliationQuery) ([][]kg.Affiliation, error) {
	s, one := a.in(q.View)
	q.Actors = one.IDs(q.Actors)
	return s.Affiliations(ctx, q)
}

func (a asRewritten) CoParticipants(ctx context.Context, q store.CoParticipantQuery) ([]store.Page[store.CoParticipant], error) {
	s, one := a.in(q.Filter.InView(q.View))
	q.Filter, q.Actors = store.ResolveEventFilter(one, q.Filter), one.IDs(q.Actors)
	return s.CoParticipants(ctx, q)
}

func (a asRewritten) Buckets(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
	s, one := a.in(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(one, q.Filter)
	return s.Buckets(ctx, q)
}

func (a asRewritten) Extent(ctx context.Context, q store.ExtentQuery) (store.Extent, error) {
	s, one := a.in(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(one, q.Filter)
	return s.Extent(ctx, q)
}

func (a asRewritten) Facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	s, one := a.in(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(one, q.Filter)
	return s.Facets(ctx, q)
}

func (a asRewritten) Clusters(ctx context.Context, q store.ClusterQuery) ([]store.Cluster, error) {
	s, one := a.in(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(one, q.Filter)
	return s.Clusters(ctx, q)
}

func (a asRewritten) States(ctx context.Context, v kg.View, events []kg.ID) ([][]kg.EventState, error) {
	s, one := a.in(v)
	return s.States(ctx, v, one.IDs(events))
}

func (a asRewritten) Changes(ctx context.Context, q store.ChangeQuery) (store.Page[store.Change], error) {
	s, one := a.in(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(one, q.Filter)
	return s.Changes(ctx, q)
}

func (a asRewritten) SameAs(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.IdentityStatus, error) {
	return nil, errUnasked
}

func (a asRewritten) EventIDs(ctx context.Context, v kg.View, f *store.EventFilter, give func(kg.ID) error) error {
	s, one := a.in(f.InView(v))
	return s.EventIDs(ctx, v, store.ResolveEventFilter(one, f), give)
}
