package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"math/bits"
	"slices"
	"strconv"
	"sync"

	"golang.org/x/sync/semaphore"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// common is how many entries have words that are common: to read and sort all of them would take longer than to walk
// through all entries in the order of their ids until a page is full, and their numbers are worth keeping. It is a Store's,
// so that tests can lower it.
const common = 2000

// matches are the entries, by number, that have the words of a search, by their rank.
type matches struct {
	query  string
	ranked [text.RankOther + 1]numberSet
}

func (m *matches) count() (n int) {
	for _, set := range m.ranked {
		n += set.count()
	}
	return n
}

// numberSet has a bit for each number.
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

// all lists the numbers.
func (s numberSet) all() (numbers []int64) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			numbers = append(numbers, int64(i)*64+int64(bits.TrailingZeros64(word)))
		}
	}
	return numbers
}

// matched caches the matches of common words as long as nothing is written: further pages, and further searches, begin with
// them. The same search is read by one caller at a time; no mutex is held over a read, and every wait ends with the caller's context.
type matched struct {
	watching *semaphore.Weighted // of the connection
	watch    *sql.Conn           // the connection that tells whether anything was written

	mu      sync.Mutex
	version int64
	kept    []*matches // the one used last is the last
	reading map[string]*matchesRead
}

// matchesRead is a search that some callers read or wait for.
type matchesRead struct {
	turn    *semaphore.Weighted
	found   *matches // behind turn
	callers int      // behind matched.mu
}

// matchedAtMost bounds how many are kept, each some bits for every entry.
const matchedAtMost = 16

func newMatched() *matched {
	return &matched{watching: semaphore.NewWeighted(1), reading: map[string]*matchesRead{}}
}

// of returns the matches of words.
func (c *matched) of(ctx context.Context, s *Store, words text.Query) (*matches, error) {
	if s.anchor != nil { // nothing tells what was written to a database in memory
		return readMatches(ctx, s.read, words)
	}
	version, err := c.now(ctx, s.read)
	if err != nil {
		return nil, mapError(err, "ask whether anything was written")
	}
	name := text.FTS5(words) + "\n" + words.Folded
	m, read, done := c.find(version, name)
	if m != nil {
		return m, nil
	}
	defer done()
	if err := read.turn.Acquire(ctx, 1); err != nil {
		return nil, mapError(err, "wait for an identical search")
	}
	defer read.turn.Release(1)
	if read.found != nil {
		return read.found, nil
	}
	// What is written between asking for the version and this makes the matches newer than it, never older.
	if m, err = readMatches(ctx, s.read, words); err != nil {
		return nil, err
	}
	m.query, read.found = name, m
	if m.count() > s.common { // others are quickly read again
		c.keep(version, m)
	}
	return m, nil
}

// find returns the matches of a search that are cached, or else its read, with what ends it.
func (c *matched) find(version int64, name string) (m *matches, read *matchesRead, done func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := slices.IndexFunc(c.kept, func(m *matches) bool { return m.query == name }); i >= 0 {
		m := c.kept[i]
		c.kept = append(slices.Delete(c.kept, i, i+1), m)
		return m, nil, nil
	}
	key := strconv.FormatInt(version, 10) + "\n" + name
	if read = c.reading[key]; read == nil {
		read = &matchesRead{turn: semaphore.NewWeighted(1)}
		c.reading[key] = read
	}
	read.callers++
	return nil, read, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if read.callers--; read.callers == 0 {
			delete(c.reading, key)
		}
	}
}

// keep caches matches, unless anything was written since the version they were read at.
func (c *matched) keep(version int64, m *matches) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version != version {
		return
	}
	c.kept = append(c.kept, m)
	c.kept = c.kept[max(0, len(c.kept)-matchedAtMost):]
}

// now returns a number that another one follows whenever anything was written, and drops the matches of an earlier one.
func (c *matched) now(ctx context.Context, db *sql.DB) (version int64, err error) {
	if err := c.watching.Acquire(ctx, 1); err != nil {
		return 0, err
	}
	defer c.watching.Release(1)
	if c.watch == nil {
		if c.watch, err = db.Conn(ctx); err != nil {
			return 0, err
		}
	}
	if err := c.watch.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		return 0, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if version != c.version {
		c.version, c.kept = version, nil
	}
	return version, nil
}

