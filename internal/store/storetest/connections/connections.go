package connections

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Test runs all tests of the package on a new, empty store.
func Test(t *testing.T, s store.Store) {
	if _, err := s.Apply(t.Context(), world(t)); err != nil {
		t.Fatal(err)
	}
	t.Run("defaults", func(t *testing.T) { testDefaults(t, s) })
	t.Run("representing", func(t *testing.T) { testRepresenting(t, s) })
	t.Run("responses", func(t *testing.T) { testResponses(t, s) })
	same := kg.IdentityDecision{
		ID: "identity:envoy", A: "actor:envoy", B: "actor:envoy-alias", Same: true, DecidedBy: "test", DecidedAt: 1,
	}
	if _, err := s.Apply(t.Context(), kg.Batch{Identities: []kg.IdentityDecision{same}}); err != nil {
		t.Fatal(err)
	}
	t.Run("representing by a merged node", func(t *testing.T) {
		wantEvents(t, s, day(t, "31"), representing("president"),
			"talks-alias talks-march talks-sent talks-some-time talks-summer")
		exact := kg.IdentityExact
		f := representing("president")
		f.Identity = &exact
		wantEvents(t, s, day(t, "31"), f, "talks-march talks-sent talks-some-time talks-summer")
	})
}

// day returns the view of the end of a day in March 2025.
func day(t *testing.T, day string) kg.View {
	t.Helper()
	at, err := edtf.ParseMoment("2025-03-" + day)
	if err != nil {
		t.Fatal(err)
	}
	return kg.View{KnownAt: &at}
}

// testDefaults counts the events that ann shares with bob, and lists them with the denied ones. Each filter asks
// for something that is left out by default.
func testDefaults(t *testing.T, s store.Store) {
	type f = store.EventFilter
	yes, no := true, false
	denied := []kg.ClaimStatus{kg.StatusDenied}
	planned := []kg.Modality{kg.ModalityPlanned}
	all := []kg.ID{
		"event:war", "event:plan", "event:denied", "event:absent", "event:report", "event:strike", "event:going-on",
	}
	for _, c := range []struct {
		name   string
		filter *f
		roles  []kg.ParticipantRole
		want   string // events, first, last
		denied string // the events with the denied ones
	}{
		{"default", nil, nil, "1 going-on going-on", "absent denied going-on"},
		{"by ids", &f{IDs: all}, nil, "1 going-on going-on", "absent denied going-on"},
		{"a part", &f{PartOf: []kg.ID{"event:war"}}, nil, "", ""},
		{"with parts", &f{HasParts: &yes}, nil, "1 war war", "war"},
		{"with parts, nested", &f{Or: []f{{HasParts: &yes}, {HasParts: &no}}}, nil, "2 war going-on",
			"absent denied going-on war"},
		{"with parts, under not", &f{Not: &f{HasParts: &no}}, nil, "1 war war", "war"},
		{"planned", &f{Modalities: planned}, nil, "1 plan plan", "plan"},
		{"planned, under not", &f{Not: &f{Not: &f{Modalities: planned}}}, nil, "1 plan plan", "plan"},
		{"any modality", &f{And: []f{{Modalities: kg.Modalities.Values()}}}, nil, "2 plan going-on",
			"absent denied going-on plan"},
		{"denied", &f{Statuses: denied}, nil, "1 denied denied", "denied"},
		{"not unverified", &f{Not: &f{Statuses: []kg.ClaimStatus{kg.StatusUnverified}}}, nil, "1 denied denied",
			"denied"},
		{"denied participations", &f{Or: []f{{}, {Participants: []store.ParticipantFilter{{Statuses: denied}}}}}, nil,
			"2 absent going-on", "absent denied going-on"},
		{"mentioned", nil, kg.ParticipantRoles.Values(), "2 report going-on",
			"absent denied going-on report"},
	} {
		t.Run(c.name, func(t *testing.T) {
			normal, err := c.filter.Normalize()
			if err != nil {
				t.Fatal(err)
			}
			pages, err := s.CoParticipants(t.Context(), store.CoParticipantQuery{
				Actors: []kg.ID{"actor:ann"}, Filter: normal, Roles: c.roles, Window: store.Window{Limit: 10},
			})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, o := range pages[0].Items {
				if o.Actor == "actor:bob" {
					got = fmt.Sprintf("%d %s %s", o.Events, o.First[len("event:"):], o.Last[len("event:"):])
				}
			}
			if got != c.want {
				t.Errorf("ann and bob share %q, want %q", got, c.want)
			}
			shared := store.SharedEvents(normal, c.roles, "actor:ann", "actor:bob", false)
			count, _, _ := strings.Cut(c.want, " ")
			if n := len(events(t, s, kg.View{}, *shared)); fmt.Sprint(n) != count && (n > 0 || c.want != "") {
				t.Errorf("%d shared events are listed, want %q", n, c.want)
			}
			wantEvents(t, s, kg.View{}, *store.SharedEvents(normal, c.roles, "actor:ann", "actor:bob", true), c.denied)
		})
	}
}

