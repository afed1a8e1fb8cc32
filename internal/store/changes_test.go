package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// TestChangesAt changes one property of a version in each case, and lists the resulting kinds of changes.
func TestChangesAt(t *testing.T) {
	three, four := 3, 4
	base := func() store.EventVersion {
		return store.EventVersion{
			State: &kg.EventState{
				Status: kg.StatusUnverified, Headline: kg.Headline{Modality: kg.ModalityOccurred, Time: when("2025-01-01")},
				Toll: kg.Toll{Killed: &kg.Estimate{Best: &three}},
			},
			Edges: kg.EventEdges{
				Participations: []kg.Participation{
					{Actor: northland, Role: kg.RoleInitiator, Status: kg.StatusUnverified, Claims: []kg.ID{"claim:1"}},
					{Actor: southland, Role: kg.RoleRecipient},
				},
				Locations:  []kg.EventLocation{{Location: harbour, Role: kg.LocationRoleVenue, Precision: 1}},
				RespondsTo: []kg.Response{{By: "event:e", To: "event:old", Kind: kg.ResponseRetaliates}},
				Responses: []kg.Response{
					{By: "event:reply", To: "event:e", Kind: kg.ResponseRejects, Condition: "now", Claims: []kg.ID{"claim:1"}},
				},
			},
		}
	}
	became := map[kg.ID][]kg.ID{"event:e": {"claim:5"}, "event:reply": {"claim:4", "claim:6"}, "event:other": {"claim:7"}}
	for _, tt := range []struct {
		name   string
		change func(before, after *store.EventVersion)
		became map[kg.ID][]kg.ID
		want   string
	}{
		{"nothing", func(_, _ *store.EventVersion) {}, became, "CLAIM 5"},
		{
			"nothing, and no claim about the event", func(_, _ *store.EventVersion) {},
			map[kg.ID][]kg.ID{"event:reply": {"claim:4"}}, "",
		},
		{"absent", func(b, a *store.EventVersion) { b.State, a.State = nil, nil }, became, ""},
		{
			"appeared", func(b, _ *store.EventVersion) { b.State, b.Edges = nil, kg.EventEdges{} }, became,
			"APPEARED 5",
		},
		{"status", func(_, a *store.EventVersion) { a.State.Status = kg.StatusDenied }, became, "STATUS 5"},
		{"retracted", func(_, a *store.EventVersion) { a.State.Status = kg.StatusRetracted }, became, "RETRACTED 5"},
		{"asserted again", func(b, _ *store.EventVersion) { b.State.Status = kg.StatusRetracted }, became, "STATUS 5"},
		{"retracted still", func(b, a *store.EventVersion) {
			b.State.Status, a.State.Status = kg.StatusRetracted, kg.StatusRetracted
		}, became, "CLAIM 5"},
		{"modality", func(_, a *store.EventVersion) { a.State.Modality = kg.ModalityCancelled }, became, "MODALITY 5"},
		{"time", func(_, a *store.EventVersion) { a.State.Time = when("2025-01-01~") }, became, "TIME 5"},
		{"toll", func(_, a *store.EventVersion) { a.State.Toll.Killed = &kg.Estimate{Best: &four} }, became, "TOLL 5"},
		{
			"an equal toll", func(_, a *store.EventVersion) { three := 3; a.State.Toll.Killed = &kg.Estimate{Best: &three} },
			became, "CLAIM 5",
		},
		{"wounded", func(_, a *store.EventVersion) { a.State.Toll.Wounded = &kg.Estimate{Best: &four} }, became, "TOLL 5"},
		{
			"a title has no kind of its own", func(_, a *store.EventVersion) { a.State.Titles = []kg.Name{{Value: "x"}} },
			became, "CLAIM 5",
		},
		{"one more participant", func(_, a *store.EventVersion) {
			a.Edges.Participations = append(a.Edges.Participations, kg.Participation{Actor: southland, Role: kg.RoleHost})
		}, became, "PARTICIPANTS 5"},
		{
			"one participant fewer", func(_, a *store.EventVersion) { a.Edges.Participations = a.Edges.Participations[1:] },
			became, "PARTICIPANTS 5",
		},
		{
			"a participation's status", func(_, a *store.EventVersion) { a.Edges.Participations[0].Status = kg.StatusDisputed },
			became, "PARTICIPANTS 5",
		},
		{"a side", func(_, a *store.EventVersion) { a.Edges.Participations[1].Side = kg.SideA }, became, "PARTICIPANTS 5"},
		{"a capacity", func(_, a *store.EventVersion) { a.Edges.Participations[0].Capacity = "x" }, became, "PARTICIPANTS 5"},
		{
			"a represented actor", func(_, a *store.EventVersion) { a.Edges.Participations[0].Representing = southland }, became,
			"PARTICIPANTS 5",
		},
		{
			"another claim for the same edge",
			func(_, a *store.EventVersion) { a.Edges.Participations[0].Claims = []kg.ID{"claim:1", "claim:5"} }, became,
			"CLAIM 5",
		},
		{"another order", func(_, a *store.EventVersion) { slices.Reverse(a.Edges.Participations) }, became, "CLAIM 5"},
		{"a precision", func(_, a *store.EventVersion) { a.Edges.Locations[0].Precision = 2 }, became, "LOCATIONS 5"},
		{"one location fewer", func(_, a *store.EventVersion) { a.Edges.Locations = nil }, became, "LOCATIONS 5"},
		{"its own response disappeared", func(_, a *store.EventVersion) { a.Edges.RespondsTo = nil }, became, "RESPONSE 5"},
		{"a response appeared", func(b, _ *store.EventVersion) { b.Edges.Responses = nil }, became, "RESPONSE 4 6"},
		{
			"a response's condition", func(_, a *store.EventVersion) { a.Edges.Responses[0].Condition = "later" }, became,
			"RESPONSE 4 6",
		},
		{"a response's claims", func(_, a *store.EventVersion) { a.Edges.Responses[0].Claims = nil }, became, "CLAIM 5"},
		{
			"both ways", func(_, a *store.EventVersion) { a.Edges.RespondsTo, a.Edges.Responses = nil, nil }, became,
			"RESPONSE 4 5 6",
		},
		{"all at once", func(b, a *store.EventVersion) {
			*a = store.EventVersion{
				State: &kg.EventState{
					Status: kg.StatusRetracted, Headline: kg.Headline{Modality: kg.ModalityNegated, Time: when("XXXX")},
				},
			}
			b.Edges.Responses = nil
		}, became, "MODALITY 5, TIME 5, TOLL 5, PARTICIPANTS 5, LOCATIONS 5, RESPONSE 5, RETRACTED 5"},
	} {
		before, after := base(), base()
		tt.change(&before, &after)
		var got []string
		for _, c := range store.ChangesAt("event:e", noon(5), before, after, tt.became) {
			line := string(c.Kind)
			for _, id := range c.Because {
				line += " " + strings.TrimPrefix(string(id), "claim:")
			}
			got = append(got, line)
			if c.At != noon(5) || c.Event != "event:e" || c.Before != before.State {
				t.Errorf("%s: %+v", tt.name, c)
			}
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, strings.Join(got, ", "), tt.want)
		}
	}
}

// TestCompareChanges checks the order by moment, event and kind, with the kinds in the schema's order.
func TestCompareChanges(t *testing.T) {
	var sorted []store.Position
	for _, at := range []edtf.Instant{1, 2} {
		for _, event := range []kg.ID{"event:a", "event:b"} {
			for _, kind := range strings.Fields("APPEARED STATUS TOLL RETRACTED CLAIM") {
				sorted = append(sorted, store.Change{Kind: store.ChangeKind(kind), Event: event, At: at}.Position())
			}
		}
	}
	for i, a := range sorted {
		for j, b := range sorted {
			if got := store.CompareChanges(a, b); fmt.Sprint(got < 0, got > 0) != fmt.Sprint(i < j, i > j) {
				t.Errorf("%+v and %+v: %d", a, b, got)
			}
		}
	}
}
