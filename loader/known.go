package loader

import (
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
)

// lookup is how many ids the store is asked for at a time.
const lookup = 1000

// exact is how a load reads the store: as it is stored, whatever was decided to be the same.
var exact = kg.View{Identity: kg.IdentityExact}

// known is what claims are made from: the documents and releases of the input, united with the store's.
type known struct {
	documents map[kg.ID]kg.Document
	releases  map[kg.ID]kg.Release
}

// know gathers what claims are made from.
func (l *load) know(ctx context.Context) error {
	l.known = known{map[kg.ID]kg.Document{}, map[kg.ID]kg.Release{}}
	wanted := l.documentsNamed()
	for _, it := range l.live() {
		for _, d := range it.batch.Documents {
			wanted = append(wanted, d.ID)
		}
	}
	slices.Sort(wanted)
	if err := l.ask(ctx, slices.Compact(wanted), func(n kg.Node) {
		if d, ok := n.(kg.Document); ok {
			l.known.documents[d.ID] = d
		}
	}); err != nil {
		return err
	}
	for after := kg.ID(""); ; {
		page, err := l.store.Scan(ctx, kg.KindRelease, after, lookup)
		if err != nil {
			return err
		}
		for _, r := range page.Releases {
			l.known.releases[r.ID], after = r, r.ID
		}
		if len(page.Releases) < lookup {
			break
		}
	}
	l.stored = maps.Clone(l.known.releases)
	for _, it := range l.live() {
		for i, d := range it.batch.Documents {
			if !l.options.KeepText && !l.options.Restore && d.Text != "" {
				if err := l.texts.keep(d.ID, d.Text); err != nil {
					return err
				}
				it.batch.Documents[i].Text = ""
			}
			if old, ok := l.known.documents[d.ID]; ok {
				if old.SHA256 != "" && d.SHA256 != "" && old.SHA256 != d.SHA256 {
					if err := l.reject(it, Reject{Reason: "the store has this document with another text", Found: d.SHA256, Allowed: []string{old.SHA256}}); err != nil {
						return err
					}
					continue
				}
				d, _ = kg.MergeDocument(old, d)
			}
			l.known.documents[d.ID] = d
		}
		for _, r := range it.batch.Releases {
			if old, ok := l.known.releases[r.ID]; ok {
				r, _ = kg.MergeRelease(old, r)
			}
			l.known.releases[r.ID] = r
		}
	}
	return nil
}

// ask reads nodes from the store; unknown ones are left out.
func (l *load) ask(ctx context.Context, ids []kg.ID, take func(kg.Node)) error {
	for some := range slices.Chunk(ids, lookup) {
		nodes, err := l.store.Nodes(ctx, exact, some)
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
