package review

import (
	"slices"

	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
	"casus/internal/kg"
)

// dropClaims drops the claims of events that are not loaded, and claims that say something by or only about nodes that
// are not. The ties of such nodes fall as well.
func (d *decider) dropClaims() {
	for i, r := range d.records {
		switch r := r.(type) {
		case *proposal.Event:
			d.dropClaimsOf(i+1, r)
		case *proposal.Affiliation:
			if d.why[i] != "" {
				continue
			}
			if id, why := d.firstMissing(r.Holder, r.Counterpart); why != "" {
				d.why[i] = why
				d.fall(place{record: i + 1}, "", missing(TieMissing, id, why), id)
				continue
			}
			holder, _ := d.refer(r.Holder)
			if counterpart, _ := d.refer(r.Counterpart); holder == counterpart {
				d.why[i] = unused
				d.fall(place{record: i + 1}, "", causeOf(TieItself, holder), r.Counterpart)
			}
		}
	}
}

func (d *decider) dropClaimsOf(line int, e *proposal.Event) {
	why := d.why[line-1]
	for n := range e.Claims {
		at := place{record: line, claim: n + 1}
		if d.claims[at] != "" {
			continue
		}
		because, state := e.ID, why
		cause := NewCause(EventMissing, wording.Values{"state": string(why)})
		if why == "" {
			because, state, cause = d.missingOf(&e.Claims[n])
		}
		if state != "" {
			d.claims[at] = state
			d.fall(at, "", cause, because)
		}
	}
}

// missingOf returns the node without which a claim would say something else, if that is not loaded.
func (d *decider) missingOf(c *proposal.Claim) (id kg.ID, why State, cause Cause) {
	said := slices.Clone(c.Claimants)
	if c.Quote != nil && c.Quote.Speaker != "" {
		said = append(said, c.Quote.Speaker)
	}
	if id, why := d.firstMissing(said...); why != "" {
		return id, why, missing(ClaimantMissing, id, why)
	}
	lost := func(ids []kg.ID) (id kg.ID, why State) {
		for _, i := range ids {
			if id, why = d.firstMissing(i); why == "" {
				return "", ""
			}
		}
		return id, why
	}
	var actors, places []kg.ID
	for _, p := range c.Participants {
		actors = append(actors, p.Actor)
	}
	for _, l := range c.Locations {
		places = append(places, l.Location)
	}
	switch c.Aspect {
	case kg.AspectParticipation:
		if id, why := lost(actors); why != "" {
			return id, why, missing(SubjectMissing, id, why)
		}
	case kg.AspectPlace:
		if id, why := lost(places); why != "" {
			return id, why, missing(SubjectMissing, id, why)
		}
	}
	return "", "", Cause{}
}

// dropEvents drops the accepted events without a claim that is loaded.
func (d *decider) dropEvents() {
	for i, r := range d.records {
		e, ok := r.(*proposal.Event)
		if !ok || d.why[i] != "" {
			continue
		}
		hasClaim := false
		for n := range e.Claims {
			hasClaim = hasClaim || d.claims[place{record: i + 1, claim: n + 1}] == ""
		}
		if !hasClaim {
			d.why[i] = unclaimed
			d.nodes[e.ID].why = d.why[i]
			d.fall(place{record: i + 1}, "", NewCause(Unclaimed, nil), "")
		}
	}
}

// noteUnstated reports the fields of accepted events that no claim that is loaded states.
func (d *decider) noteUnstated() {
	for i, r := range d.records {
		if e, ok := r.(*proposal.Event); ok && d.why[i] == "" {
			for _, field := range e.Unstated() {
				d.fall(place{record: i + 1}, "/"+field, NewCause(Unstated, nil), "")
			}
		}
	}
}

// dropUnused drops the accepted actors and places to which nothing that is loaded refers.
func (d *decider) dropUnused() {
	used := map[kg.ID]bool{}
	for i, r := range d.records {
		if d.why[i] == "" && !isParty(r.Kind()) {
			references(r, func(id *kg.ID) { used[*id] = true })
		}
	}
	for again := true; again; { // places lie in places
		again = false
		for i, r := range d.records {
			if l, ok := r.(*proposal.Location); ok && d.why[i] == "" && used[l.ID] {
				for _, id := range l.Within {
					again = again || !used[id]
					used[id] = true
				}
			}
		}
	}
	for i, r := range d.records {
		if isParty(r.Kind()) && d.why[i] == "" && !used[r.Ref()] {
			d.why[i] = unused
			d.fall(place{record: i + 1}, "", NewCause(Unused, nil), "")
		}
	}
	d.links = slices.DeleteFunc(d.links, func(r proposal.Record) bool { return !used[r.Ref()] })
}

// references calls visit with each id of a record by which it refers to actors and places.
func references(r proposal.Record, visit func(*kg.ID)) {
	some := func(id *kg.ID) {
		if *id != "" {
			visit(id)
		}
	}
	states := func(participants []proposal.Participant, locations []proposal.Place) {
		for i := range participants {
			some(&participants[i].Actor)
			some(&participants[i].Representing)
		}
		for i := range locations {
			some(&locations[i].Location)
		}
	}
	switch r := r.(type) {
	case *proposal.Document:
		some(&r.Publisher)
	case *proposal.Event:
		states(r.Participants, r.Locations)
	case *proposal.Affiliation:
		some(&r.Holder)
		some(&r.Counterpart)
	}
	for i := range *claimsOf(r) {
		c := &(*claimsOf(r))[i]
		states(c.Participants, c.Locations)
		for n := range c.Claimants {
			some(&c.Claimants[n])
		}
		if c.Quote != nil {
			some(&c.Quote.Speaker)
		}
	}
}
