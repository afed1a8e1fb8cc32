package review_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/extract"
	"casus/internal/extract/article"
	"casus/internal/extract/link"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/review"
)

const ferry = "Harbour news\n" +
	"Nora Venn met the harbour union in Port Astel on Monday.\n" +
	"“We won’t sail,” the union said.\n" +
	"Two crew were hurt when boats burned at the quay, Venn said."

// ferryForm has two events: talks with a claim of the article and one of the union, and a fire with a claim of Venn.
const ferryForm = `{"actors": [
  {"key": "venn", "kind": "PERSON", "name": "Nora Venn", "englishName": "Nora Venn", "country": null},
  {"key": "union", "kind": "ORGANIZATION", "name": "harbour union", "englishName": "Harbour union", "country": null}],
 "places": [
  {"key": "astel", "kind": "CITY", "name": "Port Astel", "englishName": "Port Astel", "country": null, "inside": null},
  {"key": "quay", "kind": "FACILITY", "name": "quay", "englishName": "Quay", "country": null, "inside": "astel"}],
 "ties": [{"holder": "union", "of": "astel", "type": "MEMBERSHIP", "position": null, "sentence": 2}],
 "events": [
  {"key": "talks", "title": "Ferry talks", "category": "CONSULT", "modality": "OCCURRED", "time": "2031-03-03",
   "timeWords": "on Monday", "partOf": null,
   "participants": [{"actor": "venn", "role": "PARTICIPANT", "representing": null},
    {"actor": "union", "role": "PARTICIPANT", "representing": null}],
   "locations": [{"place": "astel", "role": "VENUE"}]},
  {"key": "fire", "title": "Fire at the quay", "category": "ASSAULT", "modality": "OCCURRED",
   "time": "2031-03-02/2031-03-03", "timeWords": null, "partOf": "talks", "participants": [],
   "locations": [{"place": "quay", "role": "VENUE"}]}],
 "links": [{"event": "fire", "other": "talks", "kind": "RETALIATES", "condition": null}],
 "claims": [
  {"event": "talks", "sentences": [2], "words": null, "claimants": [], "stance": "ASSERTS", "aspect": "OCCURRENCE",
   "value": null, "statedAt": null, "figures": [], "confidence": "HIGH"},
  {"event": "talks", "sentences": [3], "words": "We won’t sail", "claimants": ["union"], "stance": "ASSERTS",
   "aspect": "CHARACTERIZATION", "value": null, "statedAt": null, "figures": [], "confidence": "HIGH"},
  {"event": "talks", "sentences": [2], "words": null, "claimants": [], "stance": "ASSERTS", "aspect": "PARTICIPATION",
   "value": "venn", "statedAt": null, "figures": [], "confidence": "HIGH"},
  {"event": "fire", "sentences": [4], "words": null, "claimants": ["venn"], "stance": "ASSERTS", "aspect": "OCCURRENCE",
   "value": null, "statedAt": null, "figures": [{"kind": "WOUNDED", "population": "TOTAL", "number": 2,
   "qualifier": "EXACT", "unit": null}], "confidence": "HIGH"}]}`

var signature = review.Signature{By: "Ada, desk", At: "2031-03-05T10:00:00Z"}

// propose returns the records and the review of the ferry's article, with the nodes of a store if there is one.
func propose(t *testing.T, linker *link.Linker) ([]json.RawMessage, proposal.Review) {
	t.Helper()
	a, err := article.Read("ferry.txt", []byte(ferry), "", article.Metadata{
		Published: "2031-03-04", Language: "en", Publisher: "Astel Post",
	})
	if err != nil {
		t.Fatal(err)
	}
	p, err := extract.Converter{Linker: linker}.Convert(t.Context(), a, []byte(ferryForm))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Refused {
		t.Errorf("refused: %+v", r)
	}
	files, err := p.Files()
	if err != nil {
		t.Fatal(err)
	}
	return review.Lines(files[0].Content), p.Review
}

