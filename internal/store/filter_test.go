package store_test

import (
	"math"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"

	"github.com/google/go-cmp/cmp"
)

func TestNormalizeEventFilter(t *testing.T) {
	given := &store.EventFilter{
		Text:         ref("  Straße  KYIV "),
		Participants: []store.ParticipantFilter{{Countries: []string{"ua", "PL"}}},
		Place:        &store.PlaceFilter{Countries: []string{"Ru"}},
		And:          []store.EventFilter{{Text: ref(" \t")}},
		Or:           []store.EventFilter{{Text: ref("Ä")}, {}},
		Not:          &store.EventFilter{Place: &store.PlaceFilter{Countries: []string{}}},
	}
	untouched := &store.EventFilter{
		Text:         ref("  Straße  KYIV "),
		Participants: []store.ParticipantFilter{{Countries: []string{"ua", "PL"}}},
		Place:        &store.PlaceFilter{Countries: []string{"Ru"}},
		And:          []store.EventFilter{{Text: ref(" \t")}},
		Or:           []store.EventFilter{{Text: ref("Ä")}, {}},
		Not:          &store.EventFilter{Place: &store.PlaceFilter{Countries: []string{}}},
	}
	want := &store.EventFilter{
		Text:         ref("strasse kyiv"),
		Participants: []store.ParticipantFilter{{Countries: []string{"UA", "PL"}}},
		Place:        &store.PlaceFilter{Countries: []string{"RU"}},
		And:          []store.EventFilter{{}},
		Or:           []store.EventFilter{{Text: ref("a")}, {}},
		Not:          &store.EventFilter{Place: &store.PlaceFilter{Countries: []string{}}}, // an empty list matches nothing
	}
	got, err := given.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(untouched, given); diff != "" {
		t.Errorf("Normalize changed its receiver:\n%s", diff)
	}
	again, err := got.Normalize()
	if diff := cmp.Diff(got, again); diff != "" || err != nil {
		t.Errorf("Normalize is not idempotent (%v):\n%s", err, diff)
	}
	if none, err := (*store.EventFilter)(nil).Normalize(); none != nil || err != nil {
		t.Errorf("Normalize of nil: %v, %v", none, err)
	}
}

