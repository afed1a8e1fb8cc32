package ftm

import (
	"strings"
	"testing"

	"casus/internal/kg"
)

// TestNodeIDs: different entities have different nodes, none of which is a node that entities only name.
func TestNodeIDs(t *testing.T) {
	seen := map[string]string{}
	for _, id := range []string{
		"Q1", "a b", "a_b", "a%20b", "a  b", "a\tb", "a\u00a0b", "a@b", "a%40b", "a", "ж", "A", "country:DE", "country%3ADE",
		"city:DE:x", "place:x", "publisher:x", "authority:x", "x:publisher:y", "a\u200bb", "ab",
	} {
		node := nodeID(kg.KindActor, id)
		if other, found := seen[node]; found {
			t.Errorf("%q and %q are both %s", id, other, node)
		}
		seen[node] = id
		if err := kg.ID(node).Check(kg.KindActor); err != nil {
			t.Errorf("%q: %v", id, err)
		}
		for _, prefix := range []string{cityPrefix, countryPrefix, placePrefix, publisherPrefix, authorityPrefix} {
			if strings.HasPrefix(node, "actor:ftm:"+prefix) {
				t.Errorf("%q is %s", id, node)
			}
		}
	}
	if got := nodeID(kg.KindEvent, "NK-2a.b:c"); got != "event:ftm:NK-2a.b:c" {
		t.Errorf("a usual id becomes %s", got)
	}
	row := map[string]any{"id": " a", "schema": "Person", "properties": map[string]any{}}
	if _, err := decode(row); err == nil {
		t.Error("an id that begins with white space is accepted")
	}
}
