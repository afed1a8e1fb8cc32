package check

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store"
)

// checkRecords checks nodes and decisions by themselves, and notes their references.
func (r *run) checkRecords(b kg.Batch) {
	for _, rel := range b.Releases {
		r.checkRecord(rel.ID, rel.Check())
		r.checkTime(rel.ID, "releasedAt", rel.ReleasedAt)
		r.references.add(rel.ID, slices.Collect(rel.Provenance.Documents)...)
		r.releases[rel.ID] = rel
	}
	for _, d := range b.Identities {
		r.checkRecord(d.ID, d.Check())
		r.references.add(d.ID, d.A, d.B)
	}
	for _, a := range b.Actors {
		r.checkRecord(a.ID, a.Check())
		r.references.add(a.ID, slices.Collect(a.Provenance.Documents)...)
	}
	for _, l := range b.Locations {
		r.checkRecord(l.ID, l.Check())
		r.references.add(l.ID, append(slices.Collect(l.Provenance.Documents), l.Parents...)...)
		r.within.add(l.ID, l.Parents...)
		r.edges[store.EdgeWithin] += len(l.Parents)
	}
	for _, d := range b.Documents {
		r.checkRecord(d.ID, d.Check())
		r.checkTime(d.ID, "publishedAt", d.PublishedAt)
		r.references.add(d.ID, append(slices.Collect(d.Provenance.Documents), d.Publisher, d.Syndicates)...)
		r.reprints.add(d.ID, d.Syndicates)
		if d.Text != "" && d.SHA256 != "" && !kg.HasTextHash(d.Text, d.SHA256) {
			r.addBreak(Text, d.ID, "its text has the SHA-256 %s, its sha256 is %s", kg.TextHash(d.Text), d.SHA256)
		}
	}
	for _, a := range b.Affiliations {
		r.checkRecord(a.ID, a.Check())
		r.checkTime(a.ID, "validTime", a.ValidTime)
		r.references.add(a.ID, append(slices.Collect(a.Provenance.Documents), a.Holder, a.Counterpart)...)
	}
}

// checkRecord adds a break for the error of a record's Check, without the id that the message may begin with.
func (r *run) checkRecord(id kg.ID, err error) {
	if err == nil {
		return
	}
	message := err.Error()
	if own := string(id) + ": "; len(message) > len(own) && message[:len(own)] == own {
		message = message[len(own):]
	}
	r.addBreak(Record, id, "%s", message)
}

// checkTime compares the bounds and precision of a time, if there is one, with its EDTF value.
func (r *run) checkTime(id kg.ID, field string, t *edtf.Time) {
	if t == nil {
		return
	}
	means, err := edtf.ParseTime(t.EDTF)
	switch {
	case err != nil:
		r.addBreak(Times, id, "%s: %v", field, err)
	case *t != means:
		r.addBreak(Times, id, "%s: %s is stored with the bounds [%s, %s) and precision %s, but means [%s, %s), %s",
			field, t.EDTF, t.Earliest, t.Latest, t.Precision, means.Earliest, means.Latest, means.Precision)
	}
}

// exactView is the view in which all claims count and nothing is merged.
var exactView = kg.View{Identity: kg.IdentityExact}

// checkNodes compares scanned nodes with the ones read by id, and searches some of them by name.
func (r *run) checkNodes(ctx context.Context, b kg.Batch) error {
	return errors.Join(
		checkNodes(ctx, r, kg.KindActor, store.TypeActor, b.Actors,
			func(a kg.Actor) []kg.Name { return a.Names }),
		checkNodes(ctx, r, kg.KindLocation, store.TypeLocation, b.Locations,
			func(l kg.Location) []kg.Name { return l.Names }),
		checkMerged(ctx, r, b.Actors, merge.Actors, merge.ActorClass),
		checkMerged(ctx, r, b.Locations, merge.Locations, merge.LocationClass),
		checkNodes(ctx, r, kg.KindDocument, store.TypeDocument, b.Documents,
			func(d kg.Document) []kg.Name { return d.Titles }))
}

func checkNodes[T kg.Identified](
	ctx context.Context, r *run, kind kg.NodeKind, typ store.NodeType, records []T, names func(T) []kg.Name,
) error {
	if len(records) == 0 {
		return nil
	}
	nodes, unread, err := r.readNodes(ctx, idsOf(records))
	if err != nil {
		return err
	}
	for i, rec := range records {
		if unread[rec.NodeID()] {
			continue
		}
		if i >= len(nodes) || nodes[i] == nil {
			r.addBreak(Reading, rec.NodeID(), "is listed, but not returned by its id")
			continue
		}
		if d := differences(nodes[i], rec); d != "" {
			r.addBreak(Reading, rec.NodeID(), "read by its id, it differs from the list: %s", d)
		}
		if r.report.Checked[kind]+i < maxSearches {
			if err := r.checkSearch(ctx, typ, rec.NodeID(), names(rec)); err != nil {
				return err
			}
		}
	}
	return nil
}

