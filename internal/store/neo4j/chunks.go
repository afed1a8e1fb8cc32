package neo4j

import (
	"context"
	"fmt"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/store/neo4j/rows"
)

// chunkSize is the number of rows in one record of a chunked query.
const chunkSize = 1000

// streamChunks runs a query of many small rows, and passes them on one by one. The server packs chunkSize rows into a
// record, since the driver needs more time for a record than for the dozen values of a row. match binds a node or
// relationship named element; values are the expressions of a row, in which element stands for each of these.
func (b *builder) streamChunks(
	ctx context.Context, match, element, values string, each func(*rows.Values) error,
) error {
	query := fmt.Sprintf("%s WITH collect(%s) AS found UNWIND range(0, size(found) - 1, %d) AS i"+
		" RETURN [%[2]s IN found[i..i + %[3]d] | [%[4]s]] AS rows", match, element, chunkSize, values)
	return b.store.stream(ctx, query, b.params, func(r *neo4j.Record) error {
		found, err := listOf[[]any](r, "rows")
		if err != nil {
			return err
		}
		for _, row := range found {
			if err := ctx.Err(); err != nil {
				return mapError(ctx, err, "read the rows")
			}
			if err := each(&rows.Values{Values: row}); err != nil {
				return err
			}
		}
		return nil
	})
}
