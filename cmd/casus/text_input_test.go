package main

import (
	"strings"
	"testing"

	"casus/internal/kg"
)

func TestCheckText(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    string // "": it is text
	}{
		"empty":              {"", ""},
		"JSON":               {`{"id":"actor:a"}`, ""},
		"Cyrillic":           {"Зеленський\n", ""},
		"windows-1252":       {"na\xefve;caf\xe9\r\n", ""},
		"UTF-16":             {"\xff\xfea\x00;\x00b\x00\n\x00", ""},
		"UTF-16, no mark":    {"a\x00;\x00b\x00\n\x00", ""},
		"a column BM":        {"BM,height\n1,2\n", ""},
		"PNG":                {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"},
		"zip":                {"PK\x03\x04\x14\x00\x08\x00\x08\x00", "a zip archive): archives must end in .zip"},
		"gzip":               {"\x1f\x8b\x08\x00\x00\x00", "packed files must end in .gz"},
		"PDF":                {"%PDF-1.7\n%\xe2\xe3\n", "(a PDF document)"},
		"control characters": {"a,b\n\x01\x02,2\n", "binary file, not text"},
		"UTF-32":             {"\xff\xfe\x00\x00a\x00\x00\x00,\x00\x00\x00", ""},
		"a stray zero":       {"a,b\n" + strings.Repeat("text,2\n", 20) + "\x00,2\n", ""},
		"a stray one":        {"a,b\n" + strings.Repeat("text,2\n", 20) + "\x01,2\n", ""},
	} {
		err := checkText("input", []byte(c.content))
		if c.want == "" && err == nil {
			continue
		}
		if c.want == "" || kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
