package kg_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

func TestBestName(t *testing.T) {
	names := []kg.Name{
		{Value: "weak", Language: "en", Kind: kg.NameWeak},
		{Value: "Північ", Language: "uk", Kind: kg.NamePrimary},
		{Value: "Northland", Language: "en", Kind: kg.NamePrimary},
		{Value: "Nordland", Language: "de-AT", Kind: kg.NameAlias},
		{Value: "Nord", Language: "fr"},
	}
	tests := []struct {
		names    []kg.Name
		language string
		want     string
	}{
		{names, "", "Північ"},
		{names, "en", "Northland"},
		{names, "EN-gb", "Northland"},
		{names, "en_GB", "Northland"},
		{names, "uk-UA", "Північ"},
		{names, "de", "Nordland"}, // an alias in the language before a primary name in another
		{names, "fr", "Nord"},     // no kind is primary
		{names, "pl", "Північ"},
		{names, "e", "Північ"},
		{names[:1], "pl", "weak"},
		{nil, "en", ""},
		{[]kg.Name{{Value: "a", Kind: kg.NameWeak}, {Value: "b", Kind: kg.NameAlias}}, "", "a"},
	}
	for _, tt := range tests {
		if got := kg.BestName(tt.names, tt.language); got != tt.want {
			t.Errorf("%q of %d names: %q, want %q", tt.language, len(tt.names), got, tt.want)
		}
	}
	if got := kg.NameKey([]kg.Name{{Value: "x", Kind: kg.NameAlias}, {Value: "  ÉTAT Ё"}}); got != "etat е" {
		t.Errorf("key %q", got)
	}
}

