package sqlite

import (
	"context"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/apply"
	"casus/internal/store/sqlite/checksum"
)

var (
	entryRows, entrySums = newCheckedTable("search_entry", "num, id, type, known_from, known_to, layer, words")
	nameRows             = newSetTable("search_name", "entry, folded")
)

// entryWords are the words of a search entry.
type entryWords struct {
	num   int64
	words string
}

// dropSearch deletes the entries of nodes, which it reads as readOldEntries does.
func (t *tx) dropSearch(ctx context.Context, from querier, ids []kg.ID) error {
	if err := t.readOldEntries(ctx, from, ids); err != nil {
		return err
	}
	return t.dropOldEntries(ctx)
}

// deleteByIDs runs queries with the list of ids.
func (t *tx) deleteByIDs(ctx context.Context, ids []kg.ID, queries ...string) error {
	if len(ids) == 0 {
		return nil
	}
	list := idList(ids)
	for _, query := range queries {
		if err := t.exec(ctx, query, list); err != nil {
			return err
		}
	}
	return nil
}

// deleteByIndexes is deleteByIDs for queries that need deferred indexes.
func (t *tx) deleteByIndexes(ctx context.Context, indexes []string, ids []kg.ID, queries ...string) error {
	if len(ids) == 0 {
		return nil
	}
	if _, err := t.ensureIndexes(ctx, indexes...); err != nil {
		return err
	}
	return t.deleteByIDs(ctx, ids, queries...)
}

// addSearch adds a search entry for an interval of knowledge.
func (t *tx) addSearch(ctx context.Context, n kg.Node, during kg.Interval, layer apply.Layer) error {
	words, names := store.IndexTexts(n)
	if len(words) == 0 {
		return nil
	}
	joined := strings.Join(words, " ")
	if reused, err := t.reuseEntry(ctx, n, names, checksum.Words(joined), during, layer); reused || err != nil {
		return err
	}
	t.entries++
	if err := t.add(ctx, entryRows, t.entries, string(n.NodeID()), string(store.SearchTypeOf(n)), int64(during.KnownFrom),
		int64(during.KnownTo), int(layer), checksum.Words(joined)); err != nil {
		return err
	}
	t.words = append(t.words, entryWords{t.entries, joined})
	for _, name := range names {
		if err := t.add(ctx, nameRows, t.entries, name); err != nil {
			return err
		}
	}
	return nil
}

// writeWords writes the words of the new entries to the text index. The index buffers them until the transaction ends,
// but flushes whenever a statement with many rows runs; so they are written one by one, last.
func (t *tx) writeWords(ctx context.Context) error {
	for _, w := range t.words {
		if err := t.exec(ctx, "INSERT OR FAIL INTO search_words (rowid, words) VALUES (?, ?)", w.num, w.words); err != nil {
			return err
		}
	}
	t.words = nil
	return nil
}

// putEventSearch adds a search entry for each interval during which an event's texts are the same.
func (t *tx) putEventSearch(ctx context.Context, h kg.History, layer apply.Layer) error {
	for i := 0; i < len(h.States); {
		first, last := h.States[i], h.States[i]
		for i++; i < len(h.States) && slices.Equal(h.States[i].Titles, first.Titles) &&
			slices.Equal(h.States[i].Summaries, first.Summaries); i++ {
			last = h.States[i]
		}
		during := kg.Interval{KnownFrom: first.KnownFrom, KnownTo: last.KnownTo}
		if err := t.addSearch(ctx, kg.Event{ID: h.Subject, EventState: first}, during, layer); err != nil {
			return err
		}
	}
	return nil
}
