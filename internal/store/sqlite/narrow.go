package sqlite

import (
	"database/sql"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// few is how many events are worth naming one by one.
const few = 5000

// candidates is where to look for what matches a filter, as event_state e: among the few events that one of its conditions
// leaves, where one does, else among all. It adds nothing to what the filter asks; but where few match, a walk through
// all events in the order of the list would find most of them late.
func (r reading) candidates(f *store.EventFilter) (clause, error) {
	ids, narrow, err := r.few(f)
	return among(ids, narrow), err
}

func among(ids []kg.ID, narrow bool) clause {
	if narrow {
		return sqlOf("(SELECT DISTINCT value AS event FROM json_each(?)) few CROSS JOIN event_state e ON e.event = few.event", idList(ids))
	}
	return sqlOf("event_state e")
}

// few names the events that one condition of a filter leaves, perhaps more than once, where it leaves few.
func (r reading) few(f *store.EventFilter) (ids []kg.ID, narrow bool, err error) {
	if f == nil {
		return nil, false, nil
	}
	conditions, err := r.narrowing(f)
	for _, c := range conditions {
		ids, err = rows(r.ctx, r.read, scanID, c.sql+" LIMIT ?", append(c.args, few+1)...)
		if err != nil || len(ids) <= few {
			return ids, err == nil, err
		}
	}
	return nil, false, err
}

// earliest is how many claims are so few that a walk through all versions would pass over nearly all of them.
const earliest = 200

// early names the events of which anything was known at the view's moment, perhaps more than once, where that is little.
func (r reading) early() (ids []kg.ID, narrow bool, err error) {
	if r.view.KnownAt == nil {
		return nil, false, nil
	}
	m := int64(*r.view.KnownAt)
	more, err := rows(r.ctx, r.read, func(row *sql.Rows) (n int, err error) { return n, row.Scan(&n) },
		"SELECT 1 FROM claim WHERE known_from <= ? LIMIT 1 OFFSET ?", m, earliest)
	if err != nil || len(more) > 0 {
		return nil, false, err
	}
	ids, err = rows(r.ctx, r.read, scanID, "SELECT "+r.subject("c")+" FROM claim c WHERE c.known_from <= ?", m)
	return ids, true, err
}

// narrowing selects, for each condition that may leave few events, those and perhaps more. First come those that do most
// often.
func (r reading) narrowing(f *store.EventFilter) (all []clause, err error) {
	add := func(asked bool, c clause) {
		if asked {
			all = append(all, c)
		}
	}
	add(f.IDs != nil, sqlOf("SELECT value FROM json_each(?)", idList(f.IDs)))
	add(f.Documents != nil, sqlOf("SELECT "+r.subject("c")+" FROM claim c WHERE c.document <> '' AND ").then(oneOf("c.document", f.Documents)))
	add(f.PartOf != nil, r.parts(f.PartOf))
	for _, p := range f.Participants {
		add(p.AnyOf != nil, sqlOf("SELECT p.event FROM participation p WHERE ").then(oneOf("p.actor", p.AnyOf)))
	}
	add(f.Claimants != nil, sqlOf("SELECT "+r.subject("c")+" FROM claimant k CROSS JOIN claim c ON c.id = k.claim WHERE ").then(oneOf("k.actor", r.one.Expand(f.Claimants))))
	if f.Text != nil {
		if q := text.ParseQuery(*f.Text); !q.Empty() {
			all = append(all, r.found(q, store.TypeEvent))
		}
	}
	if f.Place != nil {
		there, err := r.places(f.Place)
		if err != nil {
			return nil, err
		}
		for _, ids := range there {
			add(true, sqlOf("SELECT o.event FROM event_location o WHERE ").then(oneOf("o.location", ids)))
		}
		add(f.Place.Within != nil, sqlOf("SELECT o.event FROM (").then(r.inside(f.Place.Within), sqlOf(") i CROSS JOIN event_location o ON o.location = i.id")))
	}
	add(f.Codes != nil, sqlOf("SELECT c.event FROM state_code c WHERE ").then(anyCode(f.Codes)))
	add(f.Publishers != nil, sqlOf("SELECT "+r.subject("c")+" FROM document d CROSS JOIN claim c ON c.document = d.id AND c.document <> '' WHERE ").then(oneOf("d.publisher", r.one.Expand(f.Publishers))))
	add(f.Datasets != nil, sqlOf("SELECT "+r.subject("c")+" FROM release r CROSS JOIN claim c ON c.release = r.id AND c.release <> '' WHERE ").then(oneOf("r.name", f.Datasets)))
	return all, nil
}
