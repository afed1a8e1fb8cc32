package neo4j

import (
	"context"
	"fmt"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// chunkSize is the number of rows in one record of a chunked query.
const chunkSize = 1000

// streamChunks runs a query of many small rows, and passes them on one by one. The server packs chunkSize rows into a
// record, since the driver needs more time for a record than for the dozen values of a row. match binds a node or
// relationship named element; values are the expressions of a row, in which element stands for each of these.
func (b *builder) streamChunks(
	ctx context.Context, match, element, values string, each func(*valueReader) error,
) error {
	query := fmt.Sprintf("%s WITH collect(%s) AS found UNWIND range(0, size(found) - 1, %d) AS i"+
		" RETURN [%[2]s IN found[i..i + %[3]d] | [%[4]s]] AS rows", match, element, chunkSize, values)
	return b.store.stream(ctx, query, b.params, func(r *neo4j.Record) error {
		rows, err := listOf[[]any](r, "rows")
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := ctx.Err(); err != nil {
				return mapError(ctx, err, "read the rows")
			}
			if err := each(&valueReader{values: row}); err != nil {
				return err
			}
		}
		return nil
	})
}

// valueReader reads the values of a row in order. After the first error it returns zero values.
type valueReader struct {
	values []any
	next   int
	err    error
}

// read returns the next value; ok is false if it is null, if no value is left, and after an error.
func (r *valueReader) read() (v any, ok bool) {
	if r.err == nil && r.next >= len(r.values) {
		r.err = kg.Errorf(kg.Internal, "the engine returned a row of %d values, want more", len(r.values))
	}
	if r.err != nil {
		return nil, false
	}
	r.next++
	return r.values[r.next-1], r.values[r.next-1] != nil
}

// text returns the next value, a text.
func (r *valueReader) text() string { return required[string](r) }

func (r *valueReader) id() kg.ID { return kg.ID(r.text()) }

// whole returns the next value, a whole number.
func (r *valueReader) whole() int64 { return required[int64](r) }

// interval reads the next two values, an interval of knowledge.
func (r *valueReader) interval() kg.Interval {
	from, to := r.whole(), r.whole()
	return kg.Interval{KnownFrom: edtf.Instant(from), KnownTo: edtf.Instant(to)}
}

// optionalText returns the next value, a text; the empty text if it is null.
func (r *valueReader) optionalText() string {
	v, ok := r.read()
	if !ok {
		return ""
	}
	return converted[string](r, v)
}

func required[T any](r *valueReader) T {
	v, _ := r.read()
	return converted[T](r, v)
}

func converted[T any](r *valueReader, v any) T {
	t, ok := v.(T)
	if !ok && r.err == nil {
		r.err = kg.Errorf(kg.Internal, "the engine returned a %T as value %d of a row, want a %T", v, r.next, t)
	}
	return t
}
