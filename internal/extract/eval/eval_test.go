package eval_test

import (
	_ "embed"
	"math/rand/v2"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"casus/internal/extract/eval"
	"casus/internal/kg"
)

// A gold and a proposal of one text, with numbers that can be counted by hand.
var (
	//go:embed testdata/small.gold.jsonl
	smallGold string
	//go:embed testdata/small.proposal.jsonl
	smallProposal string
)

// counted is a Count without shares.
func counted(c eval.Count) [3]int { return [3]int{c.Gold, c.Proposal, c.Matched} }

// TestByHand compares two codings whose numbers were counted by hand.
func TestByHand(t *testing.T) {
	r := eval.Compare(readCodings(t, []byte(smallGold)), readCodings(t, []byte(smallProposal)))
	s := r.Total
	for name, c := range map[string]struct{ got, want [3]int }{
		"actors": {counted(s.Actors), [3]int{2, 3, 2}}, // Venn is half of the words of Nora Venn; a publisher is none
		"places": {counted(s.Places), [3]int{1, 0, 0}},
		"events": {counted(s.Events), [3]int{2, 3, 2}},
		"claims": {counted(s.Claims), [3]int{3, 4, 3}},
		"quotes": {counted(s.Quotes), [3]int{1, 1, 1}},
		"ties":   {counted(s.Ties), [3]int{1, 1, 0}}, // of another type
		"links":  {counted(s.Links), [3]int{1, 2, 1}},
		"points": {counted(s.CodePoints), [3]int{60, 55, 50}},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
	near := func(name string, got *float64, want float64) {
		if got == nil || *got < want-1e-9 || *got > want+1e-9 {
			t.Errorf("%s: %v, want %g", name, got, want)
		}
	}
	near("precision of claims", s.Claims.Precision, 3.0/4)
	near("recall of claims", s.Claims.Recall, 1)
	near("F1 of claims", s.Claims.F1, 6.0/7)
	if s.Places.Precision != nil || s.SameEvents.F1 != nil {
		t.Error("there is a share of nothing")
	}
	if s.Spans.Claims != 3 || s.Spans.Exact != 2 {
		t.Errorf("spans: %+v", s.Spans)
	}
	near("overlap", s.Spans.Overlap, (2.0/3+1+1)/3)
	if want := (eval.Dates{Events: 2, Contains: 1, Absent: 1}); s.Dates != want {
		t.Errorf("dates: %+v, want %+v", s.Dates, want)
	}
	none := -9.0
	for i, want := range []struct {
		compared, agreed int
		kappa            float64
	}{
		{2, 1, 1.0 / 3}, // half agree, and a quarter would by chance
		{0, 0, none},
		{2, 2, 1},
		{2, 1, 1.0 / 3},
		{2, 1, 0}, // as many as by chance
		{3, 2, 0},
		{3, 3, none}, // one value alone
		{3, 2, none}, // claimants are no list of values
		{1, 0, none},
		{1, 0, none},
	} {
		a := s.Agreement[i]
		if a.Compared != want.compared || a.Agreed != want.agreed {
			t.Errorf("%s: %d of %d, want %+v", a.About, a.Agreed, a.Compared, want)
		}
		if want.kappa != none {
			near(a.About, a.Kappa, want.kappa)
		} else if a.Kappa != nil {
			t.Errorf("%s has the kappa %g", a.About, *a.Kappa)
		}
	}
}

// TestDates compares times of one event.
func TestDates(t *testing.T) {
	for _, c := range []struct {
		gold, proposed string
		want           eval.Dates
	}{
		{"2031-03-03", "2031-03-03", eval.Dates{Events: 1, Exact: 1}},
		{"2031-03-03", "2031-03", eval.Dates{Events: 1, Contains: 1}},
		{"2031-03-03", "2031-03-01/2031-03-03", eval.Dates{Events: 1, Contains: 1}},
		{"2031-03-03/..", "2031-03/..", eval.Dates{Events: 1, Contains: 1}},
		{"2031-03~", "2031-03", eval.Dates{Events: 1, Contains: 1}}, // the same hull, another statement
		{"2031-03", "2031-03-03", eval.Dates{Events: 1, FalselyPrecise: 1}},
		{"", "2031-03-03", eval.Dates{Events: 1, FalselyPrecise: 1}},
		{"2031-03-03", "2031-03-04", eval.Dates{Events: 1, Differs: 1}},
		{"2031-03", "2031-02-20/2031-03-10", eval.Dates{Events: 1, Differs: 1}},
		{"2031-03", "", eval.Dates{Events: 1, Absent: 1}},
		{"", "", eval.Dates{}},
	} {
		withTime := func(edtf string) []*eval.Coding {
			return readCodings(t, []byte(strings.Replace(smallGold, `"time":"2031-03-03"`, `"time":"`+edtf+`"`, 1)))
		}
		want := c.want
		want.Events++ // the other event, which does not change
		want.Exact++
		if got := eval.Compare(withTime(c.gold), withTime(c.proposed)).Total.Dates; got != want {
			t.Errorf("%q and %q: %+v, want %+v", c.gold, c.proposed, got, want)
		}
	}
}

// TestMissing compares articles of which one side has none.
func TestMissing(t *testing.T) {
	gold := readCodings(t, []byte(smallGold))
	other := readCodings(t, []byte(strings.ReplaceAll(smallProposal, `"s1"`, `"s2"`)))
	r := eval.Compare(gold, other)
	if diff := gocmp.Diff([]kg.ID{"document:1"}, r.Missing); diff != "" {
		t.Error(diff)
	}
	if diff := gocmp.Diff([]kg.ID{"document:other"}, r.Extra); diff != "" {
		t.Error(diff)
	}
	if got := counted(r.Total.Claims); got != [3]int{3, 0, 0} {
		t.Errorf("claims: %v", got)
	}
}

// TestFaultyRecords reads records that cannot be compared.
func TestFaultyRecords(t *testing.T) {
	document := `{"type":"document","id":"document:1","sha256":"s"}` + "\n"
	for _, c := range []struct{ records, want string }{
		{"[]", "line 1: not a record"},
		{"\n{}", "line 2: not a record: it has no type"},
		{`{"type":"document","id":"document:1"}`, "has no sha256"},
		{document + document, "has the text of document:1"},
		{document + strings.Replace(document, `"s"`, `"t"`, 1), "is there twice"},
		{`{"type":"event","id":"event:1","document":"document:2"}`, `there is no document "document:2"`},
		{document + `{"type":"event","id":"event:1","document":"document:1","time":"soon"}`, "event:1: EDTF"},
		{document + `{"type":"affiliation","document":"document:2"}`, `there is no document "document:2"`},
		{document + `{"type":"event","id":7}`, "line 2"},
	} {
		r := eval.NewReader()
		err := r.Add("a.jsonl", strings.NewReader(c.records))
		if err == nil {
			_, err = r.Codings()
		}
		if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.records, err, c.want)
		}
	}
}

