package open

import (
	"net/url"
	"strings"
	"testing"

	"casus/internal/kg"
)

// For any URL, the parts are found or the error is BAD_INPUT, and a password is never shown.
func FuzzStoreURL(f *testing.F) {
	for _, seed := range []string{
		"", ":", "sqlite:", "sqlite:casus.db", "sqlite://a@b/c.db", "sqlite::memory:", "neo4j://db:7687", "neo4j+s://me@db/x",
		"bolt://me:p%40ss@db:7687/casus?database=x&policy=eu", "neo4j://me:se%zzcret@db", "neo4j:me:secret@db", "neo4j://:@:",
		"postgres://me:secret@db", "neo4j://me:a@b@db", "neo4j://[::1]:7687", "bolt+ssc://db:port", "neo4j:///me:pass@db",
	} {
		f.Add(seed, "pass")
	}
	f.Fuzz(func(t *testing.T, raw, password string) {
		checkURL(t, raw)
		secret := "s3cr3t" + url.QueryEscape(password)
		for _, with := range []string{
			"neo4j://me:" + secret + "@" + raw, "bolt:me:" + secret + "@" + raw, "neo4j+s://" + raw + ":" + secret + "@db:7687",
		} {
			if strings.Contains(raw, "s3cr3t") {
				continue
			}
			checkURL(t, with)
			if shown := Redacted(with); strings.Contains(shown, secret) {
				t.Errorf("%q is shown as %q", with, shown)
			}
			if _, err := neo4jOptions(with, Options{}); err != nil && strings.Contains(err.Error(), secret) {
				t.Errorf("%q: the error shows the password: %v", with, err)
			}
		}
	})
}

func checkURL(t *testing.T, raw string) {
	t.Helper()
	if path, ok := File(raw); ok && (!strings.HasPrefix(raw, "sqlite:") || path == "" || !strings.HasSuffix(raw, path)) {
		t.Errorf("%q: the file %q", raw, path)
	}
	o, err := neo4jOptions(raw, Options{User: "neo4j"})
	if err != nil {
		if kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%q: %v", raw, err)
		}
		return
	}
	if u, err := url.Parse(o.URL); err != nil || u.User != nil || u.Hostname() == "" {
		t.Errorf("%q: the server's URL is %q: %v", raw, o.URL, err)
	}
}
