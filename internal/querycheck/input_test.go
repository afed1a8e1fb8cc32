package querycheck_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/graph"
	"casus/internal/querycheck"
)

func TestInput(t *testing.T) {
	conditions := map[string]any{"statuses": "CONFIRMED", "not": map[string]any{"text": "x"}}
	got, err := querycheck.Input(graph.Schema(), "EventFilter", conditions)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"statuses": []string{"CONFIRMED"}, "not": map[string]any{"text": "x"}}
	if d := cmp.Diff(any(want), got); d != "" {
		t.Error(d)
	}
	for want, value := range map[string]any{
		"status":   map[string]any{"status": "CONFIRMED"},
		"statuses": map[string]any{"statuses": []any{"SURE"}},
		"min":      map[string]any{"and": []any{map[string]any{"killed": map[string]any{"min": "many"}}}},
		"and":      map[string]any{"and": []any{nil}},
	} {
		_, err := querycheck.Input(graph.Schema(), "EventFilter", value)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", value, err)
		}
	}
}
