package spellings

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Check searches an empty store, into which it loads the people of the list and a few others, for other spellings. With
// few it searches for one spelling of each person.
func Check(t *testing.T, s store.Store, few bool) {
	b := kg.Batch{RecordedAt: edtf.BeginningOfTime + 1, Locations: []kg.Location{
		{ID: "location:sevastopol", Kind: kg.LocationCity, Names: names("uk:Севастополь|en:Sevastopol")},
		{ID: "location:ulitsa-putina", Kind: kg.LocationFacility, Names: names("ru:Улица Путина")},
	}}
	others := []Person{
		{ID: "zelensky", Names: namesOf("uk:Володимир Зеленський|ar:فولوديمير زيلينسكي|en:Volodymyr Zelensky")},
		{ID: "putin", Names: namesOf("en:Vladimir Putin")}, {ID: "reuters", Names: namesOf("en:Thomson & Co")},
		{ID: "ann", Names: namesOf("en:Ann Marlow")}, {ID: "anne", Names: namesOf("en:Anne Marlowe")},
		{ID: "annie", Names: namesOf("en:Annie Marlou")},
	}
	for _, p := range append(People(), others...) {
		a := kg.Actor{ID: kg.ID("actor:" + p.ID), Kind: kg.ActorPerson}
		for _, n := range p.Names {
			a.Names = append(a.Names, kg.Name{Value: n.Value, Language: n.Language, Kind: kg.NamePrimary})
		}
		b.Actors = append(b.Actors, a)
	}
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	t.Run("cases", func(t *testing.T) { checkCases(t, s) })
	t.Run("recall", func(t *testing.T) { checkRecall(t, s, few) })
	for _, text := range []string{"Marlov", "Путина"} {
		t.Run("pages of "+text, func(t *testing.T) { checkPages(t, s, text) })
	}
}

func names(list string) (all []kg.Name) {
	for _, n := range namesOf(list) {
		all = append(all, kg.Name{Value: n.Value, Language: n.Language, Kind: kg.NamePrimary})
	}
	return all
}

// checkCases compares hits: a tilde if near, the id and the text that matched.
func checkCases(t *testing.T, s store.Store) {
	for _, c := range []struct {
		text  string
		types []store.NodeType
		want  string
	}{
		{"Zelenskiy", nil, "~actor:zelensky Volodymyr Zelensky"},
		{"Зеленского", nil, "~actor:zelensky Володимир Зеленський"},
		{"Зеленським", nil, "~actor:zelensky Володимир Зеленський"},
		{"زيلنسكي", nil, "~actor:zelensky فولوديمير زيلينسكي"},
		{"لزيلينسكي", nil, "~actor:zelensky فولوديمير زيلينسكي"},
		{"זלנסקי", nil, "~actor:zelensky Volodymyr Zelensky"},
		{"Ζελένσκι", nil, "~actor:zelensky Volodymyr Zelensky"},
		{"Zelesnky", nil, "~actor:zelensky Volodymyr Zelensky"},           // a slip
		{"Zelenskiy Vladimir", nil, "~actor:zelensky Volodymyr Zelensky"}, // in any order
		{"Wolodymyr Selenskyj", nil, "~actor:zelensky Volodymyr Zelensky"},
		{"Zelenskiy Petro", nil, ""}, // a word that no name has
		{"Zelenskiy 2", nil, ""},
		{"Zelenskiy" + strings.Repeat(" Zelenskiy", 6), nil, ""}, // too many words
		{"Zemensty", nil, ""}, // two slips
		{"Zelensky", nil, "actor:zelensky Volodymyr Zelensky"},
		{"Севастополя", nil, "~location:sevastopol Севастополь"},
		{"Севастополя", []store.NodeType{store.TypeActor}, ""},
		{"Reiters", nil, "~actor:reuters Thomson & Co"},        // the words of its id
		{"Путина", nil, "location:ulitsa-putina Улица Путина"}, // a name has it
		{"Путина", []store.NodeType{store.TypeActor}, "~actor:putin Vladimir Putin"},
		{"Marlov", nil, "~actor:ann Ann Marlow, ~actor:anne Anne Marlowe, ~actor:annie Annie Marlou"},
	} {
		page, err := s.Search(t.Context(), store.SearchQuery{Text: c.text, Types: c.types, Total: true,
			Window: store.Window{Limit: store.MaxPageSize}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range page.Items {
			near := ""
			if h.Near {
				near = "~"
			}
			got = append(got, fmt.Sprintf("%s%s %s", near, h.Node.NodeID(), h.Matched))
		}
		if all := strings.Join(got, ", "); all != c.want || page.Total == nil || *page.Total != len(got) {
			t.Errorf("%q of %v: %s, total %v, want %s", c.text, c.types, all, page.Total, c.want)
		}
	}
}

// checkRecall checks that of three hundred spellings at least 95 percent find the person among the first five, and that
// none finds another person first.
func checkRecall(t *testing.T, s store.Store, few bool) {
	all, missed := 0, []string(nil)
	for i, p := range People() {
		list := p.Spellings
		if few {
			list = list[i%len(list):][:1]
		}
		for _, spelling := range list {
			page, err := s.Search(t.Context(), store.SearchQuery{Text: spelling, Window: store.Window{Limit: 5}})
			if err != nil {
				t.Fatal(err)
			}
			all++
			isPerson := func(h store.Hit) bool { return h.Node.NodeID() == kg.ID("actor:"+p.ID) }
			if !slices.ContainsFunc(page.Items, isPerson) {
				missed = append(missed, fmt.Sprintf("%s %q", p.ID, spelling))
			}
			if len(page.Items) > 0 && !isPerson(page.Items[0]) {
				t.Errorf("%q finds %s first, want %s", spelling, page.Items[0].Node.NodeID(), p.ID)
			}
		}
	}
	if all < 300 && !few || len(missed)*20 > all {
		t.Errorf("%d of %d spellings are missed: %q", len(missed), all, missed)
	}
}

// checkPages reads the hits page by page, forward and backward, and compares them with all hits.
func checkPages(t *testing.T, s store.Store, text string) {
	read := func(w store.Window) store.Page[store.Hit] {
		page, err := s.Search(t.Context(), store.SearchQuery{Text: text, Window: w})
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	whole := read(store.Window{Limit: store.MaxPageSize}).Positions
	for _, backward := range []bool{false, true} {
		for size := 1; size <= len(whole)+1; size++ {
			var got []store.Position
			w := store.Window{Limit: size, Backward: backward}
			for more := true; more && len(got) <= len(whole); {
				page := read(w)
				if backward {
					got, more = append(slices.Clone(page.Positions), got...), page.HasPrevious
				} else {
					got, more = append(got, page.Positions...), page.HasNext
				}
				if more && len(page.Positions) != size {
					t.Fatalf("a page of %d of %d, and there are more", len(page.Positions), size)
				}
				if more && backward {
					w.Before = &page.Positions[0]
				} else if more {
					w.After = &page.Positions[size-1]
				}
			}
			if !slices.Equal(got, whole) {
				t.Errorf("in pages of %d, backward %v: %v, want %v", size, backward, got, whole)
			}
		}
	}
}
