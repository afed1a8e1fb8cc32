package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/extract/article"
	"casus/internal/extract/link"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/loader"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// readTalks returns the test article and its form.
func readTalks(t *testing.T) (article.Article, []byte) {
	t.Helper()
	content, err := os.ReadFile("testdata/talks.ar.txt")
	if err != nil {
		t.Fatal(err)
	}
	a, err := article.Read("talks.ar.txt", content, "", article.Metadata{
		Published: "2031-03-09", Publisher: "Lorman Herald", Language: "ar", Address: "https://herald.example/talks",
	})
	if err != nil {
		t.Fatal(err)
	}
	form, err := os.ReadFile("testdata/talks.form.md")
	if err != nil {
		t.Fatal(err)
	}
	return a, form
}

func convert(t *testing.T, c Converter, a article.Article, form []byte) *proposal.Proposal {
	t.Helper()
	p, err := c.Convert(t.Context(), a, form)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestGolden converts the test form, and compares the files with the golden ones. Converted again it makes the same
// bytes.
func TestGolden(t *testing.T) {
	a, form := readTalks(t)
	files, err := convert(t, Converter{Model: "by hand"}, a, form).Files()
	if err != nil {
		t.Fatal(err)
	}
	again, err := convert(t, Converter{Model: "by hand"}, a, form).Files()
	if err != nil || !cmp.Equal(files, again) {
		t.Errorf("converted again: %v, %s", err, cmp.Diff(files, again))
	}
	for _, f := range files {
		path := filepath.Join("testdata", "talks."+strings.TrimPrefix(f.End, "."))
		if *update {
			if err := os.WriteFile(path, f.Content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(f.Content)); diff != "" {
			t.Errorf("%s differs (-want +got):\n%s", path, diff)
		}
	}
}

// load loads a proposal and returns the report.
func load(t *testing.T, s store.Store, p *proposal.Proposal, o loader.Options) loader.Report {
	t.Helper()
	files, err := p.Files()
	if err != nil {
		t.Fatal(err)
	}
	report, err := loader.Load(t.Context(), s, []loader.Input{{
		Name: "talks", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(files[0].Content)), nil },
	}}, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range report.FirstRejects {
		t.Errorf("rejected: %s", r)
	}
	return report
}

// checkSpans fails unless every stored span is VERIFIED, and returns their number.
func checkSpans(t *testing.T, s store.Store) (n int) {
	t.Helper()
	for page, err := range store.Walk(t.Context(), s, kg.KindClaim, 0) {
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Claims {
			if len(c.Spans) == 0 {
				t.Errorf("%s has no span", c.ID)
			}
			for _, span := range c.Spans {
				if n++; span.State != kg.SpanVerified {
					t.Errorf("%s: a span is %s: %q", c.ID, span.State, span.Exact)
				}
			}
		}
	}
	return n
}

// TestProposalLoads loads the proposal: no record is rejected and every span is verified. Converted with this store,
// the form links all that is known, and loading that again changes nothing.
func TestProposalLoads(t *testing.T) {
	a, form := readTalks(t)
	s := memory.New()
	p := convert(t, Converter{}, a, form)
	report := load(t, s, p, loader.Options{KeepText: true})
	if report.Read != len(p.Records) || report.Applied != report.Read || report.Rejected != 0 {
		t.Errorf("%d records: %+v", len(p.Records), report)
	}
	spans := p.Run.Counts.Spans
	if n := checkSpans(t, s); n != spans["SENTENCE"]+spans["FOLDED"]+spans["EXACT"] || n != p.Run.Counts.Claims {
		t.Errorf("%d spans are stored, of %v and %d claims", n, p.Run.Counts.Spans, p.Run.Counts.Claims)
	}
	linked := convert(t, Converter{Linker: link.New(s)}, a, form)
	for _, r := range linked.Records {
		if r.Kind() == kg.KindActor || r.Kind() == kg.KindLocation {
			t.Errorf("%s is known, and is a new record all the same", r.Ref())
		}
	}
	report = load(t, s, linked, loader.Options{KeepText: true})
	if report.Unchanged != report.Read {
		t.Errorf("loaded again with links: %+v", report)
	}
}

// brief is an English article for tests of single entries.
const brief = "Ferry talks\n" +
	"Nora Venn met the harbour union in Port Astel on Monday.\n" +
	"“We won’t sail,” the union said.\n" +
	"Seven crew were hurt, Venn said. Seven boats burned.\n" +
	"The mayor will meet them on Friday."

// entries are the lists of a form for brief, which a test changes.
func entries() map[string][]map[string]any {
	return map[string][]map[string]any{
		"actors": {
			{"key": "venn", "kind": "PERSON", "name": "Nora Venn", "englishName": "Nora Venn", "country": nil},
			{"key": "union", "kind": "ORGANIZATION", "name": "harbour union", "englishName": "Harbour union", "country": nil},
		},
		"places": {{
			"key": "astel", "kind": "CITY", "name": "Port Astel", "englishName": "Port Astel", "country": nil, "inside": nil,
		}},
		"ties": {},
		"events": {{
			"key": "talks", "title": "Ferry talks", "category": "CONSULT", "modality": "OCCURRED", "time": "2031-03-03",
			"timeWords": "on Monday", "partOf": nil,
			"participants": []any{
				map[string]any{"actor": "venn", "role": "PARTICIPANT", "representing": nil},
				map[string]any{"actor": "union", "role": "PARTICIPANT", "representing": nil},
			},
			"locations": []any{map[string]any{"place": "astel", "role": "VENUE"}},
		}},
		"links":  {},
		"claims": {newEntry(nil)},
	}
}

// newEntry returns a claim of the form with changes.
func newEntry(change map[string]any) map[string]any {
	c := map[string]any{
		"event": "talks", "sentences": []any{2}, "words": nil, "claimants": []any{}, "stance": "ASSERTS",
		"aspect": "OCCURRENCE", "value": nil, "statedAt": nil, "figures": []any{}, "confidence": "HIGH",
	}
	for field, v := range change {
		c[field] = v
	}
	return c
}

func convertBrief(
	t *testing.T, c Converter, published string, lists map[string][]map[string]any,
) *proposal.Proposal {
	t.Helper()
	a, err := article.Read("brief.txt", []byte(brief), "", article.Metadata{Published: published, Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	form, err := json.Marshal(lists)
	if err != nil {
		t.Fatal(err)
	}
	return convert(t, c, a, form)
}

// TestRefusals adds one faulty entry, or changes one field, and checks what is refused and how many claims remain.
func TestRefusals(t *testing.T) {
	number := func(n int) []any {
		return []any{map[string]any{"kind": "WOUNDED", "population": "TOTAL", "number": n, "qualifier": "EXACT", "unit": nil}}
	}
	for _, c := range []struct {
		name   string
		change func(map[string][]map[string]any)
		want   []string // list, field and the reason's beginning
		claims int
	}{
		{"nothing", func(map[string][]map[string]any) {}, nil, 1},
		{"a paraphrase", addClaim(map[string]any{"sentences": []any{3}, "words": "We will not sail"}),
			[]string{"claims /words the words do not stand in the text"}, 1},
		{"an ambiguous word", addClaim(map[string]any{"sentences": []any{4, 5}, "words": "Seven"}),
			[]string{"claims /words the words stand in the text 2 times"}, 1},
		{"a word that is clear in its sentence", addClaim(map[string]any{"sentences": []any{5}, "words": "Seven"}), nil, 2},
		{"an unknown event", addClaim(map[string]any{"event": "riot"}), []string{"claims /event no accepted event"}, 1},
		{"an unknown claimant", addClaim(map[string]any{"claimants": []any{"king"}}),
			[]string{"claims /claimants/0 no accepted actor"}, 1},
		{"a sentence that is not there", addClaim(map[string]any{"sentences": []any{7}}),
			[]string{"claims /sentences the sentences are numbered 1 to 6"}, 1},
		{"no sentence", addClaim(map[string]any{"sentences": []any{}}), []string{"claims /sentences names no sentence"}, 1},
		{"a claim twice", addClaim(nil), []string{"claims  repeats an earlier entry"}, 1},
		{"a bad date", change("events", "time", "2031-13-40"), []string{"events /time left out: EDTF"}, 1},
		{"a date in words", change("events", "time", "last Monday"), []string{"events /time left out: EDTF"}, 1},
		{"when it was said, badly", addClaim(map[string]any{"sentences": []any{4}, "statedAt": "yesterday"}),
			[]string{"claims /statedAt left out: EDTF"}, 2},
		{"an actor that the text does not name", func(l map[string][]map[string]any) {
			l["actors"] = append(l["actors"], map[string]any{
				"key": "king", "kind": "PERSON", "name": "King Olaf", "englishName": "King Olaf", "country": nil,
			})
			addClaim(map[string]any{"claimants": []any{"king"}})(l)
		}, []string{"actors /name the name does not stand", "claims /claimants/0 no accepted actor"}, 1},
		{"an actor that nothing refers to", func(l map[string][]map[string]any) {
			l["actors"] = append(l["actors"], map[string]any{
				"key": "mayor", "kind": "PERSON", "name": "mayor", "englishName": "Mayor", "country": nil,
			})
		}, []string{"actors  no record refers to it"}, 1},
		{"an event without a claim", func(l map[string][]map[string]any) {
			l["claims"] = nil
			l["claims"] = []map[string]any{newEntry(map[string]any{"event": "riot"})}
		}, []string{"claims /event no accepted event", "events  no claim about it", "actors  no record", "actors  no record",
			"places  no record"}, 0},
		{"a country", change("actors", "country", "Sembra"), []string{"actors /country left out"}, 1},
		{"a name of the example", change("events", "title", "Raid on Brindlemere"),
			[]string{"events /title has a name of the example", "claims /event no accepted event", "actors  no record",
				"actors  no record", "places  no record"}, 0},
		{"a field that the form does not have", addClaim(map[string]any{"id": "claim:1"}),
			[]string{"claims  does not match the form"}, 1},
		{"a value that is not one", addClaim(map[string]any{"stance": "MAYBE"}),
			[]string{"claims  does not match the form: /stance"}, 1},
		{"participation without an actor", addClaim(map[string]any{"aspect": "PARTICIPATION", "value": "king"}),
			[]string{"claims /value no accepted actor"}, 1},
		{"figures without any", addClaim(map[string]any{"aspect": "FIGURES"}), []string{"claims /figures a claim about"}, 1},
		{"a figure below zero", addClaim(map[string]any{"sentences": []any{4}, "figures": number(-1)}),
			[]string{"claims /figures/0/number left out"}, 2},
		{"a figure twice", addClaim(map[string]any{"sentences": []any{4}, "figures": append(number(7), number(7)...)}),
			[]string{"claims /figures/1 left out: repeats"}, 2},
		{"participation without a value", addClaim(map[string]any{"aspect": "PARTICIPATION"}),
			[]string{"claims /value a claim about participation"}, 1},
		{"an announcement twice", func(l map[string][]map[string]any) {
			addLink("")(l)
			l["links"][0]["kind"], l["links"][0]["condition"] = "ANNOUNCES", nil
			l["links"] = append(l["links"], maps.Clone(l["links"][0]))
		}, []string{"links  repeats an earlier entry"}, 2},
		{"empty texts of optional fields", func(l map[string][]map[string]any) {
			change("events", "time", "")(l)
			change("claims", "words", "")(l)
			addClaim(map[string]any{"sentences": []any{4}, "figures": []any{map[string]any{
				"kind": "WOUNDED", "population": "TOTAL", "number": 7, "qualifier": "EXACT", "unit": "",
			}}})(l)
		}, nil, 2},
		{"a number beyond all", addClaim(map[string]any{"figures": []any{map[string]any{
			"kind": "WOUNDED", "population": "TOTAL", "number": json.Number("1" + strings.Repeat("0", 40)),
			"qualifier": "EXACT", "unit": nil,
		}}}), []string{"claims /figures/number does not match the form: a number is out of range"}, 1},
		{"a code that is not the country's", change("actors", "country", "UK"),
			[]string{"actors /country left out: not an ISO"}, 1},
		{"a figure", addClaim(map[string]any{"sentences": []any{4}, "figures": number(7)}), nil, 2},
		{"an acceptance on an invented condition", addLink("if the ferry sails"),
			[]string{"links /condition the words do not stand in the text"}, 2},
		{"an acceptance on a condition of the text", addLink("We won’t sail"), nil, 2},
	} {
		lists := entries()
		c.change(lists)
		p := convertBrief(t, Converter{}, "2031-03-04", lists)
		var got []string
		for _, r := range p.Refused {
			reason := r.Reason
			if r.LeftOut {
				reason = "left out: " + reason
			}
			got = append(got, r.List+" "+r.Field+" "+reason)
			if len(r.Raw) == 0 || r.Entry < 1 {
				t.Errorf("%s: the refusal has no entry: %+v", c.name, r)
			}
		}
		if !slices.EqualFunc(got, c.want, strings.HasPrefix) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if p.Run.Counts.Claims != c.claims {
			t.Errorf("%s: %d claims, want %d", c.name, p.Run.Counts.Claims, c.claims)
		}
		load(t, memory.New(), p, loader.Options{})
	}
}

func addClaim(fields map[string]any) func(map[string][]map[string]any) {
	return func(l map[string][]map[string]any) { l["claims"] = append(l["claims"], newEntry(fields)) }
}

// addLink adds an event that accepts the first one on a condition.
func addLink(condition string) func(map[string][]map[string]any) {
	return func(l map[string][]map[string]any) {
		e := maps.Clone(l["events"][0])
		e["key"], e["category"], e["title"] = "yes", "AGREE", "Yes"
		l["events"] = append(l["events"], e)
		addClaim(map[string]any{"event": "yes", "sentences": []any{3}})(l)
		l["links"] = []map[string]any{{"event": "yes", "other": "talks", "kind": "ACCEPTS", "condition": condition}}
	}
}

func change(list, field string, value any) func(map[string][]map[string]any) {
	return func(l map[string][]map[string]any) { l[list][0][field] = value }
}

// TestJoin converts a second article about the same talks with the graph of the first: its claims are added to the
// known event, what is known is linked, a new actor is new. Converted again after it is loaded, nothing changes.
func TestJoin(t *testing.T) {
	a, content := readTalks(t)
	s := memory.New()
	load(t, s, convert(t, Converter{}, a, content), loader.Options{KeepText: true})
	second, err := article.Read("second.txt", []byte("Envoys meet\nDan Corvel met Timur Salik in Lorman on Saturday.\n"+
		"Ada Quist of Norvalia was there too, the Lorman Herald said."), "",
		article.Metadata{Published: "2031-03-10", Language: "en", Publisher: "Evening Mail"})
	if err != nil {
		t.Fatal(err)
	}
	lists := entries()
	actor := func(key, kind, name string) map[string]any {
		return map[string]any{"key": key, "kind": kind, "name": name, "englishName": name, "country": nil}
	}
	part := func(key string) map[string]any {
		return map[string]any{"actor": key, "role": "PARTICIPANT", "representing": nil}
	}
	lists["actors"] = []map[string]any{
		actor("corvel", "PERSON", "Dan Corvel"), actor("salik", "PERSON", "Timur Salik"),
		actor("quist", "PERSON", "Ada Quist"), actor("herald", "ORGANIZATION", "Lorman Herald"),
	}
	lists["places"] = []map[string]any{{
		"key": "lorman", "kind": "CITY", "name": "Lorman", "englishName": "Lorman", "country": nil, "inside": nil,
	}}
	event := lists["events"][0]
	event["time"], event["timeWords"] = "2031-03-08", "on Saturday"
	event["participants"] = []any{part("corvel"), part("salik"), part("quist")}
	event["locations"] = []any{map[string]any{"place": "lorman", "role": "VENUE"}}
	lists["claims"] = []map[string]any{
		newEntry(nil), newEntry(map[string]any{"sentences": []any{3}, "claimants": []any{"herald"}}),
	}
	form, err := json.Marshal(lists)
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range []string{"first", "again"} {
		p := convert(t, Converter{Linker: link.New(s)}, second, form)
		var known *proposal.Item
		records := map[kg.NodeKind][]kg.ID{}
		for _, r := range p.Records {
			records[r.Kind()] = append(records[r.Kind()], r.Ref())
		}
		for i, item := range p.Review.Items {
			if item.Type == kg.KindEvent {
				known = &p.Review.Items[i]
			}
		}
		if known == nil || known.Known == nil || !strings.HasPrefix(string(known.ID), "event:talks-") ||
			known.ID == "event:talks"+kg.ID("-"+second.SHA256[:8]) || known.Flags[0].Code != "SAME_EVENT" {
			t.Fatalf("%s: the event is %+v", run, known)
		}
		report := load(t, s, p, loader.Options{KeepText: true})
		if run == "first" {
			if want := []kg.ID{"actor:evening-mail", "actor:ada-quist"}; !slices.Equal(records[kg.KindActor], want) {
				t.Errorf("the new actors are %v, want %v", records[kg.KindActor], want)
			}
		} else if report.Unchanged != report.Read {
			t.Errorf("loaded again: %+v", report)
		}
	}
	pages, err := s.Claims(t.Context(), store.ClaimQuery{
		Scope:  &store.Scope{Relation: store.DocumentClaims, IDs: []kg.ID{documentID(second)}},
		Window: store.Window{Limit: 10}, Order: (*store.ClaimOrder)(nil).Normalize(),
	})
	if err != nil || len(pages[0].Items) != 2 {
		t.Fatalf("%+v, %v", pages, err)
	}
}

func TestConvertEndsWithContext(t *testing.T) {
	a, form := readTalks(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []Converter{{}, {Linker: link.New(memory.New())}} {
		if _, err := c.Convert(ctx, a, form); kg.CodeOf(err) != kg.Timeout {
			t.Errorf("%v", err)
		}
	}
}

// FuzzConvert converts any form: every event of the proposal has a claim, every span stands in the text.
func FuzzConvert(f *testing.F) {
	whole, err := json.Marshal(entries())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	talks, err := os.ReadFile("testdata/talks.form.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(talks)
	f.Fuzz(func(t *testing.T, content []byte) {
		a, err := article.Read("brief.txt", []byte(brief), "", article.Metadata{Published: "2031-03-04", Language: "en"})
		if err != nil {
			t.Fatal(err)
		}
		p, err := Converter{}.Convert(t.Context(), a, content)
		if err != nil {
			return
		}
		runes := []rune(brief)
		for _, r := range p.Records {
			e, ok := r.(*proposal.Event)
			if !ok {
				continue
			}
			if len(e.Claims) == 0 {
				t.Fatalf("%s has no claim", e.ID)
			}
			for _, c := range e.Claims {
				for _, s := range c.Spans {
					if string(runes[s.Start:s.End]) != s.Exact {
						t.Fatalf("%q is not at %d", s.Exact, s.Start)
					}
				}
			}
		}
	})
}
