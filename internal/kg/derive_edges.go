package kg

import (
	"cmp"
	"slices"
)

// participationsOf gives one participation for an actor and a role: attributes from the latest live positive claim that
// states them, status by the rules of an event's, where only claims that deny or dispute the PARTICIPATION itself count
// against it ("yes, but not by us").
func participationsOf(live []voiced) []keyed[Participation] {
	type evidence struct {
		edge    Participation
		listers []voiced
	}
	found := map[string]*evidence{}
	var keys []string
	for _, c := range live {
		for _, p := range c.Says.Participants {
			key := string(p.Role) + " " + string(p.Actor)
			e := found[key]
			if e == nil {
				e = &evidence{edge: Participation{Actor: p.Actor, Role: p.Role}}
				found[key] = e
				keys = append(keys, key)
			}
			if n := len(e.listers); n == 0 || e.listers[n-1].ID != c.ID {
				e.listers = append(e.listers, c)
			}
		}
	}
	var all []keyed[Participation]
	for _, key := range keys {
		e := found[key]
		says := func(c voiced) Participant {
			var said Participant
			for _, p := range c.Says.Participants {
				if p.Actor == e.edge.Actor && p.Role == e.edge.Role {
					said.Side = cmp.Or(said.Side, p.Side)
					said.Capacity = cmp.Or(said.Capacity, p.Capacity)
					said.Representing = cmp.Or(said.Representing, p.Representing)
				}
			}
			return said
		}
		for _, c := range preferred(e.listers) {
			said := says(c)
			e.edge.Side = cmp.Or(e.edge.Side, said.Side)
			e.edge.Capacity = cmp.Or(e.edge.Capacity, said.Capacity)
			e.edge.Representing = cmp.Or(e.edge.Representing, said.Representing)
		}
		e.edge.Status = status(filtered(e.listers, func(c voiced) bool {
			return c.Positive() || c.Aspect == AspectParticipation
		}))
		e.edge.Claims = claimIDs(e.listers)
		all = append(all, keyed[Participation]{key, e.edge})
	}
	return all
}

// locationsOf gives one edge for a place and a role. A claim that denies or disputes the PLACE does not support it.
func locationsOf(live []voiced) []keyed[EventLocation] {
	return edgesOf(live, AspectPlace,
		func(s Statement) []Place { return s.Places },
		func(p Place) string { return string(p.Role) + " " + string(p.Location) },
		func(said []Place, claims []ID) EventLocation {
			edge := EventLocation{Location: said[0].Location, Role: said[0].Role, Claims: claims}
			for _, p := range said {
				edge.Precision = cmp.Or(edge.Precision, p.Precision)
			}
			return edge
		})
}

func wholesOf(part ID, live []voiced) []keyed[EventPart] {
	return edgesOf(live, "",
		func(s Statement) []ID { return s.Wholes },
		func(whole ID) string { return string(whole) },
		func(said []ID, claims []ID) EventPart { return EventPart{Part: part, Whole: said[0], Claims: claims} })
}

func responsesOf(by ID, live []voiced) []keyed[Response] {
	return edgesOf(live, "",
		func(s Statement) []ResponseTo { return s.RespondsTo },
		func(r ResponseTo) string { return string(r.Kind) + " " + string(r.To) },
		func(said []ResponseTo, claims []ID) Response {
			edge := Response{By: by, To: said[0].To, Kind: said[0].Kind, Claims: claims}
			for _, r := range said {
				edge.Condition = cmp.Or(edge.Condition, r.Condition)
			}
			return edge
		})
}

func announcementsOf(by ID, live []voiced) []keyed[Announcement] {
	return edgesOf(live, "",
		func(s Statement) []ID { return s.Announces },
		func(of ID) string { return string(of) },
		func(said []ID, claims []ID) Announcement { return Announcement{By: by, Of: said[0], Claims: claims} })
}

// edgesOf groups what live claims list by key: an edge is there while one of the claims that list it is live, unless
// the claim denies or disputes that very aspect. build gets the values best first.
func edgesOf[S, T any](live []voiced, own Aspect, list func(Statement) []S, key func(S) string, build func([]S, []ID) T) []keyed[T] {
	supporting := filtered(live, func(c voiced) bool { return c.Positive() || own == "" || c.Aspect != own })
	said := map[string][]S{}
	var keys []string
	for _, c := range preferred(supporting) {
		for _, s := range list(c.Says) {
			k := key(s)
			if said[k] == nil {
				keys = append(keys, k)
			}
			said[k] = append(said[k], s)
		}
	}
	var all []keyed[T]
	for _, k := range keys {
		listers := filtered(supporting, func(c voiced) bool {
			return slices.ContainsFunc(list(c.Says), func(s S) bool { return key(s) == k })
		})
		all = append(all, keyed[T]{k, build(said[k], claimIDs(listers))})
	}
	return all
}

// preferred orders claims for reading a value from: positive ones before others, later before earlier.
func preferred(claims []voiced) []voiced {
	ordered := slices.Clone(claims)
	slices.Reverse(ordered)
	slices.SortStableFunc(ordered, func(a, b voiced) int {
		switch {
		case a.Positive() == b.Positive():
			return 0
		case a.Positive():
			return -1
		}
		return 1
	})
	return ordered
}

func claimIDs(claims []voiced) []ID {
	ids := make([]ID, len(claims))
	for i, c := range claims {
		ids[i] = c.ID
	}
	return ids
}
