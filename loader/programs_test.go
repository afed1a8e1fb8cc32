package loader_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/store/memory"
	"casus/internal/testkit/foreign"
	"casus/loader"
)

// datasetTable is a fixture of an embedded mapping.
type datasetTable struct {
	Name      string   `json:"name"`
	Text      string   `json:"text"`
	Delimiter string   `json:"delimiter"`
	Columns   []string `json:"columns"` // of a text without a header
}

// datasetTables returns invented rows of each embedded mapping, without rows that are rejected and without HXL tags,
// which would make every column text.
func datasetTables(t *testing.T) []datasetTable {
	t.Helper()
	untagged := strings.Join(append(strings.SplitAfter(ged, "\n")[:1], strings.SplitAfter(ged, "\n")[2:]...), "")
	return []datasetTable{
		{"ucdp-ged", untagged, ",", nil},
		{"acled", acledCurrent, ",", nil},
		{"icews", icewsRows, "\t", nil},
		{"icews-quads", strings.Replace(quads, "soon", "2014-01-03", 1), "\t", nil},
		{"gtd", gtdRows, ",", nil},
		{"polecat", polecatRows, "\t", nil},
		{"pax", paxRows, ",", nil},
		{"ucdp-dyadic", dyadicRows, ",", nil},
		{"ucdp-conflict", conflictRows, ",", nil},
		{"gdelt-events", gdeltEvents(t), "\t", embeddedMapping(t, "gdelt-events").Input.Columns},
		{"gdelt-mentions", gdeltMentions(t), "\t", embeddedMapping(t, "gdelt-mentions").Input.Columns},
	}
}

// digestOfFile returns the digest of the graph of a file, which the detected mapping must load without rejects.
func digestOfFile(t *testing.T, path, mapping string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return digestOfText(t, filepath.Base(path), string(text), mapping)
}

func digestOfText(t *testing.T, name, text, mapping string) string {
	t.Helper()
	in := textInput(name, text)
	m, err := loader.DetectMapping(&in)
	if err != nil || m == nil || m.Name != mapping {
		t.Errorf("detected %v, %v", m, err)
		return ""
	}
	s := memory.New()
	report, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, loader.Options{})
	if err != nil || report.Rejected > 0 || report.Applied == 0 {
		t.Errorf("%v %+v", err, report.FirstRejects)
		return ""
	}
	return digestOf(t, s)
}

// originalDigests returns the digests of the tables as their publishers write them, by mapping.
func originalDigests(t *testing.T, tables []datasetTable) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, table := range tables {
		name := "original.csv"
		if table.Delimiter == "\t" {
			name = "original.tsv"
		}
		all[table.Name] = digestOfText(t, name, table.Text, table.Name)
	}
	return all
}

// TestTablesOfOtherPrograms writes the rows of each embedded mapping with pandas (whole numbers, decimals, text and
// nullable types, JSON), pyreadr, and openpyxl, and as R and Excel save them. All make the same graph as the original.
func TestTablesOfOtherPrograms(t *testing.T) {
	folder := t.TempDir()
	tables := datasetTables(t)
	source, err := json.Marshal(tables)
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(folder, "tables.json")
	if err := os.WriteFile(list, source, 0o600); err != nil {
		t.Fatal(err)
	}
	var files []struct{ Name, Writer, Path string }
	if err := json.Unmarshal(foreign.Python(t, "testdata/tables/write.py", list, folder), &files); err != nil {
		t.Fatal(err)
	}
	want := originalDigests(t, tables)
	for _, f := range files {
		t.Run(f.Name+", "+f.Writer, func(t *testing.T) {
			t.Parallel()
			if got := digestOfFile(t, f.Path, f.Name); got != want[f.Name] && got != "" {
				t.Errorf("%s has another digest than the original", filepath.Base(f.Path))
			}
		})
	}
	if len(files) < 20*len(tables) {
		t.Errorf("only %d files", len(files))
	}
}

// TestSavedTables loads files that R and Excel saved, with quotation marks, NA, row numbers, decimal commas, a byte
// order mark, CRLF and dates as spreadsheets show them. write.py has made them from the rows of datasetTables.
func TestSavedTables(t *testing.T) {
	want := originalDigests(t, datasetTables(t))
	paths, err := filepath.Glob("testdata/tables/*.csv")
	if err != nil || len(paths) < 3*len(want) {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			name, _, _ := strings.Cut(filepath.Base(path), ".")
			if got := digestOfFile(t, path, name); got != want[name] && got != "" {
				t.Error("another digest than the original's")
			}
		})
	}
}
