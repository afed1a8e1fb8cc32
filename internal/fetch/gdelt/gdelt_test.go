package gdelt_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus/internal/fetch/gdelt"
	"casus/internal/fetch/remote"
	"casus/internal/kg"
	"casus/internal/testkit/services"
)

func newAPI(t *testing.T, host string) *gdelt.API {
	t.Helper()
	client, err := remote.New(host, remote.Options{Sleep: func(context.Context, time.Duration) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return gdelt.New(client)
}

func TestUpdates(t *testing.T) {
	s, folder := services.New(t), t.TempDir()
	api := newAPI(t, s.URL)
	for list, infix := range map[gdelt.List]string{gdelt.English: "", gdelt.Translated: ".translation"} {
		text, response, err := api.List(t.Context(), list, "")
		if err != nil || response.ETag == "" {
			t.Fatalf("%q %+v %v", text, response, err)
		}
		if _, again, err := api.List(t.Context(), list, response.ETag); err != nil || !again.NotModified {
			t.Errorf("%+v %v", again, err)
		}
		entries, err := api.Entries(text)
		if err != nil || len(entries) != 2 || entries[0].Kind != gdelt.Events || entries[1].Kind != gdelt.Mentions ||
			entries[0].Name != "20261130013000"+infix+".export.CSV.zip" {
			t.Fatalf("%+v %v", entries, err)
		}
		for _, e := range entries {
			for _, fresh := range []bool{true, false} {
				before := s.Downloaded
				got, err := api.Download(t.Context(), e, folder, nil)
				if err != nil || got != fresh || s.Downloaded > before != fresh {
					t.Errorf("%s: %t %v, %d bytes", e.Name, got, err, s.Downloaded-before)
				}
			}
			content, err := os.ReadFile(filepath.Join(folder, e.Name))
			if err != nil || string(content) != string(s.Files[e.Name]) {
				t.Errorf("%s: %d bytes, %v", e.Name, len(content), err)
			}
		}
	}
	// A file that was damaged on the disk is downloaded again.
	name := "20261130013000.export.CSV.zip"
	damaged := append([]byte(nil), s.Files[name]...)
	damaged[9]++
	if err := os.WriteFile(filepath.Join(folder, name), damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	text, _, err := api.List(t.Context(), gdelt.English, "")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := api.Entries(text)
	if err != nil {
		t.Fatal(err)
	}
	if fresh, err := api.Download(t.Context(), entries[0], folder, nil); !fresh || err != nil {
		t.Errorf("%t %v", fresh, err)
	}
	// One that the server has damaged is refused.
	s.Files[name] = damaged
	if _, err := api.Download(t.Context(), entries[0], t.TempDir(), nil); kg.CodeOf(err) != kg.Conflict {
		t.Errorf("%v", err)
	}
}

func TestLists(t *testing.T) {
	api := newAPI(t, "http://data.example")
	const md5, at = "d41d8cd98f00b204e9800998ecf8427e", "http://data.example/gdeltv2/"
	for text, code := range map[string]kg.ErrorCode{
		"10 " + md5 + " " + at + "20261130013000.export.CSV.zip":                        "",
		"10 " + md5 + " https://data.example/gdeltv2/20261130013000.mentions.CSV.zip\r": "",
		"10 " + md5 + " " + at + "20261130013000.gkg.csv.zip":                           "", // and nothing to load
		"":          kg.Unavailable,
		"10 " + md5: kg.Unavailable,
		"-1 " + md5 + " " + at + "20261130013000.export.CSV.zip":                        kg.Unavailable,
		"0 " + md5 + " " + at + "20261130013000.export.CSV.zip":                         kg.LimitExceeded,
		"99999999999 " + md5 + " " + at + "20261130013000.export.CSV.zip":               kg.LimitExceeded,
		"10 abc " + at + "20261130013000.export.CSV.zip":                                kg.Unavailable,
		"10 " + md5 + " http://elsewhere.example/gdeltv2/20261130013000.export.CSV.zip": kg.Unavailable,
		"10 " + md5 + " http://data.example.evil/gdeltv2/20261130013000.export.CSV.zip": kg.Unavailable,
		"10 " + md5 + " " + at + "../../etc/20261130013000.export.CSV.zip":              kg.Unavailable,
		"10 " + md5 + " " + at + "..%2f20261130013000.export.CSV.zip":                   kg.Unavailable,
		"10 " + md5 + " " + at + "passwd":                                               kg.Unavailable,
		"10 " + md5 + " file:///gdeltv2/20261130013000.export.CSV.zip":                  kg.Unavailable,
		"10 " + md5 + " " + at + "20261130013000.export.CSV.zip\n<html>":                kg.Unavailable,
	} {
		if entries, err := api.Entries(text); kg.CodeOf(err) != code {
			t.Errorf("%q: %v %v", text, entries, err)
		}
	}
	s := services.New(t)
	for name, fault := range map[string]services.Fault{
		"a page":   services.LoginPage(),
		"gigantic": services.Body(http.StatusOK, "text/plain", strings.Repeat("x", 65<<10)),
	} {
		s.Misbehave(fault)
		if _, _, err := newAPI(t, s.URL).List(t.Context(), gdelt.English, ""); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
