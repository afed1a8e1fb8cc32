package apply

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// logRevision tells the change log what the batch changed, if it changed anything. Another identity of actors, places or
// events changes the graph as a whole, as does another name of a dataset.
func (r *run) logRevision(ctx context.Context) error {
	if len(r.applied.Written) == 0 && len(r.touched) == 0 {
		return nil
	}
	c := store.ChangeSet{Everything: len(r.regroup) > 0 || r.renamed, Subjects: slices.Concat(r.touched, r.placed)}
	for _, id := range r.applied.Written {
		if id.Kind() == kg.KindAffiliation {
			c.Subjects = append(c.Subjects, id)
		}
	}
	slices.Sort(c.Subjects)
	c.Subjects = slices.Compact(c.Subjects)
	return r.PutChangeSet(ctx, c)
}
