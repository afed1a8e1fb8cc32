package sqlitestore

import (
	"context"
	"database/sql"

	"casus/internal/kg"
)

// Buckets reads one row for each event and counts in the model, whose calendar knows zones.
func (s *Store) Buckets(ctx context.Context, q kg.BucketQuery) ([]kg.Bucket, error) {
	r := s.in(ctx, q.View)
	filter, err := r.events(q.Filter)
	if err != nil {
		return nil, err
	}
	keys, err := r.keys(q.SplitBy)
	if err != nil {
		return nil, err
	}
	from, err := r.candidates(q.Filter)
	if err != nil {
		return nil, err
	}
	query := sqlOf("SELECT e.record, ").then(r.hasParts(), sqlOf(", "), keys, sqlOf(" FROM "), from, sqlOf(" WHERE "), r.holds("e"), sqlOf(" AND "), filter)
	counter := kg.NewBucketer(q)
	_, err = rows(ctx, s.read, func(row *sql.Rows) (none struct{}, err error) {
		var text, keys string
		var b kg.BucketRow
		if err = row.Scan(&text, &b.HasParts, &keys); err != nil {
			return none, err
		}
		state, err := decode[counted](text)
		if err != nil {
			return none, err
		}
		b.Time, b.Killed = state.Headline.Time, state.Toll.Killed
		if b.Keys, err = decode[[]string](keys); err != nil {
			return none, err
		}
		return none, counter.Add(b)
	}, query.sql, query.args...)
	if err != nil {
		return nil, err
	}
	return counter.Buckets()
}

// counted is what is counted of a state: the rest of its record need not be read.
type counted struct {
	Headline struct {
		Time kg.Time `json:"time"`
	} `json:"headline"`
	Toll struct {
		Killed *kg.Estimate `json:"killed"`
	} `json:"toll"`
}

// keys is a JSON array of the values of a split that event_state e has.
func (r reading) keys(split kg.BucketSplit) (clause, error) {
	claims := func(column, join string) clause {
		return sqlOf("(SELECT json_group_array(DISTINCT "+column+") FROM claim c "+join+" WHERE c.subject = e.event AND "+column+" <> '' AND ").then(r.live("c"), sqlOf(")"))
	}
	switch split {
	case "":
		return sqlOf("'[]'"), nil
	case kg.SplitByCategory:
		return sqlOf("json_array(e.category)"), nil
	case kg.SplitByModality:
		return sqlOf("json_array(e.modality)"), nil
	case kg.SplitByStatus:
		return sqlOf("json_array(e.status)"), nil
	case kg.SplitByCountry:
		return sqlOf("(SELECT json_group_array(DISTINCT l.country) FROM event_location o JOIN location l ON l.id = o.location WHERE o.event = e.event AND l.country <> '' AND ").then(
			r.holds("o"), sqlOf(")")), nil
	case kg.SplitByAdmin1:
		return sqlOf(`(WITH RECURSIVE up (id, kind) AS (
			SELECT l.id, l.kind FROM event_location o JOIN location l ON l.id = o.location WHERE o.event = e.event AND `).then(r.holds("o"),
			sqlOf(` UNION SELECT l.id, l.kind FROM up JOIN within w ON w.child = up.id JOIN location l ON l.id = w.parent WHERE up.kind <> 'ADMIN1')
			SELECT json_group_array(id) FROM up WHERE kind = 'ADMIN1')`)), nil
	case kg.SplitByPublisher:
		return claims("d.publisher", "JOIN document d ON d.id = c.document"), nil
	case kg.SplitByClaimant:
		return claims("k.actor", "JOIN claimant k ON k.claim = c.id"), nil
	}
	return always, kg.Errorf(kg.Internal, "no split by %q", split)
}
