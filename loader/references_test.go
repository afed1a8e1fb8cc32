package loader_test

import (
	"strings"
	"testing"

	"casus/internal/store/memory"
	"casus/loader"
)

// TestReferencesToRejectedRecords loads an event at a place that the store rejects: it is rejected, too.
func TestReferencesToRejectedRecords(t *testing.T) {
	r := load(t, memory.New(), loader.Options{BatchSize: 1}, ada, paper,
		`{"type":"location","id":"location:a","kind":"CITY","names":["A"],"within":["location:b"]}`,
		`{"type":"location","id":"location:b","kind":"CITY","names":["B"],"within":["location:a"]}`,
		`{"type":"event","id":"event:there","document":"document:paper","locations":[{"location":"location:a"}]}`,
		meeting)
	checkCounts(t, r, 3, 0, 3)
	for _, reject := range r.FirstRejects {
		if !strings.Contains(reject.Reason, "it would lie in itself") &&
			!strings.Contains(reject.Reason, "refers to location:a") {
			t.Errorf("%+v", reject)
		}
	}
}
