package loader

import (
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// lookupSize is the number of ids in one store lookup.
const lookupSize = 1000

// exactView is the view in which a load reads the store: without identity decisions.
var exactView = kg.View{Identity: kg.IdentityExact}

// claimContext holds the documents and releases that claims are made from, merged from the chunk and the store.
type claimContext struct {
	documents map[kg.ID]kg.Document
	releases  map[kg.ID]kg.Release
}

// loadContext collects the documents and releases that claims are made from.
func (l *chunkLoad) loadContext(ctx context.Context) error {
	l.context = claimContext{map[kg.ID]kg.Document{}, map[kg.ID]kg.Release{}}
	wanted := l.draftDocuments()
	for _, rec := range l.liveRecords() {
		for _, d := range rec.batch.Documents {
			wanted = append(wanted, d.ID)
		}
	}
	slices.Sort(wanted)
	if err := l.readNodes(ctx, slices.Compact(wanted), func(n kg.Node) {
		if d, ok := n.(kg.Document); ok {
			l.context.documents[d.ID] = d
		}
	}); err != nil {
		return err
	}
	for page, err := range store.Walk(ctx, l.store, kg.KindRelease, lookupSize) {
		if err != nil {
			return err
		}
		for _, r := range page.Releases {
			l.context.releases[r.ID] = r
		}
	}
	l.storedReleases = maps.Clone(l.context.releases)
	for _, rec := range l.liveRecords() {
		for i, d := range rec.batch.Documents {
			if !l.options.KeepText && !l.options.Restore && d.Text != "" {
				if err := l.texts.put(d.ID, d.Text); err != nil {
					return err
				}
				rec.batch.Documents[i].Text = ""
			}
			if old, ok := l.context.documents[d.ID]; ok {
				if old.SHA256 != "" && d.SHA256 != "" && old.SHA256 != d.SHA256 &&
					(d.Text == "" || !kg.HasTextHash(d.Text, old.SHA256)) {
					r := Reject{
						Reason: "the stored document has a different text", Found: d.SHA256, Allowed: []string{old.SHA256},
					}
					if err := l.reject(rec, r); err != nil {
						return err
					}
					continue
				}
				if old.SHA256 != "" && d.SHA256 != "" { // they differ at most by a byte order mark
					d.SHA256, rec.batch.Documents[i].SHA256 = old.SHA256, old.SHA256
				}
				d, _ = kg.MergeDocument(old, d)
			}
			l.context.documents[d.ID] = d
		}
		for _, r := range rec.batch.Releases {
			if old, ok := l.context.releases[r.ID]; ok {
				r, _ = kg.MergeRelease(old, r)
			}
			l.context.releases[r.ID] = r
		}
	}
	return nil
}

// readNodes calls take with each stored node; unknown ids are skipped.
func (l *chunkLoad) readNodes(ctx context.Context, ids []kg.ID, take func(kg.Node)) error {
	for chunk := range slices.Chunk(ids, lookupSize) {
		nodes, err := l.store.Nodes(ctx, exactView, chunk)
		if err != nil {
			return err
		}
		for _, n := range nodes {
			if n != nil {
				take(n)
			}
		}
	}
	return nil
}
