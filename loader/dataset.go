package loader

import (
	"context"
	"crypto/sha256"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// update is what a load needs to know to bring a dataset up to date: which of the releases stored it replaces, and all that
// it says itself, so that a row which is elsewhere in the file is not taken for gone.
//
// A row speaks of a group: its claim's id, where the mapping gives one, else its subject. What a group said before and says
// no more is superseded by what it says now; a group that says nothing any more is retracted. Both are known from the
// release's date. A claim that says the same as before stays as it is, in its old release.
type update struct {
	release  kg.Release
	releases map[kg.ID]bool    // those it replaces, and itself
	contents map[[16]byte]bool // of claims, with the id that the mapping gave
	groups   map[[16]byte]bool
	counted  map[kg.ID]bool // claims that are superseded
	// kept are what rejected rows are about: they are not gone. untold counts those that do not tell it.
	kept   map[[16]byte]bool
	untold int
}

// begin makes the release that the rows belong to, and compares it with what is stored of the dataset.
func (s *stream) begin(ctx context.Context, inputs []Input, from reached) error {
	rel := s.options.Release
	if s.mapper == nil || rel == nil {
		return nil
	}
	release := kg.Release{ID: kg.DeriveID(kg.KindRelease, rel.Dataset, rel.Release), Name: rel.Dataset, Release: rel.Release, ReleasedAt: rel.ReleasedAt}
	s.release = release.ID
	others, stored, err := s.releasesOf(ctx, release)
	if err != nil {
		return err
	}
	if stored != nil && release.ReleasedAt == nil {
		release.ReleasedAt = stored.ReleasedAt
	}
	u := &update{release: release, releases: map[kg.ID]bool{release.ID: true}, contents: map[[16]byte]bool{}, groups: map[[16]byte]bool{}, counted: map[kg.ID]bool{}, kept: map[[16]byte]bool{}}
	for _, o := range others {
		older, err := u.replaces(o, stored != nil)
		if err != nil {
			return err
		}
		u.releases[o.ID] = u.releases[o.ID] || older
	}
	applied, err := s.store.Apply(ctx, kg.Batch{Releases: []kg.Release{release}})
	s.report.applied(applied)
	if err != nil {
		return err
	}
	begun := from.Units > 0 && !from.Compared
	if len(u.releases) == 1 && (stored == nil || begun) {
		return nil // nothing is stored of it but what this load did
	}
	return s.gather(ctx, u, inputs)
}

// releasesOf finds the releases stored of a release's dataset: the others, and itself.
func (s *stream) releasesOf(ctx context.Context, of kg.Release) (others []kg.Release, same *kg.Release, err error) {
	for after := kg.ID(""); ; {
		page, err := s.store.Scan(ctx, kg.KindRelease, after, lookup)
		if err != nil {
			return nil, nil, err
		}
		for _, r := range page.Releases {
			if after = r.ID; r.ID == of.ID {
				same = &r
			} else if r.Name == of.Name {
				others = append(others, r)
			}
		}
		if len(page.Releases) < lookup {
			return others, same, nil
		}
	}
}

// replaces says whether another release of the dataset is an older one. One without a date is. Releases are loaded in the
// order in which they came out.
func (u *update) replaces(other kg.Release, stored bool) (bool, error) {
	mine, theirs := u.release.ReleasedAt, other.ReleasedAt
	switch {
	case mine == nil && theirs == nil:
		return false, kg.Errorf(kg.BadInput, "the store has release %s of %s: say by --released when each came out", other.Release, other.Name)
	case mine == nil:
		return false, kg.Errorf(kg.BadInput, "the store has release %s of %s: say by --release which one this is, and by --released when it came out", other.Release, other.Name)
	case theirs == nil || theirs.Latest < mine.Latest:
		return true, nil
	case theirs.Latest == mine.Latest:
		return false, kg.Errorf(kg.Conflict, "release %s of %s came out at the same time as %s, which is stored", u.release.Release, other.Name, other.Release)
	case !stored:
		return false, kg.Errorf(kg.Conflict, "release %s of %s came out before %s, which is stored: load releases in their order", u.release.Release, other.Name, other.Release)
	}
	return false, nil
}

// gather reads the input for the first time, to know all that it says. What can be read only once is kept for the second.
func (s *stream) gather(ctx context.Context, u *update, inputs []Input) error {
	if err := s.keepAll(inputs); err != nil {
		return err
	}
	p := preparing{stream: s, shared: map[nodeKey]*item{}}
	read := 0
	if err := s.each(inputs, sha256.New(), func(raw unread) error {
		made := p.unit(raw)
		faulty := made.fault != nil
		for _, it := range made.items {
			for _, said := range it.says {
				c, ours, fault := said.plain(it.id)
				faulty = faulty || fault != nil
				if ours && !faulty {
					u.contents[saidBy(c.ID, contentOf(c))] = true
					u.groups[hashOf(string(groupOf(c)))] = true
				}
			}
		}
		if faulty {
			u.keep(s.mapper, raw.values)
		}
		p.items, p.shared = nil, map[nodeKey]*item{}
		if read++; read%1000 == 0 {
			done, size := progressOf(inputs)
			s.options.Progress(Progress{"reading, to compare with what is stored", int64(read), done, size})
		}
		return ctx.Err()
	}); err != nil {
		return err
	}
	s.update = u
	return nil
}

// naming is a mapper that tells what a row's claims are about, though the row may be faulty; nothing where that cannot be told.
type naming interface {
	Subjects(row map[string]any) []string
}

// keep remembers what a rejected row is about.
func (u *update) keep(m Mapper, row map[string]any) {
	var subjects []string
	if of, can := m.(naming); can && row != nil {
		subjects = of.Subjects(row)
	}
	if len(subjects) == 0 {
		u.untold++
	}
	for _, id := range subjects {
		u.kept[hashOf(id)] = true
	}
}

// keeps says whether a rejected row is about a subject, or about what its id was derived from.
func (u *update) keeps(subject kg.ID) bool {
	entity, _, _ := strings.Cut(string(subject), "@")
	return u.kept[hashOf(string(subject))] || u.kept[hashOf(entity)]
}

// plain is what a claim says without any date or source; ours: it is the dataset's own.
func (s said) plain(subject kg.ID) (c kg.Claim, ours bool, fault *Reject) {
	r := s.record
	if r.Document != "" || r.Release != "" {
		return c, false, nil
	}
	r.AssertedAt = "2000" // any
	none := &load{stream: &stream{}}
	c, fault = none.claim(subject, &said{r, s.pointer})
	c.ID = r.ID
	return c, fault == nil, fault
}

// groupOf is what a claim's successors are found by: its id if the mapping gives one, else its subject.
func groupOf(c kg.Claim) kg.ID {
	if c.ID != "" {
		return c.ID
	}
	return c.Subject
}

// contentOf is a hash of all that a claim says, whatever its id, release and dates.
func contentOf(c kg.Claim) [16]byte {
	c.ID, c.Release, c.Supersedes, c.AssertedAt = "", "", nil, edtf.Time{}
	return hashOf(c.Digest())
}

// saidBy is what a group says: a content, with the group's id where the mapping gave one.
func saidBy(id kg.ID, content [16]byte) [16]byte { return hashOf(string(id) + string(content[:])) }

// says tells whether the release says what a stored claim does: in a row that the mapping gave no id, or in one of the claim's own
// group. What another group says in the same words does not keep a row that is gone.
func (u *update) says(stored kg.Claim) bool {
	content, id := contentOf(stored), string(stored.ID)
	if u.contents[saidBy("", content)] || u.contents[saidBy(stored.ID, content)] {
		return true
	}
	for i := range id {
		if id[i] == '@' && u.contents[saidBy(kg.ID(id[:i]), content)] {
			return true
		}
	}
	return false
}

func hashOf(s string) [16]byte {
	sum := sha256.Sum256([]byte(s))
	return [16]byte(sum[:16])
}

// successor is the id of a claim that follows one whose id the mapping gave.
func (u *update) successor(id kg.ID) kg.ID {
	return id + "@" + kg.ID(strings.Join(strings.Fields(u.release.Release), "_"))
}

// belongs says whether a stored claim is of a given one's group: of its id or a successor's, or about its subject where no
// id was given.
func belongs(stored kg.Claim, given kg.ID) bool {
	if given == "" {
		return true
	}
	return stored.ID == given || strings.HasPrefix(string(stored.ID), string(given)+"@")
}

// withdrawn says whether a stored claim was withdrawn before this load, by a release that this one follows.
func (u *update) withdrawn(c kg.Claim, about map[kg.ID]kg.Claim) bool {
	return slices.ContainsFunc(c.WithdrawnBy, func(id kg.ID) bool {
		by, known := about[id]
		if !known || !u.releases[by.Release] {
			return !known
		}
		return by.Release != u.release.ID || by.Stance != kg.StanceRetracts && !u.says(by)
	})
}
