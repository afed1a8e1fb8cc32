package server

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestTablesComeAsAZip compares the number of rows with the number of events that the API counts.
func TestTablesComeAsAZip(t *testing.T) {
	base := serveSample(t, "https://example.org")
	_, body := download(t, http.MethodGet, base+"/export/csv?status=UNVERIFIED")
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "events.csv participants.csv claims.csv figures.csv origin.json" {
		t.Errorf("the zip holds %s", got)
	}
	rows, err := z.Open("events.csv")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(rows)
	if err != nil {
		t.Fatal(err)
	}
	count := url.QueryEscape("{timeline(filter:{statuses:[UNVERIFIED]}){totalCount}}")
	_, answer := download(t, http.MethodGet, base+"/graphql?query="+count)
	var parsed struct {
		Data struct{ Timeline struct{ TotalCount int } }
	}
	if err := json.Unmarshal([]byte(answer), &parsed); err != nil {
		t.Fatal(err)
	}
	if got, want := bytes.Count(text, []byte("\r\n")), parsed.Data.Timeline.TotalCount+1; got != want {
		t.Errorf("%d lines, want %d", got, want)
	}
}
