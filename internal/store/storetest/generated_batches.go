package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
)

// GeneratedBatches returns the graph of a seed in the batches of a loader, for tests of other ways to fill a store than
// store.Store; large selects the large scale. Identity decisions, reviews and corrections are returned separately, to
// be applied last.
func GeneratedBatches(seed uint64, large bool) (batches []kg.Batch, decisions kg.Batch) {
	d, size := newRandom(seed), smallScale
	if large {
		size = largeScale
	}
	g := generate(d, size, "")
	g.curate(d)
	for _, b := range g.insertCuration(d, g.shuffledBatches(d)) {
		decisions.Identities = append(decisions.Identities, b.Identities...)
		decisions.Reviews = append(decisions.Reviews, b.Reviews...)
		decisions.Corrections = append(decisions.Corrections, b.Corrections...)
		if b.Identities, b.Reviews, b.Corrections = nil, nil, nil; b.Size() > 0 {
			batches = append(batches, b)
		}
	}
	return batches, decisions
}

// Sample is a generated graph of the size of Differential's, with queries about it. A large store has it among the
// parts that Filler returns.
type Sample struct {
	graph  *graph
	random random
}

// NewSample generates the sample of a seed.
func NewSample(seed uint64) Sample {
	d := newRandom(seed)
	g := generate(d, smallScale, "")
	g.curate(d)
	return Sample{g, d}
}

// Batches returns the sample's records, and its identity decisions, reviews and corrections, to be applied later.
func (s Sample) Batches() (records []kg.Batch, decisions kg.Batch) { return s.graph.loaderBatches() }

// FillerEvents is the number of events of a part that Filler returns.
const FillerEvents = 1000

// Filler returns the i-th part of a large graph around the sample, like Batches. The parts share a few actors and
// places with the sample, which are hubs. One graph of all events would take time in proportion to their square.
func (s Sample) Filler(i int) (records []kg.Batch, decisions kg.Batch) {
	d, prefix := newRandom(uint64(i)), fmt.Sprintf("part%d-", i)
	g := newGraph(d, scale{actors: 100, locations: 60, documents: 400, releases: 2, affiliations: 30, identities: 4,
		events: FillerEvents, claims: FillerEvents * 5 / 4}, prefix)
	for _, kind := range []kg.NodeKind{kg.KindActor, kg.KindLocation} {
		copy(g.known[kind], s.graph.known[kind][:3])
	}
	g.fill(d)
	g.batch.Reviews, g.batch.Corrections = g.reviews(d, prefix, 4), g.corrections(d, prefix, 10)
	return g.loaderBatches()
}

func (g *graph) loaderBatches() (records []kg.Batch, decisions kg.Batch) {
	decisions = kg.Batch{Identities: g.batch.Identities, Reviews: g.batch.Reviews, Corrections: g.batch.Corrections}
	whole := g.batch
	whole.Identities, whole.Reviews, whole.Corrections = nil, nil, nil
	records = loaderBatches(whole, 1000)
	return records[:len(records)-1], decisions // the last would have the identity decisions
}

// Later returns batches that change the sample once it is stored: other contents of its nodes, further reviews and
// corrections, and removals.
func (s Sample) Later() []kg.Batch {
	d := newRandom(s.random.Uint64())
	other := newGraph(d, smallScale, "")
	other.nodes(d)
	other.batch.Releases, other.batch.Affiliations = nil, nil // have one content
	some := slices.Concat(idsOf(s.graph.batch.Identities)[:2], idsOf(s.graph.batch.Reviews)[:2],
		idsOf(s.graph.batch.Corrections)[:4])
	return []kg.Batch{
		other.batch, {Reviews: s.graph.reviews(d, "later", 3), Corrections: s.graph.corrections(d, "later", 6)},
		{Removals: some}, {Checkpoint: &kg.Checkpoint{Key: "later", Value: "1"}}, {Checkpoint: &kg.Checkpoint{Key: "later"}},
	}
}

// Query is a query about a Sample. Its name has the kind of query, and the filter or parent if there is one.
type Query struct {
	Name string
	// Size is the length of the query as JSON.
	Size int
	Run  func(context.Context, store.Store) error
}

// HasText reports whether the query is for words.
func (q Query) HasText() bool { return q.Name == "search" || strings.HasSuffix(q.Name, ": text") }

// Queries generates queries of every kind: those of Differential, and each order of each list. An oracle that has the
// sample supplies the positions of pages.
func (s Sample) Queries(ctx context.Context, oracle store.Store) []Query {
	var all []Query
	for _, q := range generateQueries(ctx, s.graph, s.random, oracle) {
		query, err := json.Marshal(q.query)
		if err != nil {
			panic(err) // a bug of the suite
		}
		all = append(all, Query{q.name, len(query), func(ctx context.Context, s store.Store) error {
			_, err := q.run(ctx, s)
			return err
		}})
	}
	return append(all, s.remaining()...)
}

// remaining returns a query of each method that generated queries do not call.
func (s Sample) remaining() []Query {
	known := s.graph.known
	ids := slices.Concat(known[kg.KindEvent][:4], known[kg.KindActor][:4], known[kg.KindLocation][:2])
	all := []Query{
		{"preview", 0, func(ctx context.Context, st store.Store) error {
			_, err := st.Preview(ctx, s.graph.batch)
			return err
		}},
		{"checkpoints", 0, func(ctx context.Context, st store.Store) error {
			if _, err := st.Checkpoint(ctx, "key"); err != nil {
				return err
			}
			_, err := st.Checkpoints(ctx, "k", "", store.MaxScan)
			return err
		}},
		{"curations", 0, func(ctx context.Context, st store.Store) error {
			_, err := st.Curations(ctx, known[kg.KindClaim][:20])
			return err
		}},
		{"claims about", 0, func(ctx context.Context, st store.Store) error {
			_, err := st.ClaimsAbout(ctx, known[kg.KindEvent])
			return err
		}},
		{"location points", 0, func(ctx context.Context, st store.Store) error {
			return st.MapPlaces(ctx, func(kg.ID, store.MapPlace) {})
		}},
		{"stats", 0, func(ctx context.Context, st store.Store) error { _, err := st.Stats(ctx); return err }},
		{"ready", 0, func(ctx context.Context, st store.Store) error { return st.Ready(ctx) }},
		{"change log", 0, func(ctx context.Context, st store.Store) error {
			now, err := st.Revision(ctx)
			if err != nil {
				return err
			}
			_, _, _, err = st.Since(ctx, now-2)
			return err
		}},
	}
	for _, identity := range kg.IdentityModes.Values() {
		all = append(all, Query{"same as", 0, func(ctx context.Context, st store.Store) error {
			_, err := st.SameAs(ctx, kg.View{Identity: identity}, ids)
			return err
		}})
	}
	for _, kind := range append(kg.NodeKinds.Values(), store.KindOriginal) {
		all = append(all, Query{"scan", 0, func(ctx context.Context, st store.Store) error {
			_, err := st.Scan(ctx, kind, "", 10)
			return err
		}})
	}
	return all
}