// TestWorse compares the gold with itself, and with copies from which more and more records were taken: precision
// stays, and recall falls with each record.
func TestWorse(t *testing.T) {
	content := readTestFile(t, "first.jsonl")
	gold := readCodings(t, content)
	same := eval.Compare(gold, readCodings(t, content)).Total
	for _, a := range same.Agreement {
		if a.Agreed != a.Compared {
			t.Errorf("%s: %d of %d agree with themselves", a.About, a.Agreed, a.Compared)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, part := range []float64{0, 0.1, 0.5, 0.9} {
		var kept []string
		events := 0
		for line := range strings.Lines(string(content)) {
			isEvent := strings.HasPrefix(line, `{"type":"event"`)
			if isEvent && random.Float64() < part {
				continue
			}
			if isEvent {
				events++
			}
			kept = append(kept, line)
		}
		s := eval.Compare(gold, readCodings(t, []byte(strings.Join(kept, "")))).Total
		if got := counted(s.Events); got != [3]int{same.Events.Gold, events, events} {
			t.Errorf("%d events kept: %v", events, got)
		}
		if s.Claims.Matched != s.Claims.Proposal || s.Spans.Exact != s.Claims.Matched {
			t.Errorf("%d events kept: claims %v, spans %+v", events, counted(s.Claims), s.Spans)
		}
	}
}
