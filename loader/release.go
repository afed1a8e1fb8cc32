package loader

import (
	"cmp"
	"context"
	"crypto/sha256"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader/release"
)

// update holds what a load needs to fit a release into the stored ones of its data set: a digest of everything the
// release states, so that a claim is not treated as removed because its row comes later.
type update struct {
	release kg.Release
	series  release.Series
	// contents are the contents of groups, groups the groups with an id and their subjects, and subjects all subjects that
	// the release states.
	groups, subjects map[release.Hash]bool
	contents         release.Contents
	// rejectedSubjects are the subjects of rejected rows, whose claims stay. unknownSubjects counts rejected rows whose
	// subject cannot be determined.
	rejectedSubjects map[release.Hash]bool
	unknownSubjects  int
	partial          bool
	rows             int
	// missing are the stored subjects without a row in the release, if they are counted.
	missing []kg.ID
	counted bool
	// replan is set if all subjects have to be planned again when the rows are loaded.
	replan bool
}

// beginRelease stores the release that the rows belong to, and reads the input once if another one is stored.
func (s *stream) beginRelease(ctx context.Context, inputs []Input, from checkpoint) error {
	rel := s.options.Release
	if s.mapper == nil || rel == nil {
		return nil
	}
	r := kg.Release{
		ID:   kg.DeriveID(kg.KindRelease, rel.Dataset, rel.Release),
		Name: rel.Dataset, Release: rel.Release, ReleasedAt: rel.ReleasedAt, Partial: rel.Partial && rel.ReleasedAt != nil,
	}
	s.release = r.ID
	others, stored, err := s.datasetReleases(ctx, r)
	if err != nil {
		return err
	}
	merged := r
	if stored != nil {
		merged, _ = kg.MergeRelease(*stored, r)
		r.ReleasedAt = merged.ReleasedAt
	} else if err := fits(r, others); err != nil {
		return err
	}
	s.report.Undated = merged.ReleasedAt == nil && len(others) > 0
	resumed := from.Rows > 0 && !from.Compared
	var u *update
	if len(others) > 0 || stored != nil && !resumed {
		u = &update{
			release: merged, series: release.NewSeries(append(others, merged)),
			contents: release.Contents{}, groups: map[release.Hash]bool{}, subjects: map[release.Hash]bool{},
			rejectedSubjects: map[release.Hash]bool{}, partial: rel.Partial, replan: from.Rows > 0,
		}
		if err := s.collectRelease(ctx, u, inputs); err != nil {
			return err
		}
	}
	if err := s.guardRelease(ctx, u, inputs); err != nil {
		return err
	}
	applied, err := s.store.Apply(ctx, kg.Batch{
		Releases: []kg.Release{r}, Checkpoint: &kg.Checkpoint{Key: unfinishedKey(r.ID), Value: "loading"},
	})
	s.report.addApplied(applied)
	s.update = u // otherwise this load wrote all stored rows of the data set
	return err
}

// unfinishedKey returns the key of the checkpoint that is set while rows of a release may be missing in the store: from
// the beginning of its load to the end.
func unfinishedKey(release kg.ID) string {
	return string(kg.DeriveID("load", "unfinished", string(release)))
}

// isUnfinished reports whether the load of a release was interrupted.
func (s *stream) isUnfinished(ctx context.Context, release kg.ID) (bool, error) {
	value, err := s.store.Checkpoint(ctx, unfinishedKey(release))
	return value != "", err
}

// endRelease records that all rows of the release are stored.
func (s *stream) endRelease(ctx context.Context) error {
	if s.release == "" {
		return nil
	}
	_, err := s.store.Apply(ctx, kg.Batch{Checkpoint: &kg.Checkpoint{Key: unfinishedKey(s.release)}})
	return err
}

// datasetReleases returns the stored releases of a release's data set: the others, and the release itself or nil.
func (s *stream) datasetReleases(
	ctx context.Context, r kg.Release,
) (others []kg.Release, same *kg.Release, err error) {
	for page, err := range store.Walk(ctx, s.store, kg.KindRelease, lookupSize) {
		if err != nil {
			return nil, nil, err
		}
		for _, o := range page.Releases {
			switch {
			case o.ID == r.ID:
				same = &o
			case o.Name == r.Name:
				others = append(others, o)
			}
		}
	}
	return others, same, nil
}

