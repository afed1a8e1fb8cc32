package release

import (
	"slices"

	"casus/internal/kg"
)

// findRuns finds the runs of each content and makes their claims, without what they supersede.
func (p *planner) findRuns() {
	statedAt := func(group kg.ID, at int) bool {
		return slices.ContainsFunc(p.contents, func(k *content) bool { return k.group == group && k.stated[at] })
	}
	for _, k := range p.contents {
		live := false
		for i := range p.Series.all {
			switch {
			case k.stated[i] && !live:
				live = true
				k.runs = append(k.runs, run{begin: i, end: len(p.Series.all)})
			case k.stated[i] || !live || !p.Series.dated(i):
			case p.onlyUndated(k, i) && !statedAt(k.group, i):
				// A release without a date may be newer than one that lacks its row, which therefore does not
				// retract it.
			default:
				live = false
				k.runs[len(k.runs)-1].end = i
			}
		}
	}
	first := map[kg.ID]int{} // the release that states a group first
	for _, k := range p.contents {
		if len(k.runs) > 0 {
			if at, found := first[k.group]; !found || k.runs[0].begin < at {
				first[k.group] = k.runs[0].begin
			}
		}
	}
	for _, k := range p.contents {
		for i := range k.runs {
			k.runs[i].claim = p.claim(k, i, first[k.group])
		}
	}
}

// onlyUndated reports whether no release with a date before i states a content.
func (p *planner) onlyUndated(k *content, i int) bool {
	for at := range i {
		if k.stated[at] && p.Series.dated(at) {
			return false
		}
	}
	return true
}

// claim returns the claim of a run. It belongs to the run's first release. The first claim of a content has the id that
// the row's own release gives it; a content that returns is another claim.
func (p *planner) claim(k *content, i, first int) kg.Claim {
	r := k.runs[i]
	release := p.Series.all[r.begin]
	var c kg.Claim
	switch stored := k.storedFor(release.ID); {
	case r.begin == p.current && k.row != nil:
		c = *k.row
	case stored != nil:
		c = *stored
	default:
		c = k.stored[0]
	}
	own := c.AssertedAt
	c.Supersedes = p.ownSupersedes(c)
	c.RecordedAt, c.KnownTo, c.WithdrawnBy, c.Dataset, c.View = 0, 0, nil, nil, kg.View{}
	c.ID = p.id(k, i, first, c)
	c.Release = release.ID
	if c.AssertedAt = own; !p.Series.keepsOwnDates(r.begin) {
		c.AssertedAt = Later(own, *release.ReleasedAt)
	}
	return c
}

// id returns the id of a run's claim. c is the claim it is made from.
func (p *planner) id(k *content, i, first int, c kg.Claim) kg.ID {
	begin := k.runs[i].begin
	release := p.Series.all[begin].ID
	stored := k.storedFor(release)
	if stored != nil && p.pinned[stored.ID] {
		return stored.ID
	}
	if i == 0 {
		for _, s := range k.stored {
			if p.pinned[s.ID] {
				return s.ID
			}
		}
	}
	switch {
	case k.group != "" && begin == first:
		return k.group
	case k.group != "":
		return k.group + kg.ID(p.Series.suffix(begin))
	case i > 0:
		return kg.DeriveID(kg.KindClaim, string(release), string(p.subject), string(k.hash[:]))
	case c.Release == release && k.row != nil && begin == p.current:
		return k.row.ID
	case stored != nil:
		return stored.ID
	}
	c.ID, c.Release = "", release
	return kg.DeriveID(kg.KindClaim, "", string(release), string(p.subject), c.Digest())
}

// ownSupersedes returns the claims that a row itself supersedes, without the rows that a plan let it supersede.
func (p *planner) ownSupersedes(c kg.Claim) []kg.ID {
	return slices.DeleteFunc(slices.Clone(c.Supersedes), func(id kg.ID) bool { return p.own[id] })
}