func TestNormalizeErrors(t *testing.T) {
	ids := func(n int) []kg.ID { return make([]kg.ID, n) }
	normalizeEvents := func(f store.EventFilter) error { _, err := f.Normalize(); return err }
	place := func(p store.PlaceFilter) error { return normalizeEvents(store.EventFilter{Place: &p}) }
	near := func(lat, lon, km float64) error {
		return place(store.PlaceFilter{Near: &store.NearFilter{Latitude: lat, Longitude: lon, Km: km}})
	}
	box := func(w, s, e, n float64) error {
		return place(store.PlaceFilter{Box: &store.BoxFilter{West: w, South: s, East: e, North: n}})
	}
	nested := func(depth int) error {
		var f store.EventFilter
		for i := range depth {
			inner := f
			switch i % 3 {
			case 0:
				f = store.EventFilter{Not: &inner}
			case 1:
				f = store.EventFilter{And: []store.EventFilter{inner}}
			case 2:
				f = store.EventFilter{Or: []store.EventFilter{inner}}
			}
		}
		return normalizeEvents(f)
	}
	between := func(from, to string) *store.TimeRange {
		return &store.TimeRange{From: timeOf(from), To: timeOf(to)}
	}
	actors := func(f store.ActorFilter) error { _, err := f.Normalize(); return err }
	places := func(f store.LocationFilter) error { _, err := f.Normalize(); return err }
	documents := func(f store.DocumentFilter) error { _, err := f.Normalize(); return err }
	claims := func(f store.ClaimFilter) error { _, err := f.Normalize(); return err }
	const ok, bad, much = kg.ErrorCode(""), kg.BadInput, kg.LimitExceeded
	tests := []struct {
		name string
		err  error
		code kg.ErrorCode
	}{
		{"everything allowed", normalizeEvents(store.EventFilter{}), ok},
		{"1000 ids", normalizeEvents(store.EventFilter{IDs: ids(1000)}), ok},
		{"1001 ids", normalizeEvents(store.EventFilter{IDs: ids(1001)}), much},
		{"1001 without", normalizeEvents(store.EventFilter{WithoutActors: ids(1001)}), much},
		{"1001 wholes", normalizeEvents(store.EventFilter{PartOf: ids(1001)}), much},
		{"1001 documents", normalizeEvents(store.EventFilter{Documents: ids(1001)}), much},
		{"1001 publishers", normalizeEvents(store.EventFilter{Publishers: ids(1001)}), much},
		{"1001 claimants", normalizeEvents(store.EventFilter{Claimants: ids(1001)}), much},
		{"1001 datasets", normalizeEvents(store.EventFilter{Datasets: make([]string, 1001)}), much},
		{"1001 modes", normalizeEvents(store.EventFilter{Modes: make([]string, 1001)}), much},
		{"1001 codes", normalizeEvents(store.EventFilter{Codes: make([]store.CodeFilter, 1001)}), much},
		{"1001 categories", normalizeEvents(store.EventFilter{Categories: make([]kg.EventCategory, 1001)}), much},
		{"1001 modalities", normalizeEvents(store.EventFilter{Modalities: make([]kg.Modality, 1001)}), much},
		{"1001 statuses", normalizeEvents(store.EventFilter{Statuses: make([]kg.ClaimStatus, 1001)}), much},
		{"1001 precisions", normalizeEvents(store.EventFilter{Precision: make([]edtf.TimePrecision, 1001)}), much},
		{
			"1001 response kinds",
			normalizeEvents(store.EventFilter{Responses: &store.ResponseFilter{Kinds: make([]kg.ResponseKind, 1001)}}), much,
		},
		{"6 participants", normalizeEvents(store.EventFilter{Participants: make([]store.ParticipantFilter, 6)}), ok},
		{"7 participants", normalizeEvents(store.EventFilter{Participants: make([]store.ParticipantFilter, 7)}), much},
		{
			"1001 actors", normalizeEvents(store.EventFilter{Participants: []store.ParticipantFilter{{AnyOf: ids(1001)}}}), much,
		},
		{
			"1001 represented",
			normalizeEvents(store.EventFilter{Participants: []store.ParticipantFilter{{Representing: ids(1001)}}}), much,
		},
		{
			"1001 roles",
			normalizeEvents(store.EventFilter{
				Participants: []store.ParticipantFilter{{Roles: make([]kg.ParticipantRole, 1001)}},
			}),
			much,
		},
		{
			"a country's name",
			normalizeEvents(store.EventFilter{Participants: []store.ParticipantFilter{{Countries: []string{"UKR"}}}}), bad,
		},
		{"not a country", place(store.PlaceFilter{Countries: []string{"4A"}}), bad},
		{"two code points", place(store.PlaceFilter{Countries: []string{"éa"}}), bad},
		{
			"code by both",
			normalizeEvents(store.EventFilter{
				Codes: []store.CodeFilter{{Scheme: "cameo", Value: ref("19"), StartsWith: ref("1")}},
			}),
			bad,
		},
		{
			"code by one",
			normalizeEvents(store.EventFilter{
				Codes: []store.CodeFilter{{Scheme: "cameo", StartsWith: ref("1")}, {Scheme: "acled"}},
			}),
			ok,
		},
		{"text of signs", normalizeEvents(store.EventFilter{Text: ref("—?!")}), bad},
		{"1000 bytes of text", normalizeEvents(store.EventFilter{Text: ref(strings.Repeat("x", 1000))}), ok},
		{"1001 bytes of text", normalizeEvents(store.EventFilter{Text: ref(strings.Repeat("x", 1001))}), much},
		{"a day", normalizeEvents(store.EventFilter{Time: between("2025-01-01", "2025-01-01")}), ok},
		{"a day in a year", normalizeEvents(store.EventFilter{Time: between("2025-06-01", "2025")}), ok},
		{"backwards", normalizeEvents(store.EventFilter{Time: between("2025-01-02", "2025-01-01")}), bad},
		{"asserted backwards", normalizeEvents(store.EventFilter{FirstAsserted: between("2026", "2025")}), bad},
		{"open", normalizeEvents(store.EventFilter{Time: &store.TimeRange{}}), ok},
		{"min over max", normalizeEvents(store.EventFilter{Killed: &store.IntRange{Min: ref(2), Max: ref(1)}}), bad},
		{"voices min over max", normalizeEvents(store.EventFilter{Voices: &store.IntRange{Min: ref(2), Max: ref(1)}}), bad},
		{"min is max", normalizeEvents(store.EventFilter{Killed: &store.IntRange{Min: ref(2), Max: ref(2)}}), ok},
		{"near", near(90, -180, 0.001), ok},
		{"near nothing", near(0, 0, 0), bad},
		{"near less than nothing", near(0, 0, -1), bad},
		{"infinitely near", near(0, 0, math.Inf(1)), bad},
		{"near NaN", near(0, 0, math.NaN()), bad},
		{"north of the pole", near(90.1, 0, 1), bad},
		{"a longitude too far", near(0, 180.1, 1), bad},
		{"NaN degrees", near(math.NaN(), 0, 1), bad},
		{"box", box(-180, -90, 180, 90), ok},
		{"over the antimeridian", box(170, 0, -170, 1), ok},
		{"upside down", box(0, 1, 1, 0), bad},
		{"box too far south", box(0, -91, 1, 0), bad},
		{"box too far east", box(0, 0, 181, 1), bad},
		{"1001 places", place(store.PlaceFilter{Within: ids(1001)}), much},
		{"8 deep", nested(8), ok},
		{"9 deep", nested(9), much},
		{"100 filters", normalizeEvents(store.EventFilter{Or: make([]store.EventFilter, 99)}), ok},
		{"101 filters", normalizeEvents(store.EventFilter{Or: make([]store.EventFilter, 100)}), much},
		{
			"wrong within",
			normalizeEvents(store.EventFilter{Not: &store.EventFilter{And: []store.EventFilter{{IDs: ids(1001)}}}}), much,
		},

		{"actors by country", actors(store.ActorFilter{Countries: []string{"U"}}), bad},
		{"1001 actor ids", actors(store.ActorFilter{IDs: ids(1001)}), much},
		{"1001 identifiers", actors(store.ActorFilter{Identifiers: make([]store.IdentifierFilter, 1001)}), much},
		{"1001 kinds", actors(store.ActorFilter{Kinds: make([]kg.ActorKind, 1001)}), much},
		{"in wrong events", actors(store.ActorFilter{InEvents: &store.EventFilter{Text: ref("...")}}), bad},
		{"actors by signs", actors(store.ActorFilter{Text: ref("...")}), bad},
		{"1001 location ids", places(store.LocationFilter{IDs: ids(1001)}), much},
		{
			"a location's role",
			places(store.LocationFilter{Place: &store.PlaceFilter{Roles: []kg.LocationRole{kg.LocationRoleVenue}}}), bad,
		},
		{"a location near", places(store.LocationFilter{Place: &store.PlaceFilter{Near: &store.NearFilter{Km: 1}}}), ok},
		{"1001 document ids", documents(store.DocumentFilter{IDs: ids(1001)}), much},
		{"1001 languages", documents(store.DocumentFilter{Languages: make([]string, 1001)}), much},
		{"published backwards", documents(store.DocumentFilter{Published: between("2026", "2025")}), bad},
		{"1001 subjects", claims(store.ClaimFilter{Subjects: ids(1001)}), much},
		{"1001 speakers", claims(store.ClaimFilter{Speakers: ids(1001)}), much},
		{"1001 stances", claims(store.ClaimFilter{Stances: make([]kg.Stance, 1001)}), much},
		{"1001 aspects", claims(store.ClaimFilter{Aspects: make([]kg.Aspect, 1001)}), much},
		{"claims asserted backwards", claims(store.ClaimFilter{Asserted: between("2026", "2025")}), bad},
	}
	for _, tt := range tests {
		if code := kg.CodeOf(tt.err); code != tt.code {
			t.Errorf("%s: %v, want code %q", tt.name, tt.err, tt.code)
		}
	}
}

