package merge_test

import (
	"fmt"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/geo"
	"casus/internal/kg"
	"casus/internal/kg/merge"

	"github.com/google/go-cmp/cmp"
)

// The dates of the sources in TestFieldValue.
var sourceDates = merge.Dates{
	"document:may": noon(5), "document:june": noon(6), "document:also-june": noon(6), "dataset:april": noon(4),
}

// TestFieldValue has an example for each line of the rule by which a field gets its value.
func TestFieldValue(t *testing.T) {
	for _, tt := range []struct {
		name   string
		stated [][2]string // source and value
		want   string
		// undecided are the other values between which no rule decides.
		undecided []string
	}{
		{"one source", [][2]string{{"document:may", "PL"}}, "PL", nil},
		{"an empty value is none", [][2]string{{"document:may", "PL"}, {"document:june", ""}, {"", ""}}, "PL", nil},
		{"most sources", [][2]string{
			{"document:may", "AA"}, {"document:june", "PL"}, {"document:also-june", "PL"},
		}, "PL", nil},
		{"most sources, not the earliest", [][2]string{
			{"dataset:april", "AA"}, {"document:june", "PL"}, {"", "PL"},
		}, "PL", nil},
		{"records of one source are one source", [][2]string{
			{"document:may", "AA"}, {"document:may", "AA"}, {"document:may", "AA"}, {"document:june", "PL"},
			{"dataset:april", "PL"},
		}, "PL", nil},
		{"records without a source are one source", [][2]string{
			{"", "AA"}, {"", "AA"}, {"document:june", "PL"}, {"document:also-june", "PL"},
		}, "PL", nil},
		{"the earliest source", [][2]string{{"document:june", "AA"}, {"document:may", "PL"}}, "PL", nil},
		{"a data set's date", [][2]string{{"document:may", "AA"}, {"dataset:april", "PL"}}, "PL", nil},
		{"the earliest of each value's sources", [][2]string{
			{"document:june", "AA"}, {"document:may", "AA"}, {"dataset:april", "PL"}, {"document:also-june", "PL"},
		}, "PL", nil},
		{"a dated source before one without a date", [][2]string{{"", "AA"}, {"document:june", "PL"}}, "PL", nil},
		{"undecided: the same date", [][2]string{
			{"document:june", "PL"}, {"document:also-june", "AA"},
		}, "AA", []string{"PL"}},
		{"undecided: no date", [][2]string{{"document:unknown", "PL"}, {"", "AA"}}, "AA", []string{"PL"}},
		{"undecided: one source", [][2]string{{"document:may", "PL"}, {"document:may", "AA"}}, "AA", []string{"PL"}},
		{"undecided among the earliest alone", [][2]string{
			{"document:june", "PL"}, {"document:also-june", "CC"}, {"", "AA"},
		}, "CC", []string{"PL"}},
	} {
		var records []kg.Actor
		for _, s := range tt.stated {
			a := kg.Actor{ID: "actor:x", Kind: kg.ActorPerson, Country: s[1]}
			records = append(records, merge.Actors.From(a, kg.Source(s[0])))
		}
		for _, order := range [][]kg.Actor{records, reversed(records)} {
			got := order[0]
			for _, r := range order {
				got = merge.Actors.Merge(got, r)
			}
			got = merge.Actors.Decide(got, sourceDates)
			var undecided []string
			for _, c := range merge.Actors.Undecided(kg.Actor{}, got, sourceDates) {
				undecided = append(undecided, c.Dropped)
			}
			if got.Country != tt.want || !slices.Equal(undecided, tt.undecided) {
				t.Errorf("%s: %s, undecided %v; want %s, %v", tt.name, got.Country, undecided, tt.want, tt.undecided)
			}
		}
	}
}

func reversed[T any](all []T) []T {
	all = slices.Clone(all)
	slices.Reverse(all)
	return all
}