func accept() *proposal.Decision { return &proposal.Decision{Verdict: proposal.Accept} }
func reject() *proposal.Decision { return &proposal.Decision{Verdict: proposal.Reject} }

// acceptAll returns the review with every item accepted.
func acceptAll(r proposal.Review) proposal.Review {
	r.Items = slices.Clone(r.Items)
	for i := range r.Items {
		r.Items[i].Decision = accept()
	}
	return r
}

// find returns the item with a label, or of a claim the label and the kind.
func find(t *testing.T, r proposal.Review, label string) *proposal.Item {
	t.Helper()
	for i := range r.Items {
		if strings.HasPrefix(r.Items[i].Label, label) {
			return &r.Items[i]
		}
	}
	t.Fatalf("no item %q", label)
	return nil
}

func decide(t *testing.T, records []json.RawMessage, r proposal.Review) review.Outcome {
	t.Helper()
	p, err := review.New(records, r)
	if err != nil {
		t.Fatal(err)
	}
	o, err := p.Decide(signature)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func lines(t *testing.T, o review.Outcome) []string {
	t.Helper()
	content, err := o.JSONL()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
}

// TestAcceptAll accepts everything: the records are the proposal's, byte for byte, and one review names all claims.
// Decided again, the bytes are the same.
func TestAcceptAll(t *testing.T) {
	records, r := propose(t, nil)
	o := decide(t, records, acceptAll(r))
	got := lines(t, o)
	var want []string
	for _, line := range records {
		want = append(want, string(line))
	}
	if diff := cmp.Diff(want, got[:len(got)-1]); diff != "" {
		t.Errorf("(-proposal +accepted)\n%s", diff)
	}
	if !strings.HasPrefix(got[len(got)-1], `{"type":"review","claims":["claim:`) ||
		!strings.HasSuffix(got[len(got)-1], `"verdict":"MACHINE_REVIEWED","by":"Ada, desk","at":"2031-03-05T10:00:00Z"}`) {
		t.Errorf("the review is %s", got[len(got)-1])
	}
	if len(o.Reviews) != 1 || len(o.Reviews[0].Claims) != 5 || len(o.Fallen)+len(o.Faults) != 0 {
		t.Errorf("%d reviews, %v, %v", len(o.Reviews), o.Fallen, o.Faults)
	}
	if diff := cmp.Diff(got, lines(t, decide(t, records, acceptAll(r)))); diff != "" {
		t.Errorf("decided again: %s", diff)
	}
}

// TestUndecided decides nothing, and nothing is loaded.
func TestUndecided(t *testing.T) {
	records, r := propose(t, nil)
	o := decide(t, records, r)
	if len(o.Records)+len(o.Reviews)+len(o.Fallen) != 0 || o.Counts.Undecided != len(r.Items) {
		t.Errorf("%+v", o)
	}
}

// TestFall changes one decision after all are accepted, and lists what falls with it.
func TestFall(t *testing.T) {
	for _, c := range []struct {
		name    string
		change  func(*testing.T, *proposal.Review)
		records int
		claims  int
		fallen  []string // label, field, reason
	}{
		{"a rejected claim", func(t *testing.T, r *proposal.Review) { find(t, *r, "We won’t sail").Decision = reject() },
			9, 4, nil},
		{"an undecided claim", func(t *testing.T, r *proposal.Review) { find(t, *r, "We won’t sail").Decision = nil },
			9, 4, nil},
		{"the only claim of an event", func(t *testing.T, r *proposal.Review) { find(t, *r, "Two crew").Decision = reject() },
			7, 4, []string{
				"Fire at the quay  none of its claims is accepted",
				"quay (Quay)  nothing that is loaded refers to it",
			}},
		{"an event", func(t *testing.T, r *proposal.Review) { find(t, *r, "Ferry talks").Decision = reject() }, 8, 2,
			[]string{
				"We won’t sail  its event is rejected", "Nora Venn met  its event is rejected",
				"Nora Venn met  its event is rejected",
			}},
		{"an actor", func(t *testing.T, r *proposal.Review) { find(t, *r, "harbour union").Decision = reject() }, 7, 3,
			[]string{
				"We won’t sail  its claimant actor:harbour-union is rejected",
				"harbour union, Port Astel  its actor:harbour-union is rejected",
				"Ferry talks /participants/1 actor:harbour-union is rejected",
			}},
		{"an undecided actor", func(t *testing.T, r *proposal.Review) { find(t, *r, "Nora Venn").Decision = nil }, 6, 3,
			[]string{
				"Fire at the quay  none of its claims is accepted", "Ferry talks /participants/0 actor:nora-venn is undecided",
				"Nora Venn met  it is about actor:nora-venn, which is undecided",
				"Two crew  its claimant actor:nora-venn is undecided", "quay (Quay)  nothing that is loaded refers to it",
			}},
		{"a place", func(t *testing.T, r *proposal.Review) { find(t, *r, "Port Astel").Decision = reject() }, 7, 4,
			[]string{
				"harbour union, Port Astel  its location:port-astel is rejected",
				"Ferry talks /locations/0 location:port-astel is rejected",
				"quay (Quay) /within/0 location:port-astel is rejected",
			}},
		{"the publisher", func(t *testing.T, r *proposal.Review) { find(t, *r, "Astel Post").Decision = reject() }, 8, 5,
			[]string{"Harbour news /publisher actor:astel-post is rejected"}},
		{"an actor that is another", func(t *testing.T, r *proposal.Review) {
			find(t, *r, "Nora Venn").Decision.Known = "actor:harbour-union"
		}, 8, 5, []string{"Ferry talks /participants/1 actor:harbour-union has this role already, as actor:harbour-union"}},
		{"actors that are each other", func(t *testing.T, r *proposal.Review) {
			find(t, *r, "Nora Venn").Decision.Known = "actor:harbour-union"
			find(t, *r, "harbour union").Decision.Known = "actor:nora-venn"
		}, 4, 1, []string{
			"Fire at the quay  none of its claims is accepted", "Ferry talks /participants/0 actor:nora-venn is undecided",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, r := propose(t, nil)
			r = acceptAll(r)
			c.change(t, &r)
			o := decide(t, records, r)
			var got []string
			for _, f := range o.Fallen {
				got = append(got, f.Label+" "+f.Field+" "+f.Reason)
			}
			if o.Counts.Records != c.records || o.Counts.Claims != c.claims || len(o.Records) != c.records {
				t.Errorf("%d records, %d claims, want %d and %d\n%s", o.Counts.Records, o.Counts.Claims, c.records, c.claims,
					strings.Join(lines(t, o), "\n"))
			}
			for _, want := range c.fallen {
				if !slices.ContainsFunc(got, func(g string) bool { return matchesFallen(g, want) }) {
					t.Errorf("not fallen: %s\ngot %s", want, strings.Join(got, "\n"))
				}
			}
			for _, line := range lines(t, o) {
				if c.name == "an event" && strings.Contains(line, "event:talks") {
					t.Errorf("a reference to the rejected event is left: %s", line)
				}
			}
		})
	}
}

// matchesFallen reports whether a fallen item is the wanted one, of which the label may be cut.
func matchesFallen(got, want string) bool {
	label, rest, ok := strings.Cut(want, "  ")
	if !ok {
		return got == want
	}
	return strings.HasPrefix(got, label) && strings.HasSuffix(got, "  "+rest)
}

// TestEdit edits a record or a claim. What does not stand in the text, and what proposals do not have, is a fault, and
// the item is then undecided.
func TestEdit(t *testing.T) {
	for _, c := range []struct {
		name, label, edited, fault string
	}{
		{"the title of an event", "Ferry talks", `{"type":"event","id":"ID","titles":[{"value":"Talks"}],"category":"CONSULT",
			"modality":"OCCURRED","document":"DOC"}`, ""},
		{"another id", "Ferry talks", `{"type":"event","id":"event:x","titles":[{"value":"Talks"}],"category":"CONSULT",
			"modality":"OCCURRED","document":"DOC"}`, "/id an edit keeps the id"},
		{"another type", "Ferry talks", `{"type":"correction","claim":"claim:1","value":null,"by":"x",
			"at":"2031-01-01T00:00:00Z"}`, " not a record of a proposal: a proposal has no records of type correction"},
		{"another document", "Ferry talks", `{"type":"event","id":"ID","titles":[{"value":"Talks"}],"category":"CONSULT",
			"modality":"OCCURRED","document":"document:x"}`, "/document an edit keeps the document"},
		{"no time of publication", "Harbour news", `{"type":"document","id":"ID","titles":[{"value":"H"}],"sha256":"SHA",
			"text":"x"}`, "/publishedAt an edit keeps a time"},
		{"an unknown field", "Nora Venn", `{"type":"actor","id":"ID","kind":"PERSON","names":[{"value":"N"}],"source":"DOC",
			"identifiers":[]}`, " not a record of a proposal"},
		{"a kind that is none", "Nora Venn", `{"type":"actor","id":"ID","kind":"GHOST","names":[{"value":"N"}],
			"source":"DOC"}`, "/kind "},
		{"words by themselves", "We won’t sail", `{"aspect":"CHARACTERIZATION","claimants":["actor:harbour-union"],
			"spans":[{"exact":"won’t sail"}]}`, ""},
		{"words that are not there", "We won’t sail", `{"aspect":"CHARACTERIZATION","spans":[{"exact":"We will sail"}]}`,
			"/spans/0/exact the words are not in the text: We will sail"},
		{"words elsewhere", "We won’t sail", `{"spans":[{"start":0,"end":10,"exact":"won’t sail"}]}`,
			"/spans/0 the words are not at 0..10"},
		{"ambiguous words", "We won’t sail", `{"spans":[{"exact":"the"}]}`,
			"/spans/0/exact the words are in the text several times: the"},
		{"no words", "We won’t sail", `{"aspect":"CHARACTERIZATION","spans":[]}`, "/spans the claim has no words"},
		{"a quote of other words", "We won’t sail", `{"spans":[{"exact":"won’t sail"}],"quote":{"text":"will sail"}}`,
			"/quote/text the quote has other words"},
		{"a withdrawal", "We won’t sail", `{"stance":"RETRACTS","spans":[{"exact":"won’t sail"}]}`,
			"/stance an article withdraws nothing"},
		{"what it supersedes", "We won’t sail", `{"supersedes":["claim:x"],"spans":[{"exact":"won’t sail"}]}`,
			" not a record of a proposal"},
		{"a stance that is none", "We won’t sail", `{"stance":"MAYBE","spans":[{"exact":"won’t sail"}]}`, "/stance "},
		{"no JSON", "We won’t sail", `{"stance"`, "json"},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, r := propose(t, nil)
			r = acceptAll(r)
			item := find(t, r, c.label)
			edited := strings.NewReplacer("ID", string(item.ID), "DOC", string(r.Document)).Replace(c.edited)
			item.Decision.Edited = json.RawMessage(edited)
			p, err := review.New(records, r)
			if err != nil {
				t.Fatal(err)
			}
			o, err := p.Decide(signature)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case c.fault == "" && len(o.Faults) > 0:
				t.Errorf("a fault: %+v", o.Faults)
			case c.fault == "json" && len(o.Faults) != 1:
				t.Errorf("no fault")
			case c.fault != "" && c.fault != "json" && (len(o.Faults) != 1 ||
				!strings.HasPrefix(o.Faults[0].Field+" "+o.Faults[0].Reason, c.fault)):
				t.Errorf("%+v, want %q", o.Faults, c.fault)
			case c.fault == "" && o.Counts.Edited != 1:
				t.Errorf("%+v", o.Counts)
			}
			if c.name == "words by themselves" {
				all := strings.Join(lines(t, o), "\n")
				if !strings.Contains(all, `"quote":{"text":"won’t sail","language":"en"}`) ||
					!strings.Contains(all, `"spans":[{"start":74,"end":84,"exact":"won’t sail"}],"extractions":[{"tool"`) {
					t.Errorf("the edited claim: %s", all)
				}
			}
		})
	}
}

