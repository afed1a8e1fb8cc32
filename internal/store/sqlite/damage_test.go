package sqlite_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/check"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/sqlite"
	"casus/internal/store/storetest"
	"casus/internal/testkit/seeds"
)

// generated creates a store of generated graphs, with records that later batches changed, and returns its path.
func generated(t *testing.T, graphs uint64) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "casus.db")
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for seed := range graphs {
		batches, decisions := storetest.GeneratedBatches(seed, false)
		for _, b := range append(batches, decisions) {
			if _, err := s.Apply(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// damageOf returns what FindDamage finds.
func damageOf(t *testing.T, path string) []store.Damage {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }() // only read from
	var all []store.Damage
	if err := s.FindDamage(t.Context(), func(d store.Damage) { all = append(all, d) }); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestSoundStoreHasNoDamage(t *testing.T) {
	if found := damageOf(t, generated(t, 3)); len(found) > 0 {
		t.Errorf("%d findings, the first is %+v", len(found), found[0])
	}
}

// place is a part of a file.
type place struct{ at, length int }

// pages returns the cells of a database without free pages: of indexes, and of tables.
func pages(t *testing.T, file []byte) (indexes, tables []place) {
	t.Helper()
	size := int(binary.BigEndian.Uint16(file[16:]))
	if size == 1 {
		size = 65536
	}
	// Pages of overflowing values have no type, but may look as if they had one.
	for start := 0; start < len(file); start += size {
		header := start
		if start == 0 {
			header = 100
		}
		kind := file[header]
		if kind != 10 && kind != 13 && kind != 2 && kind != 5 {
			continue
		}
		cells, content := int(binary.BigEndian.Uint16(file[header+3:])), int(binary.BigEndian.Uint16(file[header+5:]))
		pointers := header + 8
		if kind == 2 || kind == 5 {
			pointers += 4
		}
		if cells == 0 || content < pointers-start+2*cells || pointers+2*cells > start+size {
			continue
		}
		for i := range cells {
			at := int(binary.BigEndian.Uint16(file[pointers+2*i:]))
			if at < content || at >= size-8 {
				continue
			}
			// A cell has the length of its content, in interior pages after a page number and in tables before a row number.
			skip := 0
			if kind == 2 {
				skip = 4
			}
			payload, n := varint(file[start+at+skip:])
			whole := place{start + at, skip + n + min(payload, size-at-skip-n, 400)}
			switch kind {
			case 2, 10:
				indexes = append(indexes, whole)
			case 13:
				tables = append(tables, whole)
			}
		}
	}
	return indexes, tables
}

// varint decodes a number as SQLite writes it, and returns its length.
func varint(b []byte) (value, length int) {
	for length < 8 {
		value = value<<7 | int(b[length]&0x7f)
		length++
		if b[length-1] < 0x80 {
			break
		}
	}
	return value, length
}

// TestFlippedBytes flips bytes in cells of indexes and of tables: each is found, or keeps the store from being opened.
func TestFlippedBytes(t *testing.T) {
	t.Parallel()
	path := generated(t, 1)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"PRAGMA journal_mode = DELETE", "VACUUM", "PRAGMA journal_mode = WAL"} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if found := damageOf(t, path); len(found) > 0 {
		t.Fatalf("before a byte is flipped: %+v", found)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sound := content(t, path)
	indexes, tables := pages(t, file)
	if len(indexes) < 500 || len(tables) < 500 {
		t.Fatalf("only %d cells of indexes and %d of tables", len(indexes), len(tables))
	}
	flips := 60
	if testing.Short() && !seeds.Many() {
		flips = 15
	}
	random := rand.New(rand.NewPCG(5, uint64(len(file))))
	for what, places := range map[string][]place{"index": indexes, "table": tables} {
		refused := 0
		for i := range flips {
			p := places[random.IntN(len(places))]
			at, mask := p.at+random.IntN(p.length), byte(1+random.IntN(255))
			damaged := append([]byte(nil), file...)
			damaged[at] ^= mask
			copied := filepath.Join(t.TempDir(), "casus.db")
			if err := os.WriteFile(copied, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			found, opened := checkDamaged(t, copied, i%6 == 0)
			if !opened {
				refused++
			} else if found == 0 && content(t, copied) == sound {
				t.Logf("a byte at %d in %s has no effect on any value", at, tableOf(t, path, at))
			} else if table := tableOf(t, path, at); found == 0 && strings.HasPrefix(table, "search_words_data ") {
				// The list of deleted entries: every word and beginning was still found with the right entries.
				t.Logf("a byte at %d in %s has no effect on a search", at, table)
			} else if found == 0 {
				t.Errorf("a byte of a cell of a %s, at %d (%d of %+v in %s), xor %#x, is not found: %q",
					what, at, at-p.at, p, tableOf(t, path, at), mask, file[p.at:min(p.at+p.length, p.at+80)])
			}
		}
		t.Logf("%s: %d flips, %d stores cannot be opened", what, flips, refused)
	}
}

// content returns a hash of all values in a database, those of the schema and of the text index's own tables among
// them.
func content(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // only read from
	sum := sha256.New()
	read := func(query string) (first []string) {
		rows, err := db.QueryContext(t.Context(), query)
		if err != nil {
			return []string{err.Error()}
		}
		defer func() { _ = rows.Close() }() // rows.Err has the error
		columns, _ := rows.Columns()
		values, to := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			to[i] = &values[i]
		}
		for rows.Next() {
			err := rows.Scan(to...)
			_, _ = fmt.Fprintf(sum, "%v %v\n", values, err)
			first = append(first, fmt.Sprint(values[0]))
		}
		_, _ = fmt.Fprintln(sum, rows.Err())
		return first
	}
	read("SELECT * FROM sqlite_schema")
	const tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
	for _, name := range read(tables) {
		read(`SELECT * FROM "` + name + `" NOT INDEXED`)
	}
	return string(sum.Sum(nil))
}

// tableOf returns the table or index to which a place in a database belongs.
func tableOf(t *testing.T, path string, at int) (name string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // only read from
	err = db.QueryRowContext(t.Context(), "SELECT name || ' (' || pagetype || ')' FROM dbstat WHERE pageno = ?",
		at/4096+1).Scan(&name)
	if err != nil {
		return err.Error()
	}
	return name
}

// checkDamaged returns how many breaks a check of a store finds. Unless whole is set, the check ends after the engine
// has found damage. opened is false if the store cannot be opened.
func checkDamaged(t *testing.T, path string, whole bool) (found int, opened bool) {
	t.Helper()
	s, err := sqlite.Open(context.Background(), path)
	if err != nil {
		return 0, false
	}
	defer func() { _ = s.Close() }() // only read from
	if !whole {
		if err := s.FindDamage(t.Context(), func(store.Damage) { found++ }); err != nil {
			t.Errorf("looking for damage failed: %v", err)
		}
		if found > 0 {
			return found, true
		}
	}
	report, err := check.Run(t.Context(), s, check.Options{})
	if err != nil {
		t.Errorf("the check failed: %v", err)
	}
	return report.Broken, true
}

// TestDamagedStructure flips bits of the text index's list of its parts where SQLite does not look.
func TestDamagedStructure(t *testing.T) {
	path := generated(t, 1)
	for at := range 4 {
		copied := filepath.Join(t.TempDir(), "casus.db")
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(copied, file, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", copied)
		if err != nil {
			t.Fatal(err)
		}
		_, err = db.ExecContext(t.Context(), `UPDATE search_words_data
SET block = CAST(substr(block, 1, ?1) || x'54' || substr(block, ?1 + 2) AS BLOB) WHERE id = 10`, at)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if found := damageOf(t, copied); len(found) != 1 {
			t.Errorf("byte %d: %+v", at, found)
		}
	}
}

// TestDamagedRecords damages records in ways that SQLite cannot see: the check names each and goes on.
func TestDamagedRecords(t *testing.T) {
	path := generated(t, 1)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	// All tables with a checksum are damaged, in a column of the record or a derived column.
	for _, statement := range []string{
		"UPDATE actor SET record = replace(record, '}', ']') WHERE id = (SELECT min(id) FROM actor)",
		"UPDATE actor SET country = country || 'x' WHERE id = (SELECT max(id) FROM actor)",
		"UPDATE location SET latitude = latitude + 1 WHERE id = (SELECT min(id) FROM location WHERE latitude IS NOT NULL)",
		"UPDATE document SET record = '' WHERE id = (SELECT min(id) FROM document)",
		"UPDATE claim SET record = substr(record, 2) WHERE id = (SELECT min(id) FROM claim)",
		"UPDATE claim SET known_to = known_to - 1 WHERE id = (SELECT max(id) FROM claim)",
		"UPDATE event_state SET voices = voices + 1 WHERE rowid = (SELECT min(rowid) FROM event_state)",
		"UPDATE participation SET record = 'x' WHERE rowid = (SELECT min(rowid) FROM participation)",
		"UPDATE change SET changed = 'x' WHERE num = (SELECT max(num) FROM change)",
	} {
		result, err := db.ExecContext(t.Context(), statement)
		if err != nil {
			t.Fatal(err)
		}
		if n, _ := result.RowsAffected(); n == 0 {
			t.Fatalf("%s changed nothing", statement)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }() // only read from
	report, err := check.Run(t.Context(), s, check.Options{})
	if err != nil {
		t.Fatal(err)
	}
	damaged := map[kg.ID]bool{}
	for _, b := range report.Breaks {
		if b.Invariant == check.Storage {
			damaged[b.ID] = true
		}
	}
	for _, kind := range []kg.NodeKind{kg.KindActor, kg.KindLocation, kg.KindDocument, kg.KindClaim, kg.KindEvent} {
		if n := report.Checked[kind]; n == 0 {
			t.Errorf("no %s was checked", kind)
		}
		ok := false
		for id := range damaged {
			ok = ok || id.Kind() == kind
		}
		if !ok {
			t.Errorf("no damaged %s among %v", kind, damaged)
		}
	}
	if len(damaged) < 9 {
		t.Errorf("%d damaged records: %v", len(damaged), damaged)
	}
}
