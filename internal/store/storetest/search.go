package storetest

import (
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// testSearch searches for words of every script in every kind of text. The expected hits are in order, each with the
// text that matched.
func testSearch(t *testing.T, s store.Store) {
	zelensky := "actor:zelensky"
	for _, c := range []struct {
		name string
		q    store.SearchQuery
		want []string // id, then the text that matched
	}{
		{"Cyrillic", store.SearchQuery{Text: "Зеленський"}, []string{zelensky, "Володимир Зеленський"}},
		{"Latin", store.SearchQuery{Text: "Zelensky"}, []string{zelensky, "Volodymyr Zelensky"}},
		{"Arabic with harakat", store.SearchQuery{Text: "زِيلينْسكي"}, []string{zelensky, "فولوديمير زيلينسكي"}},
		{"an incomplete last word", store.SearchQuery{Text: "volodymyr zel"}, []string{zelensky, "Volodymyr Zelensky"}},
		{"an incomplete first word", store.SearchQuery{Text: "volod zelensky"}, nil},
		{"exact names first, then by id", store.SearchQuery{Text: "harbour"}, []string{
			"location:harbour", "Harbour", "location:wrangel", "Harbour",
			"document:c2", "Strike on the harbour", "document:r1", "Strike on the Harbour", "event:strike",
			"Strike on the harbour"}},
		{"prefixes before other matches", store.SearchQuery{Text: "talks"},
			[]string{"document:r2", "Talks announced", "event:talks", "Peace talks"}},
		{"prefixes of aliases", store.SearchQuery{Text: " UKR "},
			[]string{"actor:ukraine", "Ukraine", "location:ukraine", "Ukraine"}},
		{"summaries", store.SearchQuery{Text: "landing"}, []string{"event:raid", "Landing at night"}},
		{"a retracted event", store.SearchQuery{Text: "rumour"}, nil},
		{"the moment before it is retracted", store.SearchQuery{Text: "rumour", View: known(noon(4) - 1)},
			[]string{"event:rumour", "Rumour of a landing"}},
		{"the moment at which it is retracted", store.SearchQuery{Text: "rumour", View: known(noon(4))}, nil},
		{"quotes", store.SearchQuery{Text: "anadyr"}, []string{"location:anadyr", "Anadyr", "claim:p1",
			"We shall meet in Anadyr"}},
		{"translations", store.SearchQuery{Text: "Ми зустрінемося"}, []string{"claim:p1", "Ми зустрінемося"}},
		{"notes have no rank even on an exact match", store.SearchQuery{Text: "nothing was hit"},
			[]string{"claim:s4", "Nothing was hit"}},
		{"words of two titles", store.SearchQuery{Text: "удар harbour"}, []string{"event:strike", "Strike on the harbour"}},
		{"types", store.SearchQuery{Text: "harbour", Types: []store.NodeType{store.TypeEvent, store.TypeDocument}}, []string{
			"document:c2", "Strike on the harbour", "document:r1", "Strike on the Harbour", "event:strike",
			"Strike on the harbour"}},
		{"events at an earlier moment", store.SearchQuery{Text: "landing", View: known(noon(2))},
			[]string{"event:rumour", "Rumour of a landing"}},
		{"claims at an earlier moment", store.SearchQuery{Text: "anadyr", View: known(noon(2) - 1)},
			[]string{"location:anadyr", "Anadyr"}},
		{"withdrawn claims", store.SearchQuery{Text: "nothing was hit", View: known(noon(6))},
			[]string{"claim:s4", "Nothing was hit"}},
		{"only white space", store.SearchQuery{Text: " \t"}, nil},
		{"no word", store.SearchQuery{Text: "?!"}, nil},
		{"operators are words", store.SearchQuery{Text: "harbour OR anadyr"}, nil},
		{"punctuation is not syntax", store.SearchQuery{Text: `"harbour* (strike:`}, []string{
			"document:c2", "Strike on the harbour", "document:r1", "Strike on the Harbour", "event:strike",
			"Strike on the harbour"}},
		{"nothing", store.SearchQuery{Text: "zzz"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.q.Window, c.q.Total = store.Window{Limit: store.MaxPageSize}, true
			p := must[store.Page[store.Hit]](t)(s.Search(t.Context(), c.q))
			var got []string
			for _, h := range p.Items {
				got = append(got, string(h.Node.NodeID()), h.Matched)
			}
			wantEqual(t, "hits", c.want, got)
			if p.Total == nil || *p.Total != len(c.want)/2 {
				t.Errorf("total %v, want %d", p.Total, len(c.want)/2)
			}
		})
	}
	t.Run("pages", func(t *testing.T) {
		for size := 1; size <= 6; size++ {
			if err := walkWindows(searchPages(t, s, store.SearchQuery{Text: "harbour", Total: true}), size); err != nil {
				t.Errorf("pages of %d: %v", size, err)
			}
		}
	})
	t.Run("too long", func(t *testing.T) {
		_, err := s.Search(t.Context(), store.SearchQuery{Text: strings.Repeat("a", store.MaxTextBytes+1),
			Window: store.Window{Limit: 1}})
		wantCode(t, "a text of too many bytes", err, kg.LimitExceeded)
	})
}

// hitNode is a hit with an id.
type hitNode struct{ store.Hit }

func (f hitNode) NodeID() kg.ID { return f.Node.NodeID() }

func searchPages(t *testing.T, s store.Store, q store.SearchQuery) func(store.Window) (store.Page[hitNode], error) {
	return func(w store.Window) (store.Page[hitNode], error) {
		q.Window = w
		p, err := s.Search(t.Context(), q)
		as := store.Page[hitNode]{Positions: p.Positions, HasNext: p.HasNext, HasPrevious: p.HasPrevious, Total: p.Total}
		for _, h := range p.Items {
			as.Items = append(as.Items, hitNode{h})
		}
		return as, err
	}
}
