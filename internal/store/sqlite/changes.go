package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// Changes lists the changes at the moments at which a claim about a matching event, or about a response to one, became
// known.
func (s *Store) Changes(ctx context.Context, q store.ChangeQuery) (store.Page[store.Change], error) {
	if err := q.Window.Check(); err != nil {
		return store.Page[store.Change]{}, err
	}
	if err := ctx.Err(); err != nil {
		return store.Page[store.Change]{}, mapError(err, "read changes")
	}
	return readView(ctx, s, q.Filter.InView(q.View), func(r viewReader) (store.Page[store.Change], error) {
		q := q
		q.View, q.Filter = r.view, store.ResolveEventFilter(r.identities, q.Filter)
		return r.changes(q)
	})
}

func (r viewReader) changes(q store.ChangeQuery) (store.Page[store.Change], error) {
	filter, err := r.events(q.Filter)
	if err != nil {
		return store.Page[store.Change]{}, err
	}
	candidates, narrowed, err := r.candidates(q.Filter)
	if err != nil {
		return store.Page[store.Change]{}, err
	}
	c := &changeReader{
		viewReader: r, filter: filter, all: q.Filter == nil, candidateIDs: candidates, narrowed: narrowed,
	}
	return store.ChangePage(r.ctx, q, c)
}

// changeReader implements store.ChangeSource. If narrowed is set, only the events of candidateIDs can match; all is set
// if there is no filter, and searched once candidates were searched for.
type changeReader struct {
	viewReader
	filter                  clause
	all, narrowed, searched bool
	candidateIDs            []kg.ID
}

// sparseSpan is the number of claims in a window above which matching events are probably rare, so listing them first
// pays.
const sparseSpan = 4000

func (c *changeReader) Window(ctx context.Context, from, last edtf.Instant, span int) (edtf.Instant, error) {
	if span >= sparseSpan && !c.narrowed && !c.all && !c.searched {
		c.searched = true
		if err := c.findCandidates(); err != nil {
			return last, err
		}
	}
	if c.narrowed {
		return last, nil
	}
	found, err := rows(ctx, c.read, func(r *sql.Rows) (at edtf.Instant, err error) { return at, r.Scan(&at) },
		"SELECT known_from FROM claim WHERE known_from BETWEEN ? AND ? ORDER BY known_from LIMIT 1 OFFSET ?",
		int64(from), int64(last), span)
	if err != nil || len(found) == 0 {
		return last, err
	}
	return found[0], nil
}

// findCandidates lists the matching events if there are at most maxCandidates. The index covers filters by status,
// toll and category.
func (c *changeReader) findCandidates() error {
	ids, err := rowsByIndex(c.ctx, c.read, scanID, "event_known", func(hint string) clause {
		return sqlOf("SELECT e.event FROM event_state e"+hint+" WHERE ").
			append(combine([]clause{c.holds("e"), c.filter}), sqlOf(" LIMIT ?", maxCandidates+1))
	})
	if err == nil && len(ids) <= maxCandidates {
		c.candidateIDs, c.narrowed = ids, true
	}
	return err
}

