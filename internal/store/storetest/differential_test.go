package storetest

import (
	"context"
	"reflect"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/testkit/seeds"
)

const testSeeds = 8 // seeds

// TestQueriesFindSomething checks that the comparison is not one of empty results: of every kind of query at least
// one in ten must find something.
func TestQueriesFindSomething(t *testing.T) {
	seeds.SkipShort(t)
	type tally struct{ queries, withResults, maxItems int }
	tallies := map[string]*tally{}
	for seed := range uint64(testSeeds) {
		d := newRandom(seed)
		g := generate(d, smallScale, "")
		s := memory.New()
		load(t, s, g.batch)
		for _, q := range generateQueries(t.Context(), g, d, s) {
			result, err := q.run(t.Context(), s)
			if code := kg.CodeOf(err); code != "" && code != kg.LimitExceeded {
				t.Fatalf("seed %d: %s %+v: %v", seed, q.name, q.query, err)
			}
			counts := tallies[q.name]
			if counts == nil {
				counts = &tally{}
				tallies[q.name] = counts
			}
			counts.queries++
			if err == nil {
				n := q.found(result)
				counts.maxItems = max(counts.maxItems, n)
				if n > 0 {
					counts.withResults++
				}
			}
		}
	}
	for name, counts := range tallies {
		if counts.withResults*10 < counts.queries {
			t.Errorf("%s: %d of %d queries found something", name, counts.withResults, counts.queries)
		}
		t.Logf("%-35s %3d queries, %3d with results, at most %d items", name, counts.queries, counts.withResults,
			counts.maxItems)
	}
}

// TestGeneratedGraphsCoverAllCases checks that generated graphs contain the difficult cases of derivations and
// engines.
func TestGeneratedGraphsCoverAllCases(t *testing.T) {
	seen := map[string]int{}
	count := func(what string, ok bool) {
		if ok {
			seen[what]++
		} else {
			seen[what] += 0
		}
	}
	for seed := range uint64(testSeeds) {
		s := memory.New()
		load(t, s, generate(newRandom(seed), smallScale, "").batch)
		all := dump(t, s)
		for _, l := range all.Locations {
			count("a place in two places", len(l.Parents) > 1)
			count("a place without a point", l.Point == nil)
			count("a place at the antimeridian", l.Point != nil && (l.Point.Longitude > 179 || l.Point.Longitude < -179))
		}
		for _, d := range all.Documents {
			count("a reprint", d.Syndicates != "")
			count("a document without a date", d.PublishedAt == nil)
		}
		for _, c := range all.Claims {
			count("a superseding claim", len(c.Supersedes) > 0)
			for _, stance := range kg.Stances.Values() {
				count("stance "+string(stance), c.Stance == stance)
			}
			for _, aspect := range kg.Aspects.Values() {
				count("aspect "+string(aspect), c.Aspect == aspect)
			}
		}
		for _, r := range all.Subjects {
			h := r.History
			count("an event of five versions", len(h.States) > 4)
			count("an affiliation that ended", len(h.Affiliated) > 0 &&
				h.Affiliated[len(h.Affiliated)-1].KnownTo < edtf.EndOfTime)
			for _, l := range h.Lifetimes {
				count("a withdrawn claim", len(l.WithdrawnBy) > 0)
				count("a claim withdrawn twice", len(l.WithdrawnBy) > 1)
			}
			for _, s := range h.States {
				for _, status := range kg.ClaimStatuses.Values() {
					count("status "+string(status), s.Status == status)
				}
				for _, p := range edtf.TimePrecisions() {
					count("precision "+string(p), s.Time.Precision == p)
				}
				count("an open start", s.Time.Earliest == edtf.BeginningOfTime)
				count("an open end", s.Time.Latest == edtf.EndOfTime)
				count("an open start of publication", s.FirstAsserted.Earliest == edtf.BeginningOfTime)
				count("a toll with a best", s.Toll.Killed != nil && s.Toll.Killed.Best != nil)
				count("a toll without a best", s.Toll.Killed != nil && s.Toll.Killed.Best == nil)
				count("wounded", s.Toll.Wounded != nil)
			}
			for _, p := range h.Participations {
				count("a participation that ended", p.KnownTo < edtf.EndOfTime)
				count("a side", p.Edge.Side != "")
			}
			count("a whole", len(h.Wholes) > 0)
			count("a response", len(h.RespondsTo) > 0)
			count("an announcement", len(h.Announces) > 0)
		}
		count("decided identities", len(all.Identities) > 0)
	}
	for what, n := range seen {
		if n == 0 {
			t.Errorf("none of %d graphs has %s", testSeeds, what)
		}
	}
}

