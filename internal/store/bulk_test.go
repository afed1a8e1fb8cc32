package store_test

import (
	"testing"

	"casus/internal/edtf"
	"casus/internal/store"
)

func TestNewBulk(t *testing.T) {
	for _, c := range []struct {
		name   string
		events map[edtf.Instant]int
		want   *store.Bulk
	}{
		{"none", nil, nil},
		{"none with a start", map[edtf.Instant]int{edtf.BeginningOfTime: 3}, nil},
		{"one", map[edtf.Instant]int{7: 1}, &store.Bulk{Start: 7, End: 7}},
		{"a twentieth less at each end", map[edtf.Instant]int{0: 1, 100: 1, 500: 36, 900: 1, 1000: 1},
			&store.Bulk{Start: 500, End: 500}},
		{"three quarters in more than a tenth", map[edtf.Instant]int{0: 3, 890: 8, 1000: 9},
			&store.Bulk{Start: 0, End: 1000}},
		{"three quarters in a tenth", map[edtf.Instant]int{0: 3, 900: 7, 1000: 10}, &store.Bulk{Start: 900, End: 1000}},
		{"fewer in a tenth", map[edtf.Instant]int{0: 6, 900: 4, 1000: 10}, &store.Bulk{Start: 0, End: 1000}},
		{"too few to leave out some", map[edtf.Instant]int{0: 3, 900: 6, 1000: 10}, &store.Bulk{Start: 0, End: 1000}},
		{"the latest of several", map[edtf.Instant]int{-5000: 2, 990: 4, 995: 14, 1000: 4},
			&store.Bulk{Start: 995, End: 1000}},
		{"shorter in the middle", map[edtf.Instant]int{-5000: 2, 0: 1, 100: 10, 103: 10, 500: 1, 5000: 2},
			&store.Bulk{Start: 100, End: 103}},
	} {
		got := store.NewBulk(c.events)
		if (got == nil) != (c.want == nil) || got != nil && *got != *c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
