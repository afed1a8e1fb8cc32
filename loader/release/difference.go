package release

import (
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// withdraw returns the claims to store: the claims of the runs, and a retraction for each run that ends with a release.
// A run is superseded by the runs of its group that begin with the release that ends it, if they are known from the
// same moment.
func (p *planner) withdraw() []kg.Claim {
	var all []*run
	type start struct {
		group kg.ID
		begin int
	}
	starting, groups := map[start][]*run{}, map[*run]kg.ID{}
	for _, k := range p.contents {
		for i := range k.runs {
			r := &k.runs[i]
			all, groups[r] = append(all, r), k.group
			at := start{k.group, r.begin}
			starting[at] = append(starting[at], r)
		}
	}
	var retractions []kg.Claim
	for _, r := range all {
		if r.end == len(p.Series.all) {
			continue
		}
		ending := p.Series.all[r.end]
		for _, c := range r.claims {
			at := Later(*ending.ReleasedAt, c.AssertedAt)
			superseded := false
			for _, by := range starting[start{groups[r], r.end}] {
				superseded = by.supersede(c.ID, at) || superseded
			}
			if !superseded {
				retractions = append(retractions, retraction(ending, c, at))
			}
		}
	}
	claims := retractions
	for _, r := range all {
		for i := range r.claims {
			c := &r.claims[i]
			slices.Sort(c.Supersedes)
			c.Supersedes = slices.Compact(c.Supersedes)
			claims = append(claims, *c)
		}
	}
	return claims
}

// supersede lets the claims of a run that are known from a moment supersede a claim. It reports whether there is one.
func (r *run) supersede(id kg.ID, at edtf.Time) (found bool) {
	for i := range r.claims {
		if c := &r.claims[i]; c.KnownFrom() == knownFrom(at) {
			c.Supersedes, found = append(c.Supersedes, id), true
		}
	}
	return found
}

// retraction returns the claim by which a release retracts another claim.
func retraction(by kg.Release, c kg.Claim, at edtf.Time) kg.Claim {
	return kg.Claim{
		ID: retractionID(by.ID, c.ID), Subject: c.Subject, Stance: kg.StanceRetracts, Aspect: kg.AspectOccurrence,
		Release: by.ID, AssertedAt: at, Supersedes: []kg.ID{c.ID},
	}
}

// compare returns the difference between the stored claims and the wanted ones.
func (p *planner) compare(wanted []kg.Claim) Plan {
	var plan Plan
	want, withdrawn := map[kg.ID]bool{}, map[kg.ID]bool{}
	for _, c := range p.stored {
		for _, id := range c.Supersedes {
			withdrawn[id] = true
		}
	}
	for _, c := range wanted {
		want[c.ID] = true
		old, found := p.stored[c.ID]
		same := found && sameButRelease(old, c)
		if same && old.Release == c.Release {
			continue
		}
		plan.Put = append(plan.Put, c)
		switch {
		case same:
			plan.Moves = append(plan.Moves, kg.Move{Claim: c.ID, From: old.Release})
		case found:
			plan.Remove = append(plan.Remove, c.ID)
		case IsRetraction(c):
			plan.Retracted = append(plan.Retracted, c.Supersedes...)
		}
	}
	for id := range p.stored {
		if !want[id] {
			plan.Remove = append(plan.Remove, id)
		}
	}
	for _, c := range plan.Put {
		for _, id := range c.Supersedes {
			if p.own[id] && !withdrawn[id] && !IsRetraction(c) {
				withdrawn[id] = true
				plan.Superseded = append(plan.Superseded, id)
			}
		}
	}
	slices.SortFunc(plan.Put, kg.CompareClaims)
	slices.Sort(plan.Remove)
	for i := range p.given {
		plan.Rows = append(plan.Rows, p.forRow(i))
	}
	return plan
}

// sameButRelease reports whether two claims have the same content, whichever releases they are of.
func sameButRelease(a, b kg.Claim) bool {
	a.Release = b.Release
	return a.Digest() == b.Digest()
}

// forRow returns the claim of the run that stands for a row: the one of its date or, if there is none, the first.
func (r *run) forRow(row *kg.Claim) kg.Claim {
	i := slices.IndexFunc(r.claims, func(c kg.Claim) bool { return c.ID == row.ID })
	if i < 0 {
		i = slices.IndexFunc(r.claims, func(c kg.Claim) bool { return c.AssertedAt == row.AssertedAt })
	}
	return r.claims[max(i, 0)]
}

// forRow returns the claim of the run that a row of the current release is in.
func (p *planner) forRow(i int) kg.Claim {
	for _, r := range p.rows[i].runs {
		if r.begin <= p.current && p.current < r.end {
			return r.forRow(&p.given[i])
		}
	}
	return p.given[i]
}