// TestKindsYield checks that the kinds that stand for an unknown one are no values, and the order of the others.
func TestKindsYield(t *testing.T) {
	actor := func(k kg.ActorKind, s kg.Source) kg.Actor {
		return merge.Actors.From(kg.Actor{ID: "actor:x", Kind: k}, s)
	}
	unknown := merge.Actors.Merge(actor(kg.ActorUnidentified, "document:may"), actor(kg.ActorUnidentified, ""))
	if unknown.Kind != kg.ActorUnidentified || !cmp.Equal(unknown.Provenance, kg.Provenance{}) {
		t.Errorf("of no known kind: %+v", unknown)
	}
	known := merge.Actors.Merge(unknown, actor(kg.ActorState, "document:june"))
	if known.Kind != kg.ActorState || !cmp.Equal(known.Provenance, kg.Provenance{Source: "document:june"}) {
		t.Errorf("of one known kind: %+v", known)
	}
	tied := merge.Actors.Merge(known, actor(kg.ActorPerson, "document:unknown"))
	if tied.Kind != kg.ActorPerson || !slices.Equal(tied.Undecided, []string{"kind"}) {
		t.Errorf("PERSON is before STATE in the vocabulary: %+v", tied)
	}
	other := merge.Affiliations.Merge(kg.Affiliation{ID: "affiliation:x", Type: kg.AffiliationOther},
		kg.Affiliation{ID: "affiliation:x", Type: kg.AffiliationOffice})
	if other.Type != kg.AffiliationOffice || other.Values != nil {
		t.Errorf("OTHER yields: %+v", other)
	}
}

