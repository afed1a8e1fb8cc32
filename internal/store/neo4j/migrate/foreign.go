package migrate

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store/neo4j/rows"
)

// refuseForeign returns a CONFLICT error if a database without migrations has nodes with labels that Casus does not
// use. The files of a bulk import have no migrations, but only labels of Casus.
func (q Query) refuseForeign(ctx context.Context, storeURL string) error {
	found, err := q(ctx, "CALL db.labels() YIELD label WHERE NOT label IN $own RETURN label ORDER BY label LIMIT 1",
		map[string]any{"own": rows.AllLabels()})
	if err != nil || len(found) == 0 {
		return err
	}
	return kg.Errorf(kg.Conflict, "%s is a Neo4j database, but not a store of Casus: it has nodes labelled %v. "+
		"It is left as it is; use an empty database", storeURL, found[0].Values[0])
}
