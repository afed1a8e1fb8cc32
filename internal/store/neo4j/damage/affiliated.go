package damage

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/migrate"
	"casus/internal/store/neo4j/rows"
)

// affiliatedWith compares the AFFILIATED_WITH relationships, which only people read, with the affiliations and the
// claims that support these.
func affiliatedWith(ctx context.Context, query migrate.Query, found func(store.Damage)) error {
	return eachPage(ctx, query, "MATCH (f:Affiliation) WHERE f.id > $after WITH f ORDER BY f.id LIMIT $limit"+
		" RETURN f.id AS id, COLLECT { MATCH (f)-[s:SUPPORTED]->() RETURN "+rows.AffiliatedByCypher("f", "s")+" } AS want,"+
		" COLLECT { MATCH (f)-[:HOLDER]->()-[r:AFFILIATED_WITH {affiliation: f.id}]->(c) WHERE (f)-[:COUNTERPART]->(c)"+
		" RETURN properties(r) } AS stored ORDER BY id", func(id kg.ID, r *neo4j.Record) error {
		want, err := relationships(r, "want")
		if err != nil {
			return err
		}
		stored, err := relationships(r, "stored")
		if err == nil && !slices.Equal(stored, want) {
			found(store.Damage{ID: id, Problem: fmt.Sprintf(
				"the relationships AFFILIATED_WITH have the properties %.300q; by the affiliation and its claims they have %.300q",
				stored, want)})
		}
		return err
	})
}

// relationships returns a column of properties of relationships as texts, sorted.
func relationships(r *neo4j.Record, column string) ([]string, error) {
	list, _, err := neo4j.GetRecordValue[[]any](r, column)
	all := make([]string, len(list))
	for i, v := range list {
		properties, _ := v.(map[string]any)
		maps.DeleteFunc(properties, func(_ string, v any) bool { return v == nil })
		all[i] = fmt.Sprint(properties)
	}
	slices.Sort(all)
	return all, err
}
