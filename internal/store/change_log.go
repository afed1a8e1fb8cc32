package store

import (
	"casus/internal/kg"
	"context"
	"strings"
)

// ChangeLog tells what batches changed lately, so that what is kept beside a store can be brought up to date, whichever
// process wrote.
type ChangeLog interface {
	// Revision is a number that grows with every batch that changed anything; 0 where nothing was ever applied. The first
	// is drawn by lot, so that a store put in another's place is told from it.
	Revision(ctx context.Context) (int64, error)
	// Since lists the events and affiliations of which anything changed after a revision, a document's publisher or language among it, and
	// the locations that were stored and got another kind, country, point or parent; each once and in any order. It
	// gives the revision it speaks of. It is complete only where all of that is still known and has been told; else
	// everything may have changed.
	Since(ctx context.Context, revision int64) (subjects []kg.ID, complete bool, now int64, err error)
}

// The bounds of a change log.
const (
	// ChangeLogLength is how many batches back is told.
	ChangeLogLength = 100
	// MaxLoggedSubjects is how many subjects of one batch are told one by one.
	MaxLoggedSubjects = 5000
)

// ChangeSet is what one batch changed.
type ChangeSet struct {
	// Everything: more than Subjects could tell.
	Everything bool
	// Subjects are the events and affiliations whose history or record changed, and the locations that Since tells of.
	Subjects []kg.ID
}

// Encode is a change as stores keep it, ids by lines; nil is everything. An id has no white space.
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

// ParseChangeSet reads what Text wrote.
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

// ChangesSince answers ChangeLog.Since from the entries of a log, in any order: those from the asked revision on suffice.
func ChangesSince(log []ChangeEntry, revision int64) (subjects []kg.ID, complete bool, now int64) {
	complete = revision == 0 && len(log) == 0
	seen := map[kg.ID]bool{}
	everything := false
	for _, l := range log {
		now = max(now, l.Revision)
		if l.Revision == revision {
			complete = true
		}
		if l.Revision <= revision {
			continue
		}
		everything = everything || l.Everything
		for _, id := range l.Subjects {
			if !seen[id] {
				seen[id] = true
				subjects = append(subjects, id)
			}
		}
	}
	if everything || !complete {
		return nil, false, now
	}
	return subjects, true, now
}