// TestNormalizeStopsEarly normalizes a filter that doubles at every level: it fails without visiting all of it.
func TestNormalizeStopsEarly(t *testing.T) {
	f := store.EventFilter{}
	for range 60 { // 2^60 filters, shared in memory
		f = store.EventFilter{And: []store.EventFilter{f, f}}
	}
	if _, err := f.Normalize(); kg.CodeOf(err) != kg.LimitExceeded {
		t.Errorf("%v, want LIMIT_EXCEEDED", err)
	}
}

func TestTimeRangeMatches(t *testing.T) {
	january := store.TimeRange{From: timeOf("2025-01"), To: timeOf("2025-01")}
	from, to := store.TimeRange{From: timeOf("2025-01-15")}, store.TimeRange{To: timeOf("2025-01-15")}
	tests := []struct {
		name                 string
		in                   store.TimeRange
		time                 string
		possibly, definitely bool
	}{
		{"inside", january, "2025-01-31", true, true},
		{"the whole", january, "2025-01", true, true},
		{"an hour before its end", january, "2025-01-31T23:59:59Z", true, true},
		{"its end", january, "2025-02-01T00:00:00Z", false, false},
		{"over its end", january, "2025-01-31/2025-02-01", true, false},
		{"around it", january, "2025", true, false},
		{"before", january, "2024-12-31", false, false},
		{"after", january, "2025-02-01", false, false},
		{"open until within", january, "../2025-01-02", true, false},
		{"open until before", january, "../2024", false, false},
		{"open from within", january, "2025-01-31/..", true, false},
		{"unknown", january, "XXXX", true, false},
		{"from, after", from, "2025-02", true, true},
		{"from, on the day", from, "2025-01-15", true, true},
		{"from, over it", from, "2025-01", true, false},
		{"from, before", from, "2025-01-14", false, false},
		{"from, open end", from, "2025-01-15/..", true, true}, // an open end lies within an open range
		{"to, on the day", to, "2025-01-15", true, true},
		{"to, after", to, "2025-01-16", false, false},
		{"to, open start", to, "../2025-01-15", true, true},
		{"always", store.TimeRange{}, "XXXX", true, true},
	}
	for _, tt := range tests {
		definitely := tt.in
		definitely.Certainty = ref(store.Definitely)
		if tt.in.Matches(when(tt.time)) != tt.possibly || definitely.Matches(when(tt.time)) != tt.definitely {
			t.Errorf("%s, %s: possibly %v, definitely %v, want %v and %v", tt.name, tt.time,
				tt.in.Matches(when(tt.time)), definitely.Matches(when(tt.time)), tt.possibly, tt.definitely)
		}
		possibly := tt.in
		possibly.Certainty = ref(store.Possibly)
		if possibly.Matches(when(tt.time)) != tt.possibly {
			t.Errorf("%s: an explicit POSSIBLY differs from the default", tt.name)
		}
	}
}