func (c *matched) close() error {
	_ = c.watching.Acquire(context.Background(), 1) // only an ended context is an error
	defer c.watching.Release(1)
	if c.watch == nil {
		return nil
	}
	err := c.watch.Close()
	c.watch = nil
	return err
}

// readMatches reads the text index alone, and the names that begin with what was searched for.
func readMatches(ctx context.Context, db querier, words text.Query) (*matches, error) {
	var m matches
	others := &m.ranked[text.RankOther]
	var n int64
	if err := stream(ctx, db, sqlOf("SELECT rowid FROM search_words WHERE search_words MATCH ?", text.FTS5(words)), func(row *sql.Rows) error {
		err := row.Scan(&n)
		others.add(n)
		return err
	}); err != nil {
		return nil, err
	}
	var named numberSet
	if err := stream(ctx, db, sqlOf("SELECT entry, folded = ? FROM search_name WHERE ", words.Folded).then(begins("folded", words.Folded)), func(row *sql.Rows) error {
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
	for _, n := range named.all() {
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

// found is one that was found, with its place in the list.
type found struct {
	num int64
	at  store.Position
}

// walk finds what comes after a position, in the order of the list, up to a limit.
func (r reading) walk(m *matches, types []store.NodeType, w store.Window) (all []found, err error) {
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
		var some []found
		switch count := set.count(); {
		case count == 0:
		case count <= r.common:
			some, err = r.those(set.all(), types, after, want)
		default:
			some, err = r.through(set, types, after, want)
		}
		if err != nil {
			return nil, err
		}
		for _, f := range some {
			f.at.Int = int64(rank)
			all = append(all, f)
		}
	}
	return all, nil
}

// those are the entries of some numbers that are there in the view, by id.
func (r reading) those(numbers []int64, types []store.NodeType, after string, want int) ([]found, error) {
	query := sqlOf("SELECT s.num, s.id FROM json_each(?) n CROSS JOIN search_entry s ON s.num = n.value WHERE ", jsonOf(numbers)).then(
		plainly([]clause{r.holds("s"), given("s.type", types)}), sqlOf(" AND s.id > ? ORDER BY s.id LIMIT ?", after, want))
	return rows(r.ctx, r.read, scanFound, query.sql, query.args...)
}

func scanFound(row *sql.Rows) (f found, err error) {
	err = row.Scan(&f.num, &f.at.ID)
	return f, err
}

var errEnough = errors.New("enough")

// through walks through the ids, which an index has in order, and looks at the entries of a set.
func (r reading) through(set numberSet, types []store.NodeType, after string, want int) (all []found, err error) {
	for _, prefix := range prefixes(types) {
		from, ended := max(after, prefix), false
		for chunk := want; !ended && len(all) < want; chunk *= 2 { // where many are not there in the view, more are looked at together
			var some []int64
			last := ""
			err := stream(r.ctx, r.read, sqlOf("SELECT num, id FROM search_entry WHERE id > ? AND id < ? ORDER BY id", from, prefix+"\xff"), func(row *sql.Rows) error {
				f, err := scanFound(row)
				switch {
				case err != nil || !set.has(f.num):
					return err
				case len(some) >= chunk && string(f.at.ID) != last: // one id may have several entries
					return errEnough
				}
				some, last = append(some, f.num), string(f.at.ID)
				return nil
			})
			if ended = err == nil; !ended && !errors.Is(err, errEnough) {
				return nil, err
			}
			there, err := r.those(some, types, from, want-len(all))
			if err != nil {
				return nil, err
			}
			all, from = append(all, there...), last
		}
	}
	return all, nil
}

// prefixes are what the ids of types begin with, in the order of ids.
func prefixes(types []store.NodeType) []string {
	if types == nil {
		return []string{""}
	}
	var all []string
	for kind, t := range map[kg.NodeKind]store.NodeType{
		kg.KindActor: store.TypeActor, kg.KindClaim: store.TypeClaim, kg.KindDocument: store.TypeDocument, kg.KindEvent: store.TypeEvent, kg.KindLocation: store.TypeLocation,
	} {
		if slices.Contains(types, t) {
			all = append(all, string(kind)+":")
		}
	}
	slices.Sort(all)
	return all
}
