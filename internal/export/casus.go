package export

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store"
)

// records writes the extraction format as JSON Lines: the whole graph or, with a filter or a moment of knowledge, the
// selected events and all records they refer to. casus load --restore recreates the same graph from it.
func records(x *exporter) error {
	if x.Filter == nil && x.View.KnownAt == nil {
		return x.writeAll()
	}
	return newSelection(x).run()
}

// record writes one line and counts it.
func (x *exporter) record(kind kg.NodeKind, r any) error {
	x.count(string(kind), 1)
	return x.line(r)
}

// line writes one line.
func (x *exporter) line(r any) error {
	err := x.json(r)
	x.text("\n")
	return err
}

// node writes the records of a node: one for each of its sources, or more if a source states several values of a field.
func (x *exporter) node(kind kg.NodeKind, n any) error {
	x.count(string(kind), 1)
	for _, r := range recordsOf(n) {
		if err := x.line(r); err != nil {
			return err
		}
	}
	return nil
}

// writeAll writes the whole store kind by kind, referenced kinds first. Claims are written as they were loaded, and
// corrections and reviews as records of their own.
func (x *exporter) writeAll() error {
	if err := x.readOriginals(); err != nil {
		return err
	}
	for _, kind := range []kg.NodeKind{
		kg.KindActor, kg.KindLocation, kg.KindRelease, kg.KindDocument, kg.KindEvent, kg.KindAffiliation, kg.KindIdentity,
		kg.KindReview, kg.KindCorrection,
	} {
		for page, err := range store.Walk(x.ctx, x.src, kind, scanSize) {
			if err != nil {
				return err
			}
			if err := x.writePage(kind, page); err != nil {
				return err
			}
			if err := x.writeError(); err != nil {
				return err
			}
		}
		if kind == kg.KindEvent {
			if err := x.writeCorrectedEvents(); err != nil {
				return err
			}
		}
	}
	return nil
}

// scanSize is the number of records read at a time; events come with all their claims.
const scanSize = 100

// writePage writes the records of one page.
func (x *exporter) writePage(kind kg.NodeKind, p store.ScanPage) error {
	switch kind {
	case kg.KindActor:
		return writeEach(x, kind, p.Actors)
	case kg.KindLocation:
		return writeEach(x, kind, p.Locations)
	case kg.KindRelease:
		return writeEach(x, kind, p.Releases)
	case kg.KindDocument:
		return writeEach(x, kind, p.Documents)
	case kg.KindIdentity:
		return writeEach(x, kind, p.Identities)
	case kg.KindReview:
		return writeEach(x, kind, p.Reviews)
	case kg.KindCorrection:
		return writeEach(x, kind, p.Corrections)
	}
	records := map[kg.ID]*kg.Affiliation{}
	for i, a := range p.Affiliations {
		records[a.ID] = &p.Affiliations[i]
		if !x.corrected[a.ID] {
			continue
		}
		if err := x.writeCorrectedSubject(a.ID, records[a.ID]); err != nil {
			return err
		}
	}
	for _, s := range p.Subjects {
		s.Claims = slices.DeleteFunc(s.Claims, func(c kg.Claim) bool { return x.corrected[c.ID] })
		if x.corrected[s.History.Subject] || len(s.Claims) == 0 {
			continue
		}
		if err := x.writeSubject(s.History.Subject, records[s.History.Subject], s.Claims); err != nil {
			return err
		}
	}
	return nil
}

// writeEach writes the records of each item.
func writeEach[T kg.Identified](x *exporter, kind kg.NodeKind, items []T) error {
	for _, item := range items {
		if err := x.node(kind, item); err != nil {
			return err
		}
	}
	return nil
}

// maxInlineClaims bounds the claims in their subject's record. Further claims are records of their own, so that lines
// stay short.
const maxInlineClaims = 200

// writeSubject writes an event or affiliation with its claims. An affiliation may have several records, as by node.
func (x *exporter) writeSubject(id kg.ID, a *kg.Affiliation, claims []kg.Claim) error {
	first := claims[:min(len(claims), maxInlineClaims)]
	parts := []*kg.Affiliation{a}
	if a != nil {
		parts = nil
		for _, part := range merge.Affiliations.Split(*a) {
			parts = append(parts, &part)
		}
	}
	if err := x.record(id.Kind(), subjectRecord(id, parts[0], first)); err != nil {
		return err
	}
	for _, part := range parts[1:] { // a record without claims would be one itself
		if err := x.line(subjectRecord(id, part, first[:1])); err != nil {
			return err
		}
	}
	x.count(string(kg.KindClaim), len(first))
	return x.writeClaims(claims[len(first):])
}

// writeClaims writes each claim as a record of its own.
func (x *exporter) writeClaims(claims []kg.Claim) error {
	for c := range slices.Values(claims) {
		if err := x.record(kg.KindClaim, standaloneClaim(c)); err != nil {
			return err
		}
	}
	return nil
}

// readOriginals records the claims that are corrected or forgotten, and the subjects that they were loaded about.
func (x *exporter) readOriginals() error {
	x.corrected = map[kg.ID]bool{}
	for page, err := range store.Walk(x.ctx, x.src, store.KindOriginal, scanSize) {
		if err != nil {
			return err
		}
		for _, c := range page.Originals {
			x.corrected[c.ID], x.corrected[c.Subject] = true, true
		}
	}
	return nil
}

// writeCorrectedEvents writes the events about which corrected or forgotten claims were loaded.
func (x *exporter) writeCorrectedEvents() error {
	var events []kg.ID
	for id := range x.corrected {
		if id.Kind() == kg.KindEvent {
			events = append(events, id)
		}
	}
	slices.Sort(events)
	for _, id := range events {
		if err := x.writeCorrectedSubject(id, nil); err != nil {
			return err
		}
	}
	return nil
}

// writeCorrectedSubject writes an event, or the affiliation a, with the claims that were loaded about it.
func (x *exporter) writeCorrectedSubject(id kg.ID, a *kg.Affiliation) error {
	claims, err := x.src.ClaimsAbout(x.ctx, []kg.ID{id})
	if err != nil {
		return err
	}
	slices.SortFunc(claims, kg.CompareClaims)
	return x.writeSubject(id, a, claims)
}
