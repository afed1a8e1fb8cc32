package apply

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/merge"
)

// mergedNodes are the merged nodes of a batch, before decideAll chooses between the values of tied sources. These are
// the sources of values that equally many sources state, so that their dates decide; see merge.Kind.Tied.
type mergedNodes struct {
	actors       mergeResult[kg.Actor]
	locations    mergeResult[kg.Location]
	documents    mergeResult[kg.Document]
	releases     mergeResult[kg.Release]
	affiliations mergeResult[kg.Affiliation]
}

// mergeNodes merges the nodes of the batch, and adds the stored ones whose sources are tied and have other dates now.
func (r *run) mergeNodes(ctx context.Context) (m mergedNodes, err error) {
	if m.actors, err = mergeRecords(ctx, r, r.batch.Actors, r.Actors, merge.Actors.Merge); err != nil {
		return m, err
	}
	if m.locations, err = mergeRecords(ctx, r, r.batch.Locations, r.Locations, merge.Locations.Merge); err != nil {
		return m, err
	}
	if m.documents, err = mergeRecords(ctx, r, r.batch.Documents, r.Documents, merge.Documents.Merge); err != nil {
		return m, err
	}
	if m.releases, err = mergeRecords(ctx, r, r.batch.Releases, r.Releases, merge.Releases.Merge); err != nil {
		return m, err
	}
	if m.affiliations, err = mergeRecords(
		ctx, r, r.batch.Affiliations, r.Affiliations, merge.Affiliations.Merge); err != nil {
		return m, err
	}
	if err := r.correctNodes(ctx, &m); err != nil {
		return m, err
	}
	r.documents, r.releases = m.documents, m.releases
	return m, r.addRedated(ctx, &m)
}

// addStored adds stored nodes that the batch does not have, under a lock.
func (m *mergedNodes) addStored(ctx context.Context, r *run, ids []kg.ID) (err error) {
	if !r.Exclusive() {
		if err := r.Lock(ctx, ids); err != nil {
			return err
		}
	}
	if err = addStored(ctx, &m.actors, ofKind(ids, kg.KindActor), r.Actors); err != nil {
		return err
	}
	if err = addStored(ctx, &m.locations, ofKind(ids, kg.KindLocation), r.Locations); err != nil {
		return err
	}
	if err = addStored(ctx, &m.documents, ofKind(ids, kg.KindDocument), r.Documents); err != nil {
		return err
	}
	if err = addStored(ctx, &m.releases, ofKind(ids, kg.KindRelease), r.Releases); err != nil {
		return err
	}
	return addStored(ctx, &m.affiliations, ofKind(ids, kg.KindAffiliation), r.Affiliations)
}

// addRedated adds the stored nodes that are tied to a source whose date has changed.
func (r *run) addRedated(ctx context.Context, m *mergedNodes) (err error) {
	sources := redatedSources(m.documents, m.releases)
	if len(sources) == 0 {
		return nil
	}
	if r.redated, err = r.TiedTo(ctx, sources); err != nil || len(r.redated) == 0 {
		return err
	}
	slices.Sort(r.redated)
	r.changedLocations = append(r.changedLocations, ofKind(r.redated, kg.KindLocation)...)
	return m.addStored(ctx, r, r.redated)
}

