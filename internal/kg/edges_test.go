package kg_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

func TestSortEdges(t *testing.T) {
	part := func(actor kg.ID, role kg.ParticipantRole, side kg.Side) kg.Participation {
		return kg.Participation{Actor: actor, Role: role, Side: side}
	}
	sorted := kg.EventEdges{
		Participations: []kg.Participation{
			part("actor:z", kg.RoleInitiator, kg.SideA), part("actor:a", kg.RoleVictim, kg.SideA),
			part("actor:a", kg.RoleRecipient, kg.SideB),
			part("actor:a", kg.RoleInitiator, ""), part("actor:b", kg.RoleInitiator, ""), part("actor:a", kg.RoleMentioned, ""),
		},
		Locations: []kg.EventLocation{
			{Location: "location:z", Role: kg.LocationRoleVenue}, {Location: "location:a", Role: kg.LocationRoleTarget},
			{Location: "location:b", Role: kg.LocationRoleTarget}, {Location: "location:a", Role: kg.LocationRoleOrigin},
		},
		Wholes: []kg.EventPart{{Whole: "event:a"}, {Whole: "event:b"}},
		RespondsTo: []kg.Response{
			{To: "event:a", Kind: kg.ResponseAccepts}, {To: "event:a", Kind: kg.ResponseRejects},
			{To: "event:b", Kind: kg.ResponseAccepts},
		},
		Responses:   []kg.Response{{By: "event:a"}, {By: "event:b"}},
		Announces:   []kg.Announcement{{Of: "event:a"}, {Of: "event:b"}},
		AnnouncedBy: []kg.Announcement{{By: "event:a"}, {By: "event:b"}},
	}
	for range 10 {
		e := kg.EventEdges{
			Participations: shuffled(sorted.Participations), Locations: shuffled(sorted.Locations),
			Wholes:     shuffled(sorted.Wholes),
			RespondsTo: shuffled(sorted.RespondsTo), Responses: shuffled(sorted.Responses),
			Announces: shuffled(sorted.Announces), AnnouncedBy: shuffled(sorted.AnnouncedBy),
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
	claims[0].KnownTo, claims[1].KnownTo, claims[2].KnownTo = noon(3), edtf.EndOfTime, edtf.EndOfTime
	show := func(at edtf.Instant) (all []int) {
		for _, f := range kg.FiguresOf(claims, at) {
			all = append(all, *f.Best)
			if f.Claim == "" {
				t.Error("a figure has no claim")
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
		t.Error("the figures of the claims were changed")
	}
}
