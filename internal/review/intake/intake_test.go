package intake_test

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/check"
	"casus/internal/effects"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/review"
	"casus/internal/review/intake"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/open"
	neo4jtest "casus/internal/testkit/neo4j"
	"casus/loader"
)

// known is the graph before: a mail that reports the talks and a person of nearly the same name.
const known = `{"type":"actor","id":"actor:mail","kind":"COMPANY","names":["Evening Mail"]}
{"type":"actor","id":"actor:nora-venn","kind":"PERSON","names":["Nora Venn"],"country":"NO"}
{"type":"actor","id":"actor:n-venn","kind":"PERSON","names":["N. Venn"]}
{"type":"actor","id":"actor:dockers","kind":"ORGANIZATION","names":["Dockers of Astel"]}
{"type":"location","id":"location:port-astel","kind":"CITY","names":["Port Astel"]}
{"type":"document","id":"document:mail-1","publisher":"actor:mail","publishedAt":"2031-03-04","titles":["Talks"],` +
	`"text":"Venn and dockers talked. One was hurt."}
{"type":"event","id":"event:mail-talks","titles":["Talks at the port"],"category":"CONSULT","modality":"OCCURRED",` +
	`"time":"2031-03-03","participants":[{"actor":"actor:nora-venn","role":"PARTICIPANT"}],` +
	`"locations":[{"location":"location:port-astel","role":"VENUE"}],"document":"document:mail-1","claims":[` +
	`{"spans":[{"exact":"Venn and dockers talked."}]},` +
	`{"id":"claim:mail-hurt","aspect":"FIGURES","figures":[{"kind":"WOUNDED","best":1}],` +
	`"spans":[{"exact":"One was hurt."}]}]}
{"type":"event","id":"event:mail-other","titles":["Talks elsewhere"],"category":"CONSULT","modality":"OCCURRED",` +
	`"time":"2031-02-03","document":"document:mail-1"}
`

const ferry = "Harbour news\n" +
	"Nora Venn met the harbour union in Port Astel on Monday.\n" +
	"“We won’t sail,” the union said.\n" +
	"Two crew were hurt at the talks, Venn said.\n" +
	"Boats burned."

const ferryForm = `{"actors": [
  {"key": "venn", "kind": "PERSON", "name": "Nora Venn", "englishName": "Nora Venn", "country": null},
  {"key": "union", "kind": "ORGANIZATION", "name": "harbour union", "englishName": "Harbour union", "country": null}],
 "places": [
  {"key": "astel", "kind": "CITY", "name": "Port Astel", "englishName": "Port Astel", "country": null, "inside": null}],
 "ties": [{"holder": "union", "of": "astel", "type": "MEMBERSHIP", "position": null, "sentence": 2}],
 "events": [
  {"key": "talks", "title": "Ferry talks", "category": "CONSULT", "modality": "OCCURRED", "time": "2031-03-03",
   "timeWords": "on Monday", "partOf": null,
   "participants": [{"actor": "venn", "role": "PARTICIPANT", "representing": null},
    {"actor": "union", "role": "PARTICIPANT", "representing": null}],
   "locations": [{"place": "astel", "role": "VENUE"}]},
  {"key": "fire", "title": "Boats on fire", "category": "ASSAULT", "modality": "OCCURRED", "time": null,
   "timeWords": null, "partOf": "talks", "participants": [], "locations": []}],
 "links": [],
 "claims": [
  {"event": "talks", "sentences": [2], "words": null, "claimants": [], "stance": "ASSERTS", "aspect": "OCCURRENCE",
   "value": null, "statedAt": null, "figures": [], "confidence": "HIGH"},
  {"event": "talks", "sentences": [3], "words": "We won’t sail", "claimants": ["union"], "stance": "ASSERTS",
   "aspect": "CHARACTERIZATION", "value": null, "statedAt": null, "figures": [], "confidence": "HIGH"},
  {"event": "talks", "sentences": [4], "words": null, "claimants": ["venn"], "stance": "ASSERTS", "aspect": "FIGURES",
   "value": null, "statedAt": null, "figures": [{"kind": "WOUNDED", "population": "TOTAL", "number": 2,
   "qualifier": "EXACT", "unit": null}], "confidence": "HIGH"},
  {"event": "fire", "sentences": [5], "words": null, "claimants": [], "stance": "ASSERTS", "aspect": "OCCURRENCE",
   "value": null, "statedAt": null, "figures": [], "confidence": "HIGH"}]}`