// TestSeedDeterminism checks that a seed determines the graph and the queries.
func TestSeedDeterminism(t *testing.T) {
	make := func() (*graph, []any) {
		d := newRandom(3)
		g := generate(d, smallScale, "")
		s := memory.New()
		load(t, s, g.batch)
		var queries []any
		for _, q := range generateQueries(t.Context(), g, d, s) {
			queries = append(queries, q.query)
		}
		return g, queries
	}
	g, queries := make()
	other, otherQueries := make()
	if !reflect.DeepEqual(g.batch, other.batch) || !reflect.DeepEqual(queries, otherQueries) {
		t.Error("seed 3 generated two graphs or two lists of queries")
	}
}

// faultyStore is a store with one fault.
type faultyStore struct {
	store.Store
	events         func(*store.EventQuery)
	claims         func([]kg.Claim)
	search         func(*store.SearchQuery)
	edges          func(*kg.EventEdges)
	coParticipants func(*store.CoParticipantQuery)
	buckets        func(*store.BucketQuery)
	changes        func(*store.ChangeQuery)
	states         func(*kg.View)
	extent         func(*store.ExtentQuery)
	facets         func(*store.FacetQuery)
	clusters       func(*store.ClusterQuery)
}

func (f faultyStore) Extent(ctx context.Context, q store.ExtentQuery) (store.Extent, error) {
	if f.extent != nil {
		f.extent(&q)
	}
	return f.Store.Extent(ctx, q)
}

func (f faultyStore) Facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	if f.facets != nil {
		f.facets(&q)
	}
	return f.Store.Facets(ctx, q)
}

func (f faultyStore) Clusters(ctx context.Context, q store.ClusterQuery) ([]store.Cluster, error) {
	if f.clusters != nil {
		f.clusters(&q)
	}
	return f.Store.Clusters(ctx, q)
}

func (f faultyStore) Changes(ctx context.Context, q store.ChangeQuery) (store.Page[store.Change], error) {
	if f.changes != nil {
		f.changes(&q)
	}
	return f.Store.Changes(ctx, q)
}

func (f faultyStore) States(ctx context.Context, v kg.View, ids []kg.ID) ([][]kg.EventState, error) {
	if f.states != nil {
		f.states(&v)
	}
	return f.Store.States(ctx, v, ids)
}

func (f faultyStore) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	if f.events != nil {
		f.events(&q)
	}
	return f.Store.Events(ctx, q)
}

func (f faultyStore) Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	all, err := f.Store.Claims(ctx, q)
	for _, p := range all {
		if f.claims != nil {
			f.claims(p.Items)
		}
	}
	return all, err
}

func (f faultyStore) Search(ctx context.Context, q store.SearchQuery) (store.Page[store.Hit], error) {
	if f.search != nil {
		f.search(&q)
	}
	return f.Store.Search(ctx, q)
}

func (f faultyStore) EventEdges(ctx context.Context, v kg.View, want kg.EdgeSet, ids []kg.ID) ([]kg.EventEdges, error) {
	all, err := f.Store.EventEdges(ctx, v, want, ids)
	for i := range all {
		if f.edges != nil {
			f.edges(&all[i])
		}
	}
	return all, err
}

func (f faultyStore) CoParticipants(
	ctx context.Context, q store.CoParticipantQuery,
) ([]store.Page[store.CoParticipant], error) {
	if f.coParticipants != nil {
		f.coParticipants(&q)
	}
	return f.Store.CoParticipants(ctx, q)
}

func (f faultyStore) Buckets(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
	if f.buckets != nil {
		f.buckets(&q)
	}
	return f.Store.Buckets(ctx, q)
}

