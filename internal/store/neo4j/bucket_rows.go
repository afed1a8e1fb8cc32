package neo4j

import (
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/bucket"
)

// countedRow returns a function that reads a row with the number of its events; times caches parsed times by their
// text.
func (b *builder) countedRow(
	times map[string]edtf.Time, split store.BucketSplit,
) func(*neo4j.Record) (bucket.Row, error) {
	return func(r *neo4j.Record) (bucket.Row, error) {
		row, err := b.bucketRow(r, times, split)
		if err != nil {
			return row, err
		}
		events, err := column[int64](r, "events")
		row.Events = int(events)
		return row, err
	}
}

// bucketRow reads a row; times caches parsed times by their text.
func (b *builder) bucketRow(
	r *neo4j.Record, times map[string]edtf.Time, split store.BucketSplit,
) (row bucket.Row, err error) {
	written, err := column[string](r, "time")
	if err != nil {
		return row, err
	}
	if row.Time, err = parseTime(written, times); err != nil {
		return row, err
	}
	if v, _ := r.Get("nominal"); v != nil {
		nominal, err := as[string](v, "nominal")
		if err != nil {
			return row, err
		}
		row.Nominal = kg.Day(nominal).Start()
	}
	row.Keys, err = listOf[string](r, "keys")
	if split.ByClaims() {
		row.Keys = b.uniqueClasses(row.Keys)
	}
	return row, err
}

// uniqueClasses returns the classes of actors, each once.
func (b *builder) uniqueClasses(actors []string) []string {
	if !b.identities.HasMerged(kg.KindActor) {
		return actors
	}
	ids := make([]kg.ID, len(actors))
	for i, a := range actors {
		ids[i] = kg.ID(a)
	}
	return stringsOf(b.identities.UniqueClasses(ids))
}

// parseTime parses a stored time; times caches parsed times by their text.
func parseTime(written string, times map[string]edtf.Time) (t edtf.Time, err error) {
	t, known := times[written]
	if !known {
		if t, err = edtf.ParseTime(written); err != nil {
			return t, kg.Errorf(kg.Internal, "parse a stored time: %w", err)
		}
		times[written] = t
	}
	return t, nil
}
