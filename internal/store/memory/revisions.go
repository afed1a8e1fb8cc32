package memory

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// nextLog returns the change log after a batch that wrote a number of records: unless that is 0, with a new entry for
// the differences from before.
func (g graph) nextLog(before graph, written int) []store.ChangeEntry {
	if written == 0 {
		return before.log
	}
	var c store.ChangeSet
	subjects := maps.Clone(g.histories)
	maps.Copy(subjects, before.histories) // an event may have disappeared
	for _, id := range sortedIDs(subjects) {
		if !reflect.DeepEqual(g.histories[id], before.histories[id]) ||
			!reflect.DeepEqual(g.resolvedHistory(id), before.resolvedHistory(id)) ||
			!reflect.DeepEqual(g.affiliations[id], before.affiliations[id]) ||
			!slices.Equal(g.sourceValues(id), before.sourceValues(id)) {
			c.Subjects = append(c.Subjects, g.classes.Members(id)...)
		}
	}
	for _, id := range sortedIDs(g.locations) {
		if now, old := g.locations[id], before.locations[id]; old.ID != "" {
			now.Names, now.Identifiers, old.Names, old.Identifiers = nil, nil, nil, nil
			if !reflect.DeepEqual(now, old) {
				c.Subjects = append(c.Subjects, id)
			}
		}
	}
	c.Everything = !maps.Equal(g.classes.Classes(), before.classes.Classes())
	next := store.NextRevision(before.revision())
	log := append(before.log[:len(before.log):len(before.log)], store.ChangeEntry{Revision: next, ChangeSet: c})
	return log[max(0, len(log)-store.ChangeLogLength):]
}

// resolvedHistory returns the history of a subject in the RESOLVED view.
func (g graph) resolvedHistory(id kg.ID) kg.History {
	if g.resolved == nil {
		return g.histories[id]
	}
	return g.resolved.histories[id]
}

// sourceValues returns the publishers and languages of the documents of a subject's claims, and the names of their
// data sets.
func (g graph) sourceValues(id kg.ID) []string {
	var all []string
	for _, c := range g.claimsBySubject[id] {
		all = append(all, g.releases[c.Release].Name)
		for _, id := range c.SourceDocuments() {
			all = append(all, string(g.documents[id].Publisher), g.documents[id].Language)
		}
	}
	return all
}

// revision returns the number of the latest entry of the change log, or 0 if there is none.
func (g graph) revision() int64 {
	if n := len(g.log); n > 0 {
		return g.log[n-1].Revision
	}
	return 0
}

// Revision returns the revision of the last batch that changed anything.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	g, err := s.snapshot(ctx)
	return g.revision(), err
}

// Since lists the subjects that changed after a revision.
func (s *Store) Since(ctx context.Context, revision int64) (subjects []kg.ID, complete bool, now int64, err error) {
	g, err := s.snapshot(ctx)
	subjects, complete, now = store.ChangesSince(g.log, revision)
	return subjects, complete, now, err
}
