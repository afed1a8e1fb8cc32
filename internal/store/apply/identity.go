package apply

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/merge"
)

// lockClasses reads the identity classes. Until the transaction ends no other transaction changes them. If this batch
// has decisions, or releases, on which many claims depend, no other transaction writes.
func (r *run) lockClasses(ctx context.Context) error {
	for _, id := range r.batch.Removals {
		if id.Kind() != kg.KindClaim {
			r.decisionRemovals = append(r.decisionRemovals, id)
		}
	}
	r.decisionRemovals = distinct(r.decisionRemovals)
	b := r.batch
	r.deciding = len(b.Identities)+len(b.Releases)+len(b.Reviews)+len(b.Corrections)+len(r.decisionRemovals) > 0
	identities, err := r.LockClasses(ctx, r.deciding)
	r.identities, r.oldIdentities = identities, identities
	return err
}

func (r *run) putIdentities(ctx context.Context) error {
	merged, err := mergeRecords(ctx, r, r.batch.Identities, r.Identities, mergeAndReport(r, kg.MergeDecision))
	if err != nil {
		return err
	}
	changed, err := outcome(r, kg.KindIdentity, merged, nil)
	if err != nil || len(changed) == 0 && !r.curation.identitiesRemoved {
		return err
	}
	r.countReplaced(kg.KindIdentity, idsOf(r.batch.Identities, kg.IdentityDecision.NodeID))
	if err := writeAny(ctx, changed, r.PutIdentities); err != nil {
		return err
	}
	decisions, err := r.AllIdentities(ctx)
	if err != nil {
		return err
	}
	r.identities = kg.NewIdentities(kg.Classes(decisions))
	r.classChanges = map[kg.ID]bool{}
	for _, identities := range []kg.Identities{r.oldIdentities, r.identities} {
		for id := range identities.Classes() {
			if r.oldIdentities.ClassOf(id) != r.identities.ClassOf(id) {
				r.classChanges[id] = true
			}
		}
	}
	return nil
}

// mergeAndReport returns a merge function that adds the conflicts of merge to the batch's result.
func mergeAndReport[T any](r *run, merge func(a, b T) (T, []kg.FieldConflict)) func(a, b T) T {
	return func(a, b T) T {
		merged, conflicts := merge(a, b)
		r.applied.FieldConflicts = append(r.applied.FieldConflicts, conflicts...)
		return merged
	}
}

// putClasses stores the changed classes, after their nodes.
func (r *run) putClasses(ctx context.Context) error {
	if len(r.classChanges) == 0 {
		return nil
	}
	changed := map[kg.ID]kg.ID{}
	for id := range r.classChanges {
		for _, identities := range []kg.Identities{r.oldIdentities, r.identities} {
			for _, member := range []kg.ID{id, identities.ClassOf(id)} {
				changed[member] = r.identities.Classes()[member]
			}
		}
	}
	return r.PutClasses(ctx, changed)
}

// actorViews returns the views of changed actors, and of actors whose class has changed or has a changed member.
func (r *run) actorViews(ctx context.Context, changed []kg.Actor) ([]Views[kg.Actor], error) {
	resolve := func(a kg.Actor) kg.Actor { a.ID = r.identities.ClassOf(a.ID); return a }
	more := ofKind(r.redated, kg.KindActor)
	return recordViews(ctx, r, kg.KindActor, changed, r.Actors, more, resolve,
		func(records []kg.Actor) (kg.Actor, error) {
			return decide(ctx, r, merge.Actors, merge.ActorClass(r.identities, records))
		})
}