func representing(actor kg.ID) store.EventFilter {
	return store.EventFilter{Participants: []store.ParticipantFilter{{Representing: []kg.ID{"actor:" + actor}}}}
}

// testRepresenting finds events by whom their participants act for.
func testRepresenting(t *testing.T, s store.Store) {
	known := day(t, "31")
	wantEvents(t, s, known, representing("president"), "talks-march talks-sent talks-some-time talks-summer")
	wantEvents(t, s, known, representing("state"), "idea offer talks-some-time visit")
	wantEvents(t, s, known, representing("foe"), "")
	// Before the envoy's affiliation is known.
	wantEvents(t, s, day(t, "04"), representing("president"), "talks-sent")
	// Two actors of one event: the minister acts for the state, the envoy for the president.
	two := store.EventFilter{Participants: []store.ParticipantFilter{
		{Representing: []kg.ID{"actor:state"}}, {Representing: []kg.ID{"actor:president"}},
	}}
	wantEvents(t, s, known, two, "talks-some-time")
	out := store.EventFilter{Participants: []store.ParticipantFilter{{AnyOf: []kg.ID{"actor:envoy"}}}}
	spoke := representing("president")
	out.Not = &spoke
	wantEvents(t, s, known, out, "talks-august")
}

// testResponses filters proposals by the responses to the acts that announce them.
func testResponses(t *testing.T, s store.Store) {
	yes, no := true, false
	known := day(t, "31")
	proposed := []kg.Modality{kg.ModalityProposed}
	rejected := store.ResponseFilter{Kinds: []kg.ResponseKind{kg.ResponseRejects}}
	unrejected := store.ResponseFilter{Exists: &no, Kinds: rejected.Kinds}
	fulfilled := store.ResponseFilter{Kinds: []kg.ResponseKind{kg.ResponseFulfils}}
	wantEvents(t, s, known, store.EventFilter{Responses: &rejected}, "offer pause")
	wantEvents(t, s, known, store.EventFilter{Responses: &fulfilled}, "offer") // no event responds to itself
	answered := store.EventFilter{Modalities: proposed, Responses: &store.ResponseFilter{Exists: &yes}}
	unanswered := store.EventFilter{Modalities: proposed, Responses: &store.ResponseFilter{Exists: &no}}
	wantEvents(t, s, known, answered, "pause")
	wantEvents(t, s, known, unanswered, "idea")
	// Before the refusal is known.
	wantEvents(t, s, day(t, "05"), store.EventFilter{Responses: &rejected}, "")
	wantEvents(t, s, day(t, "05"), store.EventFilter{Modalities: proposed, Responses: &unrejected}, "idea pause")
}

// events returns the names of the events that match a filter, sorted.
func events(t *testing.T, s store.Store, v kg.View, f store.EventFilter) (names []string) {
	t.Helper()
	pages, err := s.Events(t.Context(), store.EventQuery{
		View: v, Filter: &f, Order: (*store.EventOrder)(nil).Normalize(), Window: store.Window{Limit: store.MaxPageSize},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range pages[0].Items {
		names = append(names, strings.TrimPrefix(string(e.ID), "event:"))
	}
	slices.Sort(names)
	return names
}

func wantEvents(t *testing.T, s store.Store, v kg.View, f store.EventFilter, want string) {
	t.Helper()
	if got := strings.Join(events(t, s, v, f), " "); got != want {
		t.Errorf("%+v as of %v: %q, want %q", f, v.Moment(), got, want)
	}
}
