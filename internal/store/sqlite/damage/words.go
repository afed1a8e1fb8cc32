package damage

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"unicode/utf8"

	"casus/internal/store/sqlite/checksum"
)

// prefixLengths are the lengths in characters of the prefixes that the text index has indexes for.
var prefixLengths = []int{2, 3}

// entry is the content of the text index for a search entry.
type entry struct {
	sum   int64
	words int
}

// docSet stands for a set of documents, which it does not hold: their number and two sums of their row numbers, as the
// query in Search.words computes them.
type docSet struct{ count, sum, squares int64 }

func (d *docSet) add(doc int64) {
	d.count++
	d.sum += doc
	d.squares += (doc % 65537) * (doc % 65537)
}

// words compares the text index with the checksums of the search entries. It holds a few bytes for each entry in
// memory.
func (s Search) words(ctx context.Context) error {
	entries, prefixes, err := s.readWords(ctx)
	if err != nil {
		return err
	}
	known := map[int64]struct{}{}
	if err := each(ctx, s.DB, "SELECT num, id, words FROM search_entry", func(r *sql.Rows) error {
		var num, sum int64
		var id string
		if err := r.Scan(&num, &id, &sum); err != nil {
			return err
		}
		known[num] = struct{}{}
		if entries[num].sum != sum {
			s.report(recordID(id), "the text index does not have its words")
		}
		return nil
	}); err != nil {
		return err
	}
	if err := s.sizes(ctx, entries); err != nil {
		return err
	}
	if err := s.settings(ctx); err != nil {
		return err
	}
	for num := range known {
		delete(entries, num)
	}
	if len(entries) > 0 { // words that are marked as deleted are not read
		s.report("", "the text index has words of %d entries that do not exist", len(entries))
	}
	for _, p := range prefixes {
		var got docSet
		if err := each(ctx, s.DB, `SELECT count(*), coalesce(sum(rowid), 0),
			coalesce(sum((rowid % 65537) * (rowid % 65537)), 0) FROM search_words WHERE search_words MATCH ?`,
			func(r *sql.Rows) error { return r.Scan(&got.count, &got.sum, &got.squares) },
			`"`+p.prefix+`"*`); err != nil {
			return err
		}
		if got != p.docs {
			s.report("", "the text index finds %d entries by the prefix %q instead of %d", got.count, p.prefix, p.docs.count)
		}
	}
	return nil
}

// prefix is a prefix of words, and the documents that have such a word.
type prefix struct {
	prefix string
	docs   docSet
}

// eachWord reads the words of the text index, in their order, on a connection that may create temporary tables.
func eachWord(ctx context.Context, conn *sql.Conn, word func(term string, doc int64) error) error {
	if _, err := conn.ExecContext(ctx,
		"CREATE VIRTUAL TABLE IF NOT EXISTS temp.casus_words USING fts5vocab(main, search_words, instance)"); err != nil {
		return err
	}
	err := each(ctx, conn, "SELECT term, doc FROM temp.casus_words", func(r *sql.Rows) error {
		var term string
		var doc int64
		if err := r.Scan(&term, &doc); err != nil {
			return err
		}
		return word(term, doc)
	})
	_, e := conn.ExecContext(context.WithoutCancel(ctx), "DROP TABLE IF EXISTS temp.casus_words")
	return errors.Join(err, e)
}

// readWords reads the words of each entry in the text index, and its prefixes.
func (s Search) readWords(ctx context.Context) (entries map[int64]entry, prefixes []prefix, err error) {
	conn, err := s.DB.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "PRAGMA query_only = 0"); err != nil { // for the temporary table
		return nil, nil, err
	}
	defer func() {
		_, e := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA query_only = 1")
		err = errors.Join(err, e)
	}()
	entries = map[int64]entry{}
	open := make([]prefixScan, len(prefixLengths))
	err = eachWord(ctx, conn, func(term string, doc int64) error {
		e := entries[doc]
		entries[doc] = entry{e.sum + checksum.Word(term), e.words + 1}
		for i, n := range prefixLengths {
			if p := firstRunes(term, n); p != "" {
				prefixes = open[i].add(prefixes, p, doc)
			}
		}
		return nil
	})
	for i := range open {
		prefixes = open[i].end(prefixes)
	}
	return entries, prefixes, err
}

// prefixScan collects the documents of one prefix. Words come in their order, so those of a prefix follow one another.
type prefixScan struct {
	current string
	docs    map[int64]struct{}
}

func (p *prefixScan) add(done []prefix, text string, doc int64) []prefix {
	if text != p.current {
		done = p.end(done)
		p.current, p.docs = strings.Clone(text), map[int64]struct{}{}
	}
	p.docs[doc] = struct{}{}
	return done
}

func (p *prefixScan) end(done []prefix) []prefix {
	if len(p.docs) == 0 {
		return done
	}
	var set docSet
	for doc := range p.docs {
		set.add(doc)
	}
	p.docs = nil
	return append(done, prefix{p.current, set})
}

// firstRunes returns the first n characters of a text, or "" if it has fewer.
func firstRunes(s string, n int) string {
	at := 0
	for range n {
		_, size := utf8.DecodeRuneInString(s[at:])
		if size == 0 {
			return ""
		}
		at += size
	}
	return s[:at]
}

// sizes compares the numbers of words that the text index stores for each entry.
func (s Search) sizes(ctx context.Context, entries map[int64]entry) error {
	count, latest := 0, int64(0)
	const query = "SELECT id, sz, origin FROM search_words_docsize ORDER BY id"
	if err := each(ctx, s.DB, query, func(r *sql.Rows) error {
		var num, origin int64
		var size []byte
		if err := r.Scan(&num, &size, &origin); err != nil {
			return err
		}
		count++
		if origin < latest { // entries and origins are numbered in the order of writing
			s.report("", "the text index has a wrong origin for the entry %d or for one before it", num)
		}
		latest = origin
		if n, ok := decodeVarint(size); !ok || n != uint64(entries[num].words) {
			s.report("", "the text index has a wrong size for the entry %d", num)
		}
		return nil
	}); err != nil {
		return err
	}
	return each(ctx, s.DB, "SELECT count(*) FROM search_entry", func(r *sql.Rows) error {
		var stored int
		if err := r.Scan(&stored); err != nil {
			return err
		}
		if stored != count {
			s.report("", "the text index has %d of %d entries", count, stored)
		}
		return nil
	})
}

// structureRow is the row of search_words_data that lists the parts of the text index. It begins with 4 bytes that
// count the changes of the index's settings, which SQLite does not check.
const structureRow = 10

// settings checks that the text index records no change of its settings, since Casus never changes them.
func (s Search) settings(ctx context.Context) error {
	const query = "SELECT count(*) FROM search_words_data WHERE id = ? AND substr(block, 1, 4) <> x'00000000'"
	return each(ctx, s.DB, query, func(r *sql.Rows) error {
		var changed int
		if err := r.Scan(&changed); err != nil || changed == 0 {
			return err
		}
		s.report("", "the text index records changes of its settings, which Casus never makes")
		return nil
	}, structureRow)
}

// decodeVarint decodes a number as SQLite writes it, most significant bits first.
func decodeVarint(b []byte) (n uint64, ok bool) {
	for i, c := range b {
		if i == 8 {
			return n<<8 | uint64(c), len(b) == 9
		}
		n = n<<7 | uint64(c&0x7f)
		if c < 0x80 {
			return n, len(b) == i+1
		}
	}
	return 0, false
}
