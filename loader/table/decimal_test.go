package table_test

import (
	"io"
	"strings"
	"testing"

	"casus/loader/table"
)

func TestDecimalCommas(t *testing.T) {
	comma := table.Options{Decimal: ","}
	for _, c := range []struct {
		text string
		o    table.Options
		want bool
	}{
		{"a;b\n1;2\n", table.Options{}, true}, {"a;b\n1,5;2\n", table.Options{}, true},
		{"a;b\n1.5;2\n", table.Options{}, false}, {"a;b\n1.5;2,5\n", table.Options{}, true},
		{"a;b\n1.500;x\n", table.Options{}, false},
		{"a,b\n1,2\n", table.Options{}, false}, {"a,b\n\"50,45\",2\n", table.Options{}, true},
		{"a,b\n\"1,234\",2\n", table.Options{}, false}, {"a,b\n\"50,45\",1.5\n", table.Options{}, false},
		{"a\tb\n1,5\t2\n", table.Options{}, true}, {"a\tb\n1,234\t2\n", table.Options{}, false},
		{"a\tb\n0,234\t2\n", table.Options{}, true}, {"a\tb\n1,234\t-,5\n", table.Options{}, true},
		{"a,b\n1,2\n", comma, true}, {"a;b\n1,5;2\n", table.Options{Decimal: "."}, false},
		{`[{"a": "1,5"}]`, table.Options{}, false},
	} {
		r, err := table.Open("f", io.NopCloser(strings.NewReader(c.text)), c.o)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.DecimalComma(); got != c.want {
			t.Errorf("%q: %t, want %t", c.text, got, c.want)
		}
	}
}
