package store

import (
	"casus/internal/kg"
	"context"
	"math/rand/v2"
	"strings"
)

// ChangeLog reports what recent batches of any process changed, so that caches and projections can be refreshed.
type ChangeLog interface {
	// Revision returns a number that grows with every batch that changed anything, or 0 for an empty store: see
	// NextRevision.
	Revision(ctx context.Context) (int64, error)
	// Since returns the events and affiliations that changed after a revision, directly or through a document's publisher
	// or language, and the stored locations whose kind, country, point or parents changed. Each occurs once, in any order.
	// now is the revision that the result is for. If complete is false, anything may have changed.
	Since(ctx context.Context, revision int64) (subjects []kg.ID, complete bool, now int64, err error)
}

// The bounds of a change log.
const (
	// ChangeLogLength is the number of batches that the log keeps.
	ChangeLogLength = 100
	// MaxLoggedSubjects bounds the subjects of one entry; a batch with more is logged as Everything.
	MaxLoggedSubjects = 5000
)

// RevisionUnit is the factor between batch numbers and revisions: a revision is the number of its batch times
// RevisionUnit, plus a random number below it. So readers notice a missing entry of a log, and two copies of one
// database that are written to separately get different revisions.
const RevisionUnit = 1 << 22

// RandomRevision returns the random part of a revision.
func RandomRevision() int64 { return rand.Int64N(RevisionUnit) }

// FirstBatch returns the number of a store's first batch, which is random, so that a replaced database is detected. Two
// billion batches later revisions are still below 2^53, up to which JSON's numbers are exact.
func FirstBatch() int64 { return rand.Int64N(1<<24) + 1 }

// NextRevision returns the revision after the last one of a store, which is 0 if it is empty.
func NextRevision(last int64) int64 {
	batch := last/RevisionUnit + 1
	if last == 0 {
		batch = FirstBatch()
	}
	return batch*RevisionUnit + RandomRevision()
}

// ChangeSet holds the subjects that one batch changed.
type ChangeSet struct {
	// Everything reports that anything may have changed.
	Everything bool
	// Subjects are the events and affiliations whose history or record changed, and the changed locations.
	Subjects []kg.ID
}

// Encode returns the stored form: one id a line, or nil for everything. Ids have no white space.
func (c ChangeSet) Encode() *string {
	if c.Everything || len(c.Subjects) > MaxLoggedSubjects {
		return nil
	}
	var b strings.Builder
	for _, id := range c.Subjects {
		b.WriteString(string(id))
		b.WriteByte('\n')
	}
	s := b.String()
	return &s
}

// ParseChangeSet parses the result of Encode.
func ParseChangeSet(text *string) ChangeSet {
	if text == nil {
		return ChangeSet{Everything: true}
	}
	var c ChangeSet
	for line := range strings.Lines(*text) {
		c.Subjects = append(c.Subjects, kg.ID(strings.TrimSuffix(line, "\n")))
	}
	return c
}

// ChangeEntry is one entry of a change log.
type ChangeEntry struct {
	Revision int64
	ChangeSet
}

// ChangesSince computes the result of ChangeLog.Since from log entries in any order. Entries before the revision are
// not needed. The log is complete if it has the revision and an entry for each batch since.
func ChangesSince(log []ChangeEntry, revision int64) (subjects []kg.ID, complete bool, now int64) {
	complete = revision == 0 && len(log) == 0
	seen, batches := map[kg.ID]bool{}, map[int64]bool{}
	everything := false
	for _, l := range log {
		now = max(now, l.Revision)
		if l.Revision == revision {
			complete = true
		}
		if l.Revision <= revision {
			continue
		}
		batches[l.Revision/RevisionUnit] = true
		everything = everything || l.Everything
		for _, id := range l.Subjects {
			if !seen[id] {
				seen[id] = true
				subjects = append(subjects, id)
			}
		}
	}
	missing := now/RevisionUnit-revision/RevisionUnit != int64(len(batches))
	if everything || !complete || missing {
		return nil, false, now
	}
	return subjects, true, now
}
