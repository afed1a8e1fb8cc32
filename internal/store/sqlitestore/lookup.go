package sqlitestore

import (
	"context"
	"database/sql"

	"casus/internal/kg"
)

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// rows reads all rows of a query.
func rows[T any](ctx context.Context, db querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	found, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, mapError(err, "query")
	}
	defer func() { _ = found.Close() }() // what went wrong is in Err
	var all []T
	for found.Next() {
		v, err := scan(found)
		if err != nil {
			return nil, mapError(err, "read a row")
		}
		all = append(all, v)
	}
	return all, mapError(found.Err(), "read the rows")
}

// record scans a row that is a record alone.
func record[T any](r *sql.Rows) (T, error) {
	var text string
	if err := r.Scan(&text); err != nil {
		var none T
		return none, err
	}
	return decode[T](text)
}

func scanID(r *sql.Rows) (kg.ID, error) {
	var v string
	err := r.Scan(&v)
	return kg.ID(v), err
}

const in = "IN (SELECT value FROM json_each(?))"

func (t *tx) Actors(ctx context.Context, ids []kg.ID) ([]kg.Actor, error) {
	return rows(ctx, t.db, record[kg.Actor], "SELECT record FROM actor WHERE id "+in, idList(ids))
}

func (t *tx) Locations(ctx context.Context, ids []kg.ID) ([]kg.Location, error) {
	return rows(ctx, t.db, record[kg.Location], "SELECT record FROM location WHERE id "+in, idList(ids))
}

func (t *tx) Documents(ctx context.Context, ids []kg.ID) ([]kg.Document, error) {
	return rows(ctx, t.db, record[kg.Document], "SELECT record FROM document WHERE id "+in, idList(ids))
}

func (t *tx) Releases(ctx context.Context, ids []kg.ID) ([]kg.Release, error) {
	return rows(ctx, t.db, record[kg.Release], "SELECT record FROM release WHERE id "+in, idList(ids))
}

func (t *tx) Affiliations(ctx context.Context, ids []kg.ID) ([]kg.Affiliation, error) {
	return rows(ctx, t.db, record[kg.Affiliation], "SELECT record FROM affiliation WHERE id "+in, idList(ids))
}

func (t *tx) Identities(ctx context.Context, ids []kg.ID) ([]kg.IdentityDecision, error) {
	return rows(ctx, t.db, record[kg.IdentityDecision], "SELECT record FROM identity_decision WHERE id "+in, idList(ids))
}

func (t *tx) AllIdentities(ctx context.Context) ([]kg.IdentityDecision, error) {
	return rows(ctx, t.db, record[kg.IdentityDecision], "SELECT record FROM identity_decision ORDER BY id")
}

func (t *tx) Claims(ctx context.Context, ids []kg.ID) ([]kg.Claim, error) {
	return rows(ctx, t.db, storedClaim, "SELECT record, recorded_at FROM claim WHERE id "+in, idList(ids))
}

func (t *tx) ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error) {
	return rows(ctx, t.db, storedClaim, "SELECT record, recorded_at FROM claim WHERE subject "+in, idList(subjects))
}

// storedClaim scans a claim without what became of it.
func storedClaim(r *sql.Rows) (kg.Claim, error) {
	var text string
	var recorded int64
	if err := r.Scan(&text, &recorded); err != nil {
		return kg.Claim{}, err
	}
	c, err := decode[kg.Claim](text)
	c.RecordedAt = kg.Instant(recorded)
	return c, err
}

func (t *tx) KnownEvents(ctx context.Context, ids []kg.ID) ([]kg.ID, error) {
	return rows(ctx, t.db, scanID, "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM claim WHERE subject = value)", idList(ids))
}

func (t *tx) SyndicatedBy(ctx context.Context, documents []kg.ID) ([]kg.ID, error) {
	return rows(ctx, t.db, scanID, "SELECT id FROM document WHERE syndicates <> '' AND syndicates "+in, idList(documents))
}

// SubjectsOf follows reprints too: a reprint speaks with the voice of its original's publisher.
func (t *tx) SubjectsOf(ctx context.Context, documents, actors []kg.ID) ([]kg.ID, error) {
	return rows(ctx, t.db, scanID, `
WITH RECURSIVE
  published (id) AS (
    SELECT id FROM document WHERE publisher `+in+`
    UNION SELECT d.id FROM document d JOIN published p ON d.syndicates = p.id WHERE d.syndicates <> ''),
  resting (id) AS (SELECT value FROM json_each(?) UNION SELECT id FROM published)
SELECT subject FROM claim JOIN resting ON claim.document = resting.id WHERE claim.document <> ''
UNION SELECT subject FROM claim WHERE id IN (SELECT claim FROM claimant WHERE actor `+in+`)`,
		idList(actors), idList(documents), idList(actors))
}
