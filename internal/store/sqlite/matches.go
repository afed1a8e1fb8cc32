package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"math/bits"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// matches holds, by rank, the numbers of the entries that have the words of a search.
type matches struct {
	ranked [text.RankOther + 1]numberSet
}

// numberSet is a bit set of entry numbers.
type numberSet []uint64

func (s numberSet) has(n int64) bool { return n/64 < int64(len(s)) && s[n/64]&(1<<(n%64)) != 0 }

func (s *numberSet) add(n int64) {
	if grow := n/64 + 1 - int64(len(*s)); grow > 0 {
		*s = append(*s, make(numberSet, grow)...)
	}
	(*s)[n/64] |= 1 << (n % 64)
}

func (s numberSet) count() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// numbers returns the numbers in the set, ascending.
func (s numberSet) numbers() (numbers []int64) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			numbers = append(numbers, int64(i)*64+int64(bits.TrailingZeros64(word)))
		}
	}
	return numbers
}

// readMatches returns the entries that match. It reads only the text index and the names that begin with the query.
func readMatches(ctx context.Context, db querier, words text.Query) (*matches, error) {
	var m matches
	others := &m.ranked[text.RankOther]
	var n int64
	matching := sqlOf("SELECT rowid FROM search_words WHERE search_words MATCH ?", text.FTS5(words))
	if err := stream(ctx, db, matching, func(row *sql.Rows) error {
		err := row.Scan(&n)
		others.add(n)
		return err
	}); err != nil {
		return nil, err
	}
	var named numberSet
	names := sqlOf("SELECT entry, folded = ? FROM search_name WHERE ", words.Folded).
		append(hasPrefix("folded", words.Folded))
	if err := stream(ctx, db, names, func(row *sql.Rows) error {
		var exact bool
		if err := row.Scan(&n, &exact); err != nil {
			return err
		}
		switch {
		case !others.has(n):
		case exact:
			m.ranked[text.RankExactName].add(n)
		default:
			named.add(n)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	for _, n := range named.numbers() {
		if !m.ranked[text.RankExactName].has(n) {
			m.ranked[text.RankNamePrefix].add(n)
		}
	}
	for _, better := range m.ranked[:text.RankOther] {
		for i, word := range better {
			(*others)[i] &^= word
		}
	}
	return &m, nil
}

// foundEntry is an entry and its position in the list.
type foundEntry struct {
	num int64
	at  store.Position
}

// walk returns the entries after a position, in list order, up to one more than the limit.
func (r viewReader) walk(m *matches, types []store.NodeType, w store.Window) (all []foundEntry, err error) {
	for rank := range m.ranked {
		after := ""
		if w.After != nil {
			if int64(rank) < w.After.Int {
				continue
			}
			if int64(rank) == w.After.Int {
				after = string(w.After.ID)
			}
		}
		set, want := m.ranked[rank], w.Limit+1-len(all)
		if want <= 0 {
			break
		}
		var entries []foundEntry
		switch count := set.count(); {
		case count == 0:
		case count <= r.commonThreshold:
			entries, err = r.entries(set.numbers(), types, after, want)
		default:
			entries, err = r.scanEntries(set, types, after, want)
		}
		if err != nil {
			return nil, err
		}
		for _, f := range entries {
			f.at.Int = int64(rank)
			all = append(all, f)
		}
	}
	return all, nil
}

// entries returns the entries with these numbers that exist in the view, by id.
func (r viewReader) entries(numbers []int64, types []store.NodeType, after string, want int) ([]foundEntry, error) {
	query := sqlOf("SELECT s.num, s.id FROM json_each(?) n CROSS JOIN search_entry s ON s.num = n.value WHERE ",
		jsonOf(numbers)).append(
		combine([]clause{r.holds("s"), anyOf("s.type", types), r.isFound("s")}),
		sqlOf(" AND s.id > ? ORDER BY s.id LIMIT ?", after, want))
	return rows(r.ctx, r.read, scanFound, query.sql, query.args...)
}

func scanFound(row *sql.Rows) (f foundEntry, err error) {
	err = row.Scan(&f.num, &f.at.ID)
	return f, err
}

var errStop = errors.New("enough")

// scanEntries scans entries by id, which an index has in order, and picks those of a set.
func (r viewReader) scanEntries(
	set numberSet, types []store.NodeType, after string, want int,
) (all []foundEntry, err error) {
	for _, prefix := range prefixes(types) {
		from, exhausted := max(after, prefix), false
		// The chunk doubles in case many entries are missing from the view.
		for chunk := want; !exhausted && len(all) < want; chunk *= 2 {
			var numbers []int64
			last := ""
			query := sqlOf("SELECT num, id FROM search_entry WHERE id > ? AND id < ? ORDER BY id", from, prefix+"\xff")
			err := stream(r.ctx, r.read, query, func(row *sql.Rows) error {
				f, err := scanFound(row)
				switch {
				case err != nil || !set.has(f.num):
					return err
				case len(numbers) >= chunk && string(f.at.ID) != last: // an id may have several entries
					return errStop
				}
				numbers, last = append(numbers, f.num), string(f.at.ID)
				return nil
			})
			if exhausted = err == nil; !exhausted && !errors.Is(err, errStop) {
				return nil, err
			}
			entries, err := r.entries(numbers, types, from, want-len(all))
			if err != nil {
				return nil, err
			}
			all, from = append(all, entries...), last
		}
	}
	return all, nil
}

// prefixes returns the id prefixes of types, sorted.
func prefixes(types []store.NodeType) []string {
	if types == nil {
		return []string{""}
	}
	var all []string
	for kind, t := range map[kg.NodeKind]store.NodeType{
		kg.KindActor: store.TypeActor, kg.KindClaim: store.TypeClaim, kg.KindDocument: store.TypeDocument,
		kg.KindEvent: store.TypeEvent, kg.KindLocation: store.TypeLocation,
	} {
		if slices.Contains(types, t) {
			all = append(all, string(kind)+":")
		}
	}
	slices.Sort(all)
	return all
}