// TestRefused calls New with records and decisions that a proposal never has.
func TestRefused(t *testing.T) {
	type changes = func([]json.RawMessage, proposal.Review) ([]json.RawMessage, proposal.Review)
	change := func(old, now string) changes {
		return func(records []json.RawMessage, r proposal.Review) ([]json.RawMessage, proposal.Review) {
			found := false
			for i, line := range records {
				if strings.Contains(string(line), old) {
					records[i] = json.RawMessage(strings.Replace(string(line), old, now, 1))
					found = true
				}
			}
			if !found {
				t.Errorf("no record has %s", old)
			}
			return records, r
		}
	}
	add := func(line string) changes {
		return func(records []json.RawMessage, r proposal.Review) ([]json.RawMessage, proposal.Review) {
			return append(records, json.RawMessage(line)), r
		}
	}
	item := func(change func(*proposal.Item)) changes {
		return func(records []json.RawMessage, r proposal.Review) ([]json.RawMessage, proposal.Review) {
			change(&r.Items[len(r.Items)-2]) // a claim of the fire
			return records, r
		}
	}
	for _, c := range []struct {
		name   string
		change changes
		want   string
	}{
		{"a correction", add(`{"type":"correction","claim":"claim:1","value":null,"by":"x","at":"2031-01-01T00:00:00Z"}`),
			"no records of type correction"},
		{"a review", add(`{"type":"review","document":"document:1","verdict":"HUMAN","by":"x","at":"2031-01-01T00:00:00Z"}`),
			"no records of type review"},
		{"an identity", add(`{"type":"identity","a":"actor:a","b":"actor:b","decidedBy":"x"}`),
			"no records of type identity"},
		{"a release", add(`{"type":"release","name":"x","release":"1"}`), "no records of type release"},
		{"a claim alone", add(`{"type":"claim","subject":"event:x","document":"document:x"}`), "no records of type claim"},
		{"a withdrawal", change(`"stance":"ASSERTS"`, `"stance":"RETRACTS"`), "RETRACTS is no stance"},
		{"what a claim supersedes", change(`"stance":"ASSERTS"`, `"supersedes":["claim:x"],"stance":"ASSERTS"`),
			"unknown field"},
		{"words that are not there", change(`"exact":"Nora Venn met`, `"exact":"Nora Venn hit`),
			"not in the text"},
		{"a text that was changed", change(`Monday.\n`, `Sunday.\n`), "SHA-256"},
		{"two documents", func(records []json.RawMessage, r proposal.Review) ([]json.RawMessage, proposal.Review) {
			for _, line := range records {
				if strings.Contains(string(line), `"type":"document"`) {
					return append(records, json.RawMessage(strings.Replace(string(line), "document:", "document:b", 1))), r
				}
			}
			return records, r
		}, "second document"},
		{"one id twice", add(`{"type":"actor","id":"actor:nora-venn","kind":"PERSON","names":[],"source":"d"}`),
			"the same id"},
		{"another document's", add(`{"type":"actor","id":"actor:x","kind":"PERSON","names":[],"source":"document:x"}`),
			"of another document"},
		{"no object", add(`[]`), "one JSON object"},
		{"a key twice", add(`{"type":"actor","id":"actor:x","id":"actor:y"}`), "twice"},
		{"another version", func(records []json.RawMessage, r proposal.Review) ([]json.RawMessage, proposal.Review) {
			r.Version = 2
			return records, r
		}, "version 2"},
		{"an item without a record", item(func(i *proposal.Item) { i.Record = 99 }), "there is no record 99"},
		{"an item without a claim", item(func(i *proposal.Item) { i.Claim = 7 }), "no item for a claim 7"},
		{"two items", func(records []json.RawMessage, r proposal.Review) ([]json.RawMessage, proposal.Review) {
			r.Items = append(r.Items, r.Items[len(r.Items)-1])
			return records, r
		}, "about the same record"},
		{"a verdict that is none", item(func(i *proposal.Item) { i.Decision = &proposal.Decision{Verdict: "MAYBE"} }),
			"neither ACCEPT nor REJECT"},
		{"rejected and edited", item(func(i *proposal.Item) {
			i.Decision = &proposal.Decision{Verdict: proposal.Reject, Edited: json.RawMessage(`{}`)}
		}), "neither linked nor edited"},
		{"known and own", item(func(i *proposal.Item) {
			i.Decision = &proposal.Decision{Verdict: proposal.Accept, Known: "event:x", Own: true}
		}), "exclude each other"},
		{"a claim that is known", item(func(i *proposal.Item) {
			i.Decision = &proposal.Decision{Verdict: proposal.Accept, Known: "claim:x"}
		}), "no nodes"},
	} {
		records, r := propose(t, nil)
		records, r = c.change(records, r)
		if _, err := review.New(records, r); err == nil || !strings.Contains(err.Error(), c.want) ||
			kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

// TestUnstated rejects the only claim that asserts the talks: what the event loses is listed.
func TestUnstated(t *testing.T) {
	records, r := propose(t, nil)
	for i := range r.Items {
		item := &r.Items[i]
		item.Decision = accept()
		if item.Type == kg.KindClaim && strings.HasPrefix(item.Label, "Nora Venn met") && item.Claim == 1 {
			item.Decision = reject()
		}
	}
	p, err := review.New(records, r)
	if err != nil {
		t.Fatal(err)
	}
	o, err := p.Decide(signature)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range o.Fallen {
		if f.Code == review.Unstated {
			got = append(got, f.Label+" "+f.Field)
		}
	}
	// The participation of Venn is still claimed, the participation of the union is not.
	want := []string{
		"Ferry talks /titles", "Ferry talks /category", "Ferry talks /time", "Ferry talks /participants",
		"Ferry talks /locations",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestEditedDenial edits the title and the time of an event that is only denied: its denial denies the new ones.
func TestEditedDenial(t *testing.T) {
	a, err := article.Read("ferry.txt", []byte(ferry), "", article.Metadata{Published: "2031-03-04", Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	form := strings.Replace(ferryForm, `"claimants": ["venn"], "stance": "ASSERTS"`,
		`"claimants": ["venn"], "stance": "DENIES"`, 1)
	made, err := extract.Converter{}.Convert(t.Context(), a, []byte(form))
	if err != nil {
		t.Fatal(err)
	}
	files, err := made.Files()
	if err != nil {
		t.Fatal(err)
	}
	r := made.Review
	for i := range r.Items {
		item := &r.Items[i]
		item.Decision = accept()
		if item.Type == kg.KindEvent && item.Label == "Fire at the quay" {
			event := *made.Records[item.Record-1].(*proposal.Event)
			event.Titles, event.Time, event.Claims = []proposal.Name{{Value: "Blaze", Language: "en"}}, "2031-03-01", nil
			if item.Decision.Edited, err = json.Marshal(event); err != nil {
				t.Fatal(err)
			}
		}
	}
	p, err := review.New(review.Lines(files[0].Content), r)
	if err != nil {
		t.Fatal(err)
	}
	o, err := p.Decide(signature)
	if err != nil || len(o.Faults) > 0 {
		t.Fatal(err, o.Faults)
	}
	found := false
	for _, record := range o.Records {
		e, ok := record.(*proposal.Event)
		if !ok || e.Titles[0].Value != "Blaze" {
			continue
		}
		found = true
		if c := e.Claims[0]; c.Titles[0].Value != "Blaze" || c.Time != "2031-03-01" || len(c.Locations) != 1 {
			t.Errorf("the denial is of %+v", c)
		}
	}
	if !found {
		t.Error("the edited event is not loaded")
	}
}
