package neo4jstore

import (
	"context"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/text"
)

// putSearch makes the one entry of nodes that are found whatever is known, instead of those they had.
func putSearch[T interface {
	kg.Node
	kg.Identified
}](ctx context.Context, t tx, nodes []T) error {
	var ids []kg.ID
	var rows []row
	for _, n := range nodes {
		ids = append(ids, n.NodeID())
		rows = append(rows, searchRow(n, kg.BeginningOfTime, kg.EndOfTime)...)
	}
	if err := t.each(ctx, dropSearch, idRows(ids)); err != nil {
		return err
	}
	return t.addSearch(ctx, rows)
}

const dropSearch = "MATCH (s:SearchEntry {id: row.id}) DELETE s"

func (t tx) addSearch(ctx context.Context, rows []row) error {
	return t.each(ctx, "CREATE (s:SearchEntry) SET s = row", rows)
}

func idRows(ids []kg.ID) []row {
	rows := make([]row, len(ids))
	for i, id := range ids {
		rows[i] = row{"id": string(id)}
	}
	return rows
}

// searchRow is a node's entry for a stretch of knowledge; none where it has no words.
func searchRow(n kg.Node, from, to kg.Instant) []row {
	names, rest := kg.SearchTexts(n)
	words := kg.SearchTokens(slices.Concat(names, rest))
	if len(words) == 0 {
		return nil
	}
	folded := make([]string, len(names))
	for i, name := range names {
		folded[i] = text.Fold(name)
	}
	return []row{{
		"id": string(n.NodeID()), "idKey": sortKey(string(n.NodeID())), "type": string(kg.SearchTypeOf(n)), "knownFrom": int64(from), "knownTo": int64(to),
		"words": strings.Join(words, " "), "names": folded,
	}}
}

// eventSearchRows are an event's entries, one for each stretch in which its texts were the same.
func eventSearchRows(h kg.History) []row {
	var rows []row
	for i := 0; i < len(h.States); {
		first, last := h.States[i], h.States[i]
		for i++; i < len(h.States) && slices.Equal(h.States[i].Titles, first.Titles) && slices.Equal(h.States[i].Summaries, first.Summaries); i++ {
			last = h.States[i]
		}
		rows = append(rows, searchRow(kg.Event{ID: h.Subject, EventState: first}, first.KnownFrom, last.KnownTo)...)
	}
	return rows
}
