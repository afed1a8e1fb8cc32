package mapping_test

import (
	"bufio"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"casus/internal/kg"
	"casus/loader/mapping"
)

// tableMapping returns a mapping with one table and one record, whose title is the given value.
func tableMapping(table, title string) []byte {
	return []byte("mapping: 1\nname: t\ntables: {codes: " + table + "}\nrecords:\n  - event: {titles: ['" + title + "']}")
}

func TestTables(t *testing.T) {
	dir := fstest.MapFS{
		"two.csv":     {Data: []byte("\ufeffcode,label\nA1,\"one, first\"\nB,two\n")},
		"three.csv":   {Data: []byte("code,label,kind\nA1,one,x\n")},
		"sub/two.csv": {Data: []byte("code,label\nA1,below\n")},
		"cameo.csv":   {Data: []byte("code,label\n19,ours\n")},
	}
	for _, c := range []struct{ table, expression, want string }{
		{"{A1: one}", `= lookup("codes", "A1")`, "one"},
		{"{A: any, A1: one}", `= prefix("codes", row.code)`, "one"},
		{"{A: any, B1: one}", `= prefix("codes", row.code)`, "any"},
		{`{"": all, B1: one}`, `= prefix("codes", row.code)`, "all"},
		{"{B: one, A111: two}", `= string(prefix("codes", row.code) == null)`, "true"},
		{"{12: number}", `= prefix("codes", 123)`, "number"},
		{"two.csv", `= lookup("codes", "A1")`, "one, first"},
		{"three.csv", `= lookup("codes", "A1").kind + lookup("codes", "A1").label`, "xone"},
		{"sub/two.csv", `= lookup("codes", "A1")`, "below"},
		{"cameo.csv", `= prefix("codes", "193")`, "ours"},     // a file in the folder takes precedence
		{"countries.csv", `= lookup("codes", "Chile")`, "CL"}, // a built-in table
	} {
		m, err := mapping.Parse("t.yaml", tableMapping(c.table, c.expression), dir)
		if err != nil {
			t.Error(c.table, err)
			continue
		}
		records, err := m.Map(map[string]any{"code": "A11"})
		if err != nil || len(records) != 1 || records[0].Fields["titles"].([]any)[0] != c.want {
			t.Errorf("%s %s: %v %v, want %s", c.table, c.expression, records, err, c.want)
		}
	}
}

func TestInvalidTables(t *testing.T) {
	dir := fstest.MapFS{
		"empty.csv": {}, "keys.csv": {Data: []byte("code\nA\n")}, "twice.csv": {Data: []byte("code,label\nA,1\n\nA,2\n")},
		"ragged.csv": {Data: []byte("code,label\nA\n")}, "latin.csv": {Data: []byte("code,label\nA,\xe9\n")},
		"same.csv": {Data: []byte("code,a,a\n")}, "folder/x.csv": {Data: []byte("code,label\n")},
	}
	for table, want := range map[string]string{
		"../secret.csv": "not a file in the mapping's folder", "/etc/hosts": "not a file in the mapping's folder",
		`a\b.csv`:   "not a file in the mapping's folder",
		"none.csv":  "no file none.csv in the mapping's folder; the built-in ones are cameo-names.csv, cameo.csv",
		"empty.csv": "the file is empty", "keys.csv": "only a column of keys", "twice.csv": `line 4: duplicate key "A"`,
		"ragged.csv": "line 2",
		"latin.csv":  "line 2: not UTF-8", "same.csv": "column 3 has no name or repeats one", "folder": "folder: read folder",
	} {
		_, err := mapping.Parse("t.yaml", tableMapping("'"+table+"'", "x"), dir)
		if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), want) ||
			!strings.Contains(err.Error(), "tables.codes") {
			t.Errorf("%s: %v, want %q", table, err, want)
		}
	}
	m, err := mapping.Parse("t.yaml", tableMapping("{}", `= prefix("other", "1")`), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Map(map[string]any{}); err == nil || !strings.Contains(err.Error(), `no table "other"`) {
		t.Error(err)
	}
}

// TestCAMEOCategories compares the category of each CAMEO code with the table of PLOVER's authors, if the test data has
// it.
func TestCAMEOCategories(t *testing.T) {
	path := filepath.Join(dataFolder(), "codes/cameo_to_plover.txt")
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("SKIPPED: no table of CAMEO codes at %s", path)
	}
	defer func() { _ = f.Close() }()
	m, err := mapping.Parse("t.yaml", tableMapping("cameo.csv", `= prefix("codes", row.code).category`), nil)
	if err != nil {
		t.Fatal(err)
	}
	category := func(code string) kg.EventCategory {
		records, err := m.Map(map[string]any{"code": code})
		if err != nil {
			t.Fatal(code, err)
		}
		return kg.EventCategory(records[0].Fields["titles"].([]any)[0].(string))
	}
	line := regexp.MustCompile(`^(\d+):\s*([A-Z]+)`)
	wants := map[string][]kg.EventCategory{} // two parts of the table begin with 08
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if found := line.FindStringSubmatch(lines.Text()); found != nil {
			wants[found[1]] = append(wants[found[1]], kg.EventCategory(found[2]))
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if len(wants) < 200 {
		t.Errorf("only %d codes were read", len(wants))
	}
	for code, want := range wants {
		if got := category(code); !slices.Contains(want, got) {
			t.Errorf("%s is %s, want %s", code, got, want)
		}
	}
	for code, want := range map[string]kg.EventCategory{
		"010": kg.CategoryStatement, "0213": kg.CategoryRequest,
		"21": kg.CategoryOther, "---": kg.CategoryOther, "": kg.CategoryOther,
	} {
		if got := category(code); got != want {
			t.Errorf("%q is %s, want %s", code, got, want)
		}
	}
}

func dataFolder() string {
	if dir := os.Getenv("CASUS_TEST_DATA"); dir != "" {
		return dir
	}
	return "../../../shared/data"
}
