package loader_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

func TestRejects(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  []string // part of each reject, in order
	}{
		{"invalid JSON", []string{ada, `{"type":"actor",`}, []string{"f:2: invalid JSON"}},
		{"two values on a line", []string{ada + ada}, []string{"f:1: invalid JSON"}},
		{"not an object", []string{ada, "[1]", `"x"`, "null"}, []string{
			"f:2: a line holds one JSON object (found array", "f:3: a line holds", "f:4: ",
		}},
		{"not UTF-8", []string{ada, "{\"type\":\"actor\",\"names\":[\"\xff\"]}"}, []string{"f:2: the line is not UTF-8"}},
		{"no type", []string{ada, `{"kind":"PERSON"}`}, []string{"f:2: the record has no type (allowed: document, actor"}},
		{"unknown type", []string{`{"type":"acter"}`}, []string{
			"f:1: /type: unknown type of record (found acter; allowed: document, actor, location, event, affiliation, claim, " +
				"identity, release, review, correction); did you mean actor?",
		}},
		{"type of another type", []string{ada, `{"type":7}`}, []string{"f:2: /type: not a string (found number"}},
		{"enum", []string{`{"type":"actor","kind":"PERSONA","names":["A"]}`}, []string{
			"f:1: /kind: not one of the allowed values (found PERSONA; allowed: PERSON, STATE,",
		}},
		{"enum in lower case", []string{`{"type":"actor","kind":"armed group","names":["A"]}`}, []string{
			"did you mean ARMED_GROUP?",
		}},
		{"unknown field", []string{`{"type":"actor","kind":"PERSON","names":["A"],"contry":"UA"}`}, []string{
			"f:1: /contry: unknown field (found contry; allowed: country, description, id,",
		}},
		{"unknown field, suggestion", []string{`{"type":"actor","kind":"PERSON","names":["A"],"contry":"UA"}`}, []string{
			"did you mean country?",
		}},
		{"deep unknown field", []string{`{"type":"event","claims":[{"quote":{"text":"x","langage":"uk"}}]}`}, []string{
			"f:1: /claims/0/quote/langage: unknown field",
		}},
		{"name of another type", []string{`{"type":"actor","kind":"PERSON","names":[7]}`}, []string{
			"f:1: /names/0: unexpected type number (found 7; allowed: object, string)",
		}},
		{
			"deep in an alternative", []string{`{"type":"actor","kind":"PERSON","names":[{"value":"A","kind":"FIRST"}]}`},
			[]string{"f:1: /names/0/kind: not one of the allowed values (found FIRST; allowed: PRIMARY,"},
		},
		{"absent", []string{`{"type":"actor","kind":"PERSON"}`}, []string{"f:1: missing names"}},
		{"empty", []string{`{"type":"actor","kind":"PERSON","names":[]}`}, []string{"f:1: /names: must not be empty"}},
		{"form of an id", []string{`{"type":"actor","id":"ada","kind":"PERSON","names":["A"]}`}, []string{
			"f:1: /id: does not match the required pattern (found ada; allowed: ^actor:",
		}},
		{"country", []string{`{"type":"actor","kind":"PERSON","names":["A"],"country":"ua"}`}, []string{
			"f:1: /country: does not match the required pattern (found ua; allowed: ^[A-Z]{2}$); did you mean UA?",
		}},
		{
			"bounds", []string{`{"type":"location","kind":"CITY","names":["A"],"point":{"latitude":91,"longitude":0}}`},
			[]string{"f:1: /point/latitude: greater than 90 (found 91)"},
		},
		{"time", []string{`{"type":"event","time":"2025-13-01","assertedAt":"2025"}`}, []string{"f:1: /time: "}},
		{"instant", []string{`{"type":"document","titles":["A"],"retrievedAt":"yesterday"}`}, []string{
			"f:1: /retrievedAt: not a valid date-time (found yesterday)",
		}},
		{
			"figure without number",
			[]string{paper, `{"type":"event","document":"document:paper","figures":[{"kind":"KILLED"}]}`},
			[]string{"has no number; a figure in words is VAGUE"},
		},
		{"never published", []string{`{"type":"event","titles":["A"]}`}, []string{"f:1: no publication time"}},
		{"an unknown document", []string{paper, `{"type":"event","titles":["A"],"document":"document:papper"}`}, []string{
			"f:2: /document: the id is neither in the input nor in the store (found document:papper); did you mean " +
				"document:paper?",
		}},
		{"an unknown document of a claim", []string{
			`{"type":"event","id":"event:e","titles":["A"],"claims":[{"document":"document:x"}]}`,
		}, []string{"f:1: /claims/0/document: the id is neither in the input nor in the store (found document:x)"}},
		{"a rejected document", []string{
			`{"type":"document","id":"document:d","titles":["A"],"publishedAt":"2025-13"}`,
			`{"type":"event","titles":["A"],"document":"document:d"}`,
		}, []string{"f:1: /publishedAt: ", "f:2: /document: it refers to a record that was rejected, at f:1"}},
		{"an unknown release without a time", []string{`{"type":"event","release":"release:r"}`}, []string{
			"f:1: /release: the id is neither",
		}},
		{"a document without a time", []string{
			`{"type":"document","id":"document:d","titles":["A"]}`, `{"type":"event","titles":["A"],"document":"document:d"}`,
		}, []string{"f:2: no publication time"}},
		{"never known", []string{`{"type":"event","assertedAt":"2025/.."}`}, []string{"has no latest instant"}},
		{
			"another hash", []string{`{"type":"document","titles":["A"],"text":"A","sha256":"` + strings.Repeat("0", 64) + `"}`},
			[]string{"f:1: /sha256: not the hash of the text"},
		},
		{
			"unknown reference",
			[]string{ada, paper, `{"type":"event","document":"document:paper","participants":[{"actor":"actor:adda"}]}`},
			[]string{
				"f:3: /participants/0/actor: the id is neither in the input nor in the store (found actor:adda); did you " +
					"mean actor:ada?",
			}},
		{"unknown release", []string{`{"type":"event","release":"release:r","assertedAt":"2025"}`}, []string{
			"f:1: /release: the id is neither",
		}},
		{
			"claim about nothing",
			[]string{paper, `{"type":"claim","subject":"event:meting","document":"document:paper"}`, meeting, ada}, []string{
				"f:2: /subject: the id is neither in the input nor in the store (found event:meting); did you mean event:meeting?",
			}},
		{
			"reference to a reject",
			[]string{meeting, paper, `{"type":"actor","id":"actor:ada","kind":"HUMAN","names":["Ada"]}`}, []string{
				"f:3: /kind", "f:1: /participants/0/actor: it refers to a record that was rejected, at f:3 (found actor:ada)",
			}},
		{
			"reference to a rejected reference",
			[]string{meeting, paper, `{"type":"claim","subject":"event:meeting","document":"document:paper"}`}, []string{
				"f:1: /participants/0/actor", "f:3: /subject: it refers to a record that was rejected, at f:1 (found " +
					"event:meeting)",
			}},
		{
			"a claim's two contents",
			[]string{
				paper, ada, meeting, `{"type":"claim","id":"claim:c","subject":"event:meeting","document":"document:paper"}`,
				`{"type":"claim","id":"claim:c","subject":"event:meeting","stance":"DENIES","document":"document:paper"}`},
			[]string{
				"f:5: /id: the claim has two contents: the record at f:4 has a different one (found claim:c)",
			}},
		{
			"two contents in one record",
			[]string{
				paper,
				`{"type":"event","id":"event:e","document":"document:paper",` +
					`"claims":[{"id":"claim:c"},{"id":"claim:c","note":"A"}]}`,
			},
			[]string{"f:2: /claims/0/id: the claim has two contents"},
		},
		{
			"identity with itself",
			[]string{
				ada, `{"type":"identity","a":"actor:ada","b":"actor:ada","decidedBy":"A","decidedAt":"2025-12-20T10:00:00Z"}`,
			},
			[]string{"a and b are the same node"},
		},
		{"a broken bundle", []string{"{", `  "actors": [`, `    {"id": "actor:a",, "kind": "PERSON"}`, "  ]", "}"}, []string{
			"f:3: invalid JSON",
		}},
		{
			"a bundle's record",
			[]string{
				"{", `  "actors": [`, `    {"id": "actor:a", "kind": "PERSON", "names": ["A"]},`, `    {"id": "actor:b",`,
				`     "kind": "X", "names": ["B"]}`, "  ]", "}",
			},
			[]string{"f:4: /actors/1/kind: not one"},
		},
		{"a bundle's list", []string{`{"actor": []}`}, []string{
			"f:1: /actor: unknown list (found actor; allowed: version, documents,",
		}},
		{"a bundle's version", []string{`{"version": 2, "actors": []}`}, []string{
			"f:1: /version: unknown version of the format (found 2; allowed: 1)",
		}},
		{"a bundle's list of another type", []string{`{"actors": {}}`}, []string{"f:1: /actors: not a list"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := load(t, memory.New(), loader.Options{}, c.lines...)
			if len(r.FirstRejects) != len(c.want) {
				t.Fatalf("rejects: %v", r.FirstRejects)
			}
			for i, reject := range r.FirstRejects {
				if !strings.Contains(reject.String(), c.want[i]) {
					t.Errorf("got  %s\nwant %s", reject, c.want[i])
				}
			}
		})
	}
}

