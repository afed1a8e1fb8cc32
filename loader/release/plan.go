package release

import (
	"cmp"
	"maps"
	"slices"

	"casus/internal/kg"
)

// Plan is the outcome for one subject: what to do with its claims.
type Plan struct {
	// Rows are the claims to store for the given rows, parallel to them. Each is stored already or in Put.
	Rows []kg.Claim
	// Put are claims to store, added or changed. One whose id is in Remove replaces a stored claim.
	Put    []kg.Claim
	Remove []kg.ID
	// Moves are the stored claims of Put whose release alone changes. They are not in Remove.
	Moves []kg.Move
	// Superseded and Retracted are the claims that a release now withdraws and did not before: by another claim about
	// the same, or because it lacks them.
	Superseded, Retracted []kg.ID
}

// planner works out the plan of one subject.
type planner struct {
	*Stated
	subject  kg.ID
	given    []kg.Claim // of the rows
	current  int
	contents []*content
	index    map[contentKey]*content
	stored   map[kg.ID]kg.Claim
	pinned   map[kg.ID]bool // claims that others name
	own      map[kg.ID]bool // stored claims of rows, which are not retractions
	rows     []*content     // parallel to given
}

// contentKey identifies a content of a subject.
type contentKey struct {
	group kg.ID
	hash  Hash
}

// Make returns the plan of a subject. stored are all stored claims about it. current is what the current release, the
// one that is being loaded, states. rows are claims of its rows about the subject, with their own dates; other rows may
// follow.
func Make(subject kg.ID, stored, rows []kg.Claim, current *Stated) Plan {
	p := planner{
		Stated: current, subject: subject, given: rows, current: current.Series.index[current.Release.ID],
		index: map[contentKey]*content{}, stored: map[kg.ID]kg.Claim{}, pinned: map[kg.ID]bool{}, own: map[kg.ID]bool{},
	}
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
	for i := range p.given {
		k := p.content(GroupOf(p.given[i].ID), Content(p.given[i]))
		k.rows = append(k.rows, p.given[i])
		p.rows = append(p.rows, k)
	}
	for _, k := range p.contents {
		slices.SortFunc(k.stored, func(a, b kg.Claim) int {
			return cmp.Or(cmp.Compare(p.Series.index[a.Release], p.Series.index[b.Release]), compareDates(a, b))
		})
		if k.group == "" { // of a group's rows the first counts
			slices.SortFunc(k.rows, compareDates)
		}
	}
	slices.SortFunc(p.contents, func(a, b *content) int {
		return cmp.Or(cmp.Compare(a.group, b.group), slices.Compare(a.hash[:], b.hash[:]))
	})
}

// compareDates compares claims of one content by their dates, then by id.
func compareDates(a, b kg.Claim) int {
	return cmp.Or(cmp.Compare(a.KnownFrom(), b.KnownFrom()), cmp.Compare(a.ID, b.ID))
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

// decide replaces the known content of the current release by the statements of its rows.
func (p *planner) decide() {
	for _, k := range p.contents {
		older := slices.ContainsFunc(k.stored, func(c kg.Claim) bool { return p.Series.index[c.Release] <= p.current })
		switch {
		case len(k.rows) > 0:
			k.stated[p.current] = true
		case p.states(k.group, k.hash):
			// A row that follows states it. If that makes the current release the first to do so, its claim is
			// planned with that row.
			k.stated[p.current] = older
		case p.statesGroup(p.subject, k.group):
			k.stated[p.current] = false
		case p.keepsMissing(p.subject), !p.Series.dated(p.current), len(k.stored) > 0 && k.stored[0].Release == p.Release.ID:
			// It stays as it was: a release that is loaded again does not take back its own rows.
		default:
			k.stated[p.current] = false
		}
	}
	p.dropConflicts()
}

// dropConflicts drops the rows that use an id for a second content. The store rejects them.
func (p *planner) dropConflicts() {
	stating := map[kg.ID]*content{}
	for _, k := range p.contents {
		if k.group != "" && k.stated[p.current] && len(k.storedFor(p.Release.ID)) > 0 {
			stating[k.group] = k
		}
	}
	for _, k := range p.contents {
		if k.group == "" || !k.stated[p.current] {
			continue
		}
		if first := stating[k.group]; first == nil {
			stating[k.group] = k
		} else if first != k && len(k.rows) > 0 {
			k.rows, k.stated[p.current] = nil, false
		}
	}
}
