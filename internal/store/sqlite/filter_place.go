package sqlite

import (
	"casus/internal/kg"
	"casus/internal/store"
)

// place asks for one place of event_state e of which all conditions hold.
func (r reading) place(f *store.PlaceFilter) (clause, error) {
	if f == nil {
		return always, nil
	}
	itself, err := r.isPlace("+o.location", f)
	if err != nil {
		return always, err
	}
	return exists(sqlOf("SELECT 1 FROM event_location o WHERE o.event = e.event AND ").then(plainly([]clause{r.holds("o"), given("o.role", f.Roles), itself}))), nil
}

// isPlace asks a place itself, by its id.
func (r reading) isPlace(id string, f *store.PlaceFilter) (clause, error) {
	var all []clause
	if f.Within != nil {
		all = append(all, sqlOf(id+" IN (").then(r.inside(f.Within), sqlOf(")")))
	}
	if f.Countries != nil {
		all = append(all, exists(sqlOf("SELECT 1 FROM location c WHERE c.id = "+id+" AND ").then(r.layer("c"), sqlOf(" AND "), oneOf("c.country", f.Countries))))
	}
	there, err := r.places(f)
	if err != nil {
		return always, err
	}
	for _, ids := range there {
		all = append(all, oneOf(id, ids))
	}
	return and(all...), nil
}

// inside selects places and all that they contain.
func (r reading) inside(places []kg.ID) clause {
	return sqlOf(`WITH RECURSIVE inside (id) AS (SELECT value FROM json_each(?)
		UNION SELECT w.child FROM inside JOIN within w ON w.parent = inside.id AND `, idList(places)).then(r.layer("w"), sqlOf(") SELECT id FROM inside"))
}

// places finds those of a filter's circle and those of its box.
func (r reading) places(f *store.PlaceFilter) (found [][]kg.ID, err error) {
	add := func(boxes []store.BoxFilter, contains func(kg.Point) bool) {
		if err == nil {
			var there []kg.ID
			there, err = r.placesIn(boxes, contains)
			found = append(found, there)
		}
	}
	if f.Near != nil {
		add(f.Near.Boxes(), f.Near.Contains)
	}
	if f.Box != nil {
		add(f.Box.Boxes(), f.Box.Contains)
	}
	return found, err
}

// placesIn finds the places whose point is contained, first by boxes, whose edges have 32 bits, then exactly.
func (r reading) placesIn(boxes []store.BoxFilter, contains func(kg.Point) bool) ([]kg.ID, error) {
	found := []kg.ID{}
	for _, b := range boxes {
		q := sqlOf(`SELECT l.record FROM location_area a JOIN location l ON l.num = a.num
			WHERE a.west <= ? AND a.east >= ? AND a.south <= ? AND a.north >= ? AND `, b.East, b.West, b.North, b.South).then(r.layer("l"))
		places, err := rows(r.ctx, r.read, record[kg.Location], q.sql, q.args...)
		if err != nil {
			return nil, err
		}
		for _, l := range places {
			if l.Point != nil && contains(*l.Point) {
				found = append(found, l.ID)
			}
		}
	}
	return found, nil
}
