package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// Changes finds the moments at which a claim about a matching event, or about an answer to one, became known.
func (s *Store) Changes(ctx context.Context, q store.ChangeQuery) (store.Page[store.Change], error) {
	if err := q.Window.Check(); err != nil {
		return store.Page[store.Change]{}, err
	}
	if err := ctx.Err(); err != nil {
		return store.Page[store.Change]{}, mapError(err, "read changes")
	}
	return reads(ctx, s, q.Filter.InView(q.View), func(r reading) (store.Page[store.Change], error) {
		q := q
		q.View, q.Filter = r.view, store.ResolveEventFilter(r.one, q.Filter)
		return r.changes(q)
	})
}

func (r reading) changes(q store.ChangeQuery) (store.Page[store.Change], error) {
	filter, err := r.events(q.Filter)
	if err != nil {
		return store.Page[store.Change]{}, err
	}
	few, narrow, err := r.few(q.Filter)
	if err != nil {
		return store.Page[store.Change]{}, err
	}
	return store.ChangePage(r.ctx, q, &changes{reading: r, filter: filter, all: q.Filter == nil, few: few, narrow: narrow})
}

// changes are found among those of the few events that alone may match, where narrow is set. all: there is no filter.
type changes struct {
	reading
	filter             clause
	all, narrow, tried bool
	few                []kg.ID
}

// seldom is how many claims are looked at together when it has become likely that few of the events match.
const seldom = 4000

func (c *changes) Window(ctx context.Context, from, last edtf.Instant, span int) (edtf.Instant, error) {
	if span >= seldom && !c.narrow && !c.all && !c.tried {
		c.tried = true
		if err := c.matching(); err != nil {
			return last, err
		}
	}
	if c.narrow {
		return last, nil
	}
	found, err := rows(ctx, c.read, func(r *sql.Rows) (at edtf.Instant, err error) { return at, r.Scan(&at) },
		"SELECT known_from FROM claim WHERE known_from BETWEEN ? AND ? ORDER BY known_from LIMIT 1 OFFSET ?", int64(from), int64(last), span)
	if err != nil || len(found) == 0 {
		return last, err
	}
	return found[0], nil
}

// matching names the events that match, where they are few. The index has what filters by status, toll and category read.
func (c *changes) matching() error {
	ids, err := hinted(c.ctx, c.read, scanID, "event_known", func(hint string) clause {
		return sqlOf("SELECT e.event FROM event_state e"+hint+" WHERE ").then(plainly([]clause{c.holds("e"), c.filter}), sqlOf(" LIMIT ?", few+1))
	})
	if err == nil && len(ids) <= few {
		c.few, c.narrow = ids, true
	}
	return err
}

func (c *changes) Moments(ctx context.Context, s store.KnowledgeWindow, limit int) ([]store.EventMoment, error) {
	sign := ">"
	if s.Inclusive {
		sign = ">="
	}
	among := sqlOf("(SELECT c.known_from AS at, "+c.subject("c")+` AS event FROM claim c WHERE c.known_from BETWEEN ? AND ?
		UNION SELECT c.known_from, r.answered FROM claim c CROSS JOIN response r ON r.answer = `+c.subject("c")+` AND (r.known_from = c.known_from OR r.known_to = c.known_from)
		WHERE c.known_from BETWEEN ? AND ? AND `, int64(s.From), int64(s.To), int64(s.From), int64(s.To)).then(c.layer("r"), sqlOf(")"))
	if c.narrow {
		list := idList(c.few)
		among = sqlOf("(SELECT c.known_from AS at, f.value AS event FROM json_each(?) f CROSS JOIN claim c ON ", list).then(c.about("c", "f.value"),
			sqlOf(` WHERE c.known_from BETWEEN ? AND ?
			UNION SELECT bound.value, r.answered FROM json_each(?) f CROSS JOIN response r ON r.answered = f.value CROSS JOIN json_each(json_array(r.known_from, r.known_to)) bound
			WHERE bound.value BETWEEN ? AND ? AND `, int64(s.From), int64(s.To), list, int64(s.From), int64(s.To)), c.layer("r"), sqlOf(")"))
	}
	beyond := sqlOf("(m.at, m.event) "+sign+" (?, ?)", int64(s.After.At), string(s.After.Event))
	q := sqlOf("SELECT m.at, m.event FROM ").then(among, sqlOf(" m WHERE "), beyond)
	if !c.all { // without a filter an event that was there at a moment is one that concerns
		q = sqlOf("SELECT m.at, m.event FROM ").then(among, sqlOf(" m CROSS JOIN event_state e ON e.event = m.event WHERE "),
			plainly([]clause{c.holds("e"), beyond, c.filter}))
	}
	q = q.then(sqlOf(" ORDER BY m.at, m.event LIMIT ?", limit))
	return rows(ctx, c.read, func(r *sql.Rows) (m store.EventMoment, err error) {
		var id string
		err = r.Scan(&m.At, &id)
		m.Event = kg.ID(id)
		return m, err
	}, q.sql, q.args...)
}