// locationViews is actorViews for locations. It adds locations that lie in one whose class has changed.
func (r *run) locationViews(ctx context.Context, changed []kg.Location) ([]Views[kg.Location], error) {
	more := ofKind(r.redated, kg.KindLocation)
	if places := r.changedClassIDs(kg.KindLocation); len(places) > 0 {
		children, err := r.LocationsIn(ctx, places)
		if err != nil {
			return nil, err
		}
		more = append(more, children...)
	}
	return recordViews(ctx, r, kg.KindLocation, changed, r.Locations, more, r.identities.Location,
		func(records []kg.Location) (kg.Location, error) {
			return decide(ctx, r, merge.Locations, merge.LocationClass(r.identities, records))
		})
}

// changedClassIDs returns the nodes of the kinds whose class has changed.
func (r *run) changedClassIDs(kinds ...kg.NodeKind) []kg.ID {
	var all []kg.ID
	for id := range r.classChanges {
		if slices.Contains(kinds, id.Kind()) {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	return all
}

// recordViews returns the views of changed records, of the records named by more, and of the records whose class has
// changed. resolve replaces ids by their classes, and merge merges the records of one class.
func recordViews[T kg.Identified](
	ctx context.Context, r *run, kind kg.NodeKind, changed []T, stored func(context.Context, []kg.ID) ([]T, error),
	more []kg.ID, resolve func(T) T, merge func([]T) (T, error),
) ([]Views[T], error) {
	now := map[kg.ID]T{}
	wanted := map[kg.ID]bool{}
	for _, c := range changed {
		now[c.NodeID()] = c
		wanted[c.NodeID()] = true
		wanted[r.identities.ClassOf(c.NodeID())] = true
	}
	for _, id := range more {
		wanted[id] = true
		wanted[r.identities.ClassOf(id)] = true
	}
	for _, id := range r.changedClassIDs(kind) {
		wanted[id] = true
		wanted[r.identities.ClassOf(id)] = true
		wanted[r.oldIdentities.ClassOf(id)] = true
	}
	needed := map[kg.ID]bool{}
	for id := range wanted {
		members := []kg.ID{id}
		if !r.identities.Hidden(id) {
			members = r.identities.Members(id)
		}
		for _, member := range members {
			if _, known := now[member]; !known {
				needed[member] = true
			}
		}
	}
	if len(needed) > 0 {
		found, err := stored(ctx, sorted(needed))
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			now[f.NodeID()] = f
		}
	}
	var all []Views[T]
	for _, id := range sorted(wanted) {
		record, found := now[id]
		if !found {
			continue // a decision about an unknown node, which checkReferences rejects
		}
		t := Views[T]{Exact: record, Hidden: r.identities.Hidden(id)}
		switch {
		case r.identities.Merged(id) && !t.Hidden:
			var records []T
			for _, member := range r.identities.Members(id) {
				if m, found := now[member]; found {
					records = append(records, m)
				}
			}
			merged, err := merge(records)
			if err != nil {
				return nil, err
			}
			t.Resolved = &merged
		case !t.Hidden:
			if resolved := resolve(record); !reflect.DeepEqual(resolved, record) {
				t.Resolved = &resolved
			}
		}
		all = append(all, t)
	}
	return all, nil
}

// addReferringSubjects adds the subjects that name a node whose class has changed.
func (r *run) addReferringSubjects(ctx context.Context, subjects map[kg.ID]bool) error {
	if len(r.classChanges) == 0 {
		return nil
	}
	referring, err := r.SubjectsReferringTo(ctx, r.changedClassIDs(kg.KindActor, kg.KindLocation, kg.KindEvent))
	if err != nil {
		return err
	}
	for _, id := range slices.Concat(referring, r.changedClassIDs(kg.KindEvent)) {
		subjects[id] = true
	}
	return nil
}

// addClassMembers adds the members of the subjects' classes, before and after the batch.
func (r *run) addClassMembers(subjects map[kg.ID]bool) {
	for id := range maps.Clone(subjects) {
		for _, identities := range []kg.Identities{r.oldIdentities, r.identities} {
			if identities.Merged(id) {
				for _, member := range identities.Members(id) {
					subjects[member] = true
				}
			}
		}
	}
}
