package neo4jstore

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store/neo4jstore/rows"
)

// putSearch makes the one entry of nodes that are found whatever is known, instead of those they had.
func putSearch[T interface {
	kg.Node
	kg.Identified
}](ctx context.Context, t tx, nodes []T) error {
	var ids []kg.ID
	var found []row
	for _, n := range nodes {
		if id := n.NodeID(); !t.made[id] {
			ids = append(ids, id)
		}
		found = append(found, entries(rows.FoundBy(n, rows.Always()))...)
	}
	if err := t.each(ctx, dropSearch, idRows(ids)); err != nil {
		return err
	}
	return t.addSearch(ctx, found)
}

const dropSearch = "MATCH (s:SearchEntry {id: row.id}) DELETE s"

func (t tx) addSearch(ctx context.Context, found []row) error {
	return t.each(ctx, "CREATE (s:SearchEntry) SET s = row", found)
}

func idRows(ids []kg.ID) []row {
	all := make([]row, len(ids))
	for i, id := range ids {
		all[i] = row{"id": string(id)}
	}
	return all
}

func entries(found []rows.Found) []row {
	all := make([]row, len(found))
	for i, f := range found {
		all[i] = rowOf(func(c rows.Columns) { rows.Entry(c, f) })
	}
	return all
}
