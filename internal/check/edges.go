package check

import (
	"fmt"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// edge is one version of an edge of any type, as much of it as all types share.
type edge struct {
	typ store.EdgeType
	// key tells the edge apart from the subject's others: its other end, and its role or kind.
	key string
	kg.Interval
	claims []kg.ID
	value  any
	// listedBy says whether a claim lists the edge.
	listedBy func(kg.Claim) bool
}

func (e edge) name() string { return fmt.Sprintf("%s %s of %s", e.typ, e.key, e.KnownFrom) }

// edgesOf gives all edges that a history holds, of all types.
func edgesOf(h kg.History) []edge {
	var all []edge
	for _, v := range h.Participations {
		e := v.Edge
		all = append(all, edge{store.EdgeParticipatedIn, fmt.Sprint(e.Role, " ", e.Actor), v.Interval, e.Claims, v, func(c kg.Claim) bool {
			return slices.ContainsFunc(c.Says.Participants, func(p kg.Participant) bool { return p.Actor == e.Actor && p.Role == e.Role })
		}})
	}
	for _, v := range h.Locations {
		e := v.Edge
		all = append(all, edge{store.EdgeOccurredAt, fmt.Sprint(e.Role, " ", e.Location), v.Interval, e.Claims, v, func(c kg.Claim) bool {
			return slices.ContainsFunc(c.Says.Places, func(p kg.Place) bool { return p.Location == e.Location && p.Role == e.Role })
		}})
	}
	for _, v := range h.Wholes {
		e := v.Edge
		all = append(all, edge{store.EdgePartOf, fmt.Sprint(e.Part, " ", e.Whole), v.Interval, e.Claims, v, func(c kg.Claim) bool {
			return c.Subject == e.Part && slices.Contains(c.Says.Wholes, e.Whole)
		}})
	}
	for _, v := range h.RespondsTo {
		e := v.Edge
		all = append(all, edge{store.EdgeRespondsTo, fmt.Sprint(e.Kind, " ", e.By, " ", e.To), v.Interval, e.Claims, v, func(c kg.Claim) bool {
			return c.Subject == e.By && slices.ContainsFunc(c.Says.RespondsTo, func(t kg.ResponseTo) bool { return t.To == e.To && t.Kind == e.Kind })
		}})
	}
	for _, v := range h.Announces {
		e := v.Edge
		all = append(all, edge{store.EdgeAnnounces, fmt.Sprint(e.By, " ", e.Of), v.Interval, e.Claims, v, func(c kg.Claim) bool {
			return c.Subject == e.By && slices.Contains(c.Says.Announces, e.Of)
		}})
	}
	for _, v := range h.Affiliated {
		all = append(all, edge{store.EdgeAffiliatedWith, "support", v.Interval, v.Edge, v, kg.Claim.Positive})
	}
	return all
}

// checkEdges checks each edge by itself (its interval, and the claims that support it), and all against what follows.
func (r *run) checkEdges(s store.SubjectRecord, follows kg.History) {
	id := s.History.Subject
	stood := map[kg.ID]claimInterval{}
	for _, c := range s.Claims {
		stood[c.ID] = claimInterval{claim: c, to: edtf.EndOfTime}
	}
	for _, l := range s.History.Lifetimes {
		if c, ok := stood[l.Claim]; ok {
			c.to = l.KnownTo
			stood[l.Claim] = c
		}
	}
	until := map[string]edtf.Instant{} // by the edge's ends
	stored := edgesOf(s.History)
	for _, e := range stored {
		if e.KnownTo == edtf.EndOfTime {
			r.edges[e.typ]++
		}
		if e.KnownFrom >= e.KnownTo {
			r.addBreak(Edges, id, "%s ends at %s, before it begins", e.name(), e.KnownTo)
		}
		ends := string(e.typ) + " " + e.key
		if last, seen := until[ends]; seen && e.KnownFrom < last {
			r.addBreak(Edges, id, "%s begins before the version that ends at %s is over", e.name(), last)
		}
		until[ends] = e.KnownTo
		r.checkSupport(id, e, stood)
	}
	name := func(e edge) string { return e.name() }
	values := func(edges []edge) []item {
		items := itemsOf(edges, name)
		for i := range items {
			items[i].value = edges[i].value
		}
		return items
	}
	r.compare(Edges, id, values(stored), values(edgesOf(follows)))
}

// claimInterval is a claim and until when it stood, as stored.
type claimInterval struct {
	claim kg.Claim
	to    edtf.Instant
}

// checkSupport checks that an edge's claims are its subject's, list it, and stood as long as it did.
func (r *run) checkSupport(id kg.ID, e edge, stood map[kg.ID]claimInterval) {
	if len(e.claims) == 0 {
		r.addBreak(Edges, id, "%s has no claim", e.name())
	}
	for _, claim := range e.claims {
		s, ok := stood[claim]
		switch {
		case !ok:
			r.addBreak(Edges, id, "%s rests on %s, which is not among the claims about %s", e.name(), claim, id)
		case !e.listedBy(s.claim):
			r.addBreak(Edges, id, "%s rests on %s, which does not list it", e.name(), claim)
		case e.KnownFrom < s.claim.KnownFrom() || s.to < e.KnownTo || s.claim.Stance == kg.StanceRetracts:
			r.addBreak(Edges, id, "%s rests on %s, which did not stand all the while", e.name(), claim)
		}
	}
}
