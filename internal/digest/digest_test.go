package digest_test

import (
	"path/filepath"
	"testing"

	"casus/internal/digest"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/open"
	"casus/loader"
	"casus/loader/sample"
)

func digestOf(t *testing.T, s store.Store) string {
	t.Helper()
	d, err := digest.Compute(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The bundled example has one digest in every store, for every batch size and any number of loads.
func TestEqualGraphsHaveEqualDigests(t *testing.T) {
	oracle := memory.New()
	file, err := open.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "casus.db"), open.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	empty := digestOf(t, oracle)
	if got := digestOf(t, file); got != empty {
		t.Errorf("empty: %s, the oracle's %s", got, empty)
	}
	for i, s := range []store.Store{oracle, file} {
		opt := loader.Options{BatchSize: 1 + 99*i, Now: edtf.Instant(i)}
		for range 2 {
			if _, err := loader.Load(t.Context(), s, loader.FS(sample.Files(), sample.Names()), opt); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := digestOf(t, oracle)
	if got := digestOf(t, file); got != want || want == empty {
		t.Errorf("%s, the oracle's %s, an empty store's %s", got, want, empty)
	}
}

// Every change to the graph changes its digest.
func TestDifferentGraphsHaveDifferentDigests(t *testing.T) {
	at, err := edtf.ParseTime("2025-03-01")
	if err != nil {
		t.Fatal(err)
	}
	name := []kg.Name{{Value: "A", Kind: kg.NamePrimary}}
	claim := kg.Claim{
		ID: "claim:1", Subject: "event:e", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, AssertedAt: at,
	}
	s := memory.New()
	seen := map[string]string{digestOf(t, s): "nothing"}
	for _, step := range []struct {
		name  string
		batch kg.Batch
	}{
		{"an actor", kg.Batch{Actors: []kg.Actor{{ID: "actor:a", Kind: kg.ActorPerson, Names: name}}}},
		{"its country", kg.Batch{Actors: []kg.Actor{{ID: "actor:a", Kind: kg.ActorPerson, Names: name, Country: "UA"}}}},
		{"a place", kg.Batch{Locations: []kg.Location{{ID: "location:a", Kind: kg.LocationCity, Names: name}}}},
		{"a document", kg.Batch{Documents: []kg.Document{{ID: "document:a", Titles: name}}}},
		{"a release", kg.Batch{Releases: []kg.Release{{ID: "release:a", Name: "a", Release: "1"}}}},
		{"a claim", kg.Batch{Claims: []kg.Claim{claim}}},
		{"an affiliation", kg.Batch{Affiliations: []kg.Affiliation{
			{ID: "affiliation:a", Holder: "actor:a", Counterpart: "location:a", Type: kg.AffiliationControl},
		}}},
		{"a decision", kg.Batch{
			Identities: []kg.IdentityDecision{
				{ID: "identity:a", A: "actor:a", B: "actor:a2", DecidedBy: "me", DecidedAt: 1},
			},
			Actors: []kg.Actor{{ID: "actor:a2", Kind: kg.ActorPerson, Names: name}},
		}},
	} {
		if _, err := s.Apply(t.Context(), step.batch); err != nil {
			t.Fatal(step.name, err)
		}
		d := digestOf(t, s)
		if before, known := seen[d]; known {
			t.Errorf("%s has the digest of %s", step.name, before)
		}
		seen[d] = step.name
	}
}