var article = intake.Article{Content: ferry, Published: "2031-03-04", Language: "en", Publisher: "Astel Post"}

// loadKnown loads the graph before.
func loadKnown(t *testing.T, s store.Store) {
	t.Helper()
	in := loader.Input{Name: "known", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(known)), nil
	}}
	r, err := loader.Load(t.Context(), s, []loader.Input{in}, loader.Options{KeepText: true})
	if err != nil || r.Rejected > 0 {
		t.Fatalf("%v, %v", err, r.FirstRejects)
	}
}

// propose converts the article, and accepts everything.
func propose(t *testing.T, d *intake.Desk) intake.Submission {
	t.Helper()
	made, err := d.Convert(t.Context(), intake.Answered{
		Article: article, Answers: []string{"Here it is:\n\n```json\n" + ferryForm + "\n```\n"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(made.Refused) > 0 {
		t.Fatalf("refused: %+v", made.Refused)
	}
	s := intake.Submission{Review: &made.Review, By: "Ada, desk", At: "2031-03-05T10:00:00Z", KeepText: true}
	for _, r := range made.Records {
		content, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		s.Records = append(s.Records, content)
	}
	for i := range s.Review.Items {
		s.Review.Items[i].Decision = &proposal.Decision{Verdict: proposal.Accept}
	}
	return s
}

// item returns the item of a kind with a label.
func item(t *testing.T, s intake.Submission, kind kg.NodeKind, label string) *proposal.Item {
	t.Helper()
	for i := range s.Review.Items {
		if it := &s.Review.Items[i]; it.Type == kind && strings.HasPrefix(it.Label, label) {
			return it
		}
	}
	t.Fatalf("no %s %q", kind, label)
	return nil
}

var submissions = []struct {
	name   string
	change func(*testing.T, *intake.Submission)
	// server is set for submissions that are loaded into Neo4j, too, where each takes long.
	server bool
	// events are the expected effects: event, claims before and added, status and toll before and after.
	events []string
}{
	{"all, joined", func(t *testing.T, s *intake.Submission) {
		if it := item(t, *s, kg.KindEvent, "Ferry talks"); it.Known == nil || it.Known.ID != "event:mail-talks" {
			t.Errorf("not joined: %+v", it)
		}
	}, true, []string{
		"event:fire-HASH 0+1 none -> UNVERIFIED",
		"event:mail-talks 2+3 UNVERIFIED wounded 1 -> CORROBORATED wounded 1..2",
	}},
	{"the join undone", func(t *testing.T, s *intake.Submission) {
		item(t, *s, kg.KindEvent, "Ferry talks").Decision.Own = true
	}, false, []string{
		"event:fire-HASH 0+1 none -> UNVERIFIED", "event:talks-HASH 0+3 none -> UNVERIFIED wounded 2",
	}},
	{"joined to another", func(t *testing.T, s *intake.Submission) {
		item(t, *s, kg.KindEvent, "Ferry talks").Decision.Known = "event:mail-other"
		item(t, *s, kg.KindEvent, "Boats").Decision = nil
	}, false, []string{"event:mail-other 1+3 UNVERIFIED -> CORROBORATED wounded 2"}},
	{"one event", func(t *testing.T, s *intake.Submission) {
		item(t, *s, kg.KindEvent, "Ferry talks").Decision.Own = true
		item(t, *s, kg.KindEvent, "Boats").Decision.Known = item(t, *s, kg.KindEvent, "Ferry talks").ID
	}, false, []string{"event:mail-talks 2+1 UNVERIFIED wounded 1 -> CORROBORATED wounded 1",
		"event:talks-HASH 0+3 none -> UNVERIFIED wounded 2"}},
	{"two claims rejected", func(t *testing.T, s *intake.Submission) {
		item(t, *s, kg.KindClaim, "Two crew").Decision = &proposal.Decision{Verdict: proposal.Reject}
		item(t, *s, kg.KindClaim, "Boats").Decision.Verdict = proposal.Reject
	}, false, []string{"event:mail-talks 2+2 UNVERIFIED wounded 1 -> CORROBORATED wounded 1"}},
	{"a claim that moves nothing", func(t *testing.T, s *intake.Submission) {
		for _, label := range []string{"Two crew", "Boats", "Nora Venn met"} {
			item(t, *s, kg.KindClaim, label).Decision = nil
		}
	}, false, []string{"event:mail-talks 2+1 UNVERIFIED wounded 1 -> UNVERIFIED wounded 1"}},
	{"a link undone, another made", func(t *testing.T, s *intake.Submission) {
		item(t, *s, kg.KindActor, "Nora Venn").Decision.Own = true
		item(t, *s, kg.KindActor, "harbour union").Decision.Known = "actor:dockers"
		s.Curations = []json.RawMessage{
			json.RawMessage(`{"type":"identity","a":"actor:n-venn","b":"actor:nora-venn","reason":"one person"}`),
			json.RawMessage(`{"type":"correction","node":"actor:dockers","field":"country","value":"NO"}`),
		}
	}, true, []string{
		"event:fire-HASH 0+1 none -> UNVERIFIED",
		"event:mail-talks 2+3 UNVERIFIED wounded 1 -> CORROBORATED wounded 1..2",
	}},
	{"decisions alone", func(_ *testing.T, s *intake.Submission) {
		s.Records, s.Review = nil, nil
		s.Curations = []json.RawMessage{json.RawMessage(`{"type":"correction","claim":"claim:mail-hurt","value":null}`)}
	}, true, []string{"event:mail-talks 2+0 UNVERIFIED wounded 1 -> UNVERIFIED"}},
	{"an edited claim", func(t *testing.T, s *intake.Submission) {
		item(t, *s, kg.KindClaim, "Two crew").Decision.Edited = json.RawMessage(`{"aspect":"FIGURES",
			"figures":[{"kind":"WOUNDED","best":3}],"spans":[{"exact":"Two crew were hurt"}]}`)
	}, false, []string{
		"event:fire-HASH 0+1 none -> UNVERIFIED",
		"event:mail-talks 2+3 UNVERIFIED wounded 1 -> CORROBORATED wounded 1..3",
	}},
	{"a claim and an event added", addByHand, false, []string{
		"event:by-hand 0+1 none -> UNVERIFIED",
		"event:fire-HASH 0+1 none -> UNVERIFIED",
		"event:mail-talks 2+4 UNVERIFIED wounded 1 -> CORROBORATED wounded 1..4",
	}},
}

// TestPreviewIsWhatHappens previews submissions and loads them, in every store. The preview equals what is then read
// from the graph, and changes nothing by itself.
func TestPreviewIsWhatHappens(t *testing.T) {
	stores := map[string]func(*testing.T) store.Store{
		"memory": func(*testing.T) store.Store { return memory.New() },
		"sqlite": func(t *testing.T) store.Store { return opened(t, "sqlite:"+filepath.Join(t.TempDir(), "g.db")) },
		"neo4j":  func(t *testing.T) store.Store { return opened(t, neo4jtest.New(t)) },
	}
	answers := map[string]map[string]string{}
	for _, name := range []string{"memory", "sqlite", "neo4j"} {
		for _, c := range submissions {
			if name == "neo4j" && !c.server {
				continue
			}
			t.Run(name+"/"+c.name, func(t *testing.T) {
				answer := compare(t, stores[name](t), c.change, c.events)
				if answers[c.name] == nil {
					answers[c.name] = map[string]string{}
				}
				for other, want := range answers[c.name] {
					if diff := cmp.Diff(want, answer); diff != "" {
						t.Errorf("%s answered otherwise: %s", other, diff)
					}
				}
				answers[c.name][name] = answer
			})
		}
	}
}

func opened(t *testing.T, url string) store.Store {
	t.Helper()
	s, err := open.Open(t.Context(), url, open.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // the test is over
	return s
}

// compare previews and loads a submission, and returns the answer without what differs between stores.
func compare(t *testing.T, s store.Store, change func(*testing.T, *intake.Submission), want []string) string {
	t.Helper()
	loadKnown(t, s)
	d := intake.New(s)
	q := propose(t, d)
	change(t, &q)
	before := readEvents(t, s)
	revision := revisionOf(t, s)
	preview, err := d.Preview(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if now := revisionOf(t, s); now != revision || preview.Revision != revision || preview.Loaded {
		t.Errorf("revision %d, preview at %d, loaded %v, of %d", now, preview.Revision, preview.Loaded, revision)
	}
	if len(preview.Faults)+len(preview.Rejects) > 0 {
		t.Fatalf("%+v, %+v", preview.Faults, preview.Rejects)
	}
	if diff := cmp.Diff(before, readEvents(t, s)); diff != "" {
		t.Errorf("the preview changed the graph: %s", diff)
	}
	q.Revision = preview.Revision
	loaded, err := d.Load(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if !loaded.Loaded || loaded.Revision == revision {
		t.Errorf("loaded %v, revision %d", loaded.Loaded, loaded.Revision)
	}
	shown := show(t, preview)
	if diff := cmp.Diff(shown, show(t, loaded)); diff != "" {
		t.Errorf("(-preview +load)\n%s", diff)
	}
	checkEffects(t, preview.Effects.Events, before, readEvents(t, s))
	checkSummary(t, preview, want)
	checkReviews(t, s, loaded)
	if r, err := check.Run(t.Context(), s, check.Options{}); err != nil || len(r.Breaks) > 0 {
		t.Errorf("check: %v, %v", err, r.Breaks)
	}
	if _, err := d.Load(t.Context(), q); kg.CodeOf(err) != kg.Conflict {
		t.Errorf("loaded again at the old revision: %v", err)
	}
	q.Revision = 0
	again, err := d.Load(t.Context(), q)
	gains := func(e intake.Event) bool { return e.ClaimsAdded > 0 }
	if err != nil || again.Report.Applied != 0 || len(again.Effects.Fields) > 0 ||
		slices.ContainsFunc(again.Effects.Events, gains) {
		t.Errorf("loaded again: %v, %+v", err, again)
	}
	return shown
}

// TestNothingIsLoaded submits decisions that cannot be loaded: a preview lists why, and a load changes nothing.
func TestNothingIsLoaded(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*testing.T, *intake.Submission)
		// reject and fault are how the first ones in the preview begin: pointer or field, and reason.
		reject, fault string
	}{
		{"an actor that is not known", func(t *testing.T, s *intake.Submission) {
			talks := item(t, *s, kg.KindEvent, "Ferry talks")
			talks.Decision.Edited = []byte(strings.ReplaceAll(string(s.Records[talks.Record-1]), "actor:harbour-union",
				"actor:ghost"))
		}, "/participants/1/actor neither the proposal nor the graph has actor:ghost", ""},
		{"an event that is not known", func(t *testing.T, s *intake.Submission) {
			item(t, *s, kg.KindEvent, "Ferry talks").Decision.Known = "event:ghost"
		}, "/id neither the proposal nor the graph has event:ghost", ""},
		{"words that are not there", func(t *testing.T, s *intake.Submission) {
			item(t, *s, kg.KindClaim, "Two crew").Decision.Edited = []byte(`{"spans":[{"exact":"Three crew"}]}`)
		}, "", "/spans/0/exact the words are not"},
		{"a known actor that is none", func(t *testing.T, s *intake.Submission) {
			item(t, *s, kg.KindActor, "harbour union").Decision.Known = "location:port-astel"
		}, "", "/known it cannot be location:port-astel: id"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := memory.New()
			loadKnown(t, s)
			d := intake.New(s)
			q := propose(t, d)
			c.change(t, &q)
			preview, err := d.Preview(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			var reject, fault string
			if len(preview.Rejects) > 0 {
				reject = preview.Rejects[0].Pointer + " " + preview.Rejects[0].Reason
				if line := item(t, q, kg.KindEvent, "Ferry talks").Record; preview.Rejects[0].Record != line {
					t.Errorf("record %d is rejected, not %d", preview.Rejects[0].Record, line)
				}
			}
			if len(preview.Faults) > 0 {
				fault = preview.Faults[0].Field + " " + preview.Faults[0].Reason
			}
			if !strings.HasPrefix(reject, c.reject) || !strings.HasPrefix(fault, c.fault) ||
				(c.reject == "") != (reject == "") || (c.fault == "") != (fault == "") {
				t.Errorf("reject %q, fault %q; want %q, %q", reject, fault, c.reject, c.fault)
			}
			revision := revisionOf(t, s)
			if _, err := d.Load(t.Context(), q); kg.CodeOf(err) != kg.BadInput ||
				!strings.Contains(err.Error(), "nothing was loaded") {
				t.Errorf("loaded: %v", err)
			}
			if now := revisionOf(t, s); now != revision {
				t.Errorf("the graph has changed")
			}
		})
	}
}

// TestReplace edits a claim after it was loaded. It is rejected, unless the stored one is to be corrected; then the
// preview is what happens.
func TestReplace(t *testing.T) {
	s := memory.New()
	loadKnown(t, s)
	d := intake.New(s)
	q := propose(t, d)
	if _, err := d.Load(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	item(t, q, kg.KindClaim, "Two crew").Decision.Edited = []byte(`{"aspect":"FIGURES","claimants":["actor:nora-venn"],
		"figures":[{"kind":"WOUNDED","best":9}],"spans":[{"exact":"Two crew were hurt"}]}`)
	if _, err := d.Load(t.Context(), q); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("loaded: %v", err)
	}
	q.Replace = true
	before := readEvents(t, s)
	preview, err := d.Preview(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := d.Load(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(show(t, preview), show(t, loaded)); diff != "" {
		t.Errorf("(-preview +load)\n%s", diff)
	}
	after := readEvents(t, s)
	now := after["event:mail-talks"].State
	toll := inWords(&now)
	if toll != "CORROBORATED wounded 1..9" || cmp.Equal(before, after) || len(preview.Effects.Events) != 1 {
		t.Errorf("the toll is %s; %+v", toll, preview.Effects.Events)
	}
}

// TestConcurrentLoads loads one submission several times at once, at one revision: one load succeeds.
func TestConcurrentLoads(t *testing.T) {
	s := memory.New()
	loadKnown(t, s)
	d := intake.New(s)
	q := propose(t, d)
	q.Revision = revisionOf(t, s)
	errs := make(chan error)
	const n = 4
	for range n {
		go func() {
			_, err := d.Load(t.Context(), q)
			errs <- err
		}()
	}
	loaded := 0
	for range n {
		switch err := <-errs; kg.CodeOf(err) {
		case "":
			loaded++
		case kg.Conflict:
		default:
			t.Error(err)
		}
	}
	if loaded != 1 {
		t.Errorf("%d loads succeeded", loaded)
	}
}

// state is an event as it is read.
type state struct {
	State  effects.State
	Claims int
}

// readEvents returns the headline of each event, and the number of its claims.
func readEvents(t *testing.T, s store.Store) map[kg.ID]state {
	t.Helper()
	all := map[kg.ID]state{}
	pages, err := s.Events(t.Context(), store.EventQuery{
		Order: (&store.EventOrder{}).Normalize(), Window: store.Window{Limit: 100},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range pages[0].Items {
		claims, err := s.Claims(t.Context(), store.ClaimQuery{
			Scope: &store.Scope{Relation: store.SubjectClaims, IDs: []kg.ID{e.ID}},
			Order: (&store.ClaimOrder{}).Normalize(), Window: store.Window{Limit: 100},
		})
		if err != nil {
			t.Fatal(err)
		}
		all[e.ID] = state{*effects.NewState(&e.EventState), len(claims[0].Items)}
	}
	return all
}

// checkEffects compares effects with the graph before and after.
func checkEffects(t *testing.T, got []intake.Event, before, after map[kg.ID]state) {
	t.Helper()
	type change struct {
		Before, After *effects.State
		Had, Added    int
	}
	shown, real := map[kg.ID]change{}, map[kg.ID]change{}
	for _, e := range got {
		shown[e.Event.Event] = change{e.Before, e.After, e.ClaimsBefore, e.ClaimsAdded}
	}
	for id, now := range after {
		old, existed := before[id]
		if existed && cmp.Equal(old, now) {
			continue
		}
		c := change{After: &now.State, Added: max(0, now.Claims-old.Claims), Had: old.Claims}
		if existed {
			c.Before = &old.State
		}
		real[id] = c
	}
	if diff := cmp.Diff(real, shown); diff != "" {
		t.Errorf("(-graph +effects)\n%s", diff)
	}
}

// checkSummary compares the effects on events with lines that were written by hand.
func checkSummary(t *testing.T, r intake.Result, want []string) {
	t.Helper()
	hash := ""
	for _, e := range r.Effects.Events {
		for _, prefix := range []string{"event:fire-", "event:talks-"} {
			if rest, ok := strings.CutPrefix(string(e.Event.Event), prefix); ok {
				hash = rest
			}
		}
	}
	var got []string
	for _, e := range r.Effects.Events {
		id := string(e.Event.Event)
		if hash != "" {
			id = strings.Replace(id, hash, "HASH", 1)
		}
		got = append(got, fmt.Sprintf("%s %d+%d %s -> %s", id, e.ClaimsBefore, e.ClaimsAdded, inWords(e.Before),
			inWords(e.After)))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +effects)\n%s", diff)
	}
}

// inWords returns the status of an event and its toll of wounded.
func inWords(s *effects.State) string {
	if s == nil {
		return "none"
	}
	words := string(s.Status)
	for quantity, n := range s.Toll.Numbers() {
		words += " " + strings.ToLower(string(quantity.Kind)) + fmt.Sprintf(" %d", *n.Low)
		if n.High != nil && *n.High != *n.Low {
			words += fmt.Sprintf("..%d", *n.High)
		}
	}
	return words
}

// checkReviews checks that all claims of the article in the graph are reviewed, and the others are not.
func checkReviews(t *testing.T, s store.Store, r intake.Result) {
	t.Helper()
	n := 0
	for page, err := range store.Walk(t.Context(), s, kg.KindClaim, 0) {
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Claims {
			if c.Document == "document:mail-1" {
				continue
			}
			n++
			curations, err := s.Curations(t.Context(), []kg.ID{c.ID})
			if err != nil {
				t.Fatal(err)
			}
			if len(curations[0].Reviews) != 1 || curations[0].Reviews[0].By != "Ada, desk" {
				t.Errorf("%s has the reviews %+v", c.ID, curations[0].Reviews)
			}
			want := kg.CodingMachineReviewed
			if len(c.Extractions) == 0 { // a person added it
				want = kg.CodingHuman
			}
			if got := curations[0].Reviews[0].Verdict; got != want {
				t.Errorf("%s is reviewed as %s, want %s", c.ID, got, want)
			}
			for _, span := range c.Spans {
				if span.State != kg.SpanVerified {
					t.Errorf("%s: %q is %s", c.ID, span.Exact, span.State)
				}
			}
		}
	}
	if n != r.Counts.Claims {
		t.Errorf("%d claims are loaded, of %d", n, r.Counts.Claims)
	}
}

// show returns a result as JSON, without what a preview and a load differ in.
func show(t *testing.T, r intake.Result) string {
	t.Helper()
	r.Loaded, r.Revision = false, 0
	content, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func revisionOf(t *testing.T, s store.Store) int64 {
	t.Helper()
	revision, err := s.Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return revision
}

// TestCausesOfRejects checks the codes of records that the loader refuses: one that refers to nothing, one that refers
// to it, and a claim that is stored with another content.
func TestCausesOfRejects(t *testing.T) {
	s := memory.New()
	loadKnown(t, s)
	d := intake.New(s)
	codes := func(q intake.Submission) (all []review.Code) {
		preview, err := d.Preview(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range preview.Rejects {
			all = append(all, r.Code)
		}
		return all
	}
	q := propose(t, d)
	if all := codes(q); len(all) > 0 {
		t.Fatal(all)
	}
	talks, fire := item(t, q, kg.KindEvent, "Ferry talks"), item(t, q, kg.KindEvent, "Boats on fire")
	edit := func(i *proposal.Item, field string) {
		i.Decision.Edited = []byte(strings.Replace(string(q.Records[i.Record-1]), `"type":"event",`,
			`"type":"event",`+field+",", 1))
	}
	edit(fire, `"participants":[{"actor":"actor:ghost","role":"VICTIM"}]`)
	edit(talks, `"partOf":["`+string(fire.ID)+`"]`)
	if all := codes(q); !slices.Equal(all, []review.Code{review.NodeUnknown, review.NodeRejected}) {
		t.Errorf("%v", all)
	}
	q = propose(t, d)
	if _, err := d.Load(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	item(t, q, kg.KindClaim, "Two crew").Decision.Edited = []byte(`{"aspect":"FIGURES","claimants":["actor:nora-venn"],
		"figures":[{"kind":"WOUNDED","best":9}],"spans":[{"exact":"Two crew were hurt"}]}`)
	if all := codes(q); !slices.Equal(all, []review.Code{review.StoredDiffers}) {
		t.Errorf("%v", all)
	}
	q.Replace, q.By = true, "Ada"
	if all := codes(q); len(all) > 0 {
		t.Errorf("replaced: %v", all)
	}
}
