package table_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/loader/table"
)

// TestBoundFaults checks that a row that exceeds a bound is a Fault with its column. The Fault shows only the beginning
// of the row, and the rows around it are read.
func TestBoundFaults(t *testing.T) {
	cell := strings.Repeat("é", kg.MaxCellBytes/2)
	object := func(fields string) string {
		return `{"a":"1","b":"2"}` + "\n{" + fields + "}\n" + `{"a":"5","b":"6"}` + "\n"
	}
	rows := func(comma, row string) string {
		return strings.ReplaceAll("a;b\n1;2\n", ";", comma) + row + "\n5" + comma + "6\n"
	}
	for _, c := range []struct{ name, text, column, want string }{
		{"a.csv", rows(",", "3,x"+cell), "b", "field 2 has 33,554,433 bytes, of at most 33,554,432"},
		{"b.csv", rows(",", `3,"x`+cell+`"`), "b", "field 2 has 33,554,433 bytes, of at most 33,554,432"},
		{"b2.csv", rows(",", `3,"`+strings.Repeat(`""`, 5)+cell+`"`), "b",
			"field 2 has 33,554,437 bytes, of at most 33,554,432"},
		{"c.csv", rows(",", strings.Repeat(",", kg.MaxColumns)), "", "more than 20000 fields"},
		{"a.tsv", rows("\t", "3\tx"+cell), "b", "field 2 has 33,554,433 bytes, of at most 33,554,432"},
		{"b.tsv", rows("\t", cell+"\t"+cell), "", "the row has more than 64 MiB"},
		{"c.tsv", rows("\t", strings.Repeat("\t", kg.MaxColumns)), "", "more than 20000 fields"},
		{"a.jsonl", object(`"a":"3","b":[{"c":"x` + cell + `"}]`), "b",
			"a string has 33,554,433 bytes, of at most 33,554,432"},
		{"b.jsonl", object(`"a":"` + cell + `","b":"` + cell + `"`), "", "the object has more than 64 MiB"},
		{"c.jsonl", object(`"a":"3"` + wide()), "", "more than 20000 fields"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := table.Open(c.name, io.NopCloser(strings.NewReader(c.text)), table.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var read []any
			var faults []*table.Fault
			for {
				row, err := r.Next()
				var fault *table.Fault
				switch {
				case errors.As(err, &fault):
					faults = append(faults, fault)
					continue
				case err == nil:
					read = append(read, row.Values["a"])
					continue
				case !errors.Is(err, io.EOF):
					t.Fatal(err)
				}
				break
			}
			if len(read) != 2 || read[0] != "1" || read[1] != "5" {
				t.Errorf("read %.100v", read)
			}
			if len(faults) != 1 {
				t.Fatalf("%d faults: %.500v", len(faults), faults)
			}
			f := faults[0]
			if !strings.Contains(f.Reason, c.want) || f.Column != c.column || len(f.Raw) > 2_000 || f.Raw == "" {
				t.Errorf("column %q: %.200s; %d bytes are shown; want column %q: %s",
					f.Column, f.Reason, len(f.Raw), c.column, c.want)
			}
		})
	}
}

// wide returns more fields of an object than a row may have.
func wide() string {
	var b strings.Builder
	for i := range kg.MaxColumns + 1 {
		b.WriteString(`,"c` + strings.Repeat("x", i%200) + strings.Repeat("y", i/200) + `":1`)
	}
	return b.String()
}
