package mapping_test

import (
	"testing"

	"casus/loader/mapping"
)

func TestColumnExpr(t *testing.T) {
	for name, want := range map[string]string{
		"place":                          `row.place`,
		"Actor_1":                        `row.Actor_1`,
		"in":                             `row["in"]`,
		"1st":                            `row["1st"]`,
		"Place name":                     `row["Place name"]`,
		`a "b" \c`:                       `row["a \"b\" \\c"]`,
		"it's":                           `row["it\U00000027s"]`,
		"tab\there":                      `row["tab\U00000009here"]`,
		"\u043c\u0456\u0441\u0442\u043e": "row[\"\u043c\u0456\u0441\u0442\u043e\"]",
	} {
		if got := mapping.ColumnExpr(name); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}
