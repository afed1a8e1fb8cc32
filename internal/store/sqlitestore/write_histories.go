package sqlitestore

import (
	"context"

	"casus/internal/kg"
)

func (t *tx) PutHistories(ctx context.Context, histories []kg.History, claims map[kg.ID][]kg.Claim) error {
	for _, h := range histories {
		fresh := t.fresh(claims[h.Subject])
		for _, l := range h.Lives {
			if fresh && l.KnownTo == kg.EndOfTime && len(l.WithdrawnBy) == 0 {
				continue // as it was inserted
			}
			by := idList(l.WithdrawnBy)
			if err := t.exec(ctx, "UPDATE claim SET known_to = ?1, withdrawn_by = ?2 WHERE id = ?3 AND (known_to <> ?1 OR withdrawn_by <> ?2)",
				int64(l.KnownTo), by, l.Claim); err != nil {
				return err
			}
		}
		drop, put := t.dropEvent, t.putEvent
		if h.Subject.Kind() != kg.KindEvent {
			drop, put = t.dropAffiliated, t.putAffiliated
		}
		if !fresh {
			if err := drop(ctx, h.Subject); err != nil {
				return err
			}
		}
		if err := put(ctx, h); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) dropAffiliated(ctx context.Context, subject kg.ID) error {
	return t.exec(ctx, "DELETE FROM affiliated WHERE affiliation = ?", subject)
}

func (t *tx) putAffiliated(ctx context.Context, h kg.History) error {
	return putEdges(ctx, t, h.Affiliated, "INSERT INTO affiliated (affiliation, known_from, known_to, record) VALUES (?, ?, ?, ?)",
		func([]kg.ID) []any { return []any{h.Subject} })
}

// dropEvent deletes all that followed about an event.
func (t *tx) dropEvent(ctx context.Context, event kg.ID) error {
	for _, query := range []string{
		"DELETE FROM event_state WHERE event = ?", "DELETE FROM state_code WHERE event = ?",
		"DELETE FROM participation WHERE event = ?", "DELETE FROM event_location WHERE event = ?",
		"DELETE FROM event_part WHERE part = ?", "DELETE FROM response WHERE answer = ?", "DELETE FROM announcement WHERE announcer = ?",
	} {
		if err := t.exec(ctx, query, event); err != nil {
			return err
		}
	}
	return t.dropSearch(ctx, event)
}

func (t *tx) putEvent(ctx context.Context, h kg.History) error {
	for _, s := range h.States {
		if err := t.putState(ctx, h.Subject, s); err != nil {
			return err
		}
	}
	for _, err := range []error{
		putEdges(ctx, t, h.Participations, `INSERT INTO participation (event, actor, role, side, representing, known_from, known_to, record)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, func(p kg.Participation) []any { return []any{h.Subject, p.Actor, p.Role, p.Side, p.Representing} }),
		putEdges(ctx, t, h.Locations, "INSERT INTO event_location (event, location, role, known_from, known_to, record) VALUES (?, ?, ?, ?, ?, ?)",
			func(l kg.EventLocation) []any { return []any{h.Subject, l.Location, l.Role} }),
		putEdges(ctx, t, h.Wholes, "INSERT INTO event_part (part, whole, known_from, known_to, record) VALUES (?, ?, ?, ?, ?)",
			func(w kg.EventPart) []any { return []any{w.Part, w.Whole} }),
		putEdges(ctx, t, h.RespondsTo, "INSERT INTO response (answer, answered, kind, known_from, known_to, record) VALUES (?, ?, ?, ?, ?, ?)",
			func(r kg.Response) []any { return []any{r.By, r.To, r.Kind} }),
		putEdges(ctx, t, h.Announces, "INSERT INTO announcement (announcer, announced, known_from, known_to, record) VALUES (?, ?, ?, ?, ?)",
			func(a kg.Announcement) []any { return []any{a.By, a.Of} }),
	} {
		if err != nil {
			return err
		}
	}
	return t.putEventSearch(ctx, h)
}

// putEdges inserts the versions of edges: the columns of each, its interval, and the whole as a record.
func putEdges[T any](ctx context.Context, t *tx, versions []kg.Versioned[T], query string, columns func(T) []any) error {
	for _, v := range versions {
		record, err := encode(v.Edge)
		if err != nil {
			return err
		}
		if err := t.exec(ctx, query, append(columns(v.Edge), int64(v.KnownFrom), int64(v.KnownTo), record)...); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) putState(ctx context.Context, event kg.ID, s kg.EventState) error {
	record, err := encode(s)
	if err != nil {
		return err
	}
	killed := -1
	if s.Toll.Killed != nil && s.Toll.Killed.Best != nil {
		killed = *s.Toll.Killed.Best
	}
	key := func(f kg.EventOrderField, d kg.Direction) int64 { return kg.EventOrder{Field: f, Direction: d}.Key(s) }
	if err := t.exec(ctx, `INSERT INTO event_state (event, known_from, known_to, status, category, mode, modality, precision,
		time_earliest, time_latest, time_asc, time_desc, asserted_earliest, asserted_latest, asserted_asc, asserted_desc,
		killed, killed_asc, killed_desc, voices, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		event, int64(s.KnownFrom), int64(s.KnownTo), s.Status, s.Category, s.Mode, s.Modality, s.Time.Precision,
		int64(s.Time.Earliest), int64(s.Time.Latest), key(kg.EventsByTime, kg.Asc), key(kg.EventsByTime, kg.Desc),
		int64(s.FirstAsserted.Earliest), int64(s.FirstAsserted.Latest), key(kg.EventsByFirstAsserted, kg.Asc), key(kg.EventsByFirstAsserted, kg.Desc),
		killed, key(kg.EventsByKilled, kg.Asc), key(kg.EventsByKilled, kg.Desc), s.Sources.Voices, record); err != nil {
		return err
	}
	for _, c := range s.Codes {
		if err := t.exec(ctx, "INSERT OR IGNORE INTO state_code (scheme, value, event, known_from) VALUES (?, ?, ?, ?)",
			c.Scheme, c.Value, event, int64(s.KnownFrom)); err != nil {
			return err
		}
	}
	return nil
}
