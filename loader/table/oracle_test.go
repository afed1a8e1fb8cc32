package table_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/testkit/seeds"
	"casus/loader/table"

	"github.com/google/go-cmp/cmp"
)

func openText(t testing.TB, text string) (*table.Reader, error) {
	t.Helper()
	return table.Open("x.csv", io.NopCloser(strings.NewReader(text)), table.Options{Delimiter: ','})
}

// pythonRows reads CSV files with Python's csv module and prints their rows.
const pythonRows = `
import csv, json, sys
csv.field_size_limit(1 << 30)
for name in sys.argv[1:]:
    with open(name, newline="", encoding="utf-8") as f:
        print(json.dumps([row for row in csv.reader(f) if row]))
`

// randomField returns a field as a program might write it: as it is, with marks in the middle, or in quotation marks.
func randomField(r *rand.Rand) string {
	word := func() string {
		return []string{"", "a", "Ж", "12", "2024-01-02", " ", "x y", "5\" pipe", "it's", "=1+1", "\t", "a\"\"b"}[r.IntN(12)]
	}
	if r.IntN(2) == 0 {
		return strings.TrimLeft(word(), `"`)
	}
	var inner strings.Builder
	for range r.IntN(4) {
		inner.WriteString(word())
		inner.WriteString([]string{"", ",", "\n", "\r\n", "\r", "\"", ";"}[r.IntN(7)])
	}
	return `"` + strings.ReplaceAll(inner.String(), `"`, `""`) + `"` + strings.Repeat(" ", r.IntN(8)/7)
}

// TestCSVLikePython checks that well-formed CSV is read like Python's csv module reads it.
func TestCSVLikePython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("SKIPPED: no python3")
	}
	dir := t.TempDir()
	args := []string{"-c", pythonRows}
	var texts []string
	for _, seed := range seeds.For(t, 60) {
		r := rand.New(rand.NewPCG(seed, 1))
		columns := 1 + r.IntN(6)
		end := []string{"\n", "\r\n", "\r"}[r.IntN(3)]
		var b strings.Builder
		for c := range columns {
			fmt.Fprintf(&b, "%sc%d", []string{"", ","}[min(c, 1)], c)
		}
		for range r.IntN(30) {
			b.WriteString(end)
			for c := range columns {
				b.WriteString([]string{"", ","}[min(c, 1)] + randomField(r))
			}
		}
		b.WriteString([]string{"", end, end + end}[r.IntN(3)])
		path := filepath.Join(dir, fmt.Sprintf("%d.csv", seed))
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		args, texts = append(args, path), append(texts, b.String())
	}
	out, err := exec.CommandContext(t.Context(), python, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(strings.NewReader(string(out)))
	compared := 0
	for _, text := range texts {
		var want [][]string
		if err := d.Decode(&want); err != nil {
			t.Fatal(err)
		}
		compared += comparePython(t, text, want)
	}
	if len(texts) > 20 && compared < 200 {
		t.Errorf("only %d rows were compared", compared)
	}
}

// comparePython compares the rows of a text with the rows that Python found, and returns how many there are. A quoted
// field may look like swallowed rows; such a text is not compared.
func comparePython(t *testing.T, text string, want [][]string) int {
	t.Helper()
	r, err := openText(t, text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	for i, fields := range want[1:] {
		row, err := r.Next()
		if fault := (*table.Fault)(nil); errors.As(err, &fault) &&
			strings.Contains(fault.Reason, "each of these lines is a row") {
			return i
		}
		if err != nil {
			t.Fatalf("row %d of %q: %v", i, text, err)
		}
		expected := map[string]any{}
		for c, f := range fields {
			expected[want[0][c]] = strings.ReplaceAll(f, "\r\n", "\n")
		}
		if d := cmp.Diff(expected, row.Values); d != "" {
			t.Fatalf("row %d of %q: %s", i, text, d)
		}
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		t.Fatalf("after the last row of %q: %v", text, err)
	}
	return len(want) - 1
}
