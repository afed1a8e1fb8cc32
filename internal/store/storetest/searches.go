package storetest

import (
	"fmt"
	"testing"

	"casus/internal/store"
	"casus/internal/testkit/seeds"
)

// Searches compares text searches of a store with an oracle, like Differential but with many more searches.
func Searches(t *testing.T, h Harness, oracle func(testing.TB) store.Store, few int) {
	for _, seed := range seeds.For(t, few) {
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			d := newRandom(seed)
			g := generate(d, smallScale, "")
			want, got := oracle(t), h.New(t)
			load(t, want, g.batch)
			load(t, got, g.shuffledBatches(d)...)
			a := &queryGenerator{graph: g, random: d, ctx: t.Context(), oracle: want}
			for range 300 {
				a.search()
			}
			for _, q := range a.queries {
				if diff := q.compare(t.Context(), want, got); diff != "" {
					t.Fatal(seedPrefix(seed) + diff)
				}
			}
		})
	}
}
