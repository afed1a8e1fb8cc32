package text

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestPositions compares places with the results of a search by code points, in short and long texts of one to four
// bytes a character.
func TestPositions(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	letters := []rune("aab я\u0905𐍈")
	for _, n := range []int{0, 1, 255, 256, 257, 1000, 5000} {
		rs := make([]rune, n)
		for i := range rs {
			rs[i] = letters[r.IntN(len(letters))]
		}
		p := NewPositions(string(rs))
		if p.Runes() != n {
			t.Fatalf("%d code points, want %d", p.Runes(), n)
		}
		for range 500 {
			start, end := r.IntN(n+3)-1, r.IntN(n+3)-1
			want, inside := "", start >= 0 && start <= end && end <= n
			if inside {
				want = string(rs[start:end])
			}
			if got, ok := p.Slice(start, end); got != want || ok != inside {
				t.Fatalf("Slice(%d, %d) of %d = %q, %t, want %q, %t", start, end, n, got, ok, want, inside)
			}
			if inside {
				if got := p.Count(len(string(rs[:start]))); got != start {
					t.Fatalf("Count = %d, want %d", got, start)
				}
			}
		}
	}
}

// TestPositionsFind compares the index with passes over the text, for words that occur never, once, in an overlap and
// too often.
func TestPositionsFind(t *testing.T) {
	var b strings.Builder
	for i := 0; b.Len() <= longText; i++ {
		fmt.Fprintf(&b, "слово%d ", i)
	}
	b.WriteString("aaaa 𐍈𐍈𐍈")
	text := b.String()
	for _, words := range []string{"слово77 ", "aaa", "aa", "𐍈𐍈", "none", "слово", ""} {
		indexed := NewPositions(text)
		indexed.searches = manySearches
		got, want := indexed.Find(words), NewPositions(text).scanAll(words)
		if !slices.Equal(got, want[:min(len(want), MaxFound)]) {
			t.Errorf("Find(%q) has %d places, want %d", words, len(got), len(want))
		}
	}
}

// scanAll finds all places by comparing the words at every byte.
func (p *Positions) scanAll(words string) (all []int) {
	for i := range p.text {
		if words != "" && strings.HasPrefix(p.text[i:], words) {
			all = append(all, i)
		}
	}
	return all
}

// TestPositionsScale finds 2,000 words in a text of 20 MB, at offsets and without: four times as much of each takes at
// most six times as long.
func TestPositionsScale(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: it takes seconds")
	}
	measure := func(size, words int) time.Duration {
		var b strings.Builder
		for i := 0; b.Len() < size; i++ {
			fmt.Fprintf(&b, "word %d of the text, ", i)
		}
		text := b.String()
		started := time.Now()
		p := NewPositions(text)
		for i := range words {
			if at := p.Find(fmt.Sprintf("word %d of", i*7)); len(at) != 1 || p.Count(at[0]) != at[0] {
				t.Fatal(at)
			}
			from := len(text) - 100*i - 10
			if got, ok := p.Slice(from, from+10); !ok || got != text[from:from+10] {
				t.Fatal(got)
			}
		}
		return time.Since(started)
	}
	quarter, whole := measure(5<<20, 500), measure(20<<20, 2000)
	if whole > 6*quarter+time.Second {
		t.Errorf("%v for a quarter, %v for all", quarter, whole)
	}
}
