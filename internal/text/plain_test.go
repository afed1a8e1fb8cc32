package text

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestPlainIsFold compares the fast path with the general rules: for every
// character alone and between letters, every pair of a sample, and random text.
func TestPlainIsFold(t *testing.T) {
	var sample []rune
	for r := range rune(0x3000) {
		for _, s := range []string{string(r), "a" + string(r) + "Й" + string(r) + "1", "ي" + string(r) + string(r) + " -"} {
			samePlain(t, s)
		}
		if r < 0x2100 && r%41 == 0 || r < 0x80 && r%3 == 0 {
			sample = append(sample, r)
		}
	}
	for _, a := range sample {
		for _, b := range sample {
			samePlain(t, string(a)+string(b))
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	joints := []rune(`'-." ’“a1ия`)
	for range 50_000 {
		var s []rune
		for range 1 + random.IntN(12) {
			if random.IntN(3) == 0 {
				s = append(s, joints[random.IntN(len(joints))])
			} else {
				s = append(s, sample[random.IntN(len(sample))])
			}
		}
		samePlain(t, string(s))
	}
}

// samePlain checks that Fold, Tokens and Index have the results of the general
// rules.
func samePlain(t *testing.T, s string) {
	t.Helper()
	folded := foldAny(s)
	if got := Fold(s); got != folded {
		t.Errorf("Fold(%q) = %q, want %q", s, got, folded)
	}
	joined, split := anyTokens(folded, joins), anyTokens(folded, splits)
	if got := tokens(folded, joins); !slices.Equal(got, joined) {
		t.Errorf("Tokens(%q) = %q, want %q", s, got, joined)
	}
	all := slices.Concat(joined, split)
	if divided := strings.NewReplacer("\u200B", " ", "\u200C", " ").Replace(s); divided != s {
		divided = foldAny(divided)
		all = slices.Concat(all, anyTokens(divided, joins), anyTokens(divided, splits))
	}
	slices.Sort(all)
	if got, want := Index(s), slices.Compact(all); !slices.Equal(got, want) {
		t.Errorf("Index(%q) = %q, want %q", s, got, want)
	}
}

func FuzzPlain(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { samePlain(t, s) })
}

// BenchmarkIndex has a name in each of three scripts, and one that the fast path
// does not support.
func BenchmarkIndex(b *testing.B) {
	for _, s := range []string{
		"Côte d'Ivoire: 12 killed in Su-27 strike",
		"Верховна Рада України",
		"وزارة الدفاع العراقية",
		"北京 हिन्दी",
	} {
		b.Run(s, func(b *testing.B) {
			for b.Loop() {
				Index(s)
			}
		})
	}
}
