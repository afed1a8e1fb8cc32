package storetest

import (
	"fmt"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/testkit/seeds"
	"casus/internal/testkit/spellings"
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

// testSearchNear searches for names that are spelt otherwise. The expected hits are in order; near ones have a tilde.
func testSearchNear(t *testing.T, s store.Store) {
	actors := []store.NodeType{store.TypeActor}
	for _, c := range []struct {
		name string
		q    store.SearchQuery
		want []string
	}{
		{"another romanisation", store.SearchQuery{Text: "Zelenskiy"}, []string{"~actor:zelensky Volodymyr Zelensky"}},
		{"Russian genitive", store.SearchQuery{Text: "Зеленского"}, []string{"~actor:zelensky Володимир Зеленський"}},
		{"Ukrainian instrumental", store.SearchQuery{Text: "Зеленським"}, []string{"~actor:zelensky Володимир Зеленський"}},
		{"another Arabic spelling", store.SearchQuery{Text: "زيلنسكي"}, []string{"~actor:zelensky فولوديمير زيلينسكي"}},
		{"an Arabic preposition", store.SearchQuery{Text: "لزيلينسكي"}, []string{"~actor:zelensky فولوديمير زيلينسكي"}},
		{"Hebrew", store.SearchQuery{Text: "זלנסקי"}, []string{"~actor:zelensky Володимир Зеленський"}},
		{"Greek", store.SearchQuery{Text: "Ζελένσκι"}, []string{"~actor:zelensky Володимир Зеленський"}},
		{"a swapped consonant", store.SearchQuery{Text: "Zelesnky"}, []string{"~actor:zelensky Volodymyr Zelensky"}},
		{"two words in any order", store.SearchQuery{Text: "Zelenskiy Vladimir"},
			[]string{"~actor:zelensky Volodymyr Zelensky"}},
		{"a word that no name has", store.SearchQuery{Text: "Zelenskiy Petro"}, nil},
		{"both names otherwise", store.SearchQuery{Text: "Wolodymyr Selenskyj"},
			[]string{"~actor:zelensky Volodymyr Zelensky"}},
		{"places", store.SearchQuery{Text: "Севастополя"}, []string{"~location:sevastopol Севастополь"}},
		{"no exact name, no near one", store.SearchQuery{Text: "Zelensky"}, []string{"actor:zelensky Volodymyr Zelensky"}},
		{"two slips", store.SearchQuery{Text: "Zemensty"}, nil},
		{"exact titles, then near names", store.SearchQuery{Text: "harbours", Types: []store.NodeType{store.TypeLocation}},
			[]string{"~location:harbour Harbour", "~location:wrangel Harbour"}},
		{"words of ids", store.SearchQuery{Text: "reiters", Types: actors}, []string{"~actor:reuters Reuters"}},
		{"numbers are not near", store.SearchQuery{Text: "Zelenskiy 2"}, nil},
		{"too many words", store.SearchQuery{Text: "Zelenskiy Zelenskiy Zelenskiy Zelenskiy Zelenskiy Zelenskiy Zelenskiy"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.q.Window, c.q.Total = store.Window{Limit: store.MaxPageSize}, true
			p := must[store.Page[store.Hit]](t)(s.Search(t.Context(), c.q))
			var got []string
			for _, h := range p.Items {
				near := ""
				if h.Near {
					near = "~"
				}
				got = append(got, near+string(h.Node.NodeID())+" "+h.Matched)
			}
			wantEqual(t, "hits", c.want, got)
			if p.Total == nil || *p.Total != len(c.want) {
				t.Errorf("total %v, want %d", p.Total, len(c.want))
			}
		})
	}
	for _, text := range []string{"Zelenskiy", "harbours", "Одессы", "krom"} {
		for size := 1; size <= 3; size++ {
			if err := walkWindows(searchPages(t, s, store.SearchQuery{Text: text, Total: true}), size); err != nil {
				t.Errorf("%q in pages of %d: %v", text, size, err)
			}
		}
	}
}

// testSpellings searches for people by spellings that their names do not have: of three hundred, at least 95 percent
// find the person among the first five, and none finds another person first.
func testSpellings(t *testing.T, h Harness) {
	s := h.New(t)
	var b kg.Batch
	people := spellings.People()
	for _, p := range people {
		a := kg.Actor{ID: kg.ID("actor:" + p.ID), Kind: kg.ActorPerson}
		for _, n := range p.Names {
			a.Names = append(a.Names, name(n.Language, n.Value))
		}
		b.Actors = append(b.Actors, a)
	}
	b.RecordedAt = noon(1)
	load(t, s, b)
	all, missed := 0, []string(nil)
	for _, p := range people {
		for _, spelling := range p.Spellings {
			found := must[store.Page[store.Hit]](t)(s.Search(t.Context(),
				store.SearchQuery{Text: spelling, Window: store.Window{Limit: 5}})).Items
			all++
			isPerson := func(h store.Hit) bool { return h.Node.NodeID() == kg.ID("actor:"+p.ID) }
			switch i := slices.IndexFunc(found, isPerson); {
			case i < 0 && len(found) == 0:
				missed = append(missed, fmt.Sprintf("%s %q", p.ID, spelling))
			case i != 0:
				t.Errorf("%q finds %s first, want %s", spelling, found[0].Node.NodeID(), p.ID)
			}
		}
	}
	if all < 300 || len(missed)*20 > all {
		t.Errorf("%d of %d spellings find nothing: %q", len(missed), all, missed)
	}
}
