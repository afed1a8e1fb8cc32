package kg_test

import (
	"math/rand/v2"
	"testing"

	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

// TestTollSums compares the estimate of sums with Plus over the same tolls.
func TestTollSums(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		var s kg.TollSums
		var want *kg.Estimate
		s.Agreed = true
		for range r.IntN(4) {
			number := func(percent int) *int {
				n := r.IntN(20)
				if r.IntN(100) >= percent {
					return nil
				}
				return &n
			}
			e := &kg.Estimate{Low: number(95), Best: number(70), High: number(80), Agreed: r.IntN(4) > 0}
			if e.Low == nil {
				e.Best = nil // a toll without a low has no best, see Figure.Estimate
			}
			want = want.Plus(e)
			s.Tolls++
			s.Agreed = s.Agreed && e.Agreed
			if e.Low != nil {
				s.Low, s.Lows = s.Low+*e.Low, s.Lows+1
			}
			switch {
			case e.Best != nil:
				s.Best, s.Bests, s.OwnBests = s.Best+*e.Best, s.Bests+1, s.OwnBests+1
			case e.Low != nil:
				s.Best, s.Bests = s.Best+*e.Low, s.Bests+1
			}
			if e.High != nil {
				s.High, s.Highs = s.High+*e.High, s.Highs+1
			}
		}
		if d := cmp.Diff(want, s.Estimate()); d != "" {
			t.Fatalf("%+v (-Plus +TollSums)\n%s", s, d)
		}
	}
}