// TestLists checks that lists are united whatever their sources.
func TestLists(t *testing.T) {
	a := kg.Actor{
		ID: "actor:x", Kind: kg.ActorState, Sectors: []string{"navy"},
		Names: []kg.Name{
			{Value: "X", Language: "en", Kind: kg.NameAlias, Script: "Latn"}, {Value: "Y", Kind: kg.NameWeak},
		},
		Identifiers: []kg.Identifier{{Scheme: "wikidata", Value: "Q2"}},
	}
	b := kg.Actor{
		ID: "actor:x", Kind: kg.ActorState, Sectors: []string{"army", "navy"},
		Names:       []kg.Name{{Value: "X", Language: "en", Kind: kg.NamePrimary}},
		Identifiers: []kg.Identifier{{Scheme: "cameo", Value: "XXX"}},
	}
	want := kg.Actor{
		ID: "actor:x", Kind: kg.ActorState, Sectors: []string{"army", "navy"},
		Names: []kg.Name{
			{Value: "X", Language: "en", Kind: kg.NamePrimary, Script: "Latn"}, {Value: "Y", Kind: kg.NameWeak},
		},
		Identifiers: []kg.Identifier{{Scheme: "cameo", Value: "XXX"}, {Scheme: "wikidata", Value: "Q2"}},
	}
	want.Values = []kg.FieldValue{{Field: "kind", Value: "STATE", Sources: []kg.Source{"document:a", "document:b"}}}
	a, b = merge.Actors.From(a, "document:a"), merge.Actors.From(b, "document:b")
	for _, got := range []kg.Actor{merge.Actors.Merge(a, b), merge.Actors.Merge(b, a)} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// TestManyValues checks that a source counts for a bounded number of values of a field, in any order of its records.
func TestManyValues(t *testing.T) {
	var records []kg.Actor
	for i := range 40 {
		a := kg.Actor{ID: "actor:x", Kind: kg.ActorPerson, Description: fmt.Sprintf("%02d", i)}
		records = append(records, merge.Actors.From(a, "dataset:april"))
	}
	var first kg.Actor
	for n, order := range [][]kg.Actor{records, reversed(records)} {
		got := order[0]
		for _, r := range order {
			got = merge.Actors.Merge(got, r)
		}
		if n == 0 {
			first = got
		}
		if diff := cmp.Diff(first, got); diff != "" || got.Description != "00" || len(got.Values) != 17 {
			t.Errorf("%s, %d values:\n%s", got.Description, len(got.Values), diff)
		}
	}
}

// TestDates checks what dates a source: a document's publication, by most of its own sources and then the earliest, and
// a data set's oldest release.
func TestDates(t *testing.T) {
	document := func(published string, s kg.Source) kg.Document {
		return merge.Documents.From(kg.Document{ID: "document:d", PublishedAt: timeOf(published)}, s)
	}
	tied := merge.Documents.Merge(document("2025-01-03", ""), document("2025-01-02", "document:june"))
	for want, doc := range map[string]kg.Document{
		"2025-01-02T00:00:00Z": document("2025-01-01", ""),
		"2025-01-02T12:00:00Z": document("2025-01-02T12:00:00Z", ""),
		"2025-01-03T00:00:00Z": tied,
		"2025-01-04T00:00:00Z": merge.Documents.Merge(tied, document("2025-01-03", "document:may")),
	} {
		dates := merge.Dates{}
		dates.AddDocument(doc)
		if got := dates["document:d"].String(); got != want {
			t.Errorf("%v: dated %s, want %s", doc.Values, got, want)
		}
	}
	dates := merge.Dates{}
	for _, at := range []string{"2025-03", "2025-01-02T00:00:00Z", "2025-02", "2024/.."} {
		dates.AddRelease(kg.Release{Name: "GED", ReleasedAt: timeOf(at)})
	}
	dates.AddRelease(kg.Release{Name: "other"})
	dates.AddDocument(kg.Document{ID: "document:d"})
	if want := (merge.Dates{"dataset:GED": instant("2025-01-02T00:00:00Z")}); !cmp.Equal(dates, want) {
		t.Errorf("%v, want %v", dates, want)
	}
}

// TestReleaseDates has a release of which sources state different dates. The value that it shows depends on the dates
// of these sources; what dates its data set does not, so that data sets do not date one another in a circle.
func TestReleaseDates(t *testing.T) {
	release := func(at string, s kg.Source) kg.Release {
		return merge.Releases.From(kg.Release{ID: "release:r", Name: "GED", ReleasedAt: timeOf(at)}, s)
	}
	tied := merge.Releases.Merge(release("2025-01-05", "document:may"), release("2025-01-02", "dataset:other"))
	for _, sources := range []merge.Dates{
		{"document:may": noon(1), "dataset:other": noon(2)}, {"document:may": noon(2), "dataset:other": noon(1)}, nil,
	} {
		dates := merge.Dates{}
		dates.AddRelease(merge.Releases.Decide(tied, sources))
		if got := dates["dataset:GED"].String(); got != "2025-01-03T00:00:00Z" {
			t.Errorf("dated %s, want the earliest of the dates that equally many sources state", got)
		}
	}
	dates := merge.Dates{}
	dates.AddRelease(merge.Releases.Merge(tied, release("2025-01-05", "document:june")))
	if got := dates["dataset:GED"].String(); got != "2025-01-06T00:00:00Z" {
		t.Errorf("dated %s, want the date that most sources state", got)
	}
}

// TestClass merges the members of an identity class by the same rule.
func TestClass(t *testing.T) {
	classes := kg.NewIdentities(map[kg.ID]kg.ID{"actor:a": "actor:a", "actor:b": "actor:a", "actor:c": "actor:a"})
	member := func(id kg.ID, country string, s kg.Source) kg.Actor {
		return merge.Actors.From(kg.Actor{ID: id, Kind: kg.ActorPerson, Country: country}, s)
	}
	records := []kg.Actor{
		member("actor:a", "AA", "document:june"), member("actor:b", "BB", "document:may"), member("actor:c", "CC", ""),
	}
	for _, order := range [][]kg.Actor{records, reversed(records)} {
		got := merge.Actors.Decide(merge.ActorClass(classes, order), sourceDates)
		if got.ID != "actor:a" || got.Country != "BB" || len(got.Undecided) > 0 {
			t.Errorf("%+v", got)
		}
	}
}

func timeOf(value string) *edtf.Time {
	t, err := edtf.ParseTime(value)
	if err != nil {
		panic(err)
	}
	return &t
}

func instant(value string) edtf.Instant {
	i, err := edtf.ParseInstant(value)
	if err != nil {
		panic(err)
	}
	return i
}

func noon(day int) edtf.Instant { return instant(fmt.Sprintf("2025-01-%02dT12:00:00Z", day)) }

func ref[T any](v T) *T { return &v }

// TestValuesAreSorted states every field of a place.
func TestValuesAreSorted(t *testing.T) {
	l := kg.Location{
		ID: "location:1", Kind: kg.LocationCountry, Country: "UA", Point: &kg.Point{Latitude: 1}, RadiusKm: 2,
		Box: &geo.Box{East: 1, North: 1}, Shape: geo.Box{East: 1, North: 1}.Shape(),
	}
	var fields []string
	for _, v := range merge.Locations.Values(l) {
		fields = append(fields, v.Field)
	}
	want := []string{"box", "country", "kind", "point", "radiusKm", "shape"}
	if diff := cmp.Diff(want, fields); diff != "" {
		t.Error(diff)
	}
}
