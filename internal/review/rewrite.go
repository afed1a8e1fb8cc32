package review

import (
	"slices"
	"strconv"

	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
	"casus/internal/kg"
)

// rewrite removes from the records that are loaded the claims and fields that fall, and gives references the ids that
// were decided.
func (d *decider) rewrite() {
	for i, r := range d.records {
		if d.why[i] != "" {
			continue
		}
		at := place{record: i + 1}
		switch r := r.(type) {
		case *proposal.Document:
			r.Publisher = d.optional(at, "/publisher", r.Publisher)
		case *proposal.Location:
			r.Within = d.list(at, "/within", r.Within, r.ID)
		case *proposal.Event:
			d.rewriteEvent(at, r)
		case *proposal.Affiliation:
			r.Holder, _ = d.refer(r.Holder)
			r.Counterpart, _ = d.refer(r.Counterpart)
		}
	}
}

func (d *decider) rewriteEvent(at place, e *proposal.Event) {
	id, _ := d.refer(e.ID)
	e.ID = id
	e.Participants = d.participants(at, e.Participants)
	e.Locations = d.locations(at, e.Locations)
	e.PartOf = d.list(at, "/partOf", e.PartOf, id)
	e.Announces = d.list(at, "/announces", e.Announces, id)
	var responses []proposal.Response
	for i, r := range e.RespondsTo {
		field := "/respondsTo/" + strconv.Itoa(i)
		if r.To = d.reference(at, field, r.To, id); r.To != "" && !slices.Contains(responses, r) {
			responses = append(responses, r)
		}
	}
	e.RespondsTo = responses
	var claims []proposal.Claim
	for n, c := range e.Claims {
		at := place{record: at.record, claim: n + 1}
		if d.claims[at] != "" {
			continue
		}
		c.Claimants = d.list(at, "/claimants", c.Claimants, "")
		if c.Quote != nil {
			c.Quote.Speaker = d.optional(at, "/quote/speaker", c.Quote.Speaker)
		}
		c.Participants = d.participants(at, c.Participants)
		c.Locations = d.locations(at, c.Locations)
		claims = append(claims, c)
	}
	e.Claims = claims
}

// reference returns the id that a reference gets, or "", which it reports, if that is not loaded or is the record
// itself.
func (d *decider) reference(at place, field string, id, self kg.ID) kg.ID {
	final, why := d.refer(id)
	switch {
	case why != "":
		d.fall(at, field, missing(ReferenceMissing, final, why), final)
	case final == self:
		d.fall(at, field, causeOf(ReferenceItself, id), id)
	default:
		return final
	}
	return ""
}

func (d *decider) optional(at place, field string, id kg.ID) kg.ID {
	if id == "" {
		return ""
	}
	return d.reference(at, field, id, "")
}

// list rewrites a list of references. Each occurs once.
func (d *decider) list(at place, field string, ids []kg.ID, self kg.ID) (all []kg.ID) {
	for i, id := range ids {
		if id = d.reference(at, field+"/"+strconv.Itoa(i), id, self); id != "" && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}

// participants rewrites participations. One that repeats another because two actors are one falls.
func (d *decider) participants(at place, list []proposal.Participant) (all []proposal.Participant) {
	for i, p := range list {
		field := "/participants/" + strconv.Itoa(i)
		old := p.Actor
		if p.Actor = d.optional(at, field, p.Actor); p.Actor == "" {
			continue
		}
		if p.Representing = d.optional(at, field+"/representing", p.Representing); p.Representing == p.Actor {
			d.fall(at, field+"/representing", causeOf(RepresentsItself, p.Actor), p.Actor)
			p.Representing = ""
		}
		same := func(o proposal.Participant) bool { return o.Actor == p.Actor && o.Role == p.Role }
		if slices.ContainsFunc(all, same) {
			d.fall(at, field, roleRepeated(p.Actor, old), old)
			continue
		}
		all = append(all, p)
	}
	return all
}

// locations rewrites places. One that repeats another because two places are one falls.
func (d *decider) locations(at place, list []proposal.Place) (all []proposal.Place) {
	for i, l := range list {
		field := "/locations/" + strconv.Itoa(i)
		old := l.Location
		if l.Location = d.optional(at, field, l.Location); l.Location == "" {
			continue
		}
		if slices.Contains(all, l) {
			d.fall(at, field, roleRepeated(l.Location, old), old)
			continue
		}
		all = append(all, l)
	}
	return all
}

// roleRepeated returns the cause that a node has a role already, under another id.
func roleRepeated(id, old kg.ID) Cause {
	return NewCause(RoleRepeated, wording.Values{"node": string(id), "other": string(old)})
}
