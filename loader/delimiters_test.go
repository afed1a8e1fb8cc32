package loader_test

import (
	"strings"
	"testing"

	"casus/internal/digest"
	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// A table that is detected is read with the delimiter with which it was detected, regardless of its name.
func TestDetectedDelimiters(t *testing.T) {
	header, row, found := strings.Cut(strings.TrimSpace(icewsRows), "\n")
	if !found || !strings.Contains(header, "\t") {
		t.Fatal("the fixture of ICEWS has no tabs")
	}
	digests := map[string]bool{}
	for _, delimiter := range []string{"\t", ",", ";", "|"} {
		var lines []string
		for _, line := range append([]string{header}, strings.Split(row, "\n")...) {
			fields := strings.Split(line, "\t")
			for i, f := range fields {
				if strings.ContainsAny(f, delimiter+"\"") && delimiter != "\t" {
					fields[i] = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
				}
			}
			lines = append(lines, strings.Join(fields, delimiter))
		}
		for _, end := range []string{"\n", "\r\n", "\r"} {
			for _, name := range []string{"events.csv", "stdin", "events.txt"} {
				in := textInput(name, strings.Join(lines, end)+end)
				m, err := loader.DetectMapping(&in)
				if err != nil || m == nil || m.Name != "icews" {
					t.Fatalf("%q %q: %v, %v", delimiter, end, m, err)
				}
				s := memory.New()
				r, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, loader.Options{})
				if err != nil || r.Rejected > 0 || r.Added[kg.KindClaim] == 0 {
					t.Fatalf("%q %q: %v %+v", delimiter, end, err, r.FirstRejects)
				}
				d, err := digest.Compute(t.Context(), s)
				if err != nil {
					t.Fatal(err)
				}
				digests[d] = true
			}
		}
	}
	if len(digests) != 1 {
		t.Errorf("%d digests", len(digests))
	}
}
