package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/trace"
)

// Links streams the states, edges and affiliations that networks are built from, mostly from covering indexes.
func (s *Store) Links(ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, to store.LinkSink) error {
	if err := ctx.Err(); err != nil {
		return mapError(err, "read links")
	}
	return s.streamView(ctx, kg.View{Identity: mode}, func(r viewReader) error { return r.links(subjects, to) })
}

// streamView runs answer in a view once, since a stream cannot be repeated. If identity classes change meanwhile, it
// returns CONFLICT.
func (s *Store) streamView(ctx context.Context, v kg.View, answer func(viewReader) error) error {
	identities, before, err := s.classes.current(ctx, s.read)
	if err != nil {
		return err
	}
	if err := answer(viewReader{s, ctx, v, identities.InView(v), identities.HasMerged(""), false}); err != nil {
		return err
	}
	_, after, err := s.classes.current(ctx, s.read)
	if err == nil && after != before {
		err = kg.Errorf(kg.Conflict, "identity classes changed during the query; retry")
	}
	return err
}

func (r viewReader) links(subjects []kg.ID, to store.LinkSink) error {
	ctx, s := r.ctx, r.Store
	states := sqlOf("SELECT event, time_asc, known_from, known_to, status, modality FROM event_state WHERE ").
		append(r.about("event_state", "event", subjects))
	if err := stream(ctx, s.read, states, func(row *sql.Rows) error {
		var event string
		var l store.LinkState
		if err := row.Scan(&event, &l.Start, &l.KnownFrom, &l.KnownTo, &l.Status, &l.Modality); err != nil {
			return err
		}
		return to.State(kg.ID(event), l)
	}); err != nil {
		return err
	}
	if err := r.streamParts(subjects, to.Part); err != nil {
		return err
	}
	participations := sqlOf("SELECT event, actor, role, status, known_from, known_to FROM participation WHERE ").
		append(r.about("participation", "event", subjects), sqlOf(" ORDER BY event")) // from an index that has all columns
	if err := stream(ctx, s.read, participations, func(row *sql.Rows) error {
		var l store.LinkParticipation
		if err := row.Scan(&l.Event, &l.Actor, &l.Role, &l.Status, &l.KnownFrom, &l.KnownTo); err != nil {
			return err
		}
		return to.Participation(l)
	}); err != nil {
		return err
	}
	affiliations := sqlOf(`SELECT a.id, a.holder, a.counterpart, a.valid_earliest, s.known_from, s.known_to
		FROM affiliation a JOIN affiliated s ON s.affiliation = a.id WHERE `).append(r.about("s", "a.id", subjects))
	return stream(ctx, s.read, affiliations, func(row *sql.Rows) error {
		var id, holder, counterpart string
		var l store.LinkAffiliation
		if err := row.Scan(&id, &holder, &counterpart, &l.Start, &l.KnownFrom, &l.KnownTo); err != nil {
			return err
		}
		l.ID, l.Holder, l.Counterpart = kg.ID(id), r.identities.ClassOf(kg.ID(holder)),
			r.identities.ClassOf(kg.ID(counterpart))
		if !l.Start.Bounded() {
			l.Start = edtf.EndOfTime
		}
		return to.Affiliation(l)
	})
}

// about returns the condition that a row exists in the view, at any moment, and that a column is one of the subjects;
// nil means any.
func (r viewReader) about(alias, column string, subjects []kg.ID) clause {
	if subjects == nil {
		return r.inLayer(alias)
	}
	return combine([]clause{r.inLayer(alias), sqlOf(column+" "+inJSONList, idList(subjects))})
}

// streamParts streams the wholes of subjects, each with the interval in which that is known.
func (r viewReader) streamParts(subjects []kg.ID, yield func(part, whole kg.ID, known kg.Interval) error) error {
	parts := sqlOf("SELECT part, whole, known_from, known_to FROM event_part WHERE ").
		append(r.about("event_part", "part", subjects))
	return stream(r.ctx, r.read, parts, func(row *sql.Rows) error {
		var part, whole string
		var known kg.Interval
		if err := row.Scan(&part, &whole, &known.KnownFrom, &known.KnownTo); err != nil {
			return err
		}
		return yield(kg.ID(part), kg.ID(whole), known)
	})
}

// EventIDs streams the ids of matching events.
func (s *Store) EventIDs(ctx context.Context, v kg.View, f *store.EventFilter, yield func(kg.ID) error) error {
	if err := ctx.Err(); err != nil {
		return mapError(err, "read ids")
	}
	return s.streamView(ctx, f.InView(v),
		func(r viewReader) error { return r.eventIDs(store.ResolveEventFilter(r.identities, f), yield) })
}

func (r viewReader) eventIDs(f *store.EventFilter, yield func(kg.ID) error) error {
	filter, err := r.events(f)
	if err != nil {
		return err
	}
	from, err := r.candidateSource(f)
	if err != nil {
		return err
	}
	query := sqlOf("SELECT e.event FROM ").append(from, sqlOf(" WHERE "), combine([]clause{r.holds("e"), filter}))
	return stream(r.ctx, r.read, query, func(row *sql.Rows) error {
		id, err := scanID(row)
		if err != nil {
			return err
		}
		return yield(id)
	})
}

// stream calls each for every row of a query and stops at the first error.
func stream(ctx context.Context, db querier, query clause, each func(*sql.Rows) error) error {
	trace.Statement(ctx, query.sql, query.args)
	found, err := db.QueryContext(ctx, query.sql, query.args...)
	if err != nil {
		return mapError(err, "query")
	}
	defer func() { _ = found.Close() }() // found.Err has the error
	for found.Next() {
		if err := each(found); err != nil {
			return mapError(err, "read a row")
		}
	}
	return mapError(found.Err(), "read the rows")
}
