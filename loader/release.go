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
	release    kg.Release
	releases   map[kg.ID]bool    // those it replaces, and itself
	contents   map[[16]byte]bool // of claims, with the id that the mapping gave
	groups     map[[16]byte]bool
	superseded map[kg.ID]bool // claims that are superseded
	// rejectedSubjects are what rejected rows are about: they are not gone. untold counts those that do not tell it.
	rejectedSubjects map[[16]byte]bool
	unknownSubjects  int
}

// beginRelease makes the release that the rows belong to, and compares it with what is stored of the dataset.
func (s *stream) beginRelease(ctx context.Context, inputs []Input, from checkpoint) error {
	rel := s.options.Release
	if s.mapper == nil || rel == nil {
		return nil
	}
	release := kg.Release{ID: kg.DeriveID(kg.KindRelease, rel.Dataset, rel.Release), Name: rel.Dataset, Release: rel.Release, ReleasedAt: rel.ReleasedAt}
	s.release = release.ID
	others, stored, err := s.datasetReleases(ctx, release)
	if err != nil {
		return err
	}
	if stored != nil && release.ReleasedAt == nil {
		release.ReleasedAt = stored.ReleasedAt
	}
	u := &update{release: release, releases: map[kg.ID]bool{release.ID: true}, contents: map[[16]byte]bool{}, groups: map[[16]byte]bool{}, superseded: map[kg.ID]bool{}, rejectedSubjects: map[[16]byte]bool{}}
	for _, o := range others {
		older, err := u.replaces(o, stored != nil)
		if err != nil {
			return err
		}
		u.releases[o.ID] = u.releases[o.ID] || older
	}
	applied, err := s.store.Apply(ctx, kg.Batch{Releases: []kg.Release{release}})
	s.report.addApplied(applied)
	if err != nil {
		return err
	}
	begun := from.Rows > 0 && !from.Compared
	if len(u.releases) == 1 && (stored == nil || begun) {
		return nil // nothing is stored of it but what this load did
	}
	return s.collectRelease(ctx, u, inputs)
}

// datasetReleases finds the releases stored of a release's dataset: the others, and itself.
func (s *stream) datasetReleases(ctx context.Context, of kg.Release) (others []kg.Release, same *kg.Release, err error) {
	for after := kg.ID(""); ; {
		page, err := s.store.Scan(ctx, kg.KindRelease, after, lookupSize)
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
		if len(page.Releases) < lookupSize {
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

// collectRelease reads the input for the first time, to know all that it says. What can be read only once is kept for the second.
func (s *stream) collectRelease(ctx context.Context, u *update, inputs []Input) error {
	if err := s.bufferInputs(inputs); err != nil {
		return err
	}
	p := preparer{stream: s, shared: map[nodeKey]*record{}}
	read := 0
	if err := s.eachRow(inputs, sha256.New(), func(raw rawRow) error {
		made := p.prepareRow(raw)
		faulty := made.fault != nil
		for _, rec := range made.records {
			for _, said := range rec.drafts {
				c, ours, fault := said.undated(rec.id)
				faulty = faulty || fault != nil
				if ours && !faulty {
					u.contents[groupContent(c.ID, contentHash(c))] = true
					u.groups[shortHash(string(groupID(c)))] = true
				}
			}
		}
		if faulty {
			u.addRejected(s.mapper, raw.values)
		}
		p.records, p.shared = nil, map[nodeKey]*record{}
		if read++; read%1000 == 0 {
			done, size := inputProgress(inputs)
			s.options.Progress(Progress{"reading, to compare with what is stored", int64(read), done, size})
		}
		return ctx.Err()
	}); err != nil {
		return err
	}
	s.update = u
	return nil
}

// subjectNamer is a mapper that tells what a row's claims are about, though the row may be faulty; nothing where that cannot be told.
type subjectNamer interface {
	Subjects(row map[string]any) []string
}

// addRejected remembers what a rejected row is about.
func (u *update) addRejected(m Mapper, row map[string]any) {
	var subjects []string
	if of, can := m.(subjectNamer); can && row != nil {
		subjects = of.Subjects(row)
	}
	if len(subjects) == 0 {
		u.unknownSubjects++
	}
	for _, id := range subjects {
		u.rejectedSubjects[shortHash(id)] = true
	}
}

// wasRejected says whether a rejected row is about a subject, or about what its id was derived from.
func (u *update) wasRejected(subject kg.ID) bool {
	entity, _, _ := strings.Cut(string(subject), "@")
	return u.rejectedSubjects[shortHash(string(subject))] || u.rejectedSubjects[shortHash(entity)]
}

// undated is what a claim says without any date or source; ours: it is the dataset's own.
func (s claimDraft) undated(subject kg.ID) (c kg.Claim, ours bool, fault *Reject) {
	r := s.record
	if r.Document != "" || r.Release != "" {
		return c, false, nil
	}
	r.AssertedAt = "2000" // any
	none := &chunkLoad{stream: &stream{}}
	c, fault = none.makeClaim(subject, &claimDraft{r, s.pointer})
	c.ID = r.ID
	return c, fault == nil, fault
}

// groupID is what a claim's successors are found by: its id if the mapping gives one, else its subject.
func groupID(c kg.Claim) kg.ID {
	if c.ID != "" {
		return c.ID
	}
	return c.Subject
}

// contentHash is a hash of all that a claim says, whatever its id, release and dates.
func contentHash(c kg.Claim) [16]byte {
	c.ID, c.Release, c.Supersedes, c.AssertedAt = "", "", nil, edtf.Time{}
	return shortHash(c.Digest())
}

// groupContent is what a group says: a content, with the group's id where the mapping gave one.
func groupContent(id kg.ID, content [16]byte) [16]byte {
	return shortHash(string(id) + string(content[:]))
}

// states tells whether the release says what a stored claim does: in a row that the mapping gave no id, or in one of the claim's own
// group. What another group says in the same words does not keep a row that is gone.
func (u *update) states(stored kg.Claim) bool {
	content, id := contentHash(stored), string(stored.ID)
	if u.contents[groupContent("", content)] || u.contents[groupContent(stored.ID, content)] {
		return true
	}
	for i := range id {
		if id[i] == '@' && u.contents[groupContent(kg.ID(id[:i]), content)] {
			return true
		}
	}
	return false
}

func shortHash(s string) [16]byte {
	sum := sha256.Sum256([]byte(s))
	return [16]byte(sum[:16])
}

// successor is the id of a claim that follows one whose id the mapping gave.
func (u *update) successor(id kg.ID) kg.ID {
	return id + "@" + kg.ID(strings.Join(strings.Fields(u.release.Release), "_"))
}

// inGroup says whether a stored claim is of a given one's group: of its id or a successor's, or about its subject where no
// id was given.
func inGroup(stored kg.Claim, given kg.ID) bool {
	if given == "" {
		return true
	}
	return stored.ID == given || strings.HasPrefix(string(stored.ID), string(given)+"@")
}

// wasWithdrawn says whether a stored claim was withdrawn before this load, by a release that this one follows.
func (u *update) wasWithdrawn(c kg.Claim, about map[kg.ID]kg.Claim) bool {
	return slices.ContainsFunc(c.WithdrawnBy, func(id kg.ID) bool {
		by, known := about[id]
		if !known || !u.releases[by.Release] {
			return !known
		}
		return by.Release != u.release.ID || by.Stance != kg.StanceRetracts && !u.states(by)
	})
}
