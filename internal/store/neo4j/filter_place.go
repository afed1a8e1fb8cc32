package neo4j

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// eventPlace holds where one place of the event meets all conditions.
func (b *builder) eventPlace(ctx context.Context, s string, f *store.PlaceFilter) (clause, error) {
	if f == nil {
		return always, nil
	}
	o, l := b.name("o"), b.name("l")
	place, err := b.place(ctx, l, f)
	if err != nil {
		return never, err
	}
	return exists(b.eventPath(s)+"-["+o+":OCCURRED_AT]->("+l+":Location)",
		b.isKnown(o), in(b, o+".role", f.Roles), place), nil
}

// place returns the clause of a place filter over a location l. Roles are checked by eventPlace.
func (b *builder) place(ctx context.Context, l string, f *store.PlaceFilter) (clause, error) {
	if f == nil {
		return always, nil
	}
	all := []clause{in(b, b.property(l, "country"), f.Countries)}
	if f.Within != nil {
		w, up := b.name("w"), b.name("up")
		all = append(all, exists("("+l+")-["+up+":WITHIN*0..]->("+w+":Location)",
			in(b, w+".id", f.Within), b.pathInLayer(up)))
	}
	if f.Near != nil {
		ids, err := b.placesIn(ctx, f.Near.Boxes(), f.Near.Contains)
		if err != nil {
			return never, err
		}
		all = append(all, in(b, l+".id", ids))
	}
	if f.Box != nil {
		ids, err := b.placesIn(ctx, f.Box.Boxes(), f.Box.Contains)
		if err != nil {
			return never, err
		}
		all = append(all, in(b, l+".id", ids))
	}
	return and(all...), nil
}

// placesIn returns the places of a region. The query selects candidates by boxes that cover the region, and contains
// decides, so that all stores agree at its edge.
func (b *builder) placesIn(
	ctx context.Context, boxes []store.BoxFilter, contains func(kg.Point) bool,
) ([]kg.ID, error) {
	inner := b.newQuery()
	latitude, longitude := b.property("l", "_latitude"), b.property("l", "_longitude")
	var inBoxes []clause
	for _, box := range boxes {
		inBoxes = append(inBoxes, and(
			latitude+" >= "+inner.param(box.South), latitude+" <= "+inner.param(box.North),
			longitude+" >= "+inner.param(box.West), longitude+" <= "+inner.param(box.East)))
	}
	rows, err := inner.query(ctx, "MATCH (l:Location)"+where("l.point IS NOT NULL", b.inLayer("l"), or(inBoxes...))+
		" RETURN l.id AS id, "+latitude+" AS latitude, "+longitude+" AS longitude")
	if err != nil {
		return nil, err
	}
	ids := []kg.ID{}
	for _, r := range rows {
		latitude, err := column[float64](r, "latitude")
		if err != nil {
			return nil, err
		}
		longitude, err := column[float64](r, "longitude")
		if err != nil {
			return nil, err
		}
		id, err := column[string](r, "id")
		if err != nil {
			return nil, err
		}
		if contains(kg.Point{Latitude: latitude, Longitude: longitude}) {
			ids = append(ids, kg.ID(id))
		}
	}
	return ids, nil
}
