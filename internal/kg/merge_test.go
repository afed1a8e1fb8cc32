package kg_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

func TestMergeActor(t *testing.T) {
	a := kg.Actor{
		ID: "actor:northland", Kind: kg.ActorUnidentified, Country: "NL", Sectors: []string{"navy"},
		Names: []kg.Name{
			{Value: "Northland", Language: "en", Kind: kg.NameAlias, Script: "Latn"}, {Value: "N.", Kind: kg.NameWeak},
		},
		Identifiers: []kg.Identifier{{Scheme: "wikidata", Value: "Q2"}},
		Description: "a state",
	}
	b := kg.Actor{
		ID: "actor:northland", Kind: kg.ActorState, Country: "ND", Sectors: []string{"army", "navy"},
		Names:       []kg.Name{{Value: "Northland", Language: "en", Kind: kg.NamePrimary}},
		Identifiers: []kg.Identifier{{Scheme: "cameo", Value: "NRL"}},
	}
	want := kg.Actor{
		ID: "actor:northland", Kind: kg.ActorState, Country: "ND", Sectors: []string{"army", "navy"},
		Names: []kg.Name{
			{Value: "Northland", Language: "en", Kind: kg.NamePrimary, Script: "Latn"}, {Value: "N.", Kind: kg.NameWeak},
		},
		Identifiers: []kg.Identifier{{Scheme: "cameo", Value: "NRL"}, {Scheme: "wikidata", Value: "Q2"}},
		Description: "a state",
	}
	found := []kg.FieldConflict{{ID: "actor:northland", Field: "country", Kept: "ND", Dropped: "NL"}}
	for _, order := range [][2]kg.Actor{{a, b}, {b, a}} {
		got, conflicts := kg.MergeActor(order[0], order[1])
		if diff := cmp.Diff(want, got) + cmp.Diff(found, conflicts); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestMergeConflicts(t *testing.T) {
	_, found := kg.MergeDocument(
		kg.Document{ID: "document:1", URL: "https://b.example", PublishedAt: timeOf("2025-01-02"), RetrievedAt: ref(noon(1))},
		kg.Document{
			ID: "document:1", URL: "https://a.example", PublishedAt: timeOf("2025-01-01"), RetrievedAt: ref(noon(2)),
			Language: "en",
		},
	)
	want := []kg.FieldConflict{
		{ID: "document:1", Field: "url", Kept: "https://a.example", Dropped: "https://b.example"},
		{ID: "document:1", Field: "publishedAt", Kept: "2025-01-01", Dropped: "2025-01-02"},
		{ID: "document:1", Field: "retrievedAt", Kept: "2025-01-01T12:00:00Z", Dropped: "2025-01-02T12:00:00Z"},
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	kept, found := kg.MergeLocation(
		kg.Location{ID: "location:1", Kind: kg.LocationCity, Point: &kg.Point{Latitude: 2, Longitude: 1}},
		kg.Location{ID: "location:1", Kind: kg.LocationCountry, Point: &kg.Point{Latitude: 1, Longitude: 2}},
	)
	if kept.Kind != kg.LocationCountry || *kept.Point != (kg.Point{Latitude: 1, Longitude: 2}) || len(found) != 2 {
		t.Errorf("kept %s at %v with %d conflicts, want COUNTRY at 1, 2 with 2", kept.Kind, *kept.Point, len(found))
	}
}

// TestMergeIgnoresOrder checks that the order of records, and repeated records, do not change the merged node.
func TestMergeIgnoresOrder(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 7))
		mergeLaws(t, seed, kg.MergeActor, randomActor(r), randomActor(r), randomActor(r))
		mergeLaws(t, seed, kg.MergeLocation, randomLocation(r), randomLocation(r), randomLocation(r))
		mergeLaws(t, seed, kg.MergeDocument, randomDocument(r), randomDocument(r), randomDocument(r))
		mergeLaws(t, seed, kg.MergeAffiliation, randomAffiliation(r), randomAffiliation(r), randomAffiliation(r))
		mergeLaws(t, seed, kg.MergeRelease, randomRelease(r), randomRelease(r), randomRelease(r))
	}
}

