package text_test

import (
	"cmp"
	"slices"
	"testing"

	"casus/internal/testkit/spellings"
	"casus/internal/text"
)

func keyed(groups [][]string, keys []string) bool {
	for _, g := range groups {
		if !slices.ContainsFunc(g, func(k string) bool { return slices.Contains(keys, k) }) {
			return false
		}
	}
	return len(groups) > 0
}

func TestSpellings(t *testing.T) {
	type person struct {
		id           string
		folded, keys []string
		tokens       []string
	}
	var people []person
	n := 0
	for _, p := range spellings.People() {
		x := person{id: p.ID}
		for _, name := range p.Names {
			f := text.Fold(name.Value)
			x.folded = append(x.folded, f)
			x.keys = append(x.keys, text.NearKeys(f)...)
			x.tokens = append(x.tokens, text.Index(f)...)
		}
		people = append(people, x)
	}
	bad, falseFirst, notFirst := 0, 0, 0
	for _, p := range spellings.People() {
		if len(p.Spellings) != 5 {
			t.Errorf("%s: %d", p.ID, len(p.Spellings))
		}
		for _, s := range p.Spellings {
			n++
			q := text.ParseNear(s)
			exact := text.ParseQuery(s)
			type hit struct {
				id string
				d  int
			}
			var hits []hit
			for _, x := range people {
				if exact.Matches(x.tokens) {
					hits = append(hits, hit{x.id, -1})
				} else if d, _, ok := q.Distance(x.folded); ok {
					if keyed(q.Keys(true), x.keys) {
						hits = append(hits, hit{x.id, d})
					} else if x.id == p.ID {
						t.Logf("%s %q: no key: %v", p.ID, s, q.Keys(true))
					}
				}
			}
			slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(a.d, b.d), cmp.Compare(a.id, b.id)) })
			i := slices.IndexFunc(hits, func(h hit) bool { return h.id == p.ID })
			if i < 0 || i >= 5 {
				bad++
				t.Logf("%s %q: not found: %v", p.ID, s, hits)
			}
			if len(hits) > 0 && hits[0].id != p.ID {
				falseFirst++
				t.Logf("%s %q: false first: %v", p.ID, s, hits)
			}
			if i > 0 {
				notFirst++
			}
		}
	}
	t.Logf("%d spellings of %d, missed %d, false first %d", n, len(people), bad, falseFirst)
}
