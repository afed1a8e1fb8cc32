package release

import (
	"cmp"
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
			k.runs[i].claims = p.claims(k, i, first[k.group])
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

// claims returns the claims of a run, which belong to its first release. The first run of a content has a claim for
// each date with the id of the row of that date. A later run, of a content that returns, has one other claim.
func (p *planner) claims(k *content, i, first int) []kg.Claim {
	begin := k.runs[i].begin
	release := p.Series.all[begin]
	from := p.statements(k, begin)
	if i > 0 || k.group != "" {
		from = from[:1]
	}
	var all []kg.Claim
	for n, c := range from {
		own := c.AssertedAt
		c.Supersedes = p.ownSupersedes(c)
		c.RecordedAt, c.KnownTo, c.WithdrawnBy, c.Dataset, c.View = 0, 0, nil, nil, kg.View{}
		id, named := k.pinnedID(p.pinned)
		if c.ID = p.id(k, i, first, c); named && n == 0 && i == 0 && len(k.storedFor(release.ID)) == 0 {
			c.ID = id
		}
		c.Release = release.ID
		if c.AssertedAt = own; !p.Series.keepsOwnDates(begin) {
			c.AssertedAt = Later(own, *release.ReleasedAt)
		}
		all = append(all, c)
	}
	// A release has one date: of the claims that get it, one remains, the same whichever rows were planned first.
	slices.SortFunc(all, func(a, b kg.Claim) int {
		return cmp.Or(compareTrue(p.pinned[a.ID], p.pinned[b.ID]), cmp.Compare(a.ID, b.ID))
	})
	dates := map[string]bool{}
	all = slices.DeleteFunc(all, func(c kg.Claim) bool {
		known := dates[c.AssertedAt.EDTF]
		dates[c.AssertedAt.EDTF] = true
		return known
	})
	slices.SortFunc(all, compareDates)
	return all
}

// compareTrue compares two conditions, the one that holds first.
func compareTrue(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// statements returns the claims that the claims of a run are made from, the earliest first: those of the given rows and
// the stored ones of the first release, else a stored one of another release.
func (p *planner) statements(k *content, begin int) []kg.Claim {
	release := p.Series.all[begin].ID
	stored := k.storedFor(release)
	if begin == p.current {
		// Without a row of its date, a claim is of another version of the release's file.
		if still := slices.DeleteFunc(slices.Clone(stored), func(c kg.Claim) bool {
			return !p.statesAt(k.group, k.hash, c.AssertedAt)
		}); len(still)+len(k.rows) > 0 {
			stored = still
		}
		if len(k.rows) > 0 && k.group != "" {
			return k.rows
		}
		ids := map[kg.ID]bool{}
		var all []kg.Claim
		for _, c := range slices.Concat(k.rows, stored) {
			if !ids[c.ID] {
				ids[c.ID], all = true, append(all, c)
			}
		}
		stored = all
		slices.SortFunc(stored, compareDates)
	}
	if len(stored) == 0 {
		return k.stored[:1]
	}
	return stored
}

// id returns the id of a run's claim. c is the claim it is made from.
func (p *planner) id(k *content, i, first int, c kg.Claim) kg.ID {
	begin := k.runs[i].begin
	release := p.Series.all[begin].ID
	if stored := k.storedFor(release); len(stored) > 0 && p.pinned[stored[0].ID] && (i > 0 || k.group != "") {
		return stored[0].ID
	}
	switch {
	case k.group != "" && begin == first:
		return k.group
	case k.group != "":
		return k.group + kg.ID(p.Series.suffix(begin))
	case i > 0:
		return kg.DeriveID(kg.KindClaim, string(release), string(p.subject), string(k.hash[:]))
	}
	return c.ID // derived from the data set and the content, as every release does
}

// ownSupersedes returns the claims that a row itself supersedes, not the ones that an earlier plan made it supersede.
func (p *planner) ownSupersedes(c kg.Claim) []kg.ID {
	return slices.DeleteFunc(slices.Clone(c.Supersedes), func(id kg.ID) bool { return p.own[id] })
}
