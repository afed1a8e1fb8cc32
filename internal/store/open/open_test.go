package open

import (
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/neo4j"
)

func TestNeo4jOptions(t *testing.T) {
	options := Options{User: "neo4j", Password: "default"}
	for _, c := range []struct {
		url  string
		want neo4j.Options
	}{
		{"neo4j://db:7687", neo4j.Options{URL: "neo4j://db:7687", User: "neo4j", Password: "default"}},
		{"bolt+s://me:p%40ss@db:7687/casus", neo4j.Options{
			URL: "bolt+s://db:7687", User: "me", Password: "p@ss", Database: "casus",
		}},
		{"neo4j+s://me@db?database=news&policy=eu", neo4j.Options{
			URL: "neo4j+s://db?policy=eu", User: "me", Password: "default", Database: "news",
		}},
	} {
		got, err := neo4jOptions(c.url, options)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", c.url, got, err, c.want)
		}
	}
}

func TestSnapshotPath(t *testing.T) {
	for _, c := range []struct{ url, folder, want string }{
		{"sqlite:war.db", "", "war.db-projection"},
		{"sqlite:/data/war.db", "elsewhere", "/data/war.db-projection"},
		{Memory, "folder", ""},
		{"neo4j://db:7687", "", ""},
		{"casus.db", "folder", ""},
	} {
		if got := SnapshotPath(c.url, c.folder); got != c.want {
			t.Errorf("%s: %q, want %q", c.url, got, c.want)
		}
	}
	first := SnapshotPath("neo4j://db:7687", "folder")
	if !strings.HasPrefix(first, "folder/neo4j-") || first != SnapshotPath("neo4j://me:secret@db:7687", "folder") {
		t.Errorf("%q depends on the password", first)
	}
	if first == SnapshotPath("neo4j://db:7687/other", "folder") {
		t.Error("two databases have one snapshot")
	}
}

func TestOpenErrors(t *testing.T) {
	for _, url := range []string{"", "casus.db", "sqlite:", "postgres://db", "neo4j://", "neo4j://a b:c@@"} {
		s, err := Open(t.Context(), url, Options{})
		if err == nil {
			_ = s.Close()
		}
		if kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%q: %v, want BAD_INPUT", url, err)
		}
	}
}

func TestOpenEmbedded(t *testing.T) {
	for _, url := range []string{Memory, "sqlite:" + t.TempDir() + "/casus.db", "sqlite://" + t.TempDir() + "/casus.db"} {
		s, err := Open(t.Context(), url, Options{})
		if err != nil {
			t.Fatalf("%s: %v", url, err)
		}
		if err := s.Ready(t.Context()); err != nil {
			t.Errorf("%s: %v", url, err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestRedacted(t *testing.T) {
	for url, want := range map[string]string{
		"sqlite:casus.db":            "sqlite:casus.db",
		"neo4j://me:secret@db:7687":  "neo4j://me:xxxxx@db:7687",
		"neo4j://me:se%zzcret@db":    "neo4j://xxxxx@db",
		"bolt://localhost:7687/news": "bolt://localhost:7687/news",
	} {
		if got := Redacted(url); got != want {
			t.Errorf("%s: %s, want %s", url, got, want)
		}
	}
}
