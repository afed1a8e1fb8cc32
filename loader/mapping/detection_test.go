package mapping_test

import (
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/loader/mapping"
	"casus/loader/table"
)

func TestFaultsOfDetection(t *testing.T) {
	for detect, says := range map[string]string{
		"detect: {id: '^1$'}": "detect.id: it is none of input.columns",
		"input: {noHeader: true, columns: [id]}\ndetect: {day: '^1$'}": "detect.day: it is none of input.columns",
		"input: {noHeader: true, columns: [id]}\ndetect: {id: '('}":    "detect.id: error parsing regexp",
		"detect: {id: [1]}": "detect",
		"detect: id":        "detect",
	} {
		_, err := mapping.Parse("t.yaml", []byte("mapping: 1\nname: t\n"+detect+"\nrecords:\n  - event: {titles: [x]}"), nil)
		if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", detect, err, says)
		}
	}
}

// A first row that cannot be read, or looks otherwise in one column, is of no mapping.
func TestRowsOfNoMapping(t *testing.T) {
	row := map[string]any{"GLOBALEVENTID": "1", "SQLDATE": "20150218", "MonthYear": "201502", "QuadClass": "1", "DATEADDED": "20150218230000"}
	for column, v := range map[string]any{"": "", "QuadClass": "5", "DATEADDED": "20150218", "SQLDATE": nil} {
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
