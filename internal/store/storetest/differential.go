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
			more := kg.Batch{Reviews: g.reviews(d, "more", 3), Corrections: g.corrections(d, "more", 6),
				Removals: randomValues(d, 5, slices.Concat(idsOf(g.batch.Corrections), idsOf(g.batch.Reviews),
					idsOf(g.batch.Identities)))}
			wantEqual(t, seedPrefix(seed)+"preview", must[[]store.Effect](t)(want.Preview(t.Context(), more)),
				must[[]store.Effect](t)(got.Preview(t.Context(), more)))
			wantEqual(t, seedPrefix(seed)+"after a preview", dump(t, want), dump(t, got))
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

// compare runs the query against both stores. It returns "" if the results are equal, or both errors have the same
// code.
func (q testQuery) compare(ctx context.Context, oracle, st store.Store) string {
	want, wantErr := q.run(ctx, oracle)
	got, gotErr := q.run(ctx, st)
	diff := ""
	switch {
	case errors.Is(wantErr, errUnsupported):
	case kg.CodeOf(wantErr) != kg.CodeOf(gotErr), kg.CodeOf(wantErr) == kg.Internal:
		diff = fmt.Sprintf("oracle error %v, store error %v", wantErr, gotErr)
	case wantErr == nil && !reflect.DeepEqual(want, got): // faster than cmp.Diff
		diff = cmp.Diff(want, got, compareOptions)
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
