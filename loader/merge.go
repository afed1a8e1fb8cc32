package loader

import (
	"context"
	"slices"

	"casus/internal/kg"
)

// mergeDuplicates merges all records of one node, and all that make the same claim, into the first of them.
func (l *chunkLoad) mergeDuplicates(context.Context) error {
	nodes, claims := make(map[kg.ID]*record, len(l.records)), make(map[kg.ID]*record, len(l.records))
	for _, rec := range l.liveRecords() {
		if rec.hasNode() {
			l.mergeNode(rec, nodes)
		}
		own := rec.batch.Claims[:0]
		for _, c := range rec.batch.Claims {
			if claims[c.ID] != nil {
				l.duplicates[c.ID] = append(l.duplicates[c.ID], rec)
				continue
			}
			claims[c.ID] = rec
			own, rec.newIDs = append(own, c), append(rec.newIDs, c.ID)
			for _, s := range c.Spans {
				l.report.Spans[s.State]++
			}
		}
		rec.batch.Claims = own
	}
	return nil
}

func (l *chunkLoad) mergeNode(rec *record, nodes map[kg.ID]*record) {
	first := nodes[rec.id]
	if first == nil {
		nodes[rec.id] = rec
		rec.newIDs = append(rec.newIDs, rec.id)
		return
	}
	first.cloneNodes()
	same, found := first.mergeFrom(rec)
	l.report.addConflicts(found)
	if !same {
		rec.newIDs = append(rec.newIDs, rec.id)
	}
	l.duplicates[rec.id] = append(l.duplicates[rec.id], rec)
	rec.batch = kg.Batch{Claims: rec.batch.Claims}
}

// cloneNodes replaces the record's nodes by copies, which may then be changed.
func (rec *record) cloneNodes() {
	if rec.ownsNodes {
		return
	}
	rec.ownsNodes = true
	b := &rec.batch
	b.Actors, b.Locations = slices.Clone(b.Actors), slices.Clone(b.Locations)
	b.Documents, b.Releases = slices.Clone(b.Documents), slices.Clone(b.Releases)
	b.Affiliations, b.Identities = slices.Clone(b.Affiliations), slices.Clone(b.Identities)
}

func (rec *record) hasNode() bool {
	return rec.batch.Size() > len(rec.batch.Claims)+len(rec.batch.Removals)
}
