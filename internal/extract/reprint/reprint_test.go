package reprint

import (
	"fmt"
	"slices"
	"testing"
)

// sentencesOf returns numbered sentences.
func sentencesOf(from, to int) (all []string) {
	for i := from; i < to; i++ {
		all = append(all, fmt.Sprintf("Sentence %d says that the ferry left.", i))
	}
	return all
}

func TestIsReprint(t *testing.T) {
	for _, c := range []struct {
		name   string
		a, b   []string
		want   bool
		shared int
	}{
		{"the same", sentencesOf(0, 10), sentencesOf(0, 10), true, 10},
		{"other sentences", sentencesOf(0, 10), sentencesOf(10, 20), false, 0},
		{"a shortened one", sentencesOf(0, 30), sentencesOf(5, 10), true, 5},
		{"half of it", sentencesOf(0, 10), sentencesOf(5, 15), false, 5},
		{"two sentences", sentencesOf(0, 2), sentencesOf(0, 2), false, 2},
		{"short sentences do not count", []string{"He agreed.", "She agreed.", "They agreed."},
			[]string{"He agreed.", "She agreed.", "They agreed."}, false, 0},
		{"case and marks",
			[]string{"THE café was closed on Sunday", "Le port était fermé ce jour-là", "It rained on all of us"},
			[]string{"The cafe was closed on Sunday.", "Le port etait ferme ce jour-la!", "It rained on all of us…"},
			true, 3},
		{"nothing", nil, nil, false, 0},
	} {
		a, b := NewSketch(c.a), NewSketch(c.b)
		if got := IsReprint(a, b); got != c.want || a.SharedBy(b) != c.shared || b.SharedBy(a) != c.shared {
			t.Errorf("%s: %v, shared %d and %d; want %v, %d", c.name, got, a.SharedBy(b), b.SharedBy(a), c.want, c.shared)
		}
	}
}

// TestEstimate compares texts that are longer than a sketch: the estimate is within a fifth of the truth.
func TestEstimate(t *testing.T) {
	for _, c := range []struct{ from, to, shared int }{{0, 5000, 5000}, {1000, 6000, 4000}, {2500, 7500, 2500}} {
		got := NewSketch(sentencesOf(0, 5000)).SharedBy(NewSketch(sentencesOf(c.from, c.to)))
		if diff := got - c.shared; max(diff, -diff) > 1000 {
			t.Errorf("%d..%d: %d shared, want about %d", c.from, c.to, got, c.shared)
		}
	}
}

func TestSharedOnce(t *testing.T) {
	a := []string{"The port was struck on Sunday.", "The mill was left as it was.", "It rained on all of us.",
		"It rained on all of us!", "He agreed."}
	b := []string{"THE PORT was struck, on Sunday", "It rained on all of us.", "He agreed.",
		"Another one stands only here."}
	want := []string{"the port was struck on sunday"}
	if got := SharedOnce(a, b); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := SharedOnce(b, a); !slices.Equal(got, want) {
		t.Errorf("reversed: %q", got)
	}
}
