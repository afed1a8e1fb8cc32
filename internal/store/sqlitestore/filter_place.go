package sqlitestore

import (
	"casus/internal/kg"
)

// place asks for one place of event_state e of which all conditions hold.
func (r reading) place(f *kg.PlaceFilter) (clause, error) {
	if f == nil {
		return always, nil
	}
	itself, err := r.isPlace("o.location", f)
	if err != nil {
		return always, err
	}
	return sqlOf("e.event IN (SELECT o.event FROM event_location o WHERE ").then(and(r.holds("o"), given("o.role", f.Roles), itself), sqlOf(")")), nil
}

// isPlace asks a place itself, by its id.
func (r reading) isPlace(id string, f *kg.PlaceFilter) (clause, error) {
	var all []clause
	if f.Within != nil {
		all = append(all, sqlOf(id+` IN (WITH RECURSIVE inside (id) AS (SELECT value FROM json_each(?)
			UNION SELECT w.child FROM inside JOIN within w ON w.parent = inside.id) SELECT id FROM inside)`, idList(f.Within)))
	}
	if f.Countries != nil {
		all = append(all, sqlOf(id+" IN (SELECT id FROM location WHERE ").then(oneOf("country", f.Countries), sqlOf(")")))
	}
	if f.Near != nil {
		near, err := r.placesIn(f.Near.Boxes(), f.Near.Contains)
		if err != nil {
			return always, err
		}
		all = append(all, oneOf(id, near))
	}
	if f.Box != nil {
		inside, err := r.placesIn(f.Box.Boxes(), f.Box.Contains)
		if err != nil {
			return always, err
		}
		all = append(all, oneOf(id, inside))
	}
	return and(all...), nil
}

// placesIn finds the places whose point is contained, first by boxes, whose edges have 32 bits, then exactly.
func (r reading) placesIn(boxes []kg.BoxFilter, contains func(kg.Point) bool) ([]kg.ID, error) {
	found := []kg.ID{}
	for _, b := range boxes {
		places, err := rows(r.ctx, r.read, record[kg.Location], `SELECT l.record FROM location_area a JOIN location l ON l.num = a.num
			WHERE a.west <= ? AND a.east >= ? AND a.south <= ? AND a.north >= ?`, b.East, b.West, b.North, b.South)
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
