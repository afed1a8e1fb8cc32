package storetest

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"golang.org/x/sync/errgroup"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/testkit/seeds"
)

// contested is a scale on which much is said of few things by few, so that nearly every claim meets others: withdrawals and
// corrections, reprints, and decisions that two of those who speak are one.
var contested = scale{actors: 6, locations: 5, documents: 8, releases: 2, affiliations: 4, identities: 8, events: 6, claims: 90}

// Histories loads random histories of claims by workers at once, in batches and orders of chance, some batches twice: nodes come
// before what names them, and what else is said of them (who published a document, what it reprints), decisions of identity,
// withdrawals and checks of words at any time, often long after what they touch. The graph must be the one that the oracle makes
// of all at once. Each seed is a subtest, loaded orders times; few are run by default,
// see package seeds.
func Histories(t *testing.T, h Harness, oracle func(testing.TB) store.Store, few, orders int) {
	for _, seed := range seeds.For(t, few) {
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			g := generate(roll(seed), contested, "")
			g.unchecked(roll(seed))
			want := oracle(t)
			load(t, want, g.batch)
			expected, stats := dump(t, want), counted(t, want)
			if !eventful(expected) {
				t.Fatal(again(seed) + "the history has nothing that came late: it tests nothing")
			}
			for order := range orders {
				d := roll(seed<<8 + uint64(order) + 1)
				got := h.New(t)
				nodes, batches := g.scattered(d)
				load(t, got, nodes)
				atOnce(t, got, batches, d.between(2, 4))
				what := fmt.Sprintf("%sorder %d: ", again(seed), order)
				same(t, what+"what is stored", expected, dump(t, got))
				same(t, what+"what is counted", stats, counted(t, got))
			}
		})
	}
}

// eventful says whether anything was withdrawn, and any two are one.
func eventful(s store.ScanPage) bool {
	withdrawn := slices.ContainsFunc(s.Subjects, func(r store.SubjectRecord) bool {
		return slices.ContainsFunc(r.History.Lifetimes, func(l kg.ClaimLifetime) bool { return len(l.WithdrawnBy) > 0 })
	})
	return withdrawn && len(kg.Classes(s.Identities)) > 0
}

// unchecked gives some claims a span, as a check found it; scattered takes them apart.
func (g *graph) unchecked(d dice) {
	for i := range g.batch.Claims {
		if c := &g.batch.Claims[i]; c.Document != "" && d.chance(30) {
			c.Spans = []kg.Span{{Start: i, End: i + 3, Exact: "met", State: kg.SpanVerified}}
		}
	}
}

// scattered gives what must come first, and all else in batches in which what a claim names comes before it, or with it.
func (g *graph) scattered(d dice) (nodes kg.Batch, batches []kg.Batch) {
	at := g.batch.RecordedAt
	nodes = kg.Batch{RecordedAt: at, Releases: g.batch.Releases, Affiliations: g.batch.Affiliations}
	var more kg.Batch
	nodes.Actors, more.Actors = eachOnce(d, g.batch.Actors)
	nodes.Locations, more.Locations = eachOnce(d, g.batch.Locations)
	nodes.Documents, more.Documents = eachOnce(d, g.batch.Documents)
	for i, doc := range nodes.Documents { // publishers and originals are told of later
		if d.chance(60) {
			nodes.Documents[i].Publisher, nodes.Documents[i].Syndicates = "", ""
			more.Documents = append(more.Documents, doc)
		}
	}
	claims := slices.Clone(g.batch.Claims)
	var checks []kg.Claim
	for i, c := range claims {
		if len(c.Spans) > 0 && d.chance(60) {
			checks = append(checks, c)
			claims[i].Spans = []kg.Span{{Exact: c.Spans[0].Exact, State: kg.SpanUnverifiable}}
		}
	}
	d.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
	batches = inOrder(claims, d.Rand)
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
	for _, doc := range more.Documents {
		put(kg.Batch{Documents: []kg.Document{doc}})
	}
	for _, i := range g.batch.Identities {
		put(kg.Batch{Identities: []kg.IdentityDecision{i}})
	}
	for _, c := range checks {
		put(kg.Batch{Claims: []kg.Claim{c}})
	}
	for _, b := range few(d, 6, slices.Clone(batches)) {
		put(b)
	}
	return nodes, batches
}

// atOnce applies batches by workers. One that names what another worker has not brought yet is tried again behind the others.
func atOnce(t *testing.T, s store.Store, batches []kg.Batch, workers int) {
	t.Helper()
	queue := make(chan kg.Batch, len(batches))
	for _, b := range batches {
		queue <- b
	}
	var left, refused atomic.Int64
	left.Store(int64(len(batches)))
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
					return nil // another worker says why
				}
				applied, err := s.Apply(ctx, b)
				switch {
				case kg.CodeOf(err) == kg.BadInput && refused.Add(1) < int64(100*len(batches)):
					queue <- b
					continue
				case err != nil:
					return err
				case len(applied.Conflicts) > 0:
					return fmt.Errorf("rejected %v", applied.Conflicts)
				case left.Add(-1) == 0:
					close(done)
				}
			}
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
}
