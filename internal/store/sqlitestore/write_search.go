package sqlitestore

import (
	"context"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/text"
)

// putSearch makes the one entry of a node that is found whatever is known, instead of the one it had.
func (t *tx) putSearch(ctx context.Context, n kg.Node) error {
	if err := t.dropSearch(ctx, n.NodeID()); err != nil {
		return err
	}
	return t.addSearch(ctx, n, kg.BeginningOfTime, kg.EndOfTime)
}

func (t *tx) dropSearch(ctx context.Context, id kg.ID) error {
	for _, query := range []string{
		"DELETE FROM search_words WHERE rowid IN (SELECT num FROM search_entry WHERE id = ?)",
		"DELETE FROM search_name WHERE entry IN (SELECT num FROM search_entry WHERE id = ?)",
		"DELETE FROM search_entry WHERE id = ?",
	} {
		if err := t.exec(ctx, query, id); err != nil {
			return err
		}
	}
	return nil
}

// addSearch makes an entry for a stretch of knowledge.
func (t *tx) addSearch(ctx context.Context, n kg.Node, from, to kg.Instant) error {
	names, rest := kg.SearchTexts(n)
	words := kg.SearchTokens(slices.Concat(names, rest))
	if len(words) == 0 {
		return nil
	}
	num, err := t.insert(ctx, "INSERT INTO search_entry (id, type, known_from, known_to) VALUES (?, ?, ?, ?) RETURNING num",
		n.NodeID(), kg.SearchTypeOf(n), int64(from), int64(to))
	if err != nil {
		return err
	}
	if err := t.exec(ctx, "INSERT INTO search_words (rowid, words) VALUES (?, ?)", num, strings.Join(words, " ")); err != nil {
		return err
	}
	for _, name := range names {
		if err := t.exec(ctx, "INSERT OR IGNORE INTO search_name (entry, folded) VALUES (?, ?)", num, text.Fold(name)); err != nil {
			return err
		}
	}
	return nil
}

// putEventSearch makes an entry for each stretch in which an event's texts were the same.
func (t *tx) putEventSearch(ctx context.Context, h kg.History) error {
	for i := 0; i < len(h.States); {
		first, last := h.States[i], h.States[i]
		for i++; i < len(h.States) && slices.Equal(h.States[i].Titles, first.Titles) && slices.Equal(h.States[i].Summaries, first.Summaries); i++ {
			last = h.States[i]
		}
		if err := t.addSearch(ctx, kg.Event{ID: h.Subject, EventState: first}, first.KnownFrom, last.KnownTo); err != nil {
			return err
		}
	}
	return nil
}
