package release

import (
	"cmp"
	"maps"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Input is what the current release, the one that is being loaded, states about a subject.
type Input struct {
	Series  Series
	Current kg.ID
	// Rows are claims of the current release about the subject, with their own dates. Other rows may follow.
	Rows []kg.Claim
	// States reports whether a row of the current release, given or not, states a content of a group.
	States func(group kg.ID, content Hash) bool
	// StatesGroup reports whether a row of the current release states any content of a group.
	StatesGroup func(group kg.ID) bool
	// KeepMissing is set if what the current release lacks stays: it is only a part, or rows were rejected that may have
	// stated it.
	KeepMissing bool
}

// Plan is the outcome for one subject.
type Plan struct {
	// Rows are the claims to store for the given rows, parallel to them. Each is stored already or in Put.
	Rows []kg.Claim
	// Put are claims to store. One whose id is in Remove replaces a stored claim.
	Put    []kg.Claim
	Remove []kg.ID
	// Superseded and Retracted count the claims that a release now withdraws and did not before.
	Superseded, Retracted int
}

// Changes reports whether anything has to be stored.
func (p Plan) Changes() bool { return len(p.Put)+len(p.Remove) > 0 }

// planner works out the plan of one subject.
type planner struct {
	Input
	subject  kg.ID
	current  int
	contents []*content
	index    map[contentKey]*content
	stored   map[kg.ID]kg.Claim
	pinned   map[kg.ID]bool // claims that others name
	own      map[kg.ID]bool // statements of rows
}

// contentKey identifies a content of a subject.
type contentKey struct {
	group kg.ID
	hash  Hash
}

// Make returns the plan of a subject, given all stored claims about it.
func Make(subject kg.ID, stored []kg.Claim, in Input) Plan {
	p := planner{Input: in, subject: subject, current: in.Series.index[in.Current],
		index: map[contentKey]*content{}, stored: map[kg.ID]kg.Claim{}, pinned: map[kg.ID]bool{}, own: map[kg.ID]bool{}}
	p.read(stored)
	p.decide()
	p.findRuns()
	return p.compare(p.withdraw())
}

// read collects the contents of the stored claims and of the rows. Which releases state a content follows from the
// stored claims: the ones from the release that a claim is of, until the first release that withdraws it.
func (p *planner) read(stored []kg.Claim) {
	ends := map[kg.ID]int{} // of withdrawn claims
	for _, c := range stored {
		if !p.Series.Contains(c) {
			for _, id := range c.Supersedes {
				p.pinned[id] = true
			}
			continue
		}
		p.stored[c.ID] = c
		p.own[c.ID] = !IsRetraction(c)
		at := p.Series.index[c.Release]
		for _, id := range c.Supersedes {
			if end, found := ends[id]; !found || at < end {
				ends[id] = at
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p.stored)) {
		c := p.stored[id]
		if !p.own[id] {
			continue
		}
		k := p.content(p.Series.groupOf(c), Content(c))
		k.stored = append(k.stored, c)
		end, withdrawn := ends[id]
		if !withdrawn {
			end = len(p.Series.all)
		}
		for i := p.Series.index[c.Release]; i < end; i++ {
			k.stated[i] = true
		}
	}
	for i := range p.Rows {
		if k := p.content(GroupOf(p.Rows[i].ID), Content(p.Rows[i])); k.row == nil {
			k.row = &p.Rows[i]
		}
	}
	for _, k := range p.contents {
		slices.SortFunc(k.stored, func(a, b kg.Claim) int {
			return cmp.Or(cmp.Compare(p.Series.index[a.Release], p.Series.index[b.Release]), cmp.Compare(a.ID, b.ID))
		})
	}
	slices.SortFunc(p.contents, func(a, b *content) int {
		return cmp.Or(cmp.Compare(a.group, b.group), slices.Compare(a.hash[:], b.hash[:]))
	})
}

// content returns the content of a group, which it adds if it is new.
func (p *planner) content(group kg.ID, hash Hash) *content {
	key := contentKey{group, hash}
	k := p.index[key]
	if k == nil {
		k = &content{group: group, hash: hash, stated: make([]bool, len(p.Series.all))}
		p.index[key], p.contents = k, append(p.contents, k)
	}
	return k
}

// decide replaces what is known of the current release by what its rows state.
func (p *planner) decide() {
	for _, k := range p.contents {
		older := slices.ContainsFunc(k.stored, func(c kg.Claim) bool { return p.Series.index[c.Release] <= p.current })
		switch {
		case k.row != nil:
			k.stated[p.current] = true
		case p.States(k.group, k.hash):
			// A row that follows states it. If that makes the current release the first to do so, its claim is
			// planned with that row.
			k.stated[p.current] = older
		case p.StatesGroup(k.group):
			k.stated[p.current] = false
		case p.KeepMissing, !p.Series.dated(p.current), len(k.stored) > 0 && k.stored[0].Release == p.Current:
			// It stays as it was: a release that is loaded again does not take back its own rows.
		default:
			k.stated[p.current] = false
		}
	}
	p.dropConflicts()
}

// dropConflicts drops the rows that give an id to a second content. The store rejects them.
func (p *planner) dropConflicts() {
	stating := map[kg.ID]*content{}
	for _, k := range p.contents {
		if k.group != "" && k.stated[p.current] && k.storedFor(p.Current) != nil {
			stating[k.group] = k
		}
	}
	for _, k := range p.contents {
		if k.group == "" || !k.stated[p.current] {
			continue
		}
		if first := stating[k.group]; first == nil {
			stating[k.group] = k
		} else if first != k && k.row != nil {
			k.row, k.stated[p.current] = nil, false
		}
	}
}

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
				// Nobody knows whether a release without a date is older: another one that lacks its row does not
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

// withdraw returns the claims to store: of the runs, and the retractions of those that end with a release. A run is
// superseded by the runs of its group that begin with the release that ends it, if they are known from the same moment.
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
		at := Later(*ending.ReleasedAt, r.claim.AssertedAt)
		superseded := false
		for _, by := range starting[start{groups[r], r.end}] {
			if by.claim.KnownFrom() == knownFrom(at) {
				by.claim.Supersedes = append(by.claim.Supersedes, r.claim.ID)
				superseded = true
			}
		}
		if !superseded {
			retractions = append(retractions, retraction(ending, r.claim, at))
		}
	}
	claims := retractions
	for _, r := range all {
		slices.Sort(r.claim.Supersedes)
		r.claim.Supersedes = slices.Compact(r.claim.Supersedes)
		claims = append(claims, r.claim)
	}
	return claims
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
		if found && old.Digest() == c.Digest() {
			continue
		}
		plan.Put = append(plan.Put, c)
		switch {
		case found:
			plan.Remove = append(plan.Remove, c.ID)
		case IsRetraction(c):
			plan.Retracted++
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
				plan.Superseded++
			}
		}
	}
	slices.SortFunc(plan.Put, kg.CompareClaims)
	slices.Sort(plan.Remove)
	for i := range p.Rows {
		plan.Rows = append(plan.Rows, p.forRow(&p.Rows[i]))
	}
	return plan
}

// forRow returns the claim of the run that the current release's row is in.
func (p *planner) forRow(row *kg.Claim) kg.Claim {
	for _, r := range p.content(GroupOf(row.ID), Content(*row)).runs {
		if r.begin <= p.current && p.current < r.end {
			return r.claim
		}
	}
	return *row
}
