package loader_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/mapping"

	"github.com/parquet-go/parquet-go"
)

// A binary format is named, with the command that makes a table of it.
func TestSignatures(t *testing.T) {
	packed := func(text string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write([]byte(text)); err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	var table bytes.Buffer
	type row struct{ ID int }
	if err := parquet.Write(&table, []row{{1}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, start, format, command string }{
		{"a.parquet", table.String(), "Parquet", "pandas.read_parquet('a.parquet').to_csv('a.csv', index=False)"},
		{"a.feather", "ARROW1\x00\x00", "Feather", "read_feather('a.feather')"},
		{"a.pkl", "\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00", "pickle", "read_pickle('a.pkl')"},
		{"a.rds", packed("X\n\x00\x00\x00\x03\x00\x04"), "an R object", `readRDS("a.rds"), "a.csv"`},
		{"data", packed("X\n\x00\x00\x00\x03\x00\x04"), "an R object", `readRDS("data")`},
		{"a.rds", "\xfd7zXZ\x00\x00", "an R object", `readRDS("a.rds")`},
		{"a.RData", packed("RDX3\nX\n\x00"), "an R workspace", `load("a.RData")`},
		{"a.rda", "BZh91AY&SY", "an R workspace", `load("a.rda")`},
		{"a.xlsx", "PK\x03\x04\x14\x00\x06\x00\x08\x00", "an Excel workbook", "read_excel('a.xlsx')"},
		{"a", "PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00[Content_Types].xml", "an Excel workbook", "read_excel('a')"},
		{"a.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "an old Excel workbook", "read_excel('a.xls')"},
		{"a.ods", "PK\x03\x04\x14\x00\x00\x08mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
			"OpenDocument", "read_excel"},
		{"a.dta", "<stata_dta><header>", "Stata", "read_stata('a.dta')"},
		{"a.sav", "$FL2@(#)", "SPSS", "read_spss('a.sav')"},
		{"a.gpkg", "SQLite format 3\x00\x10\x00", "GeoPackage", "ogr2ogr"},
		{"a.db", "SQLite format 3\x00\x10\x00", "SQLite", "sqlite3 -csv -header a.db"},
		{"a.csv.bz2", "BZh91AY&SY", "bzip2", "bzip2 -dc a.csv.bz2 > a.csv"},
		{"a.csv.xz", "\xfd7zXZ\x00", "xz", "xz -dc a.csv.xz > a.csv"},
		{"a.csv", "\x1f\x8b\x08\x00\x00\x00", "gzip", "mv a.csv a.csv.gz"},
		{"it's.parquet", "PAR1", "Parquet", "read_parquet('FILE')"},
	} {
		in := textInput(c.name, c.start)
		for _, load := range []func() error{
			func() error { _, err := loader.DetectMapping(&in); return err },
			func() error {
				_, err := loader.Load(t.Context(), memory.New(), []loader.Input{in}, loader.Options{})
				return err
			},
		} {
			err := load()
			if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), c.format) ||
				!strings.Contains(err.Error(), c.command) {
				t.Errorf("%s: %v, want %q and %q", c.name, err, c.format, c.command)
			}
		}
	}
}

// A page that reports an error, and other text that is not the table of a mapping, is refused before anything is
// stored, with a detected format and with a specified one.
func TestInputsThatAreNotTables(t *testing.T) {
	acled := embeddedMapping(t, "acled")
	for text, want := range map[string]string{
		"<!doctype html>\n<html><body>502 Bad Gateway</body></html>":   "is a web page, not a table",
		"  <html>\n<head><title>Sign in</title>":                       "is a web page, not a table",
		"<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>": "is XML, not a table",
		"upstream connect error\n":                                     "it lacks columns of acled",
		"event_id,event_date,event_type\n1,2024-01-01,Riots\n":         "it lacks columns of acled",
		`{"message": "rate limit exceeded"}`:                           "it lacks columns of acled",
		`{"error": {"code": 503}}` + "\n":                              "it lacks columns of acled",
	} {
		s := memory.New()
		opt := loader.Options{Release: &loader.Release{Dataset: "acled", Release: "2"}}
		_, err := loader.LoadRows(t.Context(), s, acled,
			[]loader.Input{textInput("x.csv", text), textInput("y.json", text)}, opt)
		if err == nil {
			t.Errorf("%s: no error", text)
			continue
		}
		if text[0] == '{' {
			_, err = loader.LoadRows(t.Context(), s, acled, []loader.Input{textInput("y.json", text)}, opt)
		}
		if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
		if stats, err := s.Stats(t.Context()); err != nil || len(stats.Nodes) > 0 && stats.Nodes[kg.KindRelease] > 0 {
			t.Errorf("%s: stored %v, %v", text, stats.Nodes, err)
		}
	}
}

// A mapping file is checked by the columns that it reads.
func TestColumnsOfOwnMapping(t *testing.T) {
	m, err := mapping.Parse("own.yaml", []byte("mapping: 1\nname: own\npublished: '2024'\nrecords:\n"+
		"  - event: {id: '= \"event:own:\" + row.id', titles: ['= row.what']}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"id,what\n1,x\n":           "",
		"id,other\n1,x\n":          "", // each row is rejected
		"a,b\n1,x\n":               "it lacks columns of own: id, what",
		"Service unavailable\n":    "it lacks columns of own",
		"":                         "",
		`[{"id":"1","what":"x"}]`:  "",
		`[{"code":1,"error":"x"}]`: "it lacks columns of own",
	} {
		_, err := loader.LoadRows(t.Context(), memory.New(), m, []loader.Input{textInput("x", text)}, loader.Options{})
		if want == "" && err != nil || want != "" && (kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
