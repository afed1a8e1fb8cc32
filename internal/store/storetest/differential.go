package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/storetest/curation"
	"casus/internal/testkit/seeds"

	"github.com/google/go-cmp/cmp"
)

// Differential compares a store with an oracle. It loads generated graphs into both, into the store in other batches
// and another order, and runs generated queries against both. Each seed is a subtest; few is the default number of
// seeds, see package seeds.
func Differential(t *testing.T, h Harness, oracle func(testing.TB) store.Store, few int) {
	for _, seed := range seeds.For(t, few) {
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			d := newRandom(seed)
			g := generate(d, smallScale, "")
			g.curate(d)
			want, got := oracle(t), h.New(t)
			load(t, want, g.batch)
			load(t, got, g.insertCuration(d, g.shuffledBatches(d))...)
			wantEqual(t, seedPrefix(seed)+"stored graph", dump(t, want), dump(t, got))
			wantEqual(t, seedPrefix(seed)+"stats", comparableStats(t, want), comparableStats(t, got))
			comparePreviews(t, g, d, want, got)
			const share = 24 // a slow engine runs one query in 24, other ones with each seed
			const enough = 5 // the test stops after 5 differences
			differences := 0
			for i, q := range generateQueries(t.Context(), g, d, want) {
				if (h.Slow || h.fewer()) && i%share != int(seed%share) {
					continue
				}
				if diff := q.compare(t.Context(), want, got); diff != "" {
					t.Error(seedPrefix(seed) + diff)
					if differences++; differences == enough {
						t.Fatal("too many differences")
					}
				}
			}
		})
	}
}

// errUnsupported is returned by an oracle that does not support a query.
var errUnsupported = errors.New("the oracle cannot answer this")

func seedPrefix(seed uint64) string { return fmt.Sprintf("%s=%d: ", seeds.EnvOne, seed) }

// comparableStats returns Stats without the fields that depend on the engine.
func comparableStats(t *testing.T, s store.Store) store.Stats {
	t.Helper()
	stats := must[store.Stats](t)(s.Stats(t.Context()))
	stats.Engine, stats.SchemaVersion = "", 0
	return stats
}

// compare runs the query against both stores. It returns "" if the results are equal, apart from ignored parts, or
// both errors have the same code.
func (q testQuery) compare(ctx context.Context, oracle, st store.Store, ignored ...cmp.Option) string {
	want, wantErr := q.run(ctx, oracle)
	got, gotErr := q.run(ctx, st)
	diff := ""
	switch {
	case errors.Is(wantErr, errUnsupported):
	case kg.CodeOf(wantErr) != kg.CodeOf(gotErr), kg.CodeOf(wantErr) == kg.Internal:
		diff = fmt.Sprintf("oracle error %v, store error %v", wantErr, gotErr)
	case wantErr == nil && !reflect.DeepEqual(want, got): // faster than cmp.Diff
		diff = cmp.Diff(want, got, compareOptions, cmp.Options(ignored))
	}
	if diff == "" {
		return ""
	}
	query, err := json.Marshal(q.query)
	if err != nil {
		query = fmt.Appendf(nil, "%+v", q.query)
	}
	return fmt.Sprintf("%s\n%s\n(-oracle +store)\n%s", q.name, query, diff)
}

// comparePreviews makes random decisions and takes others back. Each preview is the difference that the decisions then
// make.
func comparePreviews(t *testing.T, g *graph, d random, oracle, s store.Store) {
	t.Helper()
	decided := slices.Concat(idsOf(g.batch.Corrections), idsOf(g.batch.Reviews), idsOf(g.batch.Identities))
	for i := range 4 {
		prefix := fmt.Sprint("more", i)
		more := kg.Batch{Removals: randomValues(d, 5, decided)}
		if i%2 == 0 { // else they are only taken back
			more.Reviews, more.Corrections = g.reviews(d, prefix, 2), g.corrections(d, prefix, 4)
			more.Corrections = append(more.Corrections, g.fieldCorrections(d, prefix, 6)...)
			more.Identities = []kg.IdentityDecision{g.decision(d, kg.ID("identity:"+prefix))}
			decided = slices.Concat(decided, idsOf(more.Corrections), idsOf(more.Identities))
		}
		stored, before := dump(t, s), curation.Read(t, s)
		want := must[store.Effects](t)(oracle.Preview(t.Context(), more))
		got := must[store.Effects](t)(s.Preview(t.Context(), more))
		wantEqual(t, "a preview", want, got)
		wantEqual(t, "after a preview", stored, dump(t, s))
		load(t, oracle, more)
		load(t, s, more)
		wantEqual(t, "a preview and what then differs", got, curation.Difference(before, curation.Read(t, s)))
	}
	wantEqual(t, "after all decisions", dump(t, oracle), dump(t, s))
}
