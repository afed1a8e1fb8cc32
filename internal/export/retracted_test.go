package export_test

import (
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/export"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
)

// Exports leave out RETRACTED events unless the filter names that status, at any depth. The extraction format without a
// filter is the whole graph.
func TestRetractedEventsAreLeftOut(t *testing.T) {
	s := memory.New()
	day := func(text string) edtf.Time {
		at, err := edtf.ParseTime(text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	claim := func(id, event kg.ID, stance kg.Stance, on string) kg.Claim {
		at := day("2025-01-01")
		c := kg.Claim{ID: id, Subject: event, Stance: stance, Aspect: kg.AspectOccurrence, AssertedAt: day(on),
			Claimants: []kg.ID{"actor:a"}}
		if stance == kg.StanceAsserts {
			c.Says.Titles = []kg.Name{{Value: string(event), Kind: kg.NamePrimary}}
			c.Says.Time = &at
			c.Says.Places = []kg.Place{{Location: "location:a", Role: kg.LocationRoleVenue}}
		}
		return c
	}
	apply(t, s, kg.Batch{
		Actors: []kg.Actor{{ID: "actor:a", Kind: kg.ActorState, Names: []kg.Name{{Value: "A", Kind: kg.NamePrimary}}}},
		Locations: []kg.Location{{ID: "location:a", Kind: kg.LocationCity,
			Names: []kg.Name{{Value: "B", Kind: kg.NamePrimary}}, Point: &kg.Point{Latitude: 1, Longitude: 1}}},
		Claims: []kg.Claim{
			claim("claim:1", "event:held", kg.StanceAsserts, "2025-01-02"),
			claim("claim:2", "event:taken-back", kg.StanceAsserts, "2025-01-02"),
			claim("claim:3", "event:taken-back", kg.StanceRetracts, "2025-01-04"),
		},
	})
	before := day("2025-01-03").Latest
	named := &store.EventFilter{Or: []store.EventFilter{{Statuses: kg.ClaimStatuses.Values()}}}
	for _, f := range export.Formats() {
		if f.Name == "parquet" { // its texts are packed; it has the rows of csv
			continue
		}
		for _, c := range []struct {
			name string
			r    export.Request
			want bool
		}{
			{"everything", export.Request{}, f.Name == "casus"},
			{"a filter", export.Request{Filter: &store.EventFilter{Text: ref("event")}}, false},
			{"a filter that names the status", export.Request{Filter: named}, f.Name != "geojson"},
			{"before", export.Request{View: kg.View{KnownAt: &before}}, true},
		} {
			tables := []export.Table{""}
			if f.Tabular {
				tables = []export.Table{export.TableEvents, export.TableClaims}
			}
			for _, c.r.Table = range tables {
				got := string(write(t, s, f.Name, c.r))
				if !strings.Contains(got, "held") {
					t.Errorf("%s, %s %s: lacks the event that holds", f.Name, c.name, c.r.Table)
				}
				if strings.Contains(got, "taken-back") != c.want {
					t.Errorf("%s, %s %s: the RETRACTED event is in it: %t, want %t", f.Name, c.name, c.r.Table, !c.want, c.want)
				}
			}
		}
	}
}

func ref[T any](v T) *T { return &v }