func TestResponseFilterDefault(t *testing.T) {
	for _, c := range []struct {
		exists *bool
		want   bool
	}{{nil, true}, {ref(true), true}, {ref(false), false}} {
		if got := (store.ResponseFilter{Exists: c.exists}).WantExists(); got != c.want {
			t.Errorf("WantExists with Exists %v: %v", c.exists, got)
		}
	}
}

// RETRACTED events are left out unless a filter, at any depth, names the status.
func TestFilterWithoutRetracted(t *testing.T) {
	retracted := store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusRetracted}}
	denied := store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusDenied}}
	others := []kg.ClaimStatus{
		kg.StatusUnverified, kg.StatusCorroborated, kg.StatusConfirmed, kg.StatusDisputed, kg.StatusDenied,
	}
	for name, c := range map[string]struct{ given, want *store.EventFilter }{
		"none":           {nil, &store.EventFilter{Statuses: others}},
		"another status": {&denied, &denied},
		"named":          {&retracted, &retracted},
		"named in and": {&store.EventFilter{And: []store.EventFilter{retracted}},
			&store.EventFilter{And: []store.EventFilter{retracted}}},
		"named in or": {&store.EventFilter{Or: []store.EventFilter{denied, retracted}},
			&store.EventFilter{Or: []store.EventFilter{denied, retracted}}},
		"named in not":   {&store.EventFilter{Not: &retracted}, &store.EventFilter{Not: &retracted}},
		"another in not": {&store.EventFilter{Not: &denied}, &store.EventFilter{Not: &denied, Statuses: others}},
		"no status at all": {&store.EventFilter{Statuses: []kg.ClaimStatus{}},
			&store.EventFilter{Statuses: []kg.ClaimStatus{}}},
	} {
		if d := cmp.Diff(c.want, c.given.WithoutRetracted()); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}
