package record_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/text"
)

func TestParseLine(t *testing.T) {
	for line, want := range map[string]string{
		`{"type":"actor","kind":"STATE"}`: "actor",
		`{"kind":"STATE"}`:                "the record has no type",
		`{"type":"actr"}`:                 "/type: unknown type of record (found actr",
		`{"type":1}`:                      "/type: not a string (found number",
		`[1]`:                             "a line holds one JSON object (found array",
		`{"type":`:                        "invalid JSON",
		"{\"type\":\"a\xff\"}":            "the line is not UTF-8",
	} {
		raw, fault := record.ParseLine([]byte(line))
		got := raw.Type
		if fault != nil {
			got = fault.First().String()
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
}

// A record has a node and ids that follow from its content, and its claims wait until their source is known.
func TestDecode(t *testing.T) {
	rec, fault := record.Decode(record.Raw{Type: "actor",
		JSON: []byte(`{"kind":"STATE","names":["Arland"],"identifiers":[{"scheme":"wikidata","value":"Q1"}]}`)})
	if fault != nil || rec.ID != "actor:wikidata:Q1" || !rec.HasNode() || len(rec.Drafts) != 0 {
		t.Errorf("%+v, %v", rec, fault)
	}
	event := record.Raw{Type: "event", JSON: []byte(`{"id":"event:e","titles":["A"],"document":"document:d",` +
		`"claims":[{"id":"claim:a"},{"stance":"DENIES","document":"document:e"}]}`)}
	rec, fault = record.Decode(event)
	if fault != nil || rec.HasNode() || len(rec.Drafts) != 2 {
		t.Fatalf("%+v, %v", rec, fault)
	}
	var got []string
	for i := range rec.Drafts {
		document, release := rec.Drafts[i].Source()
		got = append(got, fmt.Sprint(rec.Drafts[i].ID(), " ", document, " ", release))
	}
	if want := []string{"claim:a document:d ", " document:e "}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	_, fault = record.Decode(record.Raw{Type: "event", JSON: []byte(`{"id":"actor:x","time":"2025-13"}`)})
	if len(fault.Pointers()) != 2 {
		t.Errorf("all faults of a record are found: %v", fault)
	}
}

// A claim takes the first date that there is, and the id of a row's claim does not depend on its release.
func TestClaim(t *testing.T) {
	rec, fault := record.Decode(record.Raw{Type: "event", JSON: []byte(`{"id":"event:e","titles":["A"]}`)})
	if fault != nil {
		t.Fatal(fault)
	}
	published, err := edtf.ParseTime("2024-05-01")
	if err != nil {
		t.Fatal(err)
	}
	draft := &rec.Drafts[0]
	ids := map[kg.ID]bool{}
	for _, release := range []kg.ID{"release:a", "release:b"} {
		origin := record.Origin{Release: release, Dataset: "d"}
		if _, fault := draft.Claim(rec.ID, origin); fault == nil || !strings.Contains(fault.Reason, "no publication time") {
			t.Errorf("without a date: %v", fault)
		}
		origin.Dates[1] = &published
		c, fault := draft.Claim(rec.ID, origin)
		if fault != nil || c.Release != release || c.AssertedAt.EDTF != "2024-05-01" || draft.CheckClaim(c) != nil {
			t.Errorf("%+v, %v", c, fault)
		}
		ids[c.ID] = true
	}
	if len(ids) != 1 {
		t.Errorf("ids: %v", ids)
	}
}

// Spans are verified against the text that is given, and the nearest words are suggested while there is a budget.
func TestVerify(t *testing.T) {
	rec, fault := record.Decode(record.Raw{Type: "event", JSON: []byte(`{"id":"event:e","titles":["A"],` +
		`"document":"document:d","claims":[{"spans":[{"exact":"Ada meets Bo"}]}]}`)})
	if fault != nil || !rec.Drafts[0].HasSpans() {
		t.Fatal(fault)
	}
	for words, want := range map[string]string{
		"":                     "UNVERIFIABLE",
		"Yes: Ada meets Bo.":   "VERIFIED",
		"Ada met Bo. And then": "Ada met Bo",
	} {
		budget := record.SuggestionBudget(1)
		spans, fault := rec.Drafts[0].Verify(text.NewPositions(words), false, &budget)
		got := string(spans[0].State)
		if fault != nil {
			if got = fault.Suggestion; fault.Pointer != "/claims/0/spans/0/exact" {
				t.Errorf("%q: pointer %s", words, fault.Pointer)
			}
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%q: %s, want %s", words, got, want)
		}
	}
}

func TestReferences(t *testing.T) {
	rec, fault := record.Decode(record.Raw{Type: "location",
		JSON: []byte(`{"id":"location:a","kind":"CITY","names":["A"],"within":["location:b","location:c"]}`)})
	if fault != nil {
		t.Fatal(fault)
	}
	if defined := slices.Collect(rec.DefinedIDs); !slices.Equal(defined, []kg.ID{"location:a"}) {
		t.Errorf("defines %v", defined)
	}
	if references := slices.Collect(rec.References); !slices.Equal(references, []kg.ID{"location:b", "location:c"}) {
		t.Errorf("refers to %v", references)
	}
	if at := record.PointerTo(rec.JSON, "location:c"); at != "/within/1" {
		t.Errorf("location:c is at %s", at)
	}
}
