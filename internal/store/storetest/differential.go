package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/testkit/seeds"

	"github.com/google/go-cmp/cmp"
)

// Differential compares a store with an oracle: generated graphs are loaded into both, into the store in other batches
// and another order, and generated queries asked of both. Each seed is a subtest; few are run by default, see
// package seeds.
func Differential(t *testing.T, h Harness, oracle func(testing.TB) store.Store, few int) {
	for _, seed := range seeds.For(t, few) {
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			d := roll(seed)
			g := generate(d, readable, "")
			want, got := oracle(t), h.New(t)
			load(t, want, g.batch)
			load(t, got, g.pieces(d)...)
			same(t, again(seed)+"what is stored", dump(t, want), dump(t, got))
			same(t, again(seed)+"what is counted", counted(t, want), counted(t, got))
			const some = 12  // one of so many questions is asked where fewer will do
			const enough = 5 // differences; more would say the same
			differences := 0
			for i, q := range questions(t.Context(), g, d, want) {
				if h.fewer() && i%some != int(seed%some) {
					continue
				}
				if diff := q.compare(t.Context(), want, got); diff != "" {
					t.Error(again(seed) + diff)
					if differences++; differences == enough {
						t.Fatal("and perhaps others")
					}
				}
			}
		})
	}
}

// errUnasked is an oracle's error for what it cannot be asked.
var errUnasked = errors.New("the oracle cannot answer this")

func again(seed uint64) string { return fmt.Sprintf("%s=%d: ", seeds.EnvOne, seed) }

// counted is Stats without what is the engine's own.
func counted(t *testing.T, s store.Store) store.Stats {
	t.Helper()
	stats := must[store.Stats](t)(s.Stats(t.Context()))
	stats.Engine, stats.SchemaVersion = "", 0
	return stats
}

// compare asks both stores; "" where they answer alike, be it with errors of one code.
func (q question) compare(ctx context.Context, oracle, st store.Store) string {
	want, wantErr := q.ask(ctx, oracle)
	got, gotErr := q.ask(ctx, st)
	diff := ""
	switch {
	case errors.Is(wantErr, errUnasked):
	case kg.CodeOf(wantErr) != kg.CodeOf(gotErr), kg.CodeOf(wantErr) == kg.Internal:
		diff = fmt.Sprintf("the oracle's error is %v, the store's is %v", wantErr, gotErr)
	case wantErr == nil && !reflect.DeepEqual(want, got): // which is quick, and mostly enough
		diff = cmp.Diff(want, got, alike)
	}
	if diff == "" {
		return ""
	}
	query, err := json.Marshal(q.query)
	if err != nil {
		query = fmt.Appendf(nil, "%+v", q.query)
	}
	return fmt.Sprintf("%s\n%s\n(-oracle +store)\n%s", q.about, query, diff)
}
