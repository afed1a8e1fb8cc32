// Package mapped maps rows in tests.
package mapped

import (
	"encoding/json"
	"testing"

	"casus/loader/mapping"
)

// Records returns the records that a mapping makes of a row, each as its type and its fields in JSON.
func Records(t testing.TB, source string, row map[string]any) []string {
	t.Helper()
	m, err := mapping.Parse("test.yaml", []byte(source), nil)
	if err != nil {
		t.Fatal(err)
	}
	records, err := m.Map(row)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range records {
		b, err := json.Marshal(r.Fields) // with sorted keys
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r.Type+" "+string(b))
	}
	return all
}
