package server

import (
	"archive/zip"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"casus/internal/export"
)

// TestExportsSayTheirOrigin reads from each format with a place for it what the export shows.
func TestExportsSayTheirOrigin(t *testing.T) {
	base := serveSample(t, "https://example.org")
	asked := "category=ASSAULT&filter=" + url.QueryEscape(`{"text": "<x> & y"}`) + "&knownAt=2025-12-20T12:00:00Z"
	want := export.Origin{
		Query: `category=ASSAULT&filter={"text": "<x> & y"}`, KnownAt: "2025-12-20T12:00:00Z", Version: "",
	}

	_, body := download(t, http.MethodGet, base+"/export/geojson?"+asked)
	var collection struct{ Casus export.Origin }
	if err := json.Unmarshal([]byte(body), &collection); err != nil {
		t.Fatal(err)
	}
	_, body = download(t, http.MethodGet, base+"/export/csv?"+asked)
	if got := originOfZip(t, body); collection.Casus != want || got != want {
		t.Errorf("%+v and %+v, want %+v", collection.Casus, got, want)
	}
	_, body = download(t, http.MethodGet, base+"/export/gexf?"+asked)
	var network struct {
		Meta struct {
			Description string `xml:"description"`
		} `xml:"meta"`
	}
	if err := xml.Unmarshal([]byte(body), &network); err != nil {
		t.Fatal(err)
	}
	if got := network.Meta.Description; got != want.String() {
		t.Errorf("%q, want %q", got, want)
	}

	before := time.Now().Add(-time.Second)
	_, body = download(t, http.MethodGet, base+"/export/csv")
	origin := originOfZip(t, body)
	at, err := time.Parse(time.RFC3339, origin.KnownAt)
	if err != nil || origin.Query != "" || at.Before(before) || at.After(time.Now()) {
		t.Errorf("%+v %v", origin, err)
	}
	if text := origin.String(); !strings.Contains(text, "the whole graph") {
		t.Error(text)
	}
}

func originOfZip(t *testing.T, body string) (o export.Origin) {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := z.Open("origin.json")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &o); err != nil {
		t.Fatal(err)
	}
	return o
}
