package sqlitestore

import (
	"context"
	"database/sql"

	"casus/internal/kg"
	"casus/internal/store/apply"
)

// Scan gives the stored records of one kind, by id.
func (s *Store) Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (p kg.Scanned, err error) {
	const next = " WHERE id > ? ORDER BY id LIMIT ?"
	const nextApart = " WHERE id > ?" + byThemselves + " ORDER BY id LIMIT ?"
	switch kind {
	case kg.KindActor:
		p.Actors, err = rows(ctx, s.read, record[kg.Actor], "SELECT record FROM actor"+nextApart, after, limit)
	case kg.KindLocation:
		p.Locations, err = rows(ctx, s.read, record[kg.Location], "SELECT record FROM location"+nextApart, after, limit)
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
	one, _, err := s.classes.current(ctx, s.read)
	if err != nil {
		return nil, err
	}
	list := idList(one.Expand(ids))
	found := accounts{}
	type life struct {
		kg.Claim
		apart bool
		other kg.ClaimLife
	}
	claims, err := rows(ctx, s.read, func(r *sql.Rows) (l life, err error) {
		var text, by, otherBy string
		var recorded, to, otherTo int64
		if err = r.Scan(&text, &recorded, &to, &by, &l.apart, &otherTo, &otherBy); err != nil {
			return l, err
		}
		if l.Claim, err = decode[kg.Claim](text); err != nil {
			return l, err
		}
		l.RecordedAt, l.KnownTo, l.other.KnownTo = kg.Instant(recorded), kg.Instant(to), kg.Instant(otherTo)
		if l.WithdrawnBy, err = listed(by); err != nil {
			return l, err
		}
		l.other.WithdrawnBy, err = listed(otherBy)
		return l, err
	}, `SELECT c.record, c.recorded_at, c.known_to, c.withdrawn_by, x.claim IS NOT NULL, coalesce(x.known_to, c.known_to), coalesce(x.withdrawn_by, c.withdrawn_by)
		FROM claim c LEFT JOIN claim_apart x ON x.claim = c.id WHERE c.subject `+in+" ORDER BY c.known_from, c.id", list)
	if err != nil {
		return nil, err
	}
	for _, c := range claims {
		a, class := found.of(c.Subject), found.of(one.Of(c.Subject))
		a.split = a.split || c.apart
		a.own.Lives = append(a.own.Lives, kg.ClaimLife{Claim: c.ID, KnownTo: c.other.KnownTo, WithdrawnBy: c.other.WithdrawnBy})
		class.resolved.Lives = append(class.resolved.Lives, kg.ClaimLife{Claim: c.ID, KnownTo: c.KnownTo, WithdrawnBy: c.WithdrawnBy})
		c.KnownTo, c.WithdrawnBy = 0, nil
		a.claims = append(a.claims, c.Claim)
	}
	list = idList(ids)
	for _, err := range []error{
		edgesInto(ctx, s, list, found, "event_state WHERE event "+in+" ORDER BY event, known_from", "event", func(h *kg.History, v kg.Versioned[kg.EventState]) {
			h.States = append(h.States, v.Edge)
		}),
		edgesInto(ctx, s, list, found, "participation WHERE event "+in+" ORDER BY role, actor, known_from", "event", func(h *kg.History, v kg.Versioned[kg.Participation]) {
			h.Participations = append(h.Participations, v)
		}),
		edgesInto(ctx, s, list, found, "event_location WHERE event "+in+" ORDER BY role, location, known_from", "event", func(h *kg.History, v kg.Versioned[kg.EventLocation]) {
			h.Locations = append(h.Locations, v)
		}),
		edgesInto(ctx, s, list, found, "event_part WHERE part "+in+" ORDER BY whole, known_from", "part", func(h *kg.History, v kg.Versioned[kg.EventPart]) {
			h.Wholes = append(h.Wholes, v)
		}),
		edgesInto(ctx, s, list, found, "response WHERE answer "+in+" ORDER BY kind, answered, known_from", "answer", func(h *kg.History, v kg.Versioned[kg.Response]) {
			h.RespondsTo = append(h.RespondsTo, v)
		}),
		edgesInto(ctx, s, list, found, "announcement WHERE announcer "+in+" ORDER BY announced, known_from", "announcer", func(h *kg.History, v kg.Versioned[kg.Announcement]) {
			h.Announces = append(h.Announces, v)
		}),
		edgesInto(ctx, s, list, found, "affiliated WHERE affiliation "+in+" ORDER BY known_from", "affiliation", func(h *kg.History, v kg.Versioned[[]kg.ID]) {
			h.Affiliated = append(h.Affiliated, v)
		}),
	} {
		if err != nil {
			return nil, err
		}
	}
	var all []kg.SubjectRecord
	for _, id := range ids {
		a := found[id]
		if a == nil || len(a.claims) == 0 {
			continue
		}
		a.own.Subject, a.resolved.Subject = id, id
		r := kg.SubjectRecord{History: a.own, Claims: a.claims}
		if !one.Hidden(id) && (one.Merged(id) || a.split) {
			r.Resolved = &a.resolved
		}
		all = append(all, r)
	}
	return all, nil
}

// account is what is stored about a subject: what follows from its own claims, and from its class's.
type account struct {
	claims        []kg.Claim
	own, resolved kg.History
	split         bool // the two are not the same
}

type accounts map[kg.ID]*account

func (a accounts) of(id kg.ID) *account {
	if a[id] == nil {
		a[id] = &account{}
	}
	return a[id]
}

func listed(ids string) ([]kg.ID, error) {
	all, err := decode[[]kg.ID](ids)
	if len(all) == 0 {
		all = nil
	}
	return all, err
}

// edgesInto reads edges, or states, of subjects into what follows about these.
func edgesInto[T any](ctx context.Context, s *Store, list string, found accounts, table, owner string, add func(*kg.History, kg.Versioned[T])) error {
	_, err := rows(ctx, s.read, func(r *sql.Rows) (none struct{}, err error) {
		var id, text string
		var from, to int64
		var layer apply.Layer
		if err = r.Scan(&id, &layer, &from, &to, &text); err != nil {
			return none, err
		}
		v := kg.Versioned[T]{Interval: kg.Interval{KnownFrom: kg.Instant(from), KnownTo: kg.Instant(to)}}
		if v.Edge, err = decode[T](text); err != nil {
			return none, err
		}
		a := found.of(kg.ID(id))
		a.split = a.split || layer != apply.Both
		if layer != apply.Resolved {
			add(&a.own, v)
		}
		if layer != apply.Exact {
			add(&a.resolved, v)
		}
		return none, nil
	}, "SELECT "+owner+", layer, known_from, known_to, record FROM "+table, list)
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
	c.WithdrawnBy, err = listed(by)
	return c, err
}