// mergeLaws checks that merge is commutative, associative and idempotent.
func mergeLaws[T any](t *testing.T, seed uint64, merge func(a, b T) (T, []kg.FieldConflict), a, b, c T) {
	t.Helper()
	m := func(x, y T) T {
		merged, _ := merge(x, y)
		return merged
	}
	ab, found := merge(a, b)
	ba, foundBack := merge(b, a)
	if diff := cmp.Diff(ab, ba) + cmp.Diff(found, foundBack); diff != "" {
		t.Fatalf("seed %d, %T: a+b is not b+a:\n%s", seed, a, diff)
	}
	if diff := cmp.Diff(m(ab, c), m(a, m(b, c))); diff != "" {
		t.Fatalf("seed %d, %T: (a+b)+c is not a+(b+c):\n%s", seed, a, diff)
	}
	if diff := cmp.Diff(ab, m(ab, b)); diff != "" {
		t.Fatalf("seed %d, %T: a+b+b is not a+b:\n%s", seed, a, diff)
	}
	once := m(a, a)
	again, none := merge(once, once)
	if diff := cmp.Diff(once, again); diff != "" || none != nil {
		t.Fatalf("seed %d, %T: merging with itself changes it or has conflicts (%v):\n%s", seed, a, none, diff)
	}
}

// pickOrZero returns one of the values or the zero value, at random.
func pickOrZero[T any](r *rand.Rand, values ...T) T {
	if i := r.IntN(len(values) + 1); i < len(values) {
		return values[i]
	}
	var zero T
	return zero
}

// several returns up to three random values.
func several[T any](r *rand.Rand, make func(*rand.Rand) T) []T {
	var all []T
	for range r.IntN(4) {
		all = append(all, make(r))
	}
	return all
}

func randomName(r *rand.Rand) kg.Name {
	return kg.Name{
		Value: fmt.Sprint("name ", r.IntN(2)), Language: pickOrZero(r, "en", "uk"), Script: pickOrZero(r, "Latn", "Cyrl"),
		Kind: pickOrZero(r, kg.NameKinds.Values()...),
	}
}

func randomIdentifier(r *rand.Rand) kg.Identifier {
	return kg.Identifier{Scheme: pickOrZero(r, "wikidata", "ucdp"), Value: pickOrZero(r, "1", "2")}
}

func randomTime(r *rand.Rand) *edtf.Time {
	return pickOrZero(r, timeOf("2025"), timeOf("2024-05"), timeOf("2025-01-01/2025-01-03"))
}

func randomActor(r *rand.Rand) kg.Actor {
	return kg.Actor{
		ID: "actor:1", Kind: pickOrZero(r, kg.ActorState, kg.ActorMilitary, kg.ActorUnidentified),
		Names: several(r, randomName), Country: pickOrZero(r, "AA", "BB"),
		Sectors:     several(r, func(r *rand.Rand) string { return pickOrZero(r, "army", "navy") }),
		Identifiers: several(r, randomIdentifier), Description: pickOrZero(r, "x", "y"),
	}
}

func randomLocation(r *rand.Rand) kg.Location {
	return kg.Location{
		ID: "location:1", Kind: pickOrZero(r, kg.LocationCity, kg.LocationRegion), Names: several(r, randomName),
		Country: pickOrZero(r, "AA", "BB"),
		Point: pickOrZero(
			r, &kg.Point{Latitude: 1.5, Longitude: 2}, &kg.Point{Latitude: -1.5, Longitude: 2},
			&kg.Point{Latitude: 10, Longitude: 2},
		),
		Identifiers: several(r, randomIdentifier),
		Parents:     several(r, func(r *rand.Rand) kg.ID { return pickOrZero[kg.ID](r, "location:2", "location:3") }),
	}
}

func randomDocument(r *rand.Rand) kg.Document {
	return kg.Document{
		ID: "document:1", URL: pickOrZero(r, "https://a.example", "https://b.example"), Titles: several(r, randomName),
		Language:  pickOrZero(r, "en", "uk"),
		Publisher: pickOrZero[kg.ID](r, "actor:1", "actor:2"), PublishedAt: randomTime(r),
		RetrievedAt: pickOrZero(r, ref(noon(1)), ref(noon(2))),
		SHA256:      pickOrZero(r, "aa", "bb"), Text: pickOrZero(r, "one", "two"),
		Syndicates: pickOrZero[kg.ID](r, "document:2", "document:3"),
	}
}

func randomAffiliation(r *rand.Rand) kg.Affiliation {
	return kg.Affiliation{
		ID: "affiliation:1", Holder: pickOrZero[kg.ID](r, "actor:1", "actor:2"),
		Counterpart: pickOrZero[kg.ID](r, "actor:3", "location:1"),
		Type:        pickOrZero(r, kg.AffiliationOffice, kg.AffiliationCommand, kg.AffiliationOther),
		Position:    pickOrZero(r, "x", "y"), ValidTime: randomTime(r),
	}
}

func randomRelease(r *rand.Rand) kg.Release {
	return kg.Release{
		ID: "release:1", Name: pickOrZero(r, "a", "b"), Release: pickOrZero(r, "1", "2"), ReleasedAt: randomTime(r),
	}
}