// readReviews reads the reviews, which the coding of claims depends on. They are checked later, like all records.
func (r *run) readReviews(ctx context.Context) error {
	var all []kg.Review
	for page, err := range store.Walk(ctx, r.store, kg.KindReview, 0) {
		if err != nil {
			return fmt.Errorf("read the reviews: %w", err)
		}
		all = append(all, page.Reviews...)
	}
	r.reviews = kg.LatestReviews(all)
	return nil
}

// readFieldCorrections reads the corrections of fields of nodes.
func (r *run) readFieldCorrections(ctx context.Context) error {
	r.corrections = map[kg.ID][]kg.Correction{}
	for page, err := range store.Walk(ctx, r.store, kg.KindCorrection, 0) {
		if err != nil {
			return fmt.Errorf("read the corrections: %w", err)
		}
		for _, c := range page.Corrections {
			if c.Node != "" {
				r.corrections[c.Node] = append(r.corrections[c.Node], c)
			}
		}
	}
	return nil
}

// checkOriginals checks the originals of corrected and forgotten claims, and that the graph has what their latest
// corrections make of them. Others may refer to them, and to their subjects.
func (r *run) checkOriginals(ctx context.Context) error {
	return r.pages(ctx, store.KindOriginal, func(page store.ScanPage) error {
		ids := idsOf(page.Originals)
		nodes, unread, err := r.readNodes(ctx, ids)
		if err != nil {
			return err
		}
		curations, err := r.store.Curations(ctx, ids)
		if err := r.tolerate(ctx, "", err); err != nil {
			return err
		}
		for i, original := range page.Originals {
			r.checkRecord(original.ID, original.Check())
			r.references.add(original.ID, original.References()...)
			r.references.addStored(original.ID)
			if original.Subject.Kind() == kg.KindEvent {
				r.references.addStored(original.Subject)
			}
			if i < len(curations) && !unread[original.ID] {
				r.checkCorrected(original, curations[i].Corrections, nodes[i])
			}
		}
		return nil
	})
}

// checkCorrected compares a claim of the graph, nil if there is none, with its original and its corrections.
func (r *run) checkCorrected(original kg.Claim, corrections []kg.Correction, node kg.Node) {
	if len(corrections) == 0 {
		r.addBreak(Corrections, original.ID, "is stored as it was loaded, but has no correction")
		return
	}
	if kg.ErasedClaims(corrections)[original.ID] && original.Digest() != original.Erased().Digest() {
		r.addBreak(Corrections, original.ID, "is erased, but its content is stored")
	}
	expected, exists := kg.LatestCorrections(corrections)[kg.Corrected{ID: original.ID}].Apply(original)
	claim, stored := node.(kg.Claim)
	switch {
	case stored && !exists:
		r.addBreak(Corrections, original.ID, "is forgotten, but is in the graph")
	case exists && !stored:
		r.addBreak(Corrections, original.ID, "is corrected, but is not in the graph")
	case exists && claim.Digest() != expected.Digest():
		r.addBreak(Corrections, original.ID, "has another content than its latest correction")
	}
}

// checkDecisions checks reviews and corrections by themselves, and that every corrected claim of the graph has an
// original. Claims that a correction or a review names may have been removed by a release of their data set.
func (r *run) checkDecisions(ctx context.Context, b kg.Batch) error {
	for _, v := range b.Reviews {
		r.checkRecord(v.ID, v.Check())
		r.references.add(v.ID, v.Document, v.Release)
	}
	var claims []kg.ID
	for _, c := range b.Corrections {
		r.checkRecord(c.ID, c.Check())
		if c.Claim == "" {
			r.references.add(c.ID, c.Node)
			continue
		}
		r.references.add(c.ID, c.References()[1:]...)
		claims = append(claims, c.Claim)
	}
	if len(claims) == 0 {
		return nil
	}
	curations, err := r.store.Curations(ctx, claims)
	if err := r.tolerate(ctx, "", err); err != nil {
		return err
	}
	nodes, unread, err := r.readNodes(ctx, claims)
	if err != nil {
		return err
	}
	for i, id := range claims {
		if i < len(curations) && curations[i].Original == nil && nodes[i] != nil && !unread[id] {
			r.addBreak(Corrections, id, "has a correction, but is not stored as it was loaded")
		}
	}
	return nil
}
