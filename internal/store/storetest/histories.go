package storetest

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"golang.org/x/sync/errgroup"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/testkit/seeds"
)

// denseScale is a scale with many claims about few things by few actors, so that nearly every claim interacts with
// others: withdrawals, corrections, reprints, and merged voices.
var denseScale = scale{actors: 6, locations: 5, documents: 8, releases: 2, affiliations: 4, identities: 8, events: 6,
	claims: 90}

// Histories loads random histories of claims with concurrent workers, in random batches and orders, some batches twice.
// Nodes come before the records that refer to them. Everything else comes at any time, often long after the records
// that it affects: publishers and originals of documents, identity decisions, withdrawals and verified spans. The graph
// must equal the one that the oracle derives from a single batch. Each seed is a subtest and is loaded orders times;
// few is the default number of seeds, see package seeds.
func Histories(t *testing.T, h Harness, oracle func(testing.TB) store.Store, few, orders int) {
	for _, seed := range seeds.For(t, few) {
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			g := generate(newRandom(seed), denseScale, "")
			g.addSpans(newRandom(seed))
			g.curate(newRandom(seed))
			want := oracle(t)
			load(t, want, g.batch)
			expected, stats := dump(t, want), comparableStats(t, want)
			if !hasWithdrawals(expected) {
				t.Fatal(seedPrefix(seed) + "the graph has no withdrawn claim or no merged nodes")
			}
			for order := range orders {
				d := newRandom(seed<<8 + uint64(order) + 1)
				got := h.New(t)
				nodes, batches := g.scatteredBatches(d)
				load(t, got, nodes)
				applyConcurrently(t, got, batches, d.between(2, 4))
				what := fmt.Sprintf("%sorder %d: ", seedPrefix(seed), order)
				wantEqual(t, what+"stored graph", expected, dump(t, got))
				wantEqual(t, what+"stats", stats, comparableStats(t, got))
				takeBack(t, d, g, got)
				wantEqual(t, what+"made and taken back", expected, dump(t, got))
			}
		})
	}
}

// takeBack adds identity decisions, reviews and corrections, and removes them again, some of them together.
func takeBack(t *testing.T, d random, g *graph, s store.Store) {
	t.Helper()
	b := kg.Batch{Reviews: g.reviews(d, "more", 4), Corrections: g.corrections(d, "more", 6)}
	for i := range 3 {
		two := distinctValues(d, 1, g.known[kg.KindActor][1:])
		if len(two) == 1 {
			b.Identities = append(b.Identities, kg.IdentityDecision{ID: kg.ID(fmt.Sprintf("identity:more%d", i)),
				A: g.known[kg.KindActor][0], B: two[0], Same: true, DecidedBy: "test", DecidedAt: edtf.Instant(i) + 1e12})
		}
	}
	load(t, s, b)
	ids := slices.Concat(idsOf(b.Reviews), idsOf(b.Corrections), idsOf(b.Identities))
	d.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	for some := range slices.Chunk(ids, d.between(1, len(ids))) {
		load(t, s, kg.Batch{Removals: some})
	}
}

// hasWithdrawals reports whether the graph has both a withdrawn claim and merged nodes.
func hasWithdrawals(s store.ScanPage) bool {
	withdrawn := slices.ContainsFunc(s.Subjects, func(r store.SubjectRecord) bool {
		return slices.ContainsFunc(r.History.Lifetimes, func(l kg.ClaimLifetime) bool { return len(l.WithdrawnBy) > 0 })
	})
	return withdrawn && len(kg.Classes(s.Identities)) > 0
}

// addSpans adds verified spans to some claims. scatteredBatches loads some of them unverified first.
func (g *graph) addSpans(d random) {
	for i := range g.batch.Claims {
		if c := &g.batch.Claims[i]; c.Document != "" && d.chance(30) {
			c.Spans = []kg.Span{{Start: i, End: i + 3, Exact: "met", State: kg.SpanVerified}}
		}
	}
}