func TestOrderDefaults(t *testing.T) {
	var (
		event     *kg.EventOrder
		actor     *kg.ActorOrder
		location  *kg.LocationOrder
		document  *kg.DocumentOrder
		claims    *kg.ClaimOrder
		half      = &kg.EventOrder{Direction: kg.Desc}
		otherHalf = &kg.EventOrder{Field: kg.EventsByKilled}
	)
	got := []any{event.Normalize(), actor.Normalize(), location.Normalize(), document.Normalize(), claims.Normalize(), half.Normalize(), otherHalf.Normalize()}
	want := []any{
		kg.EventOrder{Field: "TIME", Direction: "ASC"}, kg.ActorOrder{Field: "NAME", Direction: "ASC"}, kg.LocationOrder{Field: "NAME", Direction: "ASC"},
		kg.DocumentOrder{Field: "PUBLISHED", Direction: "ASC"}, kg.ClaimOrder{Field: "ASSERTED", Direction: "ASC"},
		kg.EventOrder{Field: "TIME", Direction: "DESC"}, kg.EventOrder{Field: "KILLED", Direction: "ASC"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[:5], []any{(&kg.EventOrder{}).Normalize(), (&kg.ActorOrder{}).Normalize(), (&kg.LocationOrder{}).Normalize(), (&kg.DocumentOrder{}).Normalize(), (&kg.ClaimOrder{}).Normalize()}); diff != "" {
		t.Errorf("zero values (-want +got):\n%s", diff)
	}
}

// Sorted by key, in either direction, what has no key comes last.
func TestKeysPutTheAbsentLast(t *testing.T) {
	state := func(time string, killed *int) kg.EventState {
		s := kg.EventState{FirstAsserted: when(time)}
		s.Time = when(time)
		if killed != nil {
			s.Toll.Killed = &kg.Estimate{Low: ref(0), Best: killed}
		}
		return s
	}
	states := map[string]kg.EventState{
		"old":    state("1850", ref(0)),
		"new":    state("2025-01-01", ref(7)),
		"absent": state("../2025", nil),
	}
	sorted := func(o kg.EventOrder) []string {
		var names []string
		for n := range states {
			names = append(names, n)
		}
		rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		slices.SortFunc(names, func(a, b string) int {
			x, y := o.Key(states[a]), o.Key(states[b])
			switch {
			case x == y:
				return 0
			case (x < y) == (o.Direction == kg.Asc):
				return -1
			}
			return 1
		})
		return names
	}
	for _, field := range kg.EventOrderFields() {
		if got, want := sorted(kg.EventOrder{Field: field, Direction: kg.Asc}), []string{"old", "new", "absent"}; !slices.Equal(got, want) {
			t.Errorf("%s upwards: %v, want %v", field, got, want)
		}
		if got, want := sorted(kg.EventOrder{Field: field, Direction: kg.Desc}), []string{"new", "old", "absent"}; !slices.Equal(got, want) {
			t.Errorf("%s downwards: %v, want %v", field, got, want)
		}
	}
	if got := (kg.EventOrder{Field: kg.EventsByTime, Direction: kg.Asc}).Key(states["new"]); got != 1735689600000 {
		t.Errorf("2025-01-01 has the key %d", got)
	}
	noBest := kg.EventState{Toll: kg.Toll{Killed: &kg.Estimate{Low: ref(3)}}}
	if got := (kg.EventOrder{Field: kg.EventsByKilled, Direction: kg.Desc}).Key(noBest); got != int64(kg.BeginningOfTime) {
		t.Errorf("a toll without best has the key %d downwards", got)
	}
	dated, undated := kg.Document{PublishedAt: timeOf("2025-01-01")}, kg.Document{}
	open := kg.Document{PublishedAt: timeOf("../2025")}
	for _, d := range []kg.Document{undated, open} {
		if kg.PublishedKey(d, kg.Asc) <= kg.PublishedKey(dated, kg.Asc) || kg.PublishedKey(d, kg.Desc) >= kg.PublishedKey(dated, kg.Desc) {
			t.Errorf("a document published %v does not come last", d.PublishedAt)
		}
	}
}

func TestSortEdges(t *testing.T) {
	part := func(actor kg.ID, role kg.ParticipantRole, side kg.Side) kg.Participation {
		return kg.Participation{Actor: actor, Role: role, Side: side}
	}
	sorted := kg.EventEdges{
		Participations: []kg.Participation{
			part("actor:z", kg.RoleInitiator, kg.SideA), part("actor:a", kg.RoleVictim, kg.SideA), part("actor:a", kg.RoleRecipient, kg.SideB),
			part("actor:a", kg.RoleInitiator, ""), part("actor:b", kg.RoleInitiator, ""), part("actor:a", kg.RoleMentioned, ""),
		},
		Locations: []kg.EventLocation{{Location: "location:z", Role: kg.LocationRoleVenue}, {Location: "location:a", Role: kg.LocationRoleTarget},
			{Location: "location:b", Role: kg.LocationRoleTarget}, {Location: "location:a", Role: kg.LocationRoleOrigin}},
		Wholes:      []kg.EventPart{{Whole: "event:a"}, {Whole: "event:b"}},
		RespondsTo:  []kg.Response{{To: "event:a", Kind: kg.ResponseAccepts}, {To: "event:a", Kind: kg.ResponseRejects}, {To: "event:b", Kind: kg.ResponseAccepts}},
		Responses:   []kg.Response{{By: "event:a"}, {By: "event:b"}},
		Announces:   []kg.Announcement{{Of: "event:a"}, {Of: "event:b"}},
		AnnouncedBy: []kg.Announcement{{By: "event:a"}, {By: "event:b"}},
	}
	for range 10 {
		e := kg.EventEdges{
			Participations: shuffled(sorted.Participations), Locations: shuffled(sorted.Locations), Wholes: shuffled(sorted.Wholes),
			RespondsTo: shuffled(sorted.RespondsTo), Responses: shuffled(sorted.Responses), Announces: shuffled(sorted.Announces), AnnouncedBy: shuffled(sorted.AnnouncedBy),
		}
		e.SortEdges()
		if diff := cmp.Diff(sorted, e); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}

func shuffled[T any](s []T) []T {
	s = slices.Clone(s)
	rand.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	return s
}

func TestFiguresOf(t *testing.T) {
	claims := []kg.Claim{
		claim(1, "A+", killed(kg.Figure{Best: ref(1)}), killed(kg.Figure{Best: ref(2)})),
		claim(2, "B-", killed(kg.Figure{Best: ref(3)})),
		claim(3, "Ax", killed(kg.Figure{Best: ref(4)})),
	}
	claims[0].KnownTo, claims[1].KnownTo, claims[2].KnownTo = noon(3), kg.EndOfTime, kg.EndOfTime
	show := func(at kg.Instant) (all []int) {
		for _, f := range kg.FiguresOf(claims, at) {
			all = append(all, *f.Best)
			if f.Claim == "" {
				t.Error("a figure without its claim")
			}
		}
		return all
	}
	for day, want := range [][]int{nil, {1, 2}, {3, 1, 2}, {3}, {3}} {
		if got := show(noon(day)); !slices.Equal(got, want) {
			t.Errorf("day %d: %v, want %v", day, got, want)
		}
	}
	if claims[0].Says.Figures[0].Claim != "" {
		t.Error("the claims' own figures were changed")
	}
}

// A digest covers what a claim says, and nothing of when it was stored, withdrawn or read.
func TestDigest(t *testing.T) {
	base := good().Claims[0]
	same := base
	same.RecordedAt, same.KnownTo, same.WithdrawnBy, same.View = noon(1), noon(2), []kg.ID{"claim:2"}, kg.View{KnownAt: ref(noon(1))}
	same.Dataset = &kg.Release{ID: "release:1"}
	if same.Digest() != base.Digest() {
		t.Error("the digest depends on storing or reading")
	}
	seen := map[string]int{base.Digest(): -1}
	for i, change := range []part{
		func(c *kg.Claim) { c.ID = "claim:9" }, func(c *kg.Claim) { c.Subject = "event:x" }, func(c *kg.Claim) { c.Stance = kg.StanceDenies },
		aspect(kg.AspectTime), func(c *kg.Claim) { c.Claimants = nil }, func(c *kg.Claim) { c.RelayedBy = nil }, in("document:9"),
		func(c *kg.Claim) { c.Cites = nil }, func(c *kg.Claim) { c.Release = "" }, func(c *kg.Claim) { c.StatedAt = timeOf("2025") },
		func(c *kg.Claim) { c.AssertedAt = when("2025-01-02") }, func(c *kg.Claim) { c.Quote = nil }, func(c *kg.Claim) { c.Confidence = ref(0) },
		func(c *kg.Claim) { c.Confidence = nil }, func(c *kg.Claim) { c.Spans = nil }, func(c *kg.Claim) { c.Note = "x" }, supersedes("claim:7"),
		func(c *kg.Claim) { c.Says = kg.Statement{} }, title("de", "Ein Schlag"), killed(kg.Figure{Best: ref(0)}), killed(kg.Figure{}), at("2025"),
	} {
		c := good().Claims[0]
		change(&c)
		if other, taken := seen[c.Digest()]; taken {
			t.Errorf("changes %d and %d give one digest", i, other)
		}
		seen[c.Digest()] = i
	}
}
