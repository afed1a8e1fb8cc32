package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
)

// Scan returns the stored records of one kind, by id.
func (s *Store) Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (p store.ScanPage, err error) {
	if err := store.CheckScan(limit); err != nil {
		return store.ScanPage{}, err
	}
	const next = " WHERE id > ? ORDER BY id LIMIT ?"
	const events = "SELECT DISTINCT subject FROM claim WHERE subject > ? AND subject < 'event;' AND subject >= 'event:'" +
		" ORDER BY subject LIMIT ?"
	const nextExact = " WHERE id > ?" + exactOnly + " ORDER BY id LIMIT ?"
	switch kind {
	case kg.KindActor:
		p.Actors, err = rows(ctx, s.read, scanRecord[kg.Actor], "SELECT record FROM actor"+nextExact, after, limit)
	case kg.KindLocation:
		p.Locations, err = rows(ctx, s.read, scanRecord[kg.Location], "SELECT record FROM location"+nextExact, after, limit)
	case kg.KindDocument:
		p.Documents, err = rows(ctx, s.read, scanRecord[kg.Document], "SELECT record FROM document"+next, after, limit)
	case kg.KindRelease:
		p.Releases, err = rows(ctx, s.read, scanRecord[kg.Release], "SELECT record FROM release"+next, after, limit)
	case kg.KindIdentity:
		const decisions = "SELECT record FROM identity_decision" + next
		p.Identities, err = rows(ctx, s.read, scanRecord[kg.IdentityDecision], decisions, after, limit)
	case kg.KindReview:
		p.Reviews, err = rows(ctx, s.read, scanRecord[kg.Review], "SELECT record FROM review"+next, after, limit)
	case kg.KindCorrection:
		const corrections = "SELECT record FROM correction" + next
		p.Corrections, err = rows(ctx, s.read, scanRecord[kg.Correction], corrections, after, limit)
	case store.KindOriginal:
		p.Originals, err = rows(ctx, s.read, scanClaim, "SELECT record, recorded_at FROM original"+next, after, limit)
	case kg.KindClaim:
		p.Claims, err = rows(ctx, s.read, scanClaim, "SELECT record, recorded_at FROM claim"+next, after, limit)
	case kg.KindAffiliation:
		const affiliations = "SELECT record FROM affiliation" + next
		if p.Affiliations, err = rows(ctx, s.read, scanRecord[kg.Affiliation], affiliations, after, limit); err != nil {
			return p, err
		}
		ids := make([]kg.ID, len(p.Affiliations))
		for i, a := range p.Affiliations {
			ids[i] = a.ID
		}
		p.Subjects, err = s.subjects(ctx, ids)
	case kg.KindEvent:
		var ids []kg.ID
		if ids, err = rows(ctx, s.read, scanID, events, after, limit); err == nil {
			p.Subjects, err = s.subjects(ctx, ids)
		}
	default:
		err = kg.Errorf(kg.BadInput, "unknown kind %q", kind)
	}
	if err != nil && limit == 1 {
		err = s.scanError(ctx, kind, after, err)
	}
	return p, err
}

// ClaimsAbout returns the claims that were loaded about subjects.
func (s *Store) ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error) {
	if err := store.CheckSubjects(subjects); err != nil {
		return nil, err
	}
	list := idList(subjects)
	return rows(ctx, s.read, scanClaim,
		selectClaimsAbout+" AND NOT EXISTS (SELECT 1 FROM original o WHERE o.id = claim.id)"+
			" UNION ALL SELECT record, recorded_at FROM original WHERE subject "+inJSONList, list, list)
}

// scanError adds the id of the record to an error of reading one record, if an index has the id.
func (s *Store) scanError(ctx context.Context, kind kg.NodeKind, after kg.ID, err error) error {
	query := "SELECT min(id) FROM " + string(kind) + " WHERE id > ?"
	switch kind {
	case kg.KindIdentity:
		query = "SELECT min(id) FROM identity_decision WHERE id > ?"
	case kg.KindEvent:
		query = "SELECT min(subject) FROM claim WHERE subject > ? AND subject < 'event;' AND subject >= 'event:'"
	}
	found, e := rows(ctx, s.read, func(r *sql.Rows) (id sql.NullString, err error) {
		err = r.Scan(&id)
		return id, err
	}, query, after)
	if e != nil || len(found) != 1 || !found[0].Valid {
		return err
	}
	return store.RecordError{ID: kg.ID(found[0].String), Err: err}
}