// redatedSources returns the stored documents and the data sets whose dates may have changed.
func redatedSources(documents mergeResult[kg.Document], releases mergeResult[kg.Release]) (all []kg.Source) {
	before, after := merge.Dates{}, merge.Dates{}
	for _, c := range documents.all {
		if c.known && c.changed {
			before.AddDocument(c.old)
			after.AddDocument(c.now)
		}
	}
	for _, sources := range []merge.Dates{before, after} {
		for s := range sources {
			_, had := before[s]
			_, has := after[s]
			if had != has || before[s] != after[s] {
				all = append(all, s)
			}
		}
	}
	for _, c := range releases.all {
		if c.changed { // the oldest release dates a data set, so both may be others now
			all = append(all, kg.DatasetSource(c.old.Name), kg.DatasetSource(c.now.Name))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func ofKind(ids []kg.ID, kind kg.NodeKind) []kg.ID {
	return slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return id.Kind() != kind })
}

// addStored adds stored records that the batch does not have.
func addStored[T kg.Identified](
	ctx context.Context, m *mergeResult[T], ids []kg.ID, stored func(context.Context, []kg.ID) ([]T, error),
) error {
	ids = slices.DeleteFunc(ids, func(id kg.ID) bool {
		return slices.ContainsFunc(m.all, func(c mergedRecord[T]) bool { return c.now.NodeID() == id })
	})
	if len(ids) == 0 {
		return nil
	}
	found, err := stored(ctx, ids)
	for _, v := range found {
		m.all = append(m.all, mergedRecord[T]{old: v, now: v, known: true, redated: true})
	}
	return err
}

// decideAll chooses between the values of tied sources in the merged nodes of one kind. It returns the nodes to write,
// as outcome does.
func decideAll[T checker](
	ctx context.Context, r *run, kind kg.NodeKind, m mergeResult[T], rules *merge.Kind[T], note func(old, now T),
) ([]T, error) {
	tied := map[kg.Source]bool{}
	for i := range m.all {
		if c := &m.all[i]; c.changed || c.redated {
			for _, s := range rules.Tied(c.now) {
				tied[s] = true
			}
		}
	}
	var dates merge.Dates
	if len(tied) > 0 {
		var err error
		if dates, err = r.dates(ctx, tied); err != nil {
			return nil, err
		}
		for i := range m.all {
			if c := &m.all[i]; c.changed || c.redated {
				c.now = rules.Decide(c.now, dates)
				c.changed = !c.known || !reflect.DeepEqual(c.old, c.now)
			}
		}
	}
	for i := range m.all {
		if c := &m.all[i]; c.changed {
			r.applied.FieldConflicts = append(r.applied.FieldConflicts, rules.Undecided(c.old, c.now, dates)...)
		}
	}
	return outcome(r, kind, m, note)
}

// decide chooses between the values of tied sources in one merged node.
func decide[T kg.Identified](ctx context.Context, r *run, rules *merge.Kind[T], v T) (T, error) {
	tied := rules.Tied(v)
	if len(tied) == 0 {
		return v, nil
	}
	sources := map[kg.Source]bool{}
	for _, s := range tied {
		sources[s] = true
	}
	dates, err := r.dates(ctx, sources)
	return rules.Decide(v, dates), err
}

// dates returns the dates of sources. Unless the engine runs one write transaction at a time it locks the documents, so
// that a transaction that changes the date of one finds the nodes that this one writes.
func (r *run) dates(ctx context.Context, sources map[kg.Source]bool) (merge.Dates, error) {
	documents, datasets := map[kg.ID]bool{}, map[string]bool{}
	for s := range sources {
		if id := s.Document(); id != "" {
			documents[id] = true
		}
		if name := s.Dataset(); name != "" {
			datasets[name] = true
		}
	}
	if len(documents) > 0 && !r.Exclusive() {
		if err := r.Lock(ctx, sorted(documents)); err != nil {
			return nil, err
		}
	}
	dates := merge.Dates{}
	for _, c := range r.documents.all {
		if id := c.now.ID; documents[id] {
			dates.AddDocument(c.now)
			delete(documents, id)
		}
	}
	found, err := r.Documents(ctx, sorted(documents))
	if err != nil {
		return nil, err
	}
	for _, d := range found {
		dates.AddDocument(d)
	}
	if len(datasets) == 0 {
		return dates, nil
	}
	releases, err := r.DatasetReleases(ctx, slices.Sorted(maps.Keys(datasets)))
	if err != nil {
		return nil, err
	}
	own := map[kg.ID]bool{}
	for _, c := range r.releases.all {
		own[c.now.ID] = true
		dates.AddRelease(c.now)
	}
	for _, rel := range releases {
		if !own[rel.ID] {
			dates.AddRelease(rel)
		}
	}
	return dates, nil
}
