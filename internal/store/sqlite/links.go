package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Links streams the columns that networks are made of, mostly from indexes that cover them.
func (s *Store) Links(ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, to store.LinkSink) error {
	if err := ctx.Err(); err != nil {
		return mapError(err, "read links")
	}
	return s.streams(ctx, kg.View{Identity: mode}, func(r reading) error { return r.links(subjects, to) })
}

// streams lets an answer be given that cannot be made again. Where the classes change meanwhile it may be of two minds:
// CONFLICT.
func (s *Store) streams(ctx context.Context, v kg.View, answer func(reading) error) error {
	one, before, err := s.classes.current(ctx, s.read)
	if err != nil {
		return err
	}
	if err := answer(reading{s, ctx, v, one.InView(v), one.HasMerged("")}); err != nil {
		return err
	}
	_, after, err := s.classes.current(ctx, s.read)
	if err == nil && after != before {
		err = kg.Errorf(kg.Conflict, "it was decided meanwhile that nodes are, or are not, the same: ask again")
	}
	return err
}

func (r reading) links(subjects []kg.ID, to store.LinkSink) error {
	ctx, s := r.ctx, r.Store
	of := func(table, column string) clause {
		all := []clause{r.layer(table)}
		if subjects != nil {
			all = append(all, sqlOf(column+" "+in, idList(subjects)))
		}
		return plainly(all)
	}
	if err := stream(ctx, s.read, sqlOf("SELECT event, time_asc, known_from, known_to FROM event_state WHERE ").then(of("event_state", "event")), func(row *sql.Rows) error {
		var event string
		var l store.LinkState
		if err := row.Scan(&event, &l.Start, &l.KnownFrom, &l.KnownTo); err != nil {
			return err
		}
		return to.State(kg.ID(event), l)
	}); err != nil {
		return err
	}
	if err := stream(ctx, s.read, sqlOf("SELECT part, whole, known_from, known_to FROM event_part WHERE ").then(of("event_part", "part")), func(row *sql.Rows) error {
		var part, whole string
		var known kg.Interval
		if err := row.Scan(&part, &whole, &known.KnownFrom, &known.KnownTo); err != nil {
			return err
		}
		return to.Part(kg.ID(part), kg.ID(whole), known)
	}); err != nil {
		return err
	}
	if err := stream(ctx, s.read, sqlOf("SELECT event, actor, role, known_from, known_to FROM participation WHERE ").then(of("participation", "event")), func(row *sql.Rows) error {
		var event, actor, role string
		var known kg.Interval
		if err := row.Scan(&event, &actor, &role, &known.KnownFrom, &known.KnownTo); err != nil {
			return err
		}
		return to.Participation(kg.ID(event), kg.ID(actor), kg.ParticipantRole(role), known)
	}); err != nil {
		return err
	}
	return stream(ctx, s.read, sqlOf(`SELECT a.id, a.holder, a.counterpart, a.valid_earliest, s.known_from, s.known_to
		FROM affiliation a JOIN affiliated s ON s.affiliation = a.id WHERE `).then(of("s", "a.id")), func(row *sql.Rows) error {
		var id, holder, counterpart string
		var l store.LinkAffiliation
		if err := row.Scan(&id, &holder, &counterpart, &l.Start, &l.KnownFrom, &l.KnownTo); err != nil {
			return err
		}
		l.ID, l.Holder, l.Counterpart = kg.ID(id), r.one.ClassOf(kg.ID(holder)), r.one.ClassOf(kg.ID(counterpart))
		if !l.Start.Bounded() {
			l.Start = edtf.EndOfTime
		}
		return to.Affiliation(l)
	})
}

// EventIDs streams the ids of events that match.
func (s *Store) EventIDs(ctx context.Context, v kg.View, f *store.EventFilter, give func(kg.ID) error) error {
	if err := ctx.Err(); err != nil {
		return mapError(err, "read ids")
	}
	return s.streams(ctx, f.InView(v), func(r reading) error { return r.eventIDs(store.ResolveEventFilter(r.one, f), give) })
}

func (r reading) eventIDs(f *store.EventFilter, give func(kg.ID) error) error {
	filter, err := r.events(f)
	if err != nil {
		return err
	}
	from, err := r.candidates(f)
	if err != nil {
		return err
	}
	return stream(r.ctx, r.read, sqlOf("SELECT e.event FROM ").then(from, sqlOf(" WHERE "), plainly([]clause{r.holds("e"), filter})), func(row *sql.Rows) error {
		id, err := scanID(row)
		if err != nil {
			return err
		}
		return give(id)
	})
}

// stream reads rows one by one, and ends where each fails.
func stream(ctx context.Context, db querier, query clause, each func(*sql.Rows) error) error {
	found, err := db.QueryContext(ctx, query.sql, query.args...)
	if err != nil {
		return mapError(err, "query")
	}
	defer func() { _ = found.Close() }() // what went wrong is in Err
	for found.Next() {
		if err := each(found); err != nil {
			return mapError(err, "read a row")
		}
	}
	return mapError(found.Err(), "read the rows")
}
