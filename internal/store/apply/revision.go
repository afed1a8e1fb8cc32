package apply

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// logRevision writes the batch's changes, if any, to the change log. If an identity class or a dataset name changed,
// anything may have changed.
func (r *run) logRevision(ctx context.Context) error {
	if len(r.applied.Written) == 0 && len(r.affected) == 0 {
		return nil
	}
	c := store.ChangeSet{
		Everything: len(r.classChanges) > 0 || r.datasetRenamed,
		Subjects:   slices.Concat(r.affected, r.changedLocations),
	}
	for _, id := range r.applied.Written {
		if id.Kind() == kg.KindAffiliation {
			c.Subjects = append(c.Subjects, id)
		}
	}
	for i := range r.moves {
		c.Subjects = append(c.Subjects, r.moves[i].Subject)
	}
	slices.Sort(c.Subjects)
	c.Subjects = slices.Compact(c.Subjects)
	return r.PutChangeSet(ctx, c)
}
