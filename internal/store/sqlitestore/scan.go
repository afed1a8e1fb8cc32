package sqlitestore

import (
	"context"
	"database/sql"

	"casus/internal/kg"
)

// Scan gives the stored records of one kind, by id.
func (s *Store) Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (p kg.Scanned, err error) {
	const next = " WHERE id > ? ORDER BY id LIMIT ?"
	switch kind {
	case kg.KindActor:
		p.Actors, err = rows(ctx, s.read, record[kg.Actor], "SELECT record FROM actor"+next, after, limit)
	case kg.KindLocation:
		p.Locations, err = rows(ctx, s.read, record[kg.Location], "SELECT record FROM location"+next, after, limit)
	case kg.KindDocument:
		p.Documents, err = rows(ctx, s.read, record[kg.Document], "SELECT record FROM document"+next, after, limit)
	case kg.KindRelease:
		p.Releases, err = rows(ctx, s.read, record[kg.Release], "SELECT record FROM release"+next, after, limit)
	case kg.KindIdentity:
		p.Identities, err = rows(ctx, s.read, record[kg.IdentityDecision], "SELECT record FROM identity_decision"+next, after, limit)
	case kg.KindClaim:
		p.Claims, err = rows(ctx, s.read, storedClaim, "SELECT record, recorded_at FROM claim"+next, after, limit)
	case kg.KindAffiliation:
		if p.Affiliations, err = rows(ctx, s.read, record[kg.Affiliation], "SELECT record FROM affiliation"+next, after, limit); err != nil {
			return p, err
		}
		ids := make([]kg.ID, len(p.Affiliations))
		for i, a := range p.Affiliations {
			ids[i] = a.ID
		}
		p.Subjects, err = s.subjects(ctx, ids)
	case kg.KindEvent:
		var ids []kg.ID
		if ids, err = rows(ctx, s.read, scanID, "SELECT DISTINCT subject FROM claim WHERE subject > ? AND subject < 'event;' AND subject >= 'event:' ORDER BY subject LIMIT ?", after, limit); err == nil {
			p.Subjects, err = s.subjects(ctx, ids)
		}
	default:
		err = kg.Errorf(kg.BadInput, "there is nothing of kind %q", kind)
	}
	return p, err
}

// subjects reads subjects with their claims and everything that is stored as following from them; those without claims
// are left out. ids are in order.
func (s *Store) subjects(ctx context.Context, ids []kg.ID) ([]kg.SubjectRecord, error) {
	list := idList(ids)
	found := map[kg.ID]*kg.SubjectRecord{}
	claims, err := rows(ctx, s.read, lifeOf, "SELECT record, recorded_at, known_to, withdrawn_by FROM claim WHERE subject "+in+" ORDER BY known_from, id", list)
	if err != nil {
		return nil, err
	}
	for _, c := range claims {
		r := found[c.Subject]
		if r == nil {
			r = &kg.SubjectRecord{History: kg.History{Subject: c.Subject}}
			found[c.Subject] = r
		}
		r.History.Lives = append(r.History.Lives, kg.ClaimLife{Claim: c.ID, KnownTo: c.KnownTo, WithdrawnBy: c.WithdrawnBy})
		c.KnownTo, c.WithdrawnBy = 0, nil
		r.Claims = append(r.Claims, c)
	}
	history := func(id kg.ID) *kg.History { return &found[id].History }
	states, err := rows(ctx, s.read, owned[kg.EventState], "SELECT event, known_from, known_to, record FROM event_state WHERE event "+in+" ORDER BY event, known_from", list)
	if err != nil {
		return nil, err
	}
	for _, v := range states {
		history(v.owner).States = append(history(v.owner).States, v.Edge)
	}
	for _, err := range []error{
		edgesInto(ctx, s, list, "participation WHERE event "+in+" ORDER BY role, actor, known_from", "event", func(id kg.ID, v kg.Versioned[kg.Participation]) {
			history(id).Participations = append(history(id).Participations, v)
		}),
		edgesInto(ctx, s, list, "event_location WHERE event "+in+" ORDER BY role, location, known_from", "event", func(id kg.ID, v kg.Versioned[kg.EventLocation]) {
			history(id).Locations = append(history(id).Locations, v)
		}),
		edgesInto(ctx, s, list, "event_part WHERE part "+in+" ORDER BY whole, known_from", "part", func(id kg.ID, v kg.Versioned[kg.EventPart]) {
			history(id).Wholes = append(history(id).Wholes, v)
		}),
		edgesInto(ctx, s, list, "response WHERE answer "+in+" ORDER BY kind, answered, known_from", "answer", func(id kg.ID, v kg.Versioned[kg.Response]) {
			history(id).RespondsTo = append(history(id).RespondsTo, v)
		}),
		edgesInto(ctx, s, list, "announcement WHERE announcer "+in+" ORDER BY announced, known_from", "announcer", func(id kg.ID, v kg.Versioned[kg.Announcement]) {
			history(id).Announces = append(history(id).Announces, v)
		}),
		edgesInto(ctx, s, list, "affiliated WHERE affiliation "+in+" ORDER BY known_from", "affiliation", func(id kg.ID, v kg.Versioned[[]kg.ID]) {
			history(id).Affiliated = append(history(id).Affiliated, v)
		}),
	} {
		if err != nil {
			return nil, err
		}
	}
	var all []kg.SubjectRecord
	for _, id := range ids {
		if r := found[id]; r != nil {
			all = append(all, *r)
		}
	}
	return all, nil
}

// ownedEdge is an edge, or a state, with the subject it belongs to.
type ownedEdge[T any] struct {
	owner kg.ID
	kg.Versioned[T]
}

func owned[T any](r *sql.Rows) (ownedEdge[T], error) {
	var e ownedEdge[T]
	var owner, text string
	var from, to int64
	err := r.Scan(&owner, &from, &to, &text)
	if err == nil {
		e.Edge, err = decode[T](text)
	}
	e.owner, e.KnownFrom, e.KnownTo = kg.ID(owner), kg.Instant(from), kg.Instant(to)
	return e, err
}

func edgesInto[T any](ctx context.Context, s *Store, list, table, owner string, add func(kg.ID, kg.Versioned[T])) error {
	found, err := rows(ctx, s.read, owned[T], "SELECT "+owner+", known_from, known_to, record FROM "+table, list)
	for _, v := range found {
		add(v.owner, v.Versioned)
	}
	return err
}

// lifeOf scans a claim with what became of it, whatever is known.
func lifeOf(r *sql.Rows) (kg.Claim, error) {
	var text, by string
	var recorded, to int64
	if err := r.Scan(&text, &recorded, &to, &by); err != nil {
		return kg.Claim{}, err
	}
	c, err := decode[kg.Claim](text)
	if err != nil {
		return c, err
	}
	c.RecordedAt, c.KnownTo = kg.Instant(recorded), kg.Instant(to)
	if c.WithdrawnBy, err = decode[[]kg.ID](by); len(c.WithdrawnBy) == 0 {
		c.WithdrawnBy = nil
	}
	return c, err
}