func (c *changes) Context(ctx context.Context, moments []store.EventMoment) (g store.ChangeContext, err error) {
	first, last := store.MomentRange(moments)
	ids := make([]kg.ID, len(moments))
	for i, m := range moments {
		ids[i] = m.Event
	}
	w := while{c.reading, idList(ids), first, last}
	if err := overlapping(ctx, w, "event_state", "event", func(id kg.ID, v kg.Versioned[kg.EventState]) {
		g.History(id).States = append(g.History(id).States, v.Edge)
	}); err != nil {
		return g, err
	}
	w.list = idList(g.Compared(moments))
	for _, err := range []error{
		overlapping(ctx, w, "participation", "event", func(id kg.ID, v kg.Versioned[kg.Participation]) {
			g.History(id).Participations = append(g.History(id).Participations, v)
		}),
		overlapping(ctx, w, "event_location", "event", func(id kg.ID, v kg.Versioned[kg.EventLocation]) {
			g.History(id).Locations = append(g.History(id).Locations, v)
		}),
		overlapping(ctx, w, "response", "answer", func(id kg.ID, v kg.Versioned[kg.Response]) {
			g.History(id).RespondsTo = append(g.History(id).RespondsTo, v)
		}),
		overlapping(ctx, w, "response", "answered", func(_ kg.ID, v kg.Versioned[kg.Response]) { g.AddResponse(v) }),
	} {
		if err != nil {
			return g, err
		}
	}
	_, err = rows(ctx, c.read, func(r *sql.Rows) (none struct{}, err error) {
		var at edtf.Instant
		var subject, id string
		err = r.Scan(&at, &subject, &id)
		g.AddClaim(at, c.one.ClassOf(kg.ID(subject)), kg.ID(id))
		return none, err
	}, "SELECT known_from, subject, id FROM claim WHERE subject "+in+" AND known_from BETWEEN ? AND ? ORDER BY known_from, id",
		idList(c.one.Expand(g.Speakers(moments))), int64(first), int64(last))
	return g, err
}

// while is some events for a while of knowledge.
type while struct {
	reading
	list        string
	first, last edtf.Instant
}

// overlapping reads the versions that hold at some time of a while, by the end that owner names.
func overlapping[T any](ctx context.Context, w while, table, owner string, add func(kg.ID, kg.Versioned[T])) error {
	q := sqlOf("SELECT t."+owner+", t.known_from, t.known_to, t.record FROM "+table+" t WHERE t."+owner+" "+in+
		" AND t.known_from <= ? AND t.known_to > ? AND ", w.list, int64(w.last), int64(w.first)).then(w.layer("t"), sqlOf(" ORDER BY t."+owner+", t.known_from"))
	_, err := rows(ctx, w.read, func(r *sql.Rows) (none struct{}, err error) {
		var id, text string
		var v kg.Versioned[T]
		if err = r.Scan(&id, &v.KnownFrom, &v.KnownTo, &text); err != nil {
			return none, err
		}
		v.Edge, err = codec.Decode[T](text)
		add(kg.ID(id), v)
		return none, err
	}, q.sql, q.args...)
	return err
}