// fits returns an error if the place of a new release among the stored ones is unknown.
func fits(r kg.Release, others []kg.Release) error {
	newer := ""
	for _, o := range others {
		if r.ReleasedAt == nil || o.ReleasedAt == nil {
			continue
		}
		switch mine, theirs := *r.ReleasedAt, *o.ReleasedAt; {
		case theirs.Latest == mine.Latest:
			return kg.Errorf(kg.Conflict,
				"release %s of %s has the same date as %s, which is stored", r.Release, o.Name, o.Release)
		case o.Partial && theirs.Latest > mine.Latest:
			newer = o.Release
		}
	}
	if newer != "" {
		return kg.Errorf(kg.Conflict,
			"release %s of %s is older than %s, and only a part of that one is stored: load such releases in the order "+
				"of their dates",
			r.Release, r.Name, newer)
	}
	return nil
}

// collectRelease reads the input once and records everything that it states. An input that can be read only once is
// buffered for the load itself.
func (s *stream) collectRelease(ctx context.Context, u *update, inputs []Input) error {
	if err := s.bufferInputs(inputs); err != nil {
		return err
	}
	p, none := preparer{stream: s, shared: map[nodeKey]*record{}}, &chunkLoad{stream: &stream{}}
	return s.eachRow(inputs, sha256.New(), func(raw rawRow) error {
		row := p.prepareRow(raw)
		faulty := row.fault != nil
		for _, rec := range row.records {
			for _, draft := range rec.drafts {
				c, ours, fault := draft.undated(none, rec.id)
				faulty = faulty || fault != nil
				if ours && !faulty {
					own, _ := draft.record.AssertedAt.parse("")
					u.addContent(c, cmp.Or(own, u.release.ReleasedAt, s.options.Published))
				}
			}
		}
		if faulty {
			u.addRejected(s.mapper, raw.values)
		}
		p.records, p.shared = nil, map[nodeKey]*record{}
		if u.rows++; u.rows%1000 == 0 {
			done, size := inputProgress(inputs)
			s.options.Progress(Progress{"reading, to compare with the stored release", int64(u.rows), done, size})
		}
		return ctx.Err()
	})
}

// addContent records a claim of the release, which has the id that the mapping gave it or none, and its date.
func (u *update) addContent(c kg.Claim, at *edtf.Time) {
	group := release.GroupOf(c.ID)
	u.contents.Add(release.InGroup(group, release.Content(c)), at)
	u.subjects[release.HashOf(string(c.Subject))] = true
	if group != "" {
		u.groups[groupHash(c.Subject, group)] = true
	}
}

func groupHash(subject, group kg.ID) release.Hash {
	return release.HashOf(string(subject) + "\n" + string(group))
}

// input returns what the release states about a subject. rows are its rows in the release.
func (u *update) input(subject kg.ID, rows []kg.Claim) release.Input {
	return release.Input{
		Series: u.series, Current: u.release.ID, Rows: rows,
		States: func(group kg.ID, content release.Hash) bool {
			return u.contents.Has(release.InGroup(group, content))
		},
		StatesAt: func(group kg.ID, content release.Hash, at edtf.Time) bool {
			return u.release.ReleasedAt != nil && at.EDTF == u.release.ReleasedAt.EDTF ||
				u.contents.HasDate(release.InGroup(group, content), at)
		},
		StatesGroup: func(group kg.ID) bool {
			if group == "" {
				return u.subjects[release.HashOf(string(subject))]
			}
			return u.groups[groupHash(subject, group)]
		},
		KeepMissing: u.partial || u.unknownSubjects > 0 || u.wasRejected(subject),
	}
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
		u.rejectedSubjects[release.HashOf(id)] = true
	}
}

// wasRejected reports whether a rejected row is about a subject, or about the entity that its id was derived from.
func (u *update) wasRejected(subject kg.ID) bool {
	entity, _, _ := strings.Cut(string(subject), "@")
	return u.rejectedSubjects[release.HashOf(string(subject))] || u.rejectedSubjects[release.HashOf(entity)]
}

// undated returns the claim without dates and source, in the load none, which knows of no others. ours reports whether
// the claim is the data set's own.
func (s claimDraft) undated(none *chunkLoad, subject kg.ID) (c kg.Claim, ours bool, fault *Reject) {
	r := s.record
	if r.Document != "" || r.Release != "" {
		return c, false, nil
	}
	r.AssertedAt = "2000"            // any date
	r.ID = cmp.Or(r.ID, "claim:any") // none need be derived
	c, fault = none.makeClaim(subject, &claimDraft{r, s.pointer})
	c.ID = s.record.ID
	return c, fault == nil, fault
}
