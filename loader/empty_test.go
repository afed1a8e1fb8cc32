package loader_test

import (
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/mapping"
)

// TestInputsWithoutRows tells a response without rows, which is loaded with a warning, from one that reports an error.
func TestInputsWithoutRows(t *testing.T) {
	m, err := mapping.Parse("m.yaml", []byte("mapping: 1\nname: t\npublished: '2025-01-01'\nrecords:\n"+
		"  - event: {id: '= \"event:t:\" + row.id'}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for text, warning := range map[string]string{
		`{"status":200,"success":true,"count":0,"data":[]}`: "has no row", `[]`: "has no row",
		"id,b\n":                               "has a header but no row",
		`{"error":null,"errors":[],"data":[]}`: "has no row", `{"error":false,"data":[]}`: "has no row", "\n": "is empty",
		`{"success":false,"error":"Invalid key","data":[]}`: "", `{"errors":[{"message":"no"}],"data":[]}`: "",
		`{"status":"error","data":[]}`: "",
	} {
		name := "a.json"
		if text[0] != '{' && text[0] != '[' {
			name = "a.csv"
		}
		r, err := loader.LoadRows(t.Context(), memory.New(), m, []loader.Input{textInput(name, text)}, loader.Options{})
		switch {
		case warning == "":
			if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), "reports an error") {
				t.Errorf("%s: %v", text, err)
			}
		case err != nil || len(r.Warnings) != 1 || r.Warnings[0].Reason != warning:
			t.Errorf("%s: %+v, %v, want %s", text, r.Warnings, err, warning)
		}
	}
	for text, want := range map[string]int{`{}`: 1, `{"version":1,"events":[]}`: 1, paper: 0} {
		r, err := loader.Load(t.Context(), memory.New(), []loader.Input{textInput("a.json", text)}, loader.Options{})
		if err != nil || len(r.Warnings) != want {
			t.Errorf("%s: %+v, %v", text, r.Warnings, err)
		}
	}
}
