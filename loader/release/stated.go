package release

import (
	"cmp"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Stated is a digest of everything that a release states, so that a claim is not treated as removed because its row
// comes later.
type Stated struct {
	// Release is the release, and Series has it and the others of its data set.
	Release kg.Release
	Series  Series
	// UnknownSubjects counts the rejected rows whose subject cannot be determined.
	UnknownSubjects int
	// partial is set if the input is only a part of the release.
	partial bool
	// contents are the contents of groups, groups the groups with an id and their subjects, and subjects all subjects.
	contents         Contents
	groups, subjects map[Hash]bool
	// rejected are the subjects of rejected rows, whose claims stay.
	rejected map[Hash]bool
}

// NewStated returns the digest of a release that states nothing yet. partial is set if its rows are only a part of it.
func NewStated(r kg.Release, others []kg.Release, partial bool) *Stated {
	return &Stated{
		Release: r, Series: NewSeries(append(others, r)), partial: partial, contents: Contents{},
		groups: map[Hash]bool{}, subjects: map[Hash]bool{}, rejected: map[Hash]bool{},
	}
}

// Add adds the claim of a row, which has the id that the mapping gave it or none. own is the row's date, and otherwise
// the date of rows if neither they nor the release have one; both may be nil.
func (s *Stated) Add(c kg.Claim, own, otherwise *edtf.Time) {
	group := GroupOf(c.ID)
	s.contents.Add(inGroup(group, Content(c)), cmp.Or(own, s.Release.ReleasedAt, otherwise))
	s.subjects[HashOf(string(c.Subject))] = true
	if group != "" {
		s.groups[groupHash(c.Subject, group)] = true
	}
}

// AddRejected adds the subjects of a rejected row, or a row whose subjects are unknown if there are none.
func (s *Stated) AddRejected(subjects []string) {
	if len(subjects) == 0 {
		s.UnknownSubjects++
	}
	for _, id := range subjects {
		s.rejected[HashOf(id)] = true
	}
}

// Partial reports whether the rows are only a part of the release.
func (s *Stated) Partial() bool { return s.partial }

// HasSubject reports whether the release states anything about a subject, given its hash.
func (s *Stated) HasSubject(subject Hash) bool { return s.subjects[subject] }

func groupHash(subject, group kg.ID) Hash { return HashOf(string(subject) + "\n" + string(group)) }

// states reports whether a row states a content of a group.
func (s *Stated) states(group kg.ID, content Hash) bool {
	return s.contents.Has(inGroup(group, content))
}

// statesAt reports whether a row states a content of a group with a date, or whether a row's claim may have that date.
func (s *Stated) statesAt(group kg.ID, content Hash, at edtf.Time) bool {
	return s.Release.ReleasedAt != nil && at.EDTF == s.Release.ReleasedAt.EDTF ||
		s.contents.HasDate(inGroup(group, content), at)
}

// statesGroup reports whether a row states any content of a group of a subject.
func (s *Stated) statesGroup(subject, group kg.ID) bool {
	if group == "" {
		return s.subjects[HashOf(string(subject))]
	}
	return s.groups[groupHash(subject, group)]
}

// keepsMissing reports whether what the release lacks of a subject stays: it is only a part, or rows were rejected that
// may have stated it.
func (s *Stated) keepsMissing(subject kg.ID) bool {
	return s.partial || s.UnknownSubjects > 0 || s.wasRejected(subject)
}

// wasRejected reports whether a rejected row is about a subject, or about the entity that its id was derived from.
func (s *Stated) wasRejected(subject kg.ID) bool {
	entity, _, _ := strings.Cut(string(subject), "@")
	return s.rejected[HashOf(string(subject))] || s.rejected[HashOf(entity)]
}
