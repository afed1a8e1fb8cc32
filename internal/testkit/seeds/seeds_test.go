package seeds

import (
	"slices"
	"testing"
)

func TestFor(t *testing.T) {
	few := []uint64{0, 1, 2}
	if testing.Short() {
		few = few[:1]
	}
	for _, c := range []struct {
		one, count string
		want       []uint64
	}{
		{"", "", few},
		{"7", "", []uint64{7}},
		{"", "5", []uint64{0, 1, 2, 3, 4}},
		{"7", "5", []uint64{7}},
	} {
		t.Setenv(EnvOne, c.one)
		t.Setenv(EnvCount, c.count)
		if got := For(t, 3); !slices.Equal(got, c.want) {
			t.Errorf("%s=%s %s=%s: %v, want %v", EnvOne, c.one, EnvCount, c.count, got, c.want)
		}
	}
}
