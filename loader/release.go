package loader

import (
	"context"
	"crypto/sha256"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// update holds the data for updating a data set: the stored releases that this one replaces, and a digest of everything
// the new release states, so that a claim is not treated as removed because its row comes later.
//
// A row belongs to a group: its claim's id if the mapping gives one, else its subject. Claims that a group no longer
// states are superseded by the ones it states now; a group without any claims is retracted. Both are known from the
// release's date. An unchanged claim stays in its old release.
type update struct {
	release    kg.Release
	releases   map[kg.ID]bool    // the replaced releases and the new one
	contents   map[[16]byte]bool // groupContent of each claim
	groups     map[[16]byte]bool
	superseded map[kg.ID]bool // claims that the report has counted
	// rejectedSubjects are the subjects of rejected rows, whose claims stay. unknownSubjects counts rejected rows whose
	// subject cannot be determined.
	rejectedSubjects map[[16]byte]bool
	unknownSubjects  int
}

// beginRelease stores the release that the rows belong to, and reads the input once if an older release is stored.
func (s *stream) beginRelease(ctx context.Context, inputs []Input, from checkpoint) error {
	rel := s.options.Release
	if s.mapper == nil || rel == nil {
		return nil
	}
	release := kg.Release{
		ID:   kg.DeriveID(kg.KindRelease, rel.Dataset, rel.Release),
		Name: rel.Dataset, Release: rel.Release, ReleasedAt: rel.ReleasedAt,
	}
	s.release = release.ID
	others, stored, err := s.datasetReleases(ctx, release)
	if err != nil {
		return err
	}
	if stored != nil && release.ReleasedAt == nil {
		release.ReleasedAt = stored.ReleasedAt
	}
	u := &update{
		release: release, releases: map[kg.ID]bool{release.ID: true},
		contents: map[[16]byte]bool{}, groups: map[[16]byte]bool{},
		superseded: map[kg.ID]bool{}, rejectedSubjects: map[[16]byte]bool{},
	}
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
	resumed := from.Rows > 0 && !from.Compared
	if len(u.releases) == 1 && (stored == nil || resumed) {
		return nil // this load wrote everything that is stored of it
	}
	return s.collectRelease(ctx, u, inputs)
}

// datasetReleases returns the stored releases of a release's data set: the others, and the release itself or nil.
func (s *stream) datasetReleases(
	ctx context.Context, release kg.Release,
) (others []kg.Release, same *kg.Release, err error) {
	for page, err := range store.Walk(ctx, s.store, kg.KindRelease, lookupSize) {
		if err != nil {
			return nil, nil, err
		}
		for _, r := range page.Releases {
			switch {
			case r.ID == release.ID:
				same = &r
			case r.Name == release.Name:
				others = append(others, r)
			}
		}
	}
	return others, same, nil
}

// replaces reports whether another release of the data set is older, as one without a date is. Releases must be loaded
// in the order of their dates.
func (u *update) replaces(other kg.Release, stored bool) (bool, error) {
	mine, theirs := u.release.ReleasedAt, other.ReleasedAt
	switch {
	case mine == nil && theirs == nil:
		return false, kg.Errorf(kg.BadInput,
			"the store has release %s of %s: set --released to the date of each release", other.Release, other.Name)
	case mine == nil:
		return false, kg.Errorf(kg.BadInput,
			"the store has release %s of %s: set --release to the name of this one and --released to its date",
			other.Release, other.Name)
	case theirs == nil || theirs.Latest < mine.Latest:
		return true, nil
	case theirs.Latest == mine.Latest:
		return false, kg.Errorf(kg.Conflict,
			"release %s of %s has the same date as %s, which is stored", u.release.Release, other.Name, other.Release)
	case !stored:
		return false, kg.Errorf(kg.Conflict,
			"release %s of %s is older than %s, which is stored: load releases in the order of their dates",
			u.release.Release, other.Name, other.Release)
	}
	return false, nil
}

// collectRelease reads the input once and records everything that it states. An input that can be read only once is
// buffered for the load itself.
func (s *stream) collectRelease(ctx context.Context, u *update, inputs []Input) error {
	if err := s.bufferInputs(inputs); err != nil {
		return err
	}
	p := preparer{stream: s, shared: map[nodeKey]*record{}}
	read := 0
	if err := s.eachRow(inputs, sha256.New(), func(raw rawRow) error {
		row := p.prepareRow(raw)
		faulty := row.fault != nil
		for _, rec := range row.records {
			for _, draft := range rec.drafts {
				c, ours, fault := draft.undated(rec.id)
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
			s.options.Progress(Progress{"reading, to compare with the stored release", int64(read), done, size})
		}
		return ctx.Err()
	}); err != nil {
		return err
	}
	s.update = u
	return nil
}

// subjectNamer is a Mapper that can name the subjects of a row's claims even if the row is faulty. It returns none if
// it cannot determine them.
type subjectNamer interface {
	Subjects(row map[string]any) []string
}

// addRejected records the subjects of a rejected row.
func (u *update) addRejected(m Mapper, row map[string]any) {
	var subjects []string
	if namer, ok := m.(subjectNamer); ok && row != nil {
		subjects = namer.Subjects(row)
	}
	if len(subjects) == 0 {
		u.unknownSubjects++
	}
	for _, id := range subjects {
		u.rejectedSubjects[shortHash(id)] = true
	}
}

// wasRejected reports whether a rejected row is about a subject, or about the entity that its id was derived from.
func (u *update) wasRejected(subject kg.ID) bool {
	entity, _, _ := strings.Cut(string(subject), "@")
	return u.rejectedSubjects[shortHash(string(subject))] || u.rejectedSubjects[shortHash(entity)]
}

// undated returns the claim without dates and source. ours reports whether the claim is the data set's own.
func (s claimDraft) undated(subject kg.ID) (c kg.Claim, ours bool, fault *Reject) {
	r := s.record
	if r.Document != "" || r.Release != "" {
		return c, false, nil
	}
	r.AssertedAt = "2000" // any date
	none := &chunkLoad{stream: &stream{}}
	c, fault = none.makeClaim(subject, &claimDraft{r, s.pointer})
	c.ID = r.ID
	return c, fault == nil, fault
}

// groupID returns the id by which a claim's successors are found: its own if the mapping gives one, else its subject.
func groupID(c kg.Claim) kg.ID {
	if c.ID != "" {
		return c.ID
	}
	return c.Subject
}

// contentHash returns a hash of everything a claim states except its id, release and dates.
func contentHash(c kg.Claim) [16]byte {
	c.ID, c.Release, c.Supersedes, c.AssertedAt = "", "", nil, edtf.Time{}
	return shortHash(c.Digest())
}

// groupContent returns a key for a content and the group that states it, with the id that the mapping gave, or empty.
func groupContent(id kg.ID, content [16]byte) [16]byte {
	return shortHash(string(id) + string(content[:]))
}

// states reports whether the release states the content of a stored claim, in a row without a mapped id or in a row of
// the claim's own group. Equal words of another group do not keep a removed row.
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

// successor returns the id of the claim that follows one with a mapped id.
func (u *update) successor(id kg.ID) kg.ID {
	return id + "@" + kg.ID(strings.Join(strings.Fields(u.release.Release), "_"))
}

// inGroup reports whether a stored claim has the mapped id or a successor's. Without a mapped id, any claim about the
// subject is in the group.
func inGroup(stored kg.Claim, mappedID kg.ID) bool {
	if mappedID == "" {
		return true
	}
	return stored.ID == mappedID || strings.HasPrefix(string(stored.ID), string(mappedID)+"@")
}

// wasWithdrawn reports whether a stored claim was withdrawn before this load, by a release that this one replaces.
func (u *update) wasWithdrawn(c kg.Claim, about map[kg.ID]kg.Claim) bool {
	return slices.ContainsFunc(c.WithdrawnBy, func(id kg.ID) bool {
		by, known := about[id]
		if !known || !u.releases[by.Release] {
			return !known
		}
		return by.Release != u.release.ID || by.Stance != kg.StanceRetracts && !u.states(by)
	})
}
