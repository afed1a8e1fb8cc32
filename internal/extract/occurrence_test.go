package extract

import (
	"slices"
	"testing"

	"casus/internal/extract/article"
	"casus/internal/extract/check"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// flagsOf returns the codes of all flags of a proposal.
func flagsOf(p *proposal.Proposal) (codes []check.Code) {
	for _, item := range p.Review.Items {
		for _, f := range item.Flags {
			codes = append(codes, f.Code)
		}
	}
	return codes
}

// TestOccurrence converts forms whose claims do not assert the event, and loads what they propose: the event keeps what
// a claim may state of it, and the rest is flagged.
func TestOccurrence(t *testing.T) {
	figures := []any{
		map[string]any{"kind": "WOUNDED", "population": "TOTAL", "number": 7, "qualifier": "EXACT", "unit": nil},
	}
	for _, c := range []struct {
		name   string
		claims []map[string]any
		flags  []check.Code
		claim  int // the number of claims
		title  string
		time   string
	}{
		{"an assertion", []map[string]any{{}}, nil, 1, "Ferry talks", "2031-03-03"},
		{"figures alone", []map[string]any{{"sentences": []any{4}, "aspect": "FIGURES", "figures": figures}},
			[]check.Code{check.OccurrenceImplied}, 2, "Ferry talks", "2031-03-03"},
		{"figures and a denial", []map[string]any{
			{"stance": "DENIES", "claimants": []any{"union"}},
			{"sentences": []any{4}, "aspect": "FIGURES", "figures": figures, "claimants": []any{"venn"}},
		}, []check.Code{check.OccurrenceImplied}, 3, "Ferry talks", "2031-03-03"},
		{"a denial alone", []map[string]any{{"stance": "DENIES", "claimants": []any{"union"}}},
			[]check.Code{check.DenialsAlone}, 1, "Ferry talks", "2031-03-03"},
		{"a denial of a part alone", []map[string]any{
			{"stance": "DENIES", "aspect": "PARTICIPATION", "value": "union", "claimants": []any{"union"}},
		}, []check.Code{check.DenialsAlone, check.ContentUnstated}, 1, "Ferry talks", "2031-03-03"},
		{"another word for it alone", []map[string]any{
			{"stance": "DENIES", "aspect": "CHARACTERIZATION", "claimants": []any{"union"}},
		}, []check.Code{check.DenialsAlone, check.ContentUnstated}, 1, "", "XXXX"},
	} {
		lists := entries()
		lists["claims"] = nil
		for _, claim := range c.claims {
			lists["claims"] = append(lists["claims"], newEntry(claim))
		}
		p := convertBrief(t, Converter{}, "2031-03-04", lists)
		got := slices.DeleteFunc(flagsOf(p), func(code check.Code) bool {
			return !slices.Contains([]check.Code{check.OccurrenceImplied, check.DenialsAlone, check.ContentUnstated}, code)
		})
		if !slices.Equal(got, c.flags) || p.Run.Counts.Claims != c.claim {
			t.Errorf("%s: flags %v, %d claims", c.name, got, p.Run.Counts.Claims)
		}
		s := memory.New()
		report := load(t, s, p, loader.Options{})
		if lost := len(report.Warnings) > 0; lost != (c.title == "") {
			t.Errorf("%s: warnings %v", c.name, report.Warnings)
		}
		var id kg.ID
		for _, r := range p.Records {
			if r.Kind() == kg.KindEvent {
				id = r.Ref()
			}
		}
		nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{id})
		if err != nil {
			t.Fatal(err)
		}
		e, _ := nodes[0].(kg.Event)
		if title := kg.BestName(e.Titles, "en"); title != c.title || e.Time.EDTF != c.time {
			t.Errorf("%s: %q on %s", c.name, title, e.Time.EDTF)
		}
	}
}

// TestDocumentID checks that a day and a moment of it make one document of a text.
func TestDocumentID(t *testing.T) {
	for published, want := range map[string]string{
		"2034-05-19": "2034-05-19", "2034-05-19T08:30:00+02:00": "2034-05-19", "2034-05-19T00:10:00+02:00": "2034-05-19",
		"2034-05-19T23:50:00-05:00": "2034-05-19", "2034-05-19T08:30:00Z": "2034-05-19", "2034-05": "2034-05-31",
		"2034-05-18/2034-05-19": "2034-05-19",
	} {
		a, err := article.Read("brief.txt", []byte(brief), "", article.Metadata{Published: published})
		if err != nil {
			t.Fatal(err)
		}
		if got := documentID(a); got != kg.ID("document:"+want+"-"+a.SHA256[:12]) {
			t.Errorf("%s: %s", published, got)
		}
	}
}

// TestEntryFlags checks doubts about single entries.
func TestEntryFlags(t *testing.T) {
	figure := func(n int, qualifier string) any {
		return map[string]any{"kind": "WOUNDED", "population": "TOTAL", "number": n, "qualifier": qualifier, "unit": nil}
	}
	for _, c := range []struct {
		name   string
		change func(map[string][]map[string]any)
		flag   check.Code
		want   int
	}{
		{"said later", addClaim(map[string]any{"sentences": []any{4}, "statedAt": "2031-03-06"}), check.StatedLater, 1},
		{"said before", addClaim(map[string]any{"sentences": []any{4}, "statedAt": "2031-03-04"}), check.StatedLater, 0},
		{"two numbers", addClaim(map[string]any{"sentences": []any{4}, "figures": []any{
			figure(7, "EXACT"), figure(9, "EXACT")}}), check.FiguresDiffer, 1},
		{"a range", addClaim(map[string]any{"sentences": []any{4}, "figures": []any{
			figure(7, "AT_LEAST"), figure(9, "AT_MOST")}}), check.FiguresDiffer, 0},
		{"a verb", func(l map[string][]map[string]any) {
			l["actors"][0]["name"], l["actors"][0]["englishName"] = "Will", "Will"
			addClaim(map[string]any{"sentences": []any{6}, "claimants": []any{"venn"}})(l)
		}, check.NameCase, 2},
	} {
		lists := entries()
		c.change(lists)
		p := convertBrief(t, Converter{}, "2031-03-04", lists)
		n := 0
		for _, code := range flagsOf(p) {
			if code == c.flag {
				n++
			}
		}
		if n != c.want {
			t.Errorf("%s: %d flags %s, want %d: %v", c.name, n, c.flag, c.want, flagsOf(p))
		}
	}
}
