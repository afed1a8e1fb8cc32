package sqlite

import (
	"casus/internal/kg"
	"casus/internal/store"
)

// hasPlace returns the condition that one place of event_state e meets all of f.
func (r viewReader) hasPlace(f *store.PlaceFilter) (clause, error) {
	if f == nil {
		return trueClause, nil
	}
	itself, err := r.matchesPlace("+o.location", f)
	if err != nil {
		return trueClause, err
	}
	return exists(sqlOf("SELECT 1 FROM event_location o WHERE o.event = e.event AND ").
		append(combine([]clause{r.holds("o"), anyOf("o.role", f.Roles), itself}))), nil
}

// matchesPlace returns the conditions of f on a location's id, except for roles.
func (r viewReader) matchesPlace(id string, f *store.PlaceFilter) (clause, error) {
	var all []clause
	if f.Within != nil {
		all = append(all, sqlOf(id+" IN (").append(r.descendants(f.Within), sqlOf(")")))
	}
	if f.Countries != nil {
		all = append(all, exists(sqlOf("SELECT 1 FROM location c WHERE c.id = "+id+" AND ").
			append(r.inLayer("c"), sqlOf(" AND "), oneOf("c.country", f.Countries))))
	}
	idSets, err := r.places(f)
	if err != nil {
		return trueClause, err
	}
	for _, ids := range idSets {
		all = append(all, oneOf(id, ids))
	}
	return and(all...), nil
}

// descendants selects places and everything inside them.
func (r viewReader) descendants(places []kg.ID) clause {
	return sqlOf(`WITH RECURSIVE inside (id) AS (SELECT value FROM json_each(?)
		UNION SELECT w.child FROM inside JOIN within w ON w.parent = inside.id AND `, idList(places)).
		append(r.inLayer("w"), sqlOf(") SELECT id FROM inside"))
}

// places returns the ids inside a filter's circle and those inside its box.
func (r viewReader) places(f *store.PlaceFilter) (found [][]kg.ID, err error) {
	add := func(boxes []store.BoxFilter, contains func(kg.Point) bool) {
		if err == nil {
			var ids []kg.ID
			ids, err = r.placesIn(boxes, contains)
			found = append(found, ids)
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

// placesIn returns the locations whose point is contained. The boxes, which the index stores with 32-bit edges, select
// candidates.
func (r viewReader) placesIn(boxes []store.BoxFilter, contains func(kg.Point) bool) ([]kg.ID, error) {
	found := []kg.ID{}
	for _, b := range boxes {
		q := sqlOf(`SELECT l.record FROM location_area a CROSS JOIN location l ON l.num = a.num
			WHERE a.west <= ? AND a.east >= ? AND a.south <= ? AND a.north >= ? AND `, b.East, b.West, b.North, b.South).
			append(r.inLayer("l"))
		places, err := rows(r.ctx, r.read, scanRecord[kg.Location], q.sql, q.args...)
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
