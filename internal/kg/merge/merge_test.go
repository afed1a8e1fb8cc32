package merge_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"casus/internal/edtf"
	"casus/internal/geo"
	"casus/internal/kg"
	"casus/internal/kg/merge"

	"github.com/google/go-cmp/cmp"
)

// mergeLaws merges random records of one node.
func mergeLaws[T kg.Identified](t *testing.T, seed uint64, rules *merge.Kind[T], random func(*rand.Rand) T) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	sources := []kg.Source{"", "document:1", "document:2", "document:3", "dataset:a", "dataset:b b"}
	dates := merge.Dates{}
	for _, s := range sources[1:] {
		if r.IntN(3) > 0 {
			dates[s] = noon(1 + r.IntN(2))
		}
	}
	var records []T
	for range 1 + r.IntN(6) {
		records = append(records, rules.From(random(r), sources[r.IntN(len(sources))]))
	}
	want := mergeIn(r, rules, records, dates)
	wantValues(t, seed, rules, want, records, dates)
	for range 4 {
		again := append(slices.Clone(records), records[r.IntN(len(records))])
		r.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
		if diff := cmp.Diff(want, mergeIn(r, rules, again, dates)); diff != "" {
			t.Fatalf("seed %d, %T: another order makes another node (-first +other):\n%s", seed, want, diff)
		}
	}
	if diff := cmp.Diff(want, rules.Decide(rules.Merge(want, want), dates)); diff != "" {
		t.Fatalf("seed %d, %T: merging with itself changes it:\n%s", seed, want, diff)
	}
	if diff := cmp.Diff(want, mergeIn(r, rules, rules.Split(want), dates)); diff != "" {
		t.Fatalf("seed %d, %T: its records make another node (-node +merged):\n%s", seed, want, diff)
	}
}

// mergeIn merges records one by one, or groups of them that are merged before, and decides sometimes in between.
func mergeIn[T kg.Identified](r *rand.Rand, rules *merge.Kind[T], records []T, dates merge.Dates) T {
	for len(records) > 1 {
		at := r.IntN(len(records) - 1)
		merged := rules.Merge(records[at], records[at+1])
		if r.IntN(2) == 0 {
			merged = rules.Decide(merged, dates)
		}
		records = append(append(slices.Clone(records[:at]), merged), records[at+2:]...)
	}
	return rules.Decide(rules.Merge(records[0], records[0]), dates)
}

// wantValues decides by counting: it looks at each record's JSON, and compares the fields of the node.
func wantValues[T kg.Identified](
	t *testing.T, seed uint64, rules *merge.Kind[T], node T, records []T, dates merge.Dates,
) {
	t.Helper()
	stated := map[string]map[string]map[kg.Source]bool{}
	for _, rec := range records {
		source := rules.Provenance(rec).Source
		for field, value := range scalars(t, rec) {
			if stated[field] == nil {
				stated[field] = map[string]map[kg.Source]bool{}
			}
			if stated[field][value] == nil {
				stated[field][value] = map[kg.Source]bool{}
			}
			stated[field][value][source] = true
		}
	}
	got := scalars(t, node)
	for field, values := range stated {
		score := func(value string) [2]int { // more sources first, then the earlier date
			first := math.MaxInt
			for s := range values[value] {
				if at, dated := dates[s]; dated {
					first = min(first, int(at))
				}
			}
			return [2]int{-len(values[value]), first}
		}
		shown := got[field]
		var equal []string
		for value := range values {
			a, b := score(value), score(shown)
			if a[0] < b[0] || a[0] == b[0] && a[1] < b[1] {
				t.Fatalf("seed %d, %T: %s is %q %v, but %q has %v", seed, node, field, shown, b, value, a)
			}
			if a == b {
				equal = append(equal, value)
			}
		}
		undecided := slices.Contains(rules.Provenance(node).Undecided, field)
		if undecided != (len(equal) > 1) {
			t.Fatalf("seed %d, %T: %s is %q, as good as %q, undecided: %t", seed, node, field, shown, equal, undecided)
		}
		if slices.Sort(equal); field != "kind" && field != "affiliationType" && shown != equal[0] {
			t.Fatalf("seed %d, %T: %s is %q, the first of %q is not", seed, node, field, shown, equal)
		}
	}
}

// scalars returns the fields of a record's JSON that one value of many is chosen for.
func scalars(t *testing.T, record any) map[string]string {
	t.Helper()
	text, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for name, value := range all {
		switch v := value.(type) {
		case map[string]any:
			found[name] = fmt.Sprintf("%v,%v", v["latitude"], v["longitude"])
		case string:
			found[name] = v
		case float64:
			found[name] = edtf.Instant(v).String()
		}
	}
	if l, is := record.(kg.Location); is {
		if l.RadiusKm != 0 {
			found["radiusKm"] = strconv.FormatFloat(l.RadiusKm, 'f', -1, 64)
		}
		if b := l.Box; b != nil {
			found["box"] = fmt.Sprintf("%v,%v,%v,%v", b.West, b.South, b.East, b.North)
		}
		if l.Shape != "" {
			found["shape"] = string(l.Shape)
		}
	}
	if _, is := record.(kg.Affiliation); is {
		found["affiliationType"] = found["type"]
	}
	for name, value := range found {
		unstated := value == "" || value == "UNIDENTIFIED" || value == "OTHER"
		if unstated || slices.Contains([]string{"id", "source", "sha256", "text", "type", "coding"}, name) {
			delete(found, name)
		}
	}
	return found
}

