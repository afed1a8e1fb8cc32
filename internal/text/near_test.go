package text_test

import (
	"slices"
	"testing"

	"casus/internal/testkit/spellings"
	"casus/internal/text"
)

// hasKeys reports whether keys have one of each group.
func hasKeys(groups [][]string, keys []string) bool {
	for _, group := range groups {
		if !slices.ContainsFunc(group, func(k string) bool { return slices.Contains(keys, k) }) {
			return false
		}
	}
	return len(groups) > 0
}

func TestNear(t *testing.T) {
	const none = -1
	for _, c := range []struct {
		query, name string
		want        int // the distance, or none
	}{
		{"Zelenskiy", "Volodymyr Zelensky", 0},
		{"Zelenskyj", "Volodymyr Zelensky", 2}, // j as in jam
		{"Dmitriyev", "Kirill Dmitriev", 0},
		{"Дмитриеву", "Kirill Dmitriev", 1}, // without the ending
		{"Путина", "Vladimir Putin", 1},
		{"Путінові", "Vladimir Putin", 1},
		{"زيلنسكي", "Volodymyr Zelensky", 0}, // short vowels cost nothing
		{"والأسد", "Bashar al-Assad", 1},
		{"Asad", "بشار الأسد", 0},
		{"Abdurrahman", "Abd ar-Rahman", 1},
		{"Abd ar-Rahman", "عبد الرحمن", 1},
		{"Kusnher", "Jared Kushner", 2},
		{"Pytin", "Vladimir Putin", 2},
		{"Patin", "Vladimir Putin", 1},
		{"Putilin", "Vladimir Putin", none},
		{"Petrenko", "Petrov", none},
		{"Petrov", "Ivan Petrenko", none},
		{"Ivan Zelensky", "Volodymyr Zelensky", none},
		{"T-72", "T 74", none},
		{"Leopard 3", "Leopard 2", none},
		{"Leopart 2", "Leopard 2", 1},
		{"Rue", "Ria", none}, // one consonant
		{"aeiou", "aeiou", none},
		{"", "x", none},
		{"مين", "Mona", 1},
	} {
		q, folded := text.ParseNear(c.query), text.Fold(c.name)
		got, _, ok := q.Distance([]string{"zzzz", folded})
		if !ok {
			got = none
		}
		if got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.query, c.name, got, c.want)
		}
		if ok && !hasKeys(q.Keys(true), append(text.NearKeys(folded), text.Index(folded)...)) {
			t.Errorf("%q and %q have no key in common: %q and %q", c.query, c.name, q.Keys(true), text.NearKeys(folded))
		}
	}
}

// TestNearIsExact checks that each name is at distance 0 from itself, and is found by its keys without loose ones.
func TestNearIsExact(t *testing.T) {
	for _, p := range spellings.People() {
		for _, n := range p.Names {
			q, folded := text.ParseNear(n.Value), text.Fold(n.Value)
			if d, i, ok := q.Distance([]string{"zzzz", folded}); !ok || d != 0 || i != 1 {
				t.Errorf("%q is at distance %d, name %d, %v", n.Value, d, i, ok)
			}
			if !hasKeys(q.Keys(false), text.NearKeys(folded)) {
				t.Errorf("%q does not have its own keys", n.Value)
			}
		}
	}
}

// TestKeysAreNoWords checks that no query for words matches a key.
func TestKeysAreNoWords(t *testing.T) {
	for _, p := range spellings.People() {
		for _, n := range p.Names {
			for _, key := range text.NearKeys(text.Fold(n.Value)) {
				if got := text.Tokens(key); slices.Contains(got, key) {
					t.Errorf("%q is a word", key)
				}
			}
		}
	}
}

func FuzzNear(f *testing.F) {
	for _, s := range []string{"Zelenskiy", "Путина", "زيلنسكي", "习近平", "プーチン", "ו", "ال", "ь", "T-72",
		"\xff", "dsch jj"} {
		f.Add(s, "Volodymyr Zelensky")
	}
	f.Fuzz(func(t *testing.T, query, name string) {
		q, folded := text.ParseNear(query), text.Fold(name)
		_, i, ok := q.Distance([]string{folded})
		if ok && (i != 0 || q.Empty()) {
			t.Errorf("%q is near to name %d", query, i)
		}
		for _, key := range text.NearKeys(folded) {
			if len(key) > 64 {
				t.Errorf("the key %q is too long", key)
			}
		}
	})
}

func TestGroups(t *testing.T) {
	groups := [][]string{{"≈a", `b"`}, {"c"}}
	if got, want := text.FTS5Groups(groups), `("≈a" OR "b""") AND ("c")`; got != want {
		t.Errorf("FTS5 %s, want %s", got, want)
	}
	if got, want := text.LuceneGroups(groups), `+(≈a b\") +(c)`; got != want {
		t.Errorf("Lucene %s, want %s", got, want)
	}
}