// TestFaultsAreDetected runs the comparison against stores with one small fault each.
func TestFaultsAreDetected(t *testing.T) {
	seeds.SkipShort(t)
	type round struct {
		store   store.Store
		queries []testQuery
	}
	var rounds []round
	for seed := range uint64(testSeeds) {
		d := newRandom(seed)
		g := generate(d, smallScale, "")
		s := memory.New()
		load(t, s, g.batch)
		rounds = append(rounds, round{s, generateQueries(t.Context(), g, d, s)})
	}
	for what, f := range map[string]faultyStore{
		"the moment of knowledge is ignored": {events: func(q *store.EventQuery) { q.View.KnownAt = nil }},
		"the moment is off by one": {events: func(q *store.EventQuery) {
			if q.View.KnownAt != nil {
				q.View.KnownAt = ref(*q.View.KnownAt - 1)
			}
		}},
		"not is ignored": {events: func(q *store.EventQuery) {
			if q.Filter != nil {
				f := *q.Filter
				f.Not, q.Filter = nil, &f
			}
		}},
		"certainty is ignored": {events: func(q *store.EventQuery) {
			if q.Filter != nil && q.Filter.Time != nil {
				f, r := *q.Filter, *q.Filter.Time
				r.Certainty, f.Time, q.Filter = nil, &r, &f
			}
		}},
		"before is ignored":    {events: func(q *store.EventQuery) { q.Window.Before = nil }},
		"roles are ignored":    {events: func(q *store.EventQuery) { clearRoles(q) }},
		"a withdrawal is lost": {claims: func(claims []kg.Claim) { loseWithdrawal(claims) }},
		"a search of all types": {search: func(q *store.SearchQuery) {
			q.Types = nil
		}},
		"conditions of responses are lost": {edges: func(e *kg.EventEdges) {
			e.Responses = append([]kg.Response(nil), e.Responses...)
			for i := range e.Responses {
				e.Responses[i].Condition = ""
			}
		}},
		"co-participants in every role": {coParticipants: func(
			q *store.CoParticipantQuery) {
			q.Roles = kg.ParticipantRoles.Values()
		}},
		"changes of the first moment": {changes: func(q *store.ChangeQuery) { q.From-- }},
		"changes beyond the last":     {changes: func(q *store.ChangeQuery) { q.View.KnownAt = nil }},
		"later versions":              {states: func(v *kg.View) { v.KnownAt = nil }},
		"an extent of later claims":   {extent: func(q *store.ExtentQuery) { q.View.KnownAt = nil }},
		"facets with one value more":  {facets: func(q *store.FacetQuery) { q.Top++ }},
		"facets in EXACT mode":        {facets: func(q *store.FacetQuery) { q.View.Identity = kg.IdentityExact }},
		"clusters of the next zoom":   {clusters: func(q *store.ClusterQuery) { q.Zoom++ }},
		"clusters with a group more":  {clusters: func(q *store.ClusterQuery) { q.Top = q.Groups() + 1 }},
		"clusters without groups":     {clusters: func(q *store.ClusterQuery) { q.SplitBy = "" }},
		"buckets in UTC":              {buckets: func(q *store.BucketQuery) { q.Zone = nil }},
		"empty buckets":               {buckets: func(q *store.BucketQuery) { q.Sparse = false }},
		"no possible events":          {buckets: func(q *store.BucketQuery) { q.Possible = false }},
		"buckets with one group more": {buckets: func(q *store.BucketQuery) { q.Top = q.Groups() + 1 }},
	} {
		t.Run(what, func(t *testing.T) {
			for _, r := range rounds {
				f.Store = r.store
				for _, q := range r.queries {
					if q.compare(t.Context(), r.store, f) != "" {
						return
					}
				}
			}
			t.Errorf("no query in %d rounds detected the fault", len(rounds))
		})
	}
}

func clearRoles(q *store.EventQuery) {
	if q.Scope != nil {
		scope := *q.Scope
		scope.Roles, q.Scope = nil, &scope
	}
}

func loseWithdrawal(claims []kg.Claim) {
	for i := range claims {
		if len(claims[i].WithdrawnBy) > 1 {
			claims[i].WithdrawnBy = claims[i].WithdrawnBy[:1]
		}
	}
}
