package apply

import (
	"context"
	"reflect"

	"casus/internal/kg"
	"casus/internal/kg/merge"
)

// correctNodes corrects the nodes of which the batch adds, changes or removes a correction.
func (r *run) correctNodes(ctx context.Context, m *mergedNodes) error {
	if len(r.curation.fields) == 0 {
		return nil
	}
	nodes := map[kg.ID]bool{}
	for _, f := range r.curation.fields {
		nodes[f.ID] = true
	}
	if err := m.addStored(ctx, r, sorted(nodes)); err != nil {
		return err
	}
	all, err := r.CorrectionsOf(ctx, sorted(nodes))
	if err != nil {
		return err
	}
	corrections := map[kg.ID][]kg.Correction{}
	for target, c := range kg.LatestCorrections(all) {
		corrections[target.ID] = append(corrections[target.ID], c)
	}
	if err := correct(m.actors, merge.Actors, nodes, corrections); err != nil {
		return err
	}
	if err := correct(m.locations, merge.Locations, nodes, corrections); err != nil {
		return err
	}
	if err := correct(m.releases, merge.Releases, nodes, corrections); err != nil {
		return err
	}
	if err := correct(m.documents, merge.Documents, nodes, corrections); err != nil {
		return err
	}
	if err := correct(m.affiliations, merge.Affiliations, nodes, corrections); err != nil {
		return err
	}
	r.correctedReferences = references{}
	for _, c := range m.documents.all {
		if nodes[c.now.ID] {
			r.correctedReferences.add(c.now.ID, c.now.Publisher, c.now.Syndicates)
		}
	}
	for _, c := range m.affiliations.all {
		if nodes[c.now.ID] {
			r.correctedReferences.add(c.now.ID, c.now.Holder, c.now.Counterpart)
		}
	}
	return nil
}

// correct applies corrections to those records of one kind that are among nodes.
func correct[T kg.Identified](
	m mergeResult[T], rules *merge.Kind[T], nodes map[kg.ID]bool, corrections map[kg.ID][]kg.Correction,
) (err error) {
	for i := range m.all {
		c := &m.all[i]
		id := c.now.NodeID()
		if !nodes[id] {
			continue
		}
		if c.now, err = rules.Correct(c.now, corrections[id]); err != nil {
			return err
		}
		c.changed = !c.known || !reflect.DeepEqual(c.old, c.now)
	}
	return nil
}
