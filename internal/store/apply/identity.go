package apply

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"casus/internal/kg"
)

// guardClasses reads which nodes are one. Until the transaction ends no other one decides, nor, if this one does, writes.
func (r *run) guardClasses(ctx context.Context) error {
	one, err := r.LockClasses(ctx, len(r.batch.Identities) > 0)
	r.one, r.before = one, one
	return err
}

func (r *run) putIdentities(ctx context.Context) error {
	changed, err := merged(ctx, r, kg.KindIdentity, r.batch.Identities, r.Identities, kg.MergeDecision, nil)
	if err != nil || len(changed) == 0 {
		return err
	}
	if err := r.PutIdentities(ctx, changed); err != nil {
		return err
	}
	decisions, err := r.AllIdentities(ctx)
	if err != nil {
		return err
	}
	r.one = kg.NewIdentities(kg.Classes(decisions))
	r.regroup = map[kg.ID]bool{}
	for _, one := range []kg.Identities{r.before, r.one} {
		for id := range one.Classes() {
			if r.before.ClassOf(id) != r.one.ClassOf(id) {
				r.regroup[id] = true
			}
		}
	}
	return nil
}

// putClasses stores the classes that are new. The nodes are stored.
func (r *run) putClasses(ctx context.Context) error {
	if len(r.regroup) == 0 {
		return nil
	}
	changed := map[kg.ID]kg.ID{}
	for id := range r.regroup {
		for _, one := range []kg.Identities{r.before, r.one} {
			for _, kin := range []kg.ID{id, one.ClassOf(id)} {
				changed[kin] = r.one.Classes()[kin]
			}
		}
	}
	return r.PutClasses(ctx, changed)
}

// twofoldActors adds to changed actors those that are read otherwise now: whose class is another one, or stands for one of
// which a member has changed.
func (r *run) twofoldActors(ctx context.Context, changed []kg.Actor) ([]Views[kg.Actor], error) {
	return twofold(ctx, r, kg.KindActor, changed, r.Actors, nil, func(a kg.Actor) kg.Actor { a.ID = r.one.ClassOf(a.ID); return a }, r.one.MergeActors)
}

// twofoldLocations does so for locations; one that lies in a place whose class is another one is read otherwise too.
func (r *run) twofoldLocations(ctx context.Context, changed []kg.Location) ([]Views[kg.Location], error) {
	var children []kg.ID
	if places := r.regrouped(kg.KindLocation); len(places) > 0 {
		var err error
		if children, err = r.LocationsIn(ctx, places); err != nil {
			return nil, err
		}
	}
	return twofold(ctx, r, kg.KindLocation, changed, r.Locations, children, r.one.Location, r.one.MergeLocations)
}

// regrouped are the nodes of a kind whose class is another one than before.
func (r *run) regrouped(kinds ...kg.NodeKind) []kg.ID {
	var all []kg.ID
	for id := range r.regroup {
		if slices.Contains(kinds, id.Kind()) {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	return all
}

func twofold[T kg.Identified](ctx context.Context, r *run, kind kg.NodeKind, changed []T, stored func(context.Context, []kg.ID) ([]T, error),
	also []kg.ID, resolve func(T) T, unite func([]T) T,
) ([]Views[T], error) {
	now := map[kg.ID]T{}
	wanted := map[kg.ID]bool{}
	for _, c := range changed {
		now[c.NodeID()] = c
		wanted[c.NodeID()] = true
		wanted[r.one.ClassOf(c.NodeID())] = true
	}
	for _, id := range also {
		wanted[id] = true
		wanted[r.one.ClassOf(id)] = true
	}
	for _, id := range r.regrouped(kind) {
		wanted[id] = true
		wanted[r.one.ClassOf(id)] = true
		wanted[r.before.ClassOf(id)] = true
	}
	needed := map[kg.ID]bool{}
	for id := range wanted {
		kin := []kg.ID{id}
		if !r.one.Hidden(id) {
			kin = r.one.Members(id)
		}
		for _, k := range kin {
			if _, known := now[k]; !known {
				needed[k] = true
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
		record, is := now[id]
		if !is {
			continue // a decision about nothing, which is refused
		}
		t := Views[T]{Exact: record, Hidden: r.one.Hidden(id)}
		switch {
		case r.one.Merged(id) && !t.Hidden:
			var records []T
			for _, k := range r.one.Members(id) {
				if m, is := now[k]; is {
					records = append(records, m)
				}
			}
			united := unite(records)
			t.Resolved = &united
		case !t.Hidden:
			if other := resolve(record); !reflect.DeepEqual(other, record) {
				t.Resolved = &other
			}
		}
		all = append(all, t)
	}
	return all, nil
}

// findNaming adds the subjects that name a node whose class is another one than before.
func (r *run) findNaming(ctx context.Context, touched map[kg.ID]bool) error {
	if len(r.regroup) == 0 {
		return nil
	}
	naming, err := r.SubjectsNaming(ctx, r.regrouped(kg.KindActor, kg.KindLocation, kg.KindEvent))
	if err != nil {
		return err
	}
	for _, id := range slices.Concat(naming, r.regrouped(kg.KindEvent)) {
		touched[id] = true
	}
	return nil
}

// widen adds to subjects all that are, or were, one with them.
func (r *run) widen(touched map[kg.ID]bool) {
	for id := range maps.Clone(touched) {
		for _, one := range []kg.Identities{r.before, r.one} {
			if one.Merged(id) {
				for _, member := range one.Members(id) {
					touched[member] = true
				}
			}
		}
	}
}