func TestContradictionShowsBoth(t *testing.T) {
	first := `{"type":"claim","id":"claim:c","subject":"event:meeting","document":"document:paper"}`
	other := strings.Replace(first, `"subject"`, `"stance":"DENIES","subject"`, 1)
	r := load(t, memory.New(), loader.Options{}, ada, paper, meeting, first, other)
	if got := r.FirstRejects[0]; got.Raw != other || got.Other != first ||
		!strings.Contains(got.String(), "\n  other: "+first) {
		t.Errorf("%+v", got)
	}
}

// Every reject is written as a line, the first twenty are in the report, and too many stop the load.
func TestRejectsAreWritten(t *testing.T) {
	var lines []string
	for range 30 {
		lines = append(lines, `{"type":"actor"}`)
	}
	var written bytes.Buffer
	r := load(t, memory.New(), loader.Options{Rejects: &written}, lines...)
	checkCounts(t, r, 0, 0, 30)
	if len(r.FirstRejects) != 20 {
		t.Errorf("%d in the report", len(r.FirstRejects))
	}
	d := json.NewDecoder(&written)
	for i := range 30 {
		var reject loader.Reject
		if err := d.Decode(&reject); err != nil || reject.Line != i+1 || reject.Raw != lines[i] || reject.Reason == "" {
			t.Fatalf("%v %+v", err, reject)
		}
	}
	_, err := loader.Load(t.Context(), memory.New(), []loader.Input{file("f", lines...)}, loader.Options{MaxRejects: 29})
	if kg.CodeOf(err) != kg.BadInput {
		t.Errorf("too many rejects: %v", err)
	}
	_, err = loader.Load(t.Context(), memory.New(), []loader.Input{file("f", lines...)}, loader.Options{MaxRejects: 30})
	if err != nil {
		t.Error(err)
	}
}

func TestLines(t *testing.T) {
	checkCounts(t, load(t, memory.New(), loader.Options{}, "\ufeff"+ada+"\r", "", "\r", "  "+bo+"\r", ""), 2, 0, 0)
	// a byte order mark at the start of a line is no part of it, as where files were joined
	checkCounts(t, load(t, memory.New(), loader.Options{}, "", " ", "\ufeff", "\ufeff"+ada), 1, 0, 0)
	checkCounts(t, load(t, memory.New(), loader.Options{}), 0, 0, 0)
	r := load(t, memory.New(), loader.Options{}, "", "", `{"type":"actor"}`)
	if r.FirstRejects[0].Line != 3 {
		t.Errorf("%v", r.FirstRejects)
	}
}
