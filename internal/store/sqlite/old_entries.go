package sqlite

import (
	"context"
	"database/sql"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/apply"
	"casus/internal/store/sqlite/checksum"
)

// oldEntry is a stored search entry of a node that is written again. If the node has the same texts, the entry is
// reused: writing the text index costs far more than comparing.
type oldEntry struct {
	num, words int64
	during     kg.Interval
	layer      apply.Layer
	names      []string // folded, sorted
}

// readOldEntries reads the entries of nodes from the committed state or, if the transaction may have written any, the
// queue.
func (t *tx) readOldEntries(ctx context.Context, from querier, ids []kg.ID) error {
	t.oldEntries = map[kg.ID][]oldEntry{}
	if len(ids) == 0 {
		return nil
	}
	if made, err := t.ensureIndexes(ctx, "search_entry_id"); err != nil {
		return err
	} else if made {
		from = t.queue
	}
	_, err := rows(ctx, from, func(r *sql.Rows) (none struct{}, err error) {
		var e oldEntry
		var id kg.ID
		var name sql.NullString
		if err := r.Scan(&e.num, &id, &e.words, &e.during.KnownFrom, &e.during.KnownTo, &e.layer, &name); err != nil {
			return none, err
		}
		old := t.oldEntries[id]
		if len(old) == 0 || old[len(old)-1].num != e.num {
			old = append(old, e)
		}
		if name.Valid {
			last := &old[len(old)-1]
			last.names = append(last.names, name.String)
		}
		t.oldEntries[id] = old
		return none, nil
	}, "SELECT e.num, e.id, e.words, e.known_from, e.known_to, e.layer, n.folded FROM search_entry e "+
		"LEFT JOIN search_name n ON n.entry = e.num WHERE e.id "+inJSONList+" ORDER BY e.num, n.folded", idList(ids))
	return err
}

// reuseEntry reuses an old entry of a node, if one has the same words and folded names, for an interval of knowledge.
// words is their checksum.
func (t *tx) reuseEntry(
	ctx context.Context, n kg.Node, names []string, words int64, during kg.Interval, layer apply.Layer,
) (reused bool, err error) {
	id := n.NodeID()
	old := t.oldEntries[id]
	if len(old) == 0 {
		return false, nil
	}
	folded := slices.Compact(slices.Sorted(slices.Values(names)))
	i := slices.IndexFunc(old, func(e oldEntry) bool { return e.words == words && slices.Equal(e.names, folded) })
	if i < 0 {
		return false, nil
	}
	e := old[i]
	t.oldEntries[id] = slices.Delete(old, i, i+1)
	if e.during == during && e.layer == layer {
		return true, nil
	}
	from, to := int64(during.KnownFrom), int64(during.KnownTo)
	return true, t.exec(ctx, "UPDATE search_entry SET known_from = ?, known_to = ?, layer = ?, checksum = ? WHERE num = ?",
		from, to, int(layer),
		checksum.Of(e.num, string(id), string(store.SearchTypeOf(n)), from, to, int(layer), words), e.num)
}

// dropOldEntries deletes the old entries that were not reused.
func (t *tx) dropOldEntries(ctx context.Context) error {
	var nums []int64
	for _, id := range slices.Sorted(maps.Keys(t.oldEntries)) {
		for _, e := range t.oldEntries[id] {
			nums = append(nums, e.num)
		}
	}
	t.oldEntries = nil
	if len(nums) == 0 {
		return nil
	}
	list := jsonOf(nums)
	for _, query := range []string{
		"DELETE FROM search_words WHERE rowid " + inJSONList, "DELETE FROM search_name WHERE entry " + inJSONList,
		"DELETE FROM search_entry WHERE num " + inJSONList,
	} {
		if err := t.exec(ctx, query, list); err != nil {
			return err
		}
	}
	return nil
}