// subjects reads subjects with their claims and everything derived from them. Subjects without claims are omitted. ids
// are sorted.
func (s *Store) subjects(ctx context.Context, ids []kg.ID) ([]store.SubjectRecord, error) {
	identities, _, err := s.classes.current(ctx, s.read)
	if err != nil {
		return nil, err
	}
	list := idList(identities.Expand(ids))
	found := apply.NewSubjectBuilder(identities)
	_, err = rows(ctx, s.read, func(r *sql.Rows) (none struct{}, err error) {
		var text, by, exactBy string
		var recorded int64
		var split bool
		var life apply.ClaimLifetimes
		if err = r.Scan(&text, &recorded, &life.Resolved.KnownTo, &by, &split, &life.Exact.KnownTo, &exactBy); err != nil {
			return none, err
		}
		c, err := codec.Decode[kg.Claim](text)
		if err != nil {
			return none, err
		}
		c.RecordedAt, life.Resolved.Claim, life.Exact.Claim = edtf.Instant(recorded), c.ID, c.ID
		if life.Resolved.WithdrawnBy, err = decodeIDs(by); err != nil {
			return none, err
		}
		if life.Exact.WithdrawnBy, err = decodeIDs(exactBy); err != nil {
			return none, err
		}
		found.AddClaim(c, life, split)
		return none, nil
	},
		`SELECT c.record, c.recorded_at, c.known_to, c.withdrawn_by,
			x.claim IS NOT NULL, coalesce(x.known_to, c.known_to), coalesce(x.withdrawn_by, c.withdrawn_by)
		FROM claim c LEFT JOIN claim_apart x ON x.claim = c.id WHERE c.subject `+inJSONList+" ORDER BY c.known_from, c.id",
		list)
	if err != nil {
		return nil, err
	}
	list = idList(ids)
	for _, err := range []error{
		addVersions(ctx, s, list, found, "event_state WHERE event "+inJSONList+" ORDER BY event, known_from", "event",
			func(h *kg.History, v kg.Versioned[kg.EventState]) {
				h.States = append(h.States, v.Edge)
			}),
		addVersions(ctx, s, list, found, "participation WHERE event "+inJSONList+" ORDER BY role, actor, known_from", "event",
			func(h *kg.History, v kg.Versioned[kg.Participation]) {
				h.Participations = append(h.Participations, v)
			}),
		addVersions(ctx, s, list, found, "event_location WHERE event "+inJSONList+" ORDER BY role, location, known_from",
			"event", func(h *kg.History, v kg.Versioned[kg.EventLocation]) {
				h.Locations = append(h.Locations, v)
			}),
		addVersions(ctx, s, list, found, "event_part WHERE part "+inJSONList+" ORDER BY whole, known_from", "part",
			func(h *kg.History, v kg.Versioned[kg.EventPart]) {
				h.Wholes = append(h.Wholes, v)
			}),
		addVersions(ctx, s, list, found, "response WHERE answer "+inJSONList+" ORDER BY kind, answered, known_from", "answer",
			func(h *kg.History, v kg.Versioned[kg.Response]) {
				h.RespondsTo = append(h.RespondsTo, v)
			}),
		addVersions(ctx, s, list, found, "announcement WHERE announcer "+inJSONList+" ORDER BY announced, known_from",
			"announcer", func(h *kg.History, v kg.Versioned[kg.Announcement]) {
				h.Announces = append(h.Announces, v)
			}),
		addVersions(ctx, s, list, found, "affiliated WHERE affiliation "+inJSONList+" ORDER BY known_from", "affiliation",
			func(h *kg.History, v kg.Versioned[[]kg.ID]) {
				h.Affiliated = append(h.Affiliated, v)
			}),
	} {
		if err != nil {
			return nil, err
		}
	}
	return found.Records(ids), nil
}

func decodeIDs(ids string) ([]kg.ID, error) {
	all, err := codec.Decode[[]kg.ID](ids)
	if len(all) == 0 {
		all = nil
	}
	return all, err
}

// addVersions reads versions of edges or states of subjects into found.
func addVersions[T any](
	ctx context.Context, s *Store, list string, found apply.SubjectBuilder, table, owner string,
	add func(*kg.History, kg.Versioned[T]),
) error {
	_, err := rows(ctx, s.read, func(r *sql.Rows) (none struct{}, err error) {
		var id, text string
		var from, to int64
		var layer apply.Layer
		if err = r.Scan(&id, &layer, &from, &to, &text); err != nil {
			return none, err
		}
		v := kg.Versioned[T]{Interval: kg.Interval{KnownFrom: edtf.Instant(from), KnownTo: edtf.Instant(to)}}
		if v.Edge, err = codec.Decode[T](text); err != nil {
			return none, err
		}
		return none, found.Add(kg.ID(id), layer, func(h *kg.History) error { add(h, v); return nil })
	}, "SELECT "+owner+", layer, known_from, known_to, record FROM "+table, list)
	return err
}

// scanClaimLifetime scans a claim with its lifetime.
func scanClaimLifetime(r *sql.Rows) (kg.Claim, error) {
	var text, by string
	var recorded, to int64
	if err := r.Scan(&text, &recorded, &to, &by); err != nil {
		return kg.Claim{}, err
	}
	c, err := codec.Decode[kg.Claim](text)
	if err != nil {
		return c, err
	}
	c.RecordedAt, c.KnownTo = edtf.Instant(recorded), edtf.Instant(to)
	c.WithdrawnBy, err = decodeIDs(by)
	return c, err
}
