package export

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// records writes the extraction format, as JSON Lines. Without a filter and a moment of knowledge that is all there is;
// else what is selected, and all that it refers to. Loaded again it makes the same graph.
func records(x *writing) error {
	if x.Filter == nil && x.View.KnownAt == nil {
		return x.everything()
	}
	return newSelection(x).run()
}

// record writes one line and counts it.
func (x *writing) record(what kg.NodeKind, r any) error {
	err := x.json(r)
	x.text("\n")
	x.count(string(what), 1)
	return err
}

// everything goes through the store kind by kind; what is referred to most comes first.
func (x *writing) everything() error {
	for _, kind := range []kg.NodeKind{kg.KindActor, kg.KindLocation, kg.KindRelease, kg.KindDocument, kg.KindEvent, kg.KindAffiliation, kg.KindIdentity} {
		for page, err := range store.Walk(x.ctx, x.src, kind, scanned) {
			if err != nil {
				return err
			}
			if err := x.page(kind, page); err != nil {
				return err
			}
			if _, err := x.out.Write(nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// scanned is how many records are read at a time; events come with all their claims.
const scanned = 100

// page writes the records of one page.
func (x *writing) page(kind kg.NodeKind, p store.ScanPage) error {
	switch kind {
	case kg.KindActor:
		return written(x, kind, p.Actors)
	case kg.KindLocation:
		return written(x, kind, p.Locations)
	case kg.KindRelease:
		return written(x, kind, p.Releases)
	case kg.KindDocument:
		return written(x, kind, p.Documents)
	case kg.KindIdentity:
		return written(x, kind, p.Identities)
	}
	records := map[kg.ID]*kg.Affiliation{}
	for i, a := range p.Affiliations {
		records[a.ID] = &p.Affiliations[i]
	}
	for _, s := range p.Subjects {
		if err := x.subject(s.History.Subject, records[s.History.Subject], s.Claims); err != nil {
			return err
		}
	}
	return nil
}

func written[T kg.Identified](x *writing, kind kg.NodeKind, items []T) error {
	for _, item := range items {
		if err := x.record(kind, recordOf(item)); err != nil {
			return err
		}
	}
	return nil
}

// inline is how many claims stand in their subject's record; more stand alone, so that no line grows without bounds.
const inline = 200

// subject writes an event or affiliation with its claims.
func (x *writing) subject(id kg.ID, a *kg.Affiliation, claims []kg.Claim) error {
	first := claims[:min(len(claims), inline)]
	if err := x.record(id.Kind(), subjectRecord(id, a, first)); err != nil {
		return err
	}
	x.count(string(kg.KindClaim), len(first))
	return x.lone(claims[len(first):])
}

// lone writes claims as records of their own.
func (x *writing) lone(claims []kg.Claim) error {
	for c := range slices.Values(claims) {
		if err := x.record(kg.KindClaim, loneClaim(c)); err != nil {
			return err
		}
	}
	return nil
}