// scatteredBatches returns the nodes to load first, and everything else in batches in which a claim follows the claims
// and events it refers to.
func (g *graph) scatteredBatches(d random) (nodes kg.Batch, batches []kg.Batch) {
	at := g.batch.RecordedAt
	nodes = kg.Batch{RecordedAt: at, Releases: slices.Clone(g.batch.Releases), Affiliations: g.batch.Affiliations}
	var more kg.Batch
	for i, r := range nodes.Releases { // some codings come later
		if r.Coding != "" && d.chance(60) {
			nodes.Releases[i].Coding = ""
			more.Releases = append(more.Releases, r)
		}
	}
	nodes.Actors, more.Actors = splitDuplicates(d, g.batch.Actors)
	nodes.Locations, more.Locations = splitDuplicates(d, g.batch.Locations)
	nodes.Documents, more.Documents = splitDuplicates(d, g.batch.Documents)
	for i, doc := range nodes.Documents { // some publishers and originals come later
		if d.chance(60) {
			nodes.Documents[i].Publisher, nodes.Documents[i].Syndicates = "", ""
			more.Documents = append(more.Documents, doc)
		}
	}
	claims := slices.Clone(g.batch.Claims)
	var verified []kg.Claim
	for i, c := range claims {
		if len(c.Spans) > 0 && d.chance(60) {
			verified = append(verified, c)
			claims[i].Spans = []kg.Span{{Exact: c.Spans[0].Exact, State: kg.SpanUnverifiable}}
		}
		if len(c.Extractions) == 0 && d.chance(20) { // first extracted, then written by a person
			verified = append(verified, c)
			claims[i].Extractions = []kg.Extraction{{Tool: "early"}}
		}
	}
	d.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
	batches = dependencyBatches(claims, d.Rand)
	put := func(b kg.Batch) {
		b.RecordedAt = at
		batches = slices.Insert(batches, d.between(0, len(batches)), b)
	}
	for _, a := range more.Actors {
		put(kg.Batch{Actors: []kg.Actor{a}})
	}
	for _, l := range more.Locations {
		put(kg.Batch{Locations: []kg.Location{l}})
	}
	for _, r := range more.Releases {
		put(kg.Batch{Releases: []kg.Release{r}})
	}
	for _, doc := range more.Documents {
		put(kg.Batch{Documents: []kg.Document{doc}})
	}
	for _, i := range g.batch.Identities {
		put(kg.Batch{Identities: []kg.IdentityDecision{i}})
	}
	for _, r := range g.batch.Reviews {
		put(kg.Batch{Reviews: []kg.Review{r}})
	}
	for _, c := range g.batch.Corrections {
		put(kg.Batch{Corrections: []kg.Correction{c}})
	}
	for _, c := range verified {
		put(kg.Batch{Claims: []kg.Claim{c}})
	}
	for _, b := range randomValues(d, 6, slices.Clone(batches)) {
		put(b)
	}
	return nodes, batches
}

// applyConcurrently applies batches with several workers. A batch that refers to one that is not applied yet is
// retried after the others.
func applyConcurrently(t *testing.T, s store.Store, batches []kg.Batch, workers int) {
	t.Helper()
	queue := make(chan kg.Batch, len(batches))
	for _, b := range batches {
		queue <- b
	}
	var remaining, rejected atomic.Int64
	remaining.Store(int64(len(batches)))
	group, ctx := errgroup.WithContext(t.Context())
	done := make(chan struct{})
	for range workers {
		group.Go(func() error {
			for {
				var b kg.Batch
				select {
				case b = <-queue:
				case <-done:
					return nil
				case <-ctx.Done():
					return nil // another worker returns the error
				}
				applied, err := s.Apply(ctx, b)
				switch {
				case kg.CodeOf(err) == kg.BadInput && rejected.Add(1) < int64(100*len(batches)):
					queue <- b
					continue
				case err != nil:
					return err
				case len(applied.Conflicts) > 0:
					return fmt.Errorf("conflicts %v", applied.Conflicts)
				case remaining.Add(-1) == 0:
					close(done)
				}
			}
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
}
