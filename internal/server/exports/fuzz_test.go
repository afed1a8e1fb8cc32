package exports_test

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"casus/internal/export"
	"casus/internal/kg"
	"casus/internal/server/exports"
	"casus/internal/store/memory"
)

// FuzzExport reads the parameters of exports and writes the valid exports: any error has a code, and none is
// INTERNAL.
func FuzzExport(f *testing.F) {
	for _, parameters := range []string{
		"", "from=2025&actor=actor:a&actor=actor:b&country=UA&status=CONFIRMED&graph=actors&role=AGENT&language=uk",
		"filter=" + url.QueryEscape(`{"text": "x", "not": {"and": [{"ids": ["event:x"]}]}}`) +
			"&knownAt=2025-12-21T12:00:00Z",
		"filter=[1]", "filter={}%20{}", "filter={\"time\":{\"from\":\"soon\"}}", "from=../..&to=X", "table=events", "table=x",
		"graph=nothing", "text=%00", "text=\xff", "place=location:", "partOf=event:x&dataset=&publisher=actor:y",
		"nonsense=1",
		"category=ASSAULT&modality=PLANNED&to=20XX", "knownAt=2025",
		"filter=" + url.QueryEscape(`{"place":{"near":{"km":1e308}}}`),
		"language=" + url.QueryEscape("x\r\ny"), "text=a&text=b",
	} {
		for _, format := range []string{"casus", "geojson", "csv", "gexf"} {
			f.Add(format, parameters)
		}
	}
	source := memory.New()
	f.Fuzz(func(t *testing.T, format, parameters string) {
		values, err := url.ParseQuery(parameters)
		if err != nil {
			return // the request has what could be read of them
		}
		request, err := exports.ParseRequest(values)
		if err == nil {
			var found export.Format
			if found, err = export.Find(format); err != nil {
				return
			}
			if err = found.Check(request); err == nil {
				name, mediaType := exports.Filename(found, request)
				if name == "" || mediaType == "" || strings.ContainsAny(name, "\r\n\"/\\") {
					t.Errorf("the file is %q of type %q", name, mediaType)
				}
				_, err = exports.Write(t.Context(), source, found, request, new(bytes.Buffer))
			}
		}
		if code := kg.CodeOf(err); err != nil && code != kg.BadInput && code != kg.LimitExceeded && code != kg.NotFound {
			t.Errorf("%s: %v", code, err)
		}
	})
}