func (c *changeReader) Moments(ctx context.Context, s store.KnowledgeWindow, limit int) ([]store.EventMoment, error) {
	sign := ">"
	if s.Inclusive {
		sign = ">="
	}
	source := sqlOf("(SELECT c.known_from AS at, "+c.subjectClass("c")+
		` AS event FROM claim c WHERE c.known_from BETWEEN ? AND ?
		UNION SELECT c.known_from, r.answered FROM claim c CROSS JOIN response r ON r.answer = `+c.subjectClass("c")+
		` AND (r.known_from = c.known_from OR r.known_to = c.known_from)
		WHERE c.known_from BETWEEN ? AND ? AND `, int64(s.From), int64(s.To), int64(s.From), int64(s.To)).
		append(c.inLayer("r"), sqlOf(")"))
	if c.narrowed {
		list := idList(c.candidateIDs)
		source = sqlOf("(SELECT c.known_from AS at, f.value AS event FROM json_each(?) f CROSS JOIN claim c ON ", list).
			append(c.subjectIs("c", "f.value"),
				sqlOf(` WHERE c.known_from BETWEEN ? AND ?
			UNION SELECT bound.value, r.answered
			FROM json_each(?) f CROSS JOIN response r ON r.answered = f.value
			CROSS JOIN json_each(json_array(r.known_from, r.known_to)) bound
			WHERE bound.value BETWEEN ? AND ? AND `, int64(s.From), int64(s.To), list, int64(s.From), int64(s.To)),
				c.inLayer("r"), sqlOf(")"))
	}
	beyond := sqlOf("(m.at, m.event) "+sign+" (?, ?)", int64(s.After.At), string(s.After.Event))
	q := sqlOf("SELECT m.at, m.event FROM ").append(source, sqlOf(" m WHERE "), beyond)
	if !c.all { // without a filter, every event that exists at the moment matches
		q = sqlOf("SELECT m.at, m.event FROM ").
			append(source, sqlOf(" m CROSS JOIN event_state e ON e.event = m.event WHERE "),
				combine([]clause{c.holds("e"), beyond, c.filter}))
	}
	q = q.append(sqlOf(" ORDER BY m.at, m.event LIMIT ?", limit))
	return rows(ctx, c.read, func(r *sql.Rows) (m store.EventMoment, err error) {
		var id string
		err = r.Scan(&m.At, &id)
		m.Event = kg.ID(id)
		return m, err
	}, q.sql, q.args...)
}

func (c *changeReader) Context(ctx context.Context, moments []store.EventMoment) (g store.ChangeContext, err error) {
	first, last := store.MomentRange(moments)
	ids := make([]kg.ID, len(moments))
	for i, m := range moments {
		ids[i] = m.Event
	}
	w := eventWindow{c.viewReader, idList(ids), first, last}
	if err := readVersions(ctx, w, "event_state", "event", func(id kg.ID, v kg.Versioned[kg.EventState]) {
		g.History(id).States = append(g.History(id).States, v.Edge)
	}); err != nil {
		return g, err
	}
	w.list = idList(g.ComparedEvents(moments))
	for _, err := range []error{
		readVersions(ctx, w, "participation", "event", func(id kg.ID, v kg.Versioned[kg.Participation]) {
			g.History(id).Participations = append(g.History(id).Participations, v)
		}),
		readVersions(ctx, w, "event_location", "event", func(id kg.ID, v kg.Versioned[kg.EventLocation]) {
			g.History(id).Locations = append(g.History(id).Locations, v)
		}),
		readVersions(ctx, w, "response", "answer", func(id kg.ID, v kg.Versioned[kg.Response]) {
			g.History(id).RespondsTo = append(g.History(id).RespondsTo, v)
		}),
		readVersions(ctx, w, "response", "answered", func(_ kg.ID, v kg.Versioned[kg.Response]) { g.AddResponse(v) }),
	} {
		if err != nil {
			return g, err
		}
	}
	_, err = rows(ctx, c.read, func(r *sql.Rows) (none struct{}, err error) {
		var at edtf.Instant
		var subject, id string
		err = r.Scan(&at, &subject, &id)
		g.AddClaim(at, c.identities.ClassOf(kg.ID(subject)), kg.ID(id))
		return none, err
	}, "SELECT known_from, subject, id FROM claim WHERE subject "+inJSONList+
		" AND known_from BETWEEN ? AND ? ORDER BY known_from, id",
		idList(c.identities.Expand(g.ClaimSubjects(moments))), int64(first), int64(last))
	return g, err
}

// eventWindow is a set of events during a range of knowledge.
type eventWindow struct {
	viewReader
	list        string
	first, last edtf.Instant
}

// readVersions reads the versions known at some time within w. The column owner has the event of each.
func readVersions[T any](
	ctx context.Context, w eventWindow, table, owner string, add func(kg.ID, kg.Versioned[T]),
) error {
	q := sqlOf("SELECT t."+owner+", t.known_from, t.known_to, t.record FROM "+table+" t WHERE t."+owner+" "+inJSONList+
		" AND t.known_from <= ? AND t.known_to > ? AND ", w.list, int64(w.last), int64(w.first)).
		append(w.inLayer("t"), sqlOf(" ORDER BY t."+owner+", t.known_from"))
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
