package sqlitestore_test

import (
	"path/filepath"
	"testing"

	"casus/internal/kg"
)

// TestBucketsStayFresh asks for all buckets, which are kept, before and after another store wrote to the same file.
func TestBucketsStayFresh(t *testing.T) {
	path := filepath.Join(t.TempDir(), "casus.db")
	asked, other := open(t, path), open(t, path)
	for n, event := range []kg.ID{"event:a", "event:b", "event:c"} {
		at, err := kg.ParseTime("2025-03-01")
		if err != nil {
			t.Fatal(err)
		}
		c := kg.Claim{
			ID: "claim:" + event[len("event:"):], Subject: event, Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, AssertedAt: at,
			Says: kg.Statement{Titles: []kg.Name{{Value: "A strike"}}, Time: &at},
		}
		writer := []kg.Store{other, asked, other}[n]
		if _, err := writer.Apply(t.Context(), kg.Batch{Claims: []kg.Claim{c}}); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second is of what was kept
			got, err := asked.Buckets(t.Context(), kg.BucketQuery{Interval: kg.IntervalMonth})
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 1 || got[0].Events != n+1 {
				t.Errorf("after %d events the buckets are %+v", n+1, got)
			}
		}
	}
}
