package table_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"casus/loader/table"
)

// For any text, a reader ends, and its rows and faults hold all of the text: nothing is swallowed. Lines do not
// decrease.
func FuzzReader(f *testing.F) {
	for _, seed := range []struct{ name, text string }{
		{"x.csv", "a,b\n1,\"2\n3\"\n"}, {"x.csv", "a;b\r1;\"2\r3;4\r"}, {"x.csv", "sep=;\na;b\n1;2"},
		{"x.csv", "\xff\xfea\x00;\x00b\x00\n\x00"}, {"x.tsv", "a\tb\n1\t2"}, {"x.tsv", "a\tb\n1\t\"2\n3\"\n\"\t\""},
		{"x.json", "[{\"a\": 1}, 2"}, {"x.json", "{\"n\": 1, \"data\": [{\"a\": 1}], \"m\": {}}"},
		{"x.json", "{\n \"a\": {\n}}\n{\"a\": \"}\"}{}"}, {"x.json", "[{}][{}] x"},
		{"x.geojson", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":null,` +
			`"geometry":{"type":"Polygon","coordinates":[[[179,1],[-179,1],[-179,2],[179,1]]]}}]}`},
		{"x.json", `{"type":"Feature","properties":{"a":1},"geometry":{"type":"MultiPoint","coordinates":[[1,2],[3]]}}`},
	} {
		f.Add(seed.name, seed.text)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		r, err := table.Open(name, io.NopCloser(strings.NewReader(text)), table.Options{})
		if err != nil {
			return
		}
		var raws strings.Builder
		line := 0
		for range len(text) + 2 {
			row, err := r.Next()
			var fault *table.Fault
			switch {
			case errors.Is(err, io.EOF):
				if r.Columns() != nil && isPlainASCII(text) {
					checkRaws(t, text, raws.String())
				}
				return
			case errors.As(err, &fault):
				row.Line = fault.Line
				raws.WriteString(fault.Raw)
			case err != nil:
				t.Fatal(err)
			default:
				raws.WriteString(row.Raw)
			}
			if row.Line < line || row.Line == 0 {
				t.Errorf("line %d after line %d", row.Line, line)
			}
			line = row.Line
		}
		t.Error("the rows do not end")
	})
}

func isPlainASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r == 0 || r > 126 }) < 0 && len(s) < 1<<16
}

// checkRaws checks that the text of rows and faults is the end of a CSV file, except for line ends; only the header
// precedes it.
func checkRaws(t *testing.T, text, raws string) {
	t.Helper()
	noEnds := strings.NewReplacer("\r", "", "\n", "")
	text, raws = noEnds.Replace(text), noEnds.Replace(raws)
	if !strings.HasSuffix(text, raws) || strings.Contains(raws, "\x00") {
		t.Errorf("the rows %q are not the end of %q", raws, text)
	}
}
