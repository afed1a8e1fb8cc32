package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/bucket"
)

// Buckets counts events by calendar bucket.
func (s *Store) Buckets(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	return readView(ctx, s, q.Filter.InView(q.View), func(r viewReader) ([]store.Bucket, error) {
		q := q
		q.View, q.Filter = r.view, store.ResolveEventFilter(r.identities, q.Filter)
		o, err := r.newOverview(q.Filter)
		if err != nil {
			return nil, err
		}
		keys, err := r.keys(q.SplitBy)
		if err != nil {
			return nil, err
		}
		if q.Sums != 0 {
			return o.sumBuckets(q, keys)
		}
		return o.countBuckets(q, keys)
	})
}

// Knowledge counts what became known about events by calendar bucket.
func (s *Store) Knowledge(ctx context.Context, q store.KnowledgeQuery) ([]store.KnowledgeBucket, error) {
	return bucket.CountKnowledge(ctx, s, q)
}

// countBuckets groups events by hull in SQL and counts the groups here, because SQLite has no time zones.
func (o overview) countBuckets(q store.BucketQuery, keys clause) ([]store.Bucket, error) {
	hulls, err := readRows(o, func(r *sql.Rows) (bucket.Row, error) {
		row, err := scanHull(r)
		o.mergeKeys(q.SplitBy, &row)
		return row, err
	}, sqlOf("SELECT "+hullColumns).append(keys, sqlOf(" AS keys, count(*) FROM "),
		o.events, sqlOf(hullGroups)))
	if err != nil {
		return nil, err
	}
	return bucket.Count(q, hulls)
}

// sumBuckets reads one row for each event, because what an event contributes to a sum depends on others.
func (o overview) sumBuckets(q store.BucketQuery, keys clause) ([]store.Bucket, error) {
	var h hullScanner
	var events []store.SelectedEvent
	scanner := newSelectedScanner()
	into := append(h.into(), scanner.into()...)
	found, err := readRows(o, func(r *sql.Rows) (row bucket.Row, err error) {
		if err := r.Scan(into...); err != nil {
			return row, err
		}
		event, err := scanner.event()
		if err != nil {
			return row, err
		}
		events = append(events, event)
		row, err = h.bucketRow()
		o.mergeKeys(q.SplitBy, &row)
		return row, err
	}, sqlOf("SELECT "+hullColumns).append(keys, sqlOf(", "), o.selectedColumns(), sqlOf(" FROM "), o.events))
	if err != nil {
		return nil, err
	}
	selected, err := store.NewEventSums(o.ctx, q.Sums, events, o.wholesOf)
	if err != nil {
		return nil, err
	}
	return bucket.Sum(o.ctx, q, found, selected)
}

// mergeKeys replaces the keys of a split by actors with their identity classes.
func (r viewReader) mergeKeys(split store.BucketSplit, row *bucket.Row) {
	if split.ByClaims() {
		row.Keys = r.classesOf(row.Keys)
	}
}

// classesOf returns the identity classes of actors, without duplicates.
func (r viewReader) classesOf(actors []string) []string {
	if !r.identities.HasMerged(kg.KindActor) {
		return actors
	}
	ids := make([]kg.ID, len(actors))
	for i, a := range actors {
		ids[i] = kg.ID(a)
	}
	var all []string
	for _, id := range r.identities.UniqueClasses(ids) {
		all = append(all, string(id))
	}
	return all
}

// keys returns an expression for a JSON array of the values that event_state e has for a split.
func (r viewReader) keys(split store.BucketSplit) (clause, error) {
	claims := func(column, join string) clause {
		return sqlOf("(SELECT json_group_array(DISTINCT "+column+") FROM claim c "+join+" WHERE ").
			append(r.subjectIs("c", "e.event"), sqlOf(" AND "+column+" <> '' AND "), r.isLive("c"), sqlOf(")"))
	}
	switch split {
	case "":
		return sqlOf("'[]'"), nil
	case store.SplitByCategory:
		return sqlOf("json_array(e.category)"), nil
	case store.SplitByModality:
		return sqlOf("json_array(e.modality)"), nil
	case store.SplitByStatus:
		return sqlOf("json_array(e.status)"), nil
	case store.SplitByActor:
		return sqlOf("(SELECT json_group_array(DISTINCT p.actor) FROM participation p WHERE p.event = e.event AND ").append(
			r.holds("p"), sqlOf(")")), nil
	case store.SplitByLocation:
		return sqlOf("(SELECT json_group_array(DISTINCT o.location) FROM event_location o WHERE o.event = e.event AND ").
			append(r.holds("o"), sqlOf(")")), nil
	case store.SplitByCountry:
		return sqlOf(`(SELECT json_group_array(DISTINCT l.country)
			FROM event_location o JOIN location l ON l.id = o.location
			WHERE o.event = e.event AND l.country <> '' AND `).append(
			r.holds("o"), sqlOf(" AND "), r.inLayer("l"), sqlOf(")")), nil
	case store.SplitByAdmin1:
		return sqlOf(`(WITH RECURSIVE up (id, kind) AS (
			SELECT l.id, l.kind FROM event_location o JOIN location l ON l.id = o.location WHERE o.event = e.event AND `).
			append(r.holds("o"), sqlOf(" AND "), r.inLayer("l"),
				sqlOf(` UNION SELECT l.id, l.kind
			FROM up JOIN within w ON w.child = up.id JOIN location l ON l.id = w.parent WHERE up.kind <> 'ADMIN1' AND `),
				r.inLayer("w"), sqlOf(" AND "), r.inLayer("l"), sqlOf(`)
			SELECT json_group_array(id) FROM up WHERE kind = 'ADMIN1')`)), nil
	case store.SplitByPublisher:
		return claims("d.publisher", "JOIN document d ON "+isSource), nil
	case store.SplitByClaimant:
		return claims("k.actor", "JOIN claimant k ON k.claim = c.id"), nil
	}
	return trueClause, kg.Errorf(kg.Internal, "unknown split %q", split)
}
