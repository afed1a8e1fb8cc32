package check

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// checkRecords checks what can be seen of nodes and decisions by themselves, and notes what they refer to.
func (r *run) checkRecords(b kg.Batch) {
	for _, rel := range b.Releases {
		r.sound(rel.ID, rel.Check())
		r.hull(rel.ID, "releasedAt", rel.ReleasedAt)
		r.datasets[rel.ID] = rel.Name
	}
	for _, d := range b.Identities {
		r.sound(d.ID, d.Check())
		r.names.names(d.ID, d.A, d.B)
	}
	for _, a := range b.Actors {
		r.sound(a.ID, a.Check())
	}
	for _, l := range b.Locations {
		r.sound(l.ID, l.Check())
		r.names.names(l.ID, l.Parents...)
		r.within.add(l.ID, l.Parents...)
		r.edges[store.EdgeWithin] += len(l.Parents)
	}
	for _, d := range b.Documents {
		r.sound(d.ID, d.Check())
		r.hull(d.ID, "publishedAt", d.PublishedAt)
		r.names.names(d.ID, d.Publisher, d.Syndicates)
		r.reprints.add(d.ID, d.Syndicates)
		if sum := sha256.Sum256([]byte(d.Text)); d.Text != "" && d.SHA256 != "" && d.SHA256 != hex.EncodeToString(sum[:]) {
			r.broken(Text, d.ID, "its text hashes to %x, not to its sha256 %s", sum, d.SHA256)
		}
	}
	for _, a := range b.Affiliations {
		r.sound(a.ID, a.Check())
		r.hull(a.ID, "validTime", a.ValidTime)
		r.names.names(a.ID, a.Holder, a.Counterpart)
	}
}

// sound reports what a record's own check says. Its message begins with the id, which a break has beside it.
func (r *run) sound(id kg.ID, err error) {
	if err == nil {
		return
	}
	message := err.Error()
	if own := string(id) + ": "; len(message) > len(own) && message[:len(own)] == own {
		message = message[len(own):]
	}
	r.broken(Record, id, "%s", message)
}

// hull checks a time, if there is one, against what its EDTF value means.
func (r *run) hull(id kg.ID, field string, t *edtf.Time) {
	if t == nil {
		return
	}
	means, err := edtf.ParseTime(t.EDTF)
	switch {
	case err != nil:
		r.broken(Times, id, "%s: %v", field, err)
	case *t != means:
		r.broken(Times, id, "%s: %s is stored with the bounds [%s, %s) and precision %s, and means [%s, %s), %s",
			field, t.EDTF, t.Earliest, t.Latest, t.Precision, means.Earliest, means.Latest, means.Precision)
	}
}

// exact is the view in which everything is read by itself: all that is known, nothing merged.
var exact = kg.View{Identity: kg.IdentityExact}

// checkNodes compares nodes as a scan lists them with the same nodes read by id, and looks some of them up by name.
func (r *run) checkNodes(ctx context.Context, b kg.Batch) error {
	return errors.Join(
		checkNodes(ctx, r, kg.KindActor, store.TypeActor, b.Actors, func(a kg.Actor) []kg.Name { return a.Names }),
		checkNodes(ctx, r, kg.KindLocation, store.TypeLocation, b.Locations, func(l kg.Location) []kg.Name { return l.Names }),
		checkUnited(ctx, r, b.Actors, r.one.MergeActors), checkUnited(ctx, r, b.Locations, r.one.MergeLocations),
		checkNodes(ctx, r, kg.KindDocument, store.TypeDocument, b.Documents, func(d kg.Document) []kg.Name { return d.Titles }))
}

func checkNodes[T kg.Identified](ctx context.Context, r *run, kind kg.NodeKind, typ store.NodeType, records []T, names func(T) []kg.Name) error {
	if len(records) == 0 {
		return nil
	}
	nodes, err := r.store.Nodes(ctx, exact, ids(records))
	if err != nil {
		return err
	}
	for i, rec := range records {
		if i >= len(nodes) || nodes[i] == nil {
			r.broken(Reading, rec.NodeID(), "is listed, but cannot be read")
			continue
		}
		if d := differences(nodes[i], rec); d != "" {
			r.broken(Reading, rec.NodeID(), "read by its id it differs from the list: %s", d)
		}
		if r.report.Checked[kind]+i < searched {
			if err := r.checkSearch(ctx, typ, rec.NodeID(), names(rec)); err != nil {
				return err
			}
		}
	}
	return nil
}
