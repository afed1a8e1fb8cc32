package migrate

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store/neo4j/rows"
)

// refuseForeign returns a CONFLICT error if a database without migrations has nodes with labels that Casus does not
// use. The files of a bulk import have no migrations, but only labels of Casus.
func (q Query) refuseForeign(ctx context.Context, storeURL string) error {
	own := append(rows.Labels(), rows.PendingDecision, "Review", "_ReviewTarget", "Correction", "OriginalClaim",
		"EventState", "Identifier", "_ClassVersion", "_ClassLock", "_Checkpoint", "_ChangeLog", "_Change")
	found, err := q(ctx, "CALL db.labels() YIELD label WHERE NOT label IN $own RETURN label ORDER BY label LIMIT 1",
		map[string]any{"own": own})
	if err != nil || len(found) == 0 {
		return err
	}
	return kg.Errorf(kg.Conflict, "%s is a Neo4j database, but not a store of Casus: it has nodes labelled %v. "+
		"It is left as it is; use an empty database", storeURL, found[0].Values[0])
}
