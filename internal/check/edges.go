package check

import (
	"fmt"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// edge is one version of an edge, with the fields that all types share.
type edge struct {
	typ store.EdgeType
	// key is unique among the subject's edges of a type: the other end, and the role or kind.
	key string
	kg.Interval
	claims []kg.ID
	value  any
	// listedBy reports whether a claim lists the edge.
	listedBy func(kg.Claim) bool
}

func (e edge) name() string { return fmt.Sprintf("%s %s of %s", e.typ, e.key, e.KnownFrom) }

// edgesOf returns all edges of a history, of all types.
func edgesOf(h kg.History) []edge {
	var all []edge
	for _, v := range h.Participations {
		e := v.Edge
		key := fmt.Sprint(e.Role, " ", e.Actor)
		all = append(all, edge{store.EdgeParticipatedIn, key, v.Interval, e.Claims, v, func(c kg.Claim) bool {
			return slices.ContainsFunc(c.Says.Participants, func(p kg.Participant) bool {
				return p.Actor == e.Actor && p.Role == e.Role
			})
		}})
	}
	for _, v := range h.Locations {
		e := v.Edge
		key := fmt.Sprint(e.Role, " ", e.Location)
		all = append(all, edge{store.EdgeOccurredAt, key, v.Interval, e.Claims, v, func(c kg.Claim) bool {
			return slices.ContainsFunc(c.Says.Places, func(p kg.Place) bool {
				return p.Location == e.Location && p.Role == e.Role
			})
		}})
	}
	for _, v := range h.Wholes {
		e := v.Edge
		key := fmt.Sprint(e.Part, " ", e.Whole)
		all = append(all, edge{store.EdgePartOf, key, v.Interval, e.Claims, v, func(c kg.Claim) bool {
			return c.Subject == e.Part && slices.Contains(c.Says.Wholes, e.Whole)
		}})
	}
	for _, v := range h.RespondsTo {
		e := v.Edge
		key := fmt.Sprint(e.Kind, " ", e.By, " ", e.To)
		all = append(all, edge{store.EdgeRespondsTo, key, v.Interval, e.Claims, v, func(c kg.Claim) bool {
			return c.Subject == e.By && slices.ContainsFunc(c.Says.RespondsTo, func(t kg.ResponseTo) bool {
				return t.To == e.To && t.Kind == e.Kind
			})
		}})
	}
	for _, v := range h.Announces {
		e := v.Edge
		key := fmt.Sprint(e.By, " ", e.Of)
		all = append(all, edge{store.EdgeAnnounces, key, v.Interval, e.Claims, v, func(c kg.Claim) bool {
			return c.Subject == e.By && slices.Contains(c.Says.Announces, e.Of)
		}})
	}
	for _, v := range h.Affiliated {
		all = append(all, edge{store.EdgeAffiliatedWith, "support", v.Interval, v.Edge, v, kg.Claim.Positive})
	}
	return all
}

// checkEdges checks the interval and the claims of each edge, and compares all edges with the derived ones.
func (r *run) checkEdges(s store.SubjectRecord, derived kg.History) {
	id := s.History.Subject
	lifetimes := map[kg.ID]claimInterval{}
	for _, c := range s.Claims {
		lifetimes[c.ID] = claimInterval{claim: c, to: edtf.EndOfTime}
	}
	for _, l := range s.History.Lifetimes {
		if c, ok := lifetimes[l.Claim]; ok {
			c.to = l.KnownTo
			lifetimes[l.Claim] = c
		}
	}
	ends := map[string]edtf.Instant{} // by type and key
	stored := edgesOf(s.History)
	for _, e := range stored {
		if e.KnownTo == edtf.EndOfTime {
			r.edges[e.typ]++
		}
		if e.KnownFrom >= e.KnownTo {
			r.addBreak(Edges, id, "%s ends at %s, before it begins", e.name(), e.KnownTo)
		}
		key := string(e.typ) + " " + e.key
		if last, seen := ends[key]; seen && e.KnownFrom < last {
			r.addBreak(Edges, id, "%s begins before the version that ends at %s has ended", e.name(), last)
		}
		ends[key] = e.KnownTo
		r.checkSupport(id, e, lifetimes)
	}
	name := func(e edge) string { return e.name() }
	values := func(edges []edge) []item {
		items := itemsOf(edges, name)
		for i := range items {
			items[i].value = edges[i].value
		}
		return items
	}
	r.compare(Edges, id, values(stored), values(edgesOf(derived)))
}

// claimInterval is a claim with the stored end of its lifetime.
type claimInterval struct {
	claim kg.Claim
	to    edtf.Instant
}

// checkSupport checks that an edge's claims are its subject's, list it, and were live as long as it holds.
func (r *run) checkSupport(id kg.ID, e edge, lifetimes map[kg.ID]claimInterval) {
	if len(e.claims) == 0 {
		r.addBreak(Edges, id, "%s has no claim", e.name())
	}
	for _, claim := range e.claims {
		s, ok := lifetimes[claim]
		switch {
		case !ok:
			r.addBreak(Edges, id, "%s rests on %s, which is not among the claims about %s", e.name(), claim, id)
		case !e.listedBy(s.claim):
			r.addBreak(Edges, id, "%s rests on %s, which does not list it", e.name(), claim)
		case e.KnownFrom < s.claim.KnownFrom() || s.to < e.KnownTo || s.claim.Stance == kg.StanceRetracts:
			r.addBreak(Edges, id, "%s rests on %s, which was not live all that time", e.name(), claim)
		}
	}
}
