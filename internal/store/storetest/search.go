package storetest

import (
	"strings"
	"testing"

	"casus/internal/kg"
)

// testSearch looks for words in every script and kind of text; hits are wanted in order, with the text that matched.
func testSearch(t *testing.T, s kg.Store) {
	zelensky := "actor:zelensky"
	for _, c := range []struct {
		name string
		q    kg.SearchQuery
		want []string // id, then the text that matched
	}{
		{"Cyrillic", kg.SearchQuery{Text: "Зеленський"}, []string{zelensky, "Володимир Зеленський"}},
		{"Latin", kg.SearchQuery{Text: "Zelensky"}, []string{zelensky, "Volodymyr Zelensky"}},
		{"Arabic with harakat", kg.SearchQuery{Text: "زِيلينْسكي"}, []string{zelensky, "فولوديمير زيلينسكي"}},
		{"the last word unfinished", kg.SearchQuery{Text: "volodymyr zel"}, []string{zelensky, "Volodymyr Zelensky"}},
		{"no other word unfinished", kg.SearchQuery{Text: "volod zelensky"}, nil},
		{"exact names first, then by id", kg.SearchQuery{Text: "harbour"}, []string{
			"location:harbour", "Harbour", "location:wrangel", "Harbour",
			"document:c2", "Strike on the harbour", "document:r1", "Strike on the Harbour", "event:strike", "Strike on the harbour"}},
		{"names that begin so before others", kg.SearchQuery{Text: "talks"}, []string{"document:r2", "Talks announced", "event:talks", "Peace talks"}},
		{"beginnings of aliases", kg.SearchQuery{Text: " UKR "}, []string{"actor:ukraine", "Ukraine", "location:ukraine", "Ukraine"}},
		{"summaries", kg.SearchQuery{Text: "landing"}, []string{"event:raid", "Landing at night", "event:rumour", "Rumour of a landing"}},
		{"quotes", kg.SearchQuery{Text: "anadyr"}, []string{"location:anadyr", "Anadyr", "claim:p1", "We shall meet in Anadyr"}},
		{"translations", kg.SearchQuery{Text: "Ми зустрінемося"}, []string{"claim:p1", "Ми зустрінемося"}},
		{"notes, whole and yet of no rank", kg.SearchQuery{Text: "nothing was hit"}, []string{"claim:s4", "Nothing was hit"}},
		{"words apart in two titles", kg.SearchQuery{Text: "удар harbour"}, []string{"event:strike", "Strike on the harbour"}},
		{"types", kg.SearchQuery{Text: "harbour", Types: []kg.NodeType{kg.TypeEvent, kg.TypeDocument}}, []string{
			"document:c2", "Strike on the harbour", "document:r1", "Strike on the Harbour", "event:strike", "Strike on the harbour"}},
		{"events as known then", kg.SearchQuery{Text: "landing", View: known(noon(2))}, []string{"event:rumour", "Rumour of a landing"}},
		{"claims as known then", kg.SearchQuery{Text: "anadyr", View: known(noon(2) - 1)}, []string{"location:anadyr", "Anadyr"}},
		{"withdrawn claims still", kg.SearchQuery{Text: "nothing was hit", View: known(noon(6))}, []string{"claim:s4", "Nothing was hit"}},
		{"only white space", kg.SearchQuery{Text: " \t"}, nil},
		{"no word", kg.SearchQuery{Text: "?!"}, nil},
		{"an operator is a word", kg.SearchQuery{Text: "harbour OR anadyr"}, nil},
		{"punctuation is no syntax", kg.SearchQuery{Text: `"harbour* (strike:`}, []string{
			"document:c2", "Strike on the harbour", "document:r1", "Strike on the Harbour", "event:strike", "Strike on the harbour"}},
		{"nothing", kg.SearchQuery{Text: "zzz"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.q.Window, c.q.Total = kg.Window{Limit: kg.MaxPageSize}, true
			p := must[kg.Page[kg.Hit]](t)(s.Search(t.Context(), c.q))
			var got []string
			for _, h := range p.Items {
				got = append(got, string(h.Node.NodeID()), h.Matched)
			}
			same(t, "hits", c.want, got)
			if p.Total == nil || *p.Total != len(c.want)/2 {
				t.Errorf("total %v, want %d", p.Total, len(c.want)/2)
			}
		})
	}
	t.Run("pages", func(t *testing.T) {
		for size := 1; size <= 6; size++ {
			if err := walkWindows(searchPages(t, s, kg.SearchQuery{Text: "harbour", Total: true}), size); err != nil {
				t.Errorf("pages of %d: %v", size, err)
			}
		}
	})
	t.Run("too long", func(t *testing.T) {
		_, err := s.Search(t.Context(), kg.SearchQuery{Text: strings.Repeat("a", kg.MaxTextBytes+1), Window: kg.Window{Limit: 1}})
		wantCode(t, "a text of too many bytes", err, kg.LimitExceeded)
	})
}

// found makes a hit something that has an id.
type found struct{ kg.Hit }

func (f found) NodeID() kg.ID { return f.Node.NodeID() }

func searchPages(t *testing.T, s kg.Store, q kg.SearchQuery) func(kg.Window) (kg.Page[found], error) {
	return func(w kg.Window) (kg.Page[found], error) {
		q.Window = w
		p, err := s.Search(t.Context(), q)
		as := kg.Page[found]{Positions: p.Positions, HasNext: p.HasNext, HasPrevious: p.HasPrevious, Total: p.Total}
		for _, h := range p.Items {
			as.Items = append(as.Items, found{h})
		}
		return as, err
	}
}
