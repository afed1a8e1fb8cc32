package mapping_test

import (
	"io"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/loader/mapping"
	"casus/loader/table"
)

func TestInvalidDetection(t *testing.T) {
	for detect, want := range map[string]string{
		"detect: {id: '^1$'}": "detect.id: not one of input.columns",
		"input: {noHeader: true, columns: [id]}\ndetect: {day: '^1$'}": "detect.day: not one of input.columns",
		"input: {noHeader: true, columns: [id]}\ndetect: {id: '('}":    "detect.id: error parsing regexp",
		"detect: {id: [1]}": "detect",
		"detect: id":        "detect",
	} {
		_, err := mapping.Parse("t.yaml", []byte("mapping: 1\nname: t\n"+detect+"\nrecords:\n  - event: {titles: [x]}"), nil)
		if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", detect, err, want)
		}
	}
}

// TestUndetectedRows checks that a first row that cannot be read, or that does not match in one column, fits no
// mapping.
func TestUndetectedRows(t *testing.T) {
	row := map[string]any{
		"GLOBALEVENTID": "1", "SQLDATE": "20150218", "MonthYear": "201502", "QuadClass": "1", "DATEADDED": "20150218230000",
	}
	for column, v := range map[string]any{"": "", "QuadClass": "5", "DATEADDED": "201502", "SQLDATE": nil} {
		first := map[string]any{}
		for k, v := range row {
			first[k] = v
		}
		first[column] = v
		m, err := mapping.DetectRow(func(table.Options) map[string]any { return first })
		if err != nil || (m != nil) != (column == "") {
			t.Errorf("%s %v: %v, %v", column, v, m, err)
		}
	}
	if m, err := mapping.DetectRow(func(table.Options) map[string]any { return nil }); m != nil || err != nil {
		t.Error(m, err)
	}
}

// TestQuadruples checks that quadruples are detected with and without a header, and that other tables of four columns
// that end with a date are not.
func TestQuadruples(t *testing.T) {
	for text, want := range map[string]string{
		"subject\trelation\tobject\tdate\nArland\tMake a visit\tBoria\t2014-01-01\n": "icews-quads",
		"Arland\tMake a visit\tBoria\t2014-01-01\n":                                  "icews-quads",
		"Arland\tboat\tBoria\t2014-01-01\n":                                          "",
		"Arland\tMake a visit\tBoria\t1 May\n":                                       "",
	} {
		m, err := mapping.DetectRow(func(o table.Options) map[string]any {
			r, err := table.Open("x.txt", io.NopCloser(strings.NewReader(text)), o)
			if err != nil {
				return nil
			}
			row, err := r.Next()
			if err != nil {
				return nil
			}
			return row.Values
		})
		if err != nil || (m == nil) != (want == "") || m != nil && m.Name != want {
			t.Errorf("%q: %v, %v", text, m, err)
		}
	}
}

// TestDetectedAndReadAlike checks that the mappings that are detected by a header, which is read with any delimiter,
// do not read rows with one of their own.
func TestDetectedAndReadAlike(t *testing.T) {
	for _, name := range mapping.Names() {
		m, err := mapping.Embedded(name)
		if err != nil {
			t.Fatal(err)
		}
		if o := m.Options(); len(m.Detect.Columns) > 0 && (o.Format != "" || o.Delimiter != 0 || o.Encoding != "") {
			t.Errorf("%s: %+v", name, o)
		}
	}
}
