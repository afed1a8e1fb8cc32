// Package release decides which claims the rows of a data set's releases become, when each is known and when it is
// withdrawn. It is pure: it gets the stored claims about a subject and what one release states of it, and returns the
// claims that should be stored instead. The result depends on what the releases state, never on the order in which they
// were loaded.
package release

import (
	"cmp"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Series are the releases of one data set in their order: those without a date first, then by date, ties by id.
type Series struct {
	all   []kg.Release
	index map[kg.ID]int
}

// NewSeries orders the releases of a data set.
func NewSeries(releases []kg.Release) Series {
	s := Series{slices.Clone(releases), map[kg.ID]int{}}
	slices.SortFunc(s.all, func(a, b kg.Release) int {
		return cmp.Or(cmp.Compare(releasedFrom(a), releasedFrom(b)), cmp.Compare(a.ID, b.ID))
	})
	for i, r := range s.all {
		s.index[r.ID] = i
	}
	return s
}

// releasedFrom returns the moment from which a release is known. One without a date is older than any with one.
func releasedFrom(r kg.Release) edtf.Instant {
	if r.ReleasedAt == nil {
		return edtf.BeginningOfTime
	}
	return knownFrom(*r.ReleasedAt)
}

// knownFrom returns the moment from which a claim published at t is known.
func knownFrom(t edtf.Time) edtf.Instant { return kg.Claim{AssertedAt: t}.KnownFrom() }

// Len returns the number of releases.
func (s Series) Len() int { return len(s.all) }

// Contains reports whether a claim is a row's of one of the releases.
func (s Series) Contains(c kg.Claim) bool {
	_, found := s.index[c.Release]
	return found
}

// Before returns the release before one, and After the one after it; ok is false if there is none.
func (s Series) Before(id kg.ID) (r kg.Release, ok bool) { return s.at(s.index[id] - 1) }

// After returns the release after one; ok is false if there is none.
func (s Series) After(id kg.ID) (r kg.Release, ok bool) { return s.at(s.index[id] + 1) }

func (s Series) at(i int) (r kg.Release, ok bool) {
	if i < 0 || i >= len(s.all) {
		return r, false
	}
	return s.all[i], true
}

// HoldsFrom reports whether a claim of release begin holds at a release, unless it was withdrawn before.
func (s Series) HoldsFrom(begin, at kg.ID) bool { return s.index[begin] <= s.index[at] }

// dated reports whether a release has a date. Without one it withdraws nothing.
func (s Series) dated(i int) bool { return s.all[i].ReleasedAt != nil }

// keepsOwnDates reports whether the rows that a release adds are known from their own dates: those of the oldest
// release, and of one without a date.
func (s Series) keepsOwnDates(i int) bool { return i == 0 || !s.dated(i) }

// suffix ends the id of a claim that a mapping names, if the release changed it.
func (s Series) suffix(i int) string {
	return "@" + strings.Join(strings.Fields(s.all[i].Release), "_")
}

// Later returns the time whose claim became known later; the first of equal ones.
func Later(a, b edtf.Time) edtf.Time {
	if knownFrom(b) > knownFrom(a) {
		return b
	}
	return a
}
