package graph_test

import (
	"encoding/json"
	"testing"

	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

// TestStatements asks for the values that sources state of an actor and of a document.
func TestStatements(t *testing.T) {
	s := world(t)
	documents := make([]kg.Document, 2)
	for i, id := range []kg.ID{"document:one", "document:two"} {
		documents[i] = kg.Document{ID: id, Titles: named("en", "One"), PublishedAt: at(t, "2025-12-19")}
		documents[i].Source = "dataset:set"
	}
	actors := make([]kg.Actor, 3)
	for i, source := range []kg.Source{"document:one", "document:two", ""} {
		actors[i] = kg.Actor{
			ID: "actor:new", Kind: kg.ActorPerson, Names: named("en", "New"), Country: []string{"UA", "PL", ""}[i],
		}
		actors[i].Source = source
	}
	put(t, s, kg.Batch{Documents: documents, Actors: actors})
	_, body := ask(t, handler(t, s), `{
		actor(id: "actor:new") {
			country
			statements { field value chosen undecided sources { document { id } dataset } }
		}
		document(id: "document:one") { statements { field value chosen sources { document { id } dataset } } }
	}`, nil)
	var got, want any
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(`{"data": {
		"actor": {"country": "PL", "statements": [
			{"field": "country", "value": "PL", "chosen": true, "undecided": true,
				"sources": [{"document": {"id": "document:two"}, "dataset": null}]},
			{"field": "country", "value": "UA", "chosen": false, "undecided": true,
				"sources": [{"document": {"id": "document:one"}, "dataset": null}]},
			{"field": "kind", "value": "PERSON", "chosen": true, "undecided": false, "sources": [
				{"document": null, "dataset": null}, {"document": {"id": "document:one"}, "dataset": null},
				{"document": {"id": "document:two"}, "dataset": null}]}
		]},
		"document": {"statements": [{"field": "publishedAt", "value": "2025-12-19", "chosen": true,
			"sources": [{"document": null, "dataset": "set"}]}]}
	}}`), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
