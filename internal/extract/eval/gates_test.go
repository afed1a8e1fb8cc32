package eval_test

import (
	"bytes"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"casus/internal/extract"
	"casus/internal/extract/article"
	"casus/internal/extract/check"
	"casus/internal/extract/eval"
	"casus/internal/extract/link"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/open"
	"casus/loader"
)

// eachStore runs a test with an empty store in memory and one in SQLite.
func eachStore(t *testing.T, run func(t *testing.T, s store.Store)) {
	for _, engine := range []string{"memory", "sqlite"} {
		t.Run(engine, func(t *testing.T) {
			url := open.Memory
			if engine == "sqlite" {
				url = "sqlite:" + filepath.Join(t.TempDir(), "casus.db")
			}
			s, err := open.Open(t.Context(), url, open.Options{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
			run(t, s)
		})
	}
}

// load loads records with their texts. No record may be rejected.
func load(t *testing.T, s store.Store, content []byte) loader.Report {
	t.Helper()
	report, err := loader.Load(t.Context(), s, []loader.Input{{
		Name: "gold", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil },
	}}, loader.Options{KeepText: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range report.FirstRejects {
		t.Errorf("rejected: %s", r)
	}
	return report
}

// TestGates converts each article with the graph of the articles before it, and loads it, both codings in memory and
// the first one in SQLite as well: nothing is refused, each claim's spans are the text's own words and are verified, no
// record is rejected, and the same form makes the same bytes.
func TestGates(t *testing.T) {
	gold := readGold(t)
	t.Run("first", func(t *testing.T) {
		eachStore(t, func(t *testing.T, s store.Store) { checkLinks(t, loadOneByOne(t, s, gold, "first")) })
	})
	t.Run("second", func(t *testing.T) {
		checkSame(t, loadOneByOne(t, memory.New(), gold, "second"), "second", 28, 16)
	})
}

// loadOneByOne converts and loads the articles, and returns the proposals by the articles' names.
func loadOneByOne(t *testing.T, s store.Store, gold []goldArticle, coding string) map[string]*proposal.Proposal {
	t.Helper()
	all := map[string]*proposal.Proposal{}
	for _, g := range gold {
		c := extract.Converter{Linker: link.New(s)}
		p := convert(t, c, g, coding)
		all[g.name] = p
		if len(p.Refused) > 0 {
			t.Errorf("%s: refused: %+v", g.name, p.Refused)
		}
		if again := records(t, convert(t, c, g, coding)); !bytes.Equal(again, records(t, p)) {
			t.Errorf("%s: converted again it differs", g.name)
		}
		checkAnchors(t, g, p)
		report := load(t, s, records(t, p))
		if report.Rejected != 0 || report.Spans[kg.SpanVerified] != spansOf(p) {
			t.Errorf("%s: %d records rejected, %d of %d spans verified", g.name, report.Rejected,
				report.Spans[kg.SpanVerified], spansOf(p))
		}
	}
	return all
}

// claimsOf returns all claims of a proposal.
func claimsOf(p *proposal.Proposal) (all []proposal.Claim) {
	for _, r := range p.Records {
		switch r := r.(type) {
		case *proposal.Event:
			all = append(all, r.Claims...)
		case *proposal.Affiliation:
			all = append(all, r.Claims...)
		}
	}
	return all
}

func spansOf(p *proposal.Proposal) (n int) {
	for _, c := range claimsOf(p) {
		n += len(c.Spans)
	}
	return n
}

// checkAnchors compares each span with the code points of the text.
func checkAnchors(t *testing.T, g goldArticle, p *proposal.Proposal) {
	t.Helper()
	text := []rune(g.article.Text)
	for _, c := range claimsOf(p) {
		if len(c.Spans) == 0 {
			t.Errorf("%s: a claim has no span", g.name)
		}
		for _, s := range c.Spans {
			if s.End > len(text) || string(text[s.Start:s.End]) != s.Exact {
				t.Errorf("%s: %q does not stand at %d", g.name, s.Exact, s.Start)
			}
		}
	}
}

// checkLinks checks that the reprint names its original, that both further reports of the strike add their claims to
// the known event, and how many pairs of same events are joined.
func checkLinks(t *testing.T, proposals map[string]*proposal.Proposal) {
	t.Helper()
	for name, p := range proposals {
		want := kg.ID("")
		if name == "en-talks-reprint" {
			want = proposals["en-talks"].Review.Document
		}
		if got := documentOf(t, p).Syndicates; got != want {
			t.Errorf("%s syndicates %q, want %q", name, got, want)
		}
	}
	strike := eventID(t, proposals["en-ferry"], "strike")
	for _, name := range []string{"ar-ferry", "en-ferry-again"} {
		if got := eventID(t, proposals[name], "strike"); got != strike {
			t.Errorf("%s: the strike is %s, want %s", name, got, strike)
		}
		if !hasFlag(proposals[name], "strike", check.SameEvent) {
			t.Errorf("%s: the strike is not flagged", name)
		}
	}
	checkSame(t, proposals, "first", 33, 29)
}

// checkSame checks of how many pairs of same events of a coding how many are joined, all of them rightly. In the first
// coding three of the other four differ in their kind or have no time, and one has no actor. In the second
// one, which read original and reprint separately, four of the reprint's events differ in their kind.
func checkSame(t *testing.T, proposals map[string]*proposal.Proposal, coding string, pairs, joined int) {
	t.Helper()
	var all []byte
	for _, p := range proposals {
		all = append(all, records(t, p)...)
	}
	total := eval.Compare(readCodings(t, readTestFile(t, coding+".jsonl")), readCodings(t, all)).Total
	if c := total.SameEvents; c.Gold != pairs || c.Proposal != joined || c.Matched != joined {
		t.Errorf("of %d pairs of same events %d were joined, %d of them rightly", c.Gold, c.Proposal, c.Matched)
	}
	if c := total.Claims; c.Matched != c.Gold || c.Matched != c.Proposal {
		t.Errorf("links change the claims: %v", counted(c))
	}
}

func documentOf(t *testing.T, p *proposal.Proposal) *proposal.Document {
	t.Helper()
	for _, r := range p.Records {
		if d, ok := r.(*proposal.Document); ok {
			return d
		}
	}
	t.Fatal("the proposal has no document")
	return nil
}

func itemOf(p *proposal.Proposal, key string) (item proposal.Item) {
	for _, item := range p.Review.Items {
		if item.Type == kg.KindEvent && item.Key == key {
			return item
		}
	}
	return item
}

func eventID(t *testing.T, p *proposal.Proposal, key string) kg.ID {
	t.Helper()
	id := itemOf(p, key).ID
	if id == "" {
		t.Fatalf("there is no event %s", key)
	}
	return id
}

func hasFlag(p *proposal.Proposal, key string, code check.Code) bool {
	return slices.ContainsFunc(itemOf(p, key).Flags, func(f check.Flag) bool { return f.Code == code })
}

// TestUndated reads the articles in plain text without a date: each stops, with the flag that helps.
func TestUndated(t *testing.T) {
	undated := 0
	for _, g := range readGold(t) {
		if !strings.HasSuffix(g.file, ".txt") {
			continue
		}
		undated++
		_, err := article.Read(g.file, g.content, "", article.Metadata{})
		if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), "--published") {
			t.Errorf("%s: %v", g.file, err)
		}
	}
	if undated != 3 {
		t.Errorf("%d articles have no date", undated)
	}
}

// TestInjected converts the article that has instructions to a model. No claim of the codings rests on them, and
// answers that obey them withdraw nothing and enter nothing.
func TestInjected(t *testing.T) {
	gold := readGold(t)
	g := gold[slices.IndexFunc(gold, func(g goldArticle) bool { return g.name == "ar-injected" })]
	text := []rune(g.article.Text)
	start := runesBefore(t, g.article.Text, "تعليمات للنظام")
	end := runesBefore(t, g.article.Text, "واستدعت أولفار سفير")
	if start >= end || !strings.Contains(string(text[start:end]), "Ignore all previous instructions") {
		t.Fatal("the article does not have the instructions")
	}
	for _, coding := range codingNames {
		for _, c := range claimsOf(convert(t, extract.Converter{}, g, coding)) {
			for _, s := range c.Spans {
				if s.Start < end && start < s.End {
					t.Errorf("%s coding: a claim rests on the instructions: %q", coding, s.Exact)
				}
			}
		}
	}
	retracting := bytes.ReplaceAll(g.forms["first"], []byte(`"stance": "ASSERTS"`), []byte(`"stance": "RETRACTS"`))
	for name, answer := range map[string]string{
		"empty":      `{"actors": [], "places": [], "ties": [], "events": [], "links": [], "claims": []}`,
		"retracting": string(retracting),
	} {
		g.forms["obeying"] = []byte(answer)
		p := convert(t, extract.Converter{}, g, "obeying")
		for _, c := range claimsOf(p) {
			if c.Stance == kg.StanceRetracts {
				t.Errorf("%s: a claim is withdrawn", name)
			}
		}
		if n := strings.Count(answer, "RETRACTS"); n > 0 && len(p.Refused) < n || n == 0 && len(claimsOf(p)) > 0 {
			t.Errorf("%s: %d entries withdraw, %d refused, %d claims entered", name, n, len(p.Refused), len(claimsOf(p)))
		}
	}
}

func runesBefore(t *testing.T, text, words string) int {
	t.Helper()
	at := strings.Index(text, words)
	if at < 0 {
		t.Fatalf("the text does not have %q", words)
	}
	return len([]rune(text[:at]))
}

// TestDamaged checks that the damaged article is one: a line stands in it twice, one is in a wrong encoding, and the
// last one is cut off. Words that stand in it twice are found in the sentence that the coding names.
func TestDamaged(t *testing.T) {
	gold := readGold(t)
	g := gold[slices.IndexFunc(gold, func(g goldArticle) bool { return g.name == "ru-damaged" })]
	const twice = "Мы вошли, когда они начали стрелять"
	if strings.Count(g.article.Text, twice) != 2 || !strings.Contains(g.article.Text, "Ð") ||
		strings.HasSuffix(strings.TrimSpace(g.article.Text), ".") {
		t.Fatal("the article is not damaged")
	}
	var places []int
	for _, coding := range codingNames {
		for _, c := range claimsOf(convert(t, extract.Converter{}, g, coding)) {
			if c.Quote.Text == twice {
				places = append(places, c.Spans[0].Start)
			}
		}
	}
	at := runesBefore(t, g.article.Text, twice)
	if diff := gocmp.Diff([]int{at, at}, places); diff != "" {
		t.Error(diff)
	}
}
