package rows

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
	"unicode/utf16"
)

// TestSortKey compares keys by bytes and by UTF-16, which must both order like the texts, and decodes them.
func TestSortKey(t *testing.T) {
	letters := []rune("aяי\u07FF\u0800\uD7FF\uE000\uE001\uF8FF\uFB00\uFFFD\uFFFF\U00010000\U00010348\U0001F600\U0010FFFF")
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		rs := make([]rune, r.IntN(4))
		for i := range rs {
			rs[i] = letters[r.IntN(len(letters))]
		}
		return string(rs)
	}
	for range 20000 {
		a, b := word(), word()
		ka, kb := SortKey(a), SortKey(b)
		if got := cmp.Compare(ka, kb); got != cmp.Compare(a, b) {
			t.Fatalf("%q and %q: their keys compare by bytes as %d", a, b, got)
		}
		if got := slices.Compare(utf16.Encode([]rune(ka)), utf16.Encode([]rune(kb))); got != cmp.Compare(a, b) {
			t.Fatalf("%q and %q: their keys compare by UTF-16 as %d", a, b, got)
		}
		if back := FromSortKey(ka); back != a {
			t.Fatalf("%q came back as %q", a, back)
		}
	}
	if SortKey("actor:Ж") != "actor:Ж" {
		t.Error("a common id is not its own key")
	}
}