// TestMergeIgnoresOrder merges random records in random orders and groups: the node is the same, and is the one that
// counting its sources makes.
func TestMergeIgnoresOrder(t *testing.T) {
	for seed := range uint64(200) {
		mergeLaws(t, seed, merge.Actors, randomActor)
		mergeLaws(t, seed, merge.Locations, randomLocation)
		mergeLaws(t, seed, merge.Documents, randomDocument)
		mergeLaws(t, seed, merge.Affiliations, randomAffiliation)
		mergeLaws(t, seed, merge.Releases, randomRelease)
	}
}

// TestSourceNamesDoNotDecide renames the sources of random records: every field keeps its value.
func TestSourceNamesDoNotDecide(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 9))
		names := r.Perm(4)
		dates, renamed := merge.Dates{}, merge.Dates{}
		var records, others []kg.Actor
		for range 5 {
			i := r.IntN(4)
			source, other := kg.Source(fmt.Sprint("document:", i)), kg.DatasetSource(fmt.Sprint("z", names[i]))
			a := randomActor(r)
			records, others = append(records, merge.Actors.From(a, source)), append(others, merge.Actors.From(a, other))
			dates[source], renamed[other] = noon(1+i/2), noon(1+i/2)
		}
		one, two := mergeIn(r, merge.Actors, records, dates), mergeIn(r, merge.Actors, others, renamed)
		if one.Kind != two.Kind || one.Country != two.Country || one.Description != two.Description ||
			!slices.Equal(one.Undecided, two.Undecided) {
			t.Fatalf("seed %d: %+v, renamed %+v", seed, one, two)
		}
	}
}

func TestMergeNegativeZero(t *testing.T) {
	minus := math.Copysign(0, -1)
	a := kg.Location{ID: "location:a", Point: &kg.Point{Latitude: minus, Longitude: minus}}
	b := kg.Location{ID: "location:a", Point: &kg.Point{}}
	for _, pair := range [][2]kg.Location{{a, a}, {a, b}, {b, a}} {
		got := merge.Locations.Merge(pair[0], pair[1])
		if math.Signbit(got.Point.Latitude) || math.Signbit(got.Point.Longitude) || got.Values != nil {
			t.Errorf("%v, %v", got.Point, got.Values)
		}
	}
	if !math.Signbit(a.Point.Latitude) {
		t.Error("the given record is changed")
	}
}

// TestMergeReleaseCoding checks that the first coding in the order of the vocabulary is kept, and that an absent one
// yields.
func TestMergeReleaseCoding(t *testing.T) {
	for _, tt := range []struct{ a, b, want kg.Coding }{
		{"", kg.CodingMachine, kg.CodingMachine},
		{kg.CodingMachine, kg.CodingHuman, kg.CodingHuman},
		{kg.CodingMachine, kg.CodingMachineReviewed, kg.CodingMachineReviewed},
		{"", "", ""},
	} {
		for _, pair := range [][2]kg.Coding{{tt.a, tt.b}, {tt.b, tt.a}} {
			got := merge.Releases.Merge(kg.Release{Coding: pair[0]}, kg.Release{Coding: pair[1]})
			if got.Coding != tt.want {
				t.Errorf("%q and %q: %q, want %q", pair[0], pair[1], got.Coding, tt.want)
			}
		}
	}
}

func pick[T any](r *rand.Rand, values ...T) T { return values[r.IntN(len(values))] }

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
		ID: "actor:1", Kind: pick(r, kg.ActorState, kg.ActorMilitary, kg.ActorUnidentified),
		Names: several(r, randomName), Country: pickOrZero(r, "AA", "BB"),
		Sectors:     several(r, func(r *rand.Rand) string { return pickOrZero(r, "army", "navy") }),
		Identifiers: several(r, randomIdentifier), Description: pickOrZero(r, "x", "y"),
	}
}

func randomLocation(r *rand.Rand) kg.Location {
	return kg.Location{
		ID: "location:1", Kind: pick(r, kg.LocationCity, kg.LocationRegion), Names: several(r, randomName),
		Country: pickOrZero(r, "AA", "BB"),
		Point: pickOrZero(
			r, &kg.Point{Latitude: 1.5, Longitude: 2}, &kg.Point{Latitude: -1.5, Longitude: 2},
			&kg.Point{Latitude: 10, Longitude: 2},
		),
		RadiusKm: pickOrZero(r, 0.1, 80, 1e-7),
		Box: pickOrZero(r, &geo.Box{West: 170, South: -1.5, East: -170, North: 1e-7},
			&geo.Box{West: 1, South: 2, East: 3, North: 4}),
		Shape:       pickOrZero(r, geo.Box{East: 1, North: 1}.Shape(), geo.Box{East: 2, North: 1}.Shape()),
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
		Type:        pick(r, kg.AffiliationOffice, kg.AffiliationCommand, kg.AffiliationOther),
		Position:    pickOrZero(r, "x", "y"), ValidTime: randomTime(r),
	}
}

func randomRelease(r *rand.Rand) kg.Release {
	return kg.Release{
		ID: "release:1", Name: pickOrZero(r, "a", "b"), Release: pickOrZero(r, "1", "2"), ReleasedAt: randomTime(r),
	}
}
