package storetest

import (
	"fmt"
	"testing"

	"casus/internal/store"
	"casus/internal/testkit/seeds"
)

// Searches compares what a store finds by words with an oracle, as Differential does, with many more searches.
func Searches(t *testing.T, h Harness, oracle func(testing.TB) store.Store, few int) {
	for _, seed := range seeds.For(t, few) {
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			d := roll(seed)
			g := generate(d, readable, "")
			want, got := oracle(t), h.New(t)
			load(t, want, g.batch)
			load(t, got, g.pieces(d)...)
			a := &asking{graph: g, dice: d, ctx: t.Context(), oracle: want}
			for range 300 {
				a.search()
			}
			for _, q := range a.questions {
				if diff := q.compare(t.Context(), want, got); diff != "" {
					t.Fatal(again(seed) + diff)
				}
			}
		})
	}
}
