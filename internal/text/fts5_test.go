package text

import (
	"database/sql"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"
)

// pieces are the parts of random texts: words of several scripts, parts of words,
// and characters with a meaning in FTS5.
var pieces = []string{
	"war", "War", "warring", "wa", "Zelensky", "Zelen", "Зеленський", "Зе", "ЗЕЛЕНСЬКИЙ", "زِيلِينْسْكِي", "زيلي",
	"Côte", "d’Ivoire", "cote", "O'Brien", "obri", "T-72", "т72", "İstanbul", "ist", "北京", "京", "東京都", "ウクライナ軍", "ウク",
	"हिन्दी", "हि", "ไทย", "한국", "한", "AND", "or", "NOT", "near", "NEAR(a b)", `"`, "*", "^", ":", "name:", "-", "+",
	"(", ")", "{", "",
	"2022", "202", "२०२२", "U.S.", "us", "…", "\u200d", "\u00ad",
}

func randomText(rng *rand.Rand, most int) string {
	var b strings.Builder
	for range rng.IntN(most + 1) {
		b.WriteString(pieces[rng.IntN(len(pieces))])
		if rng.IntN(4) > 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// TestFTS5FindsWhatMatches checks that FTS5 over stored tokens has the results of
// Matches.
func TestFTS5FindsWhatMatches(t *testing.T) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // each connection has its own in-memory database
	if _, err := db.Exec(`CREATE VIRTUAL TABLE texts USING fts5(tokens, tokenize = 'ascii')`); err != nil {
		t.Fatal(err)
	}

	rng := rand.New(rand.NewPCG(1, 2))
	texts := append([]string{}, seeds...)
	for len(texts) < 400 {
		texts = append(texts, randomText(rng, 12))
	}
	for i, s := range texts {
		if _, err := db.Exec(`INSERT INTO texts (rowid, tokens) VALUES (?, ?)`, i, strings.Join(Tokens(s), " ")); err != nil {
			t.Fatal(err)
		}
	}

	queries := append([]string{}, seeds...)
	for len(queries) < 400 {
		queries = append(queries, randomText(rng, 3))
	}
	found, missed := 0, 0
	for _, s := range queries {
		q := ParseQuery(s)
		var want []int
		for i, txt := range texts {
			if q.Matches(Tokens(txt)) {
				want = append(want, i)
			}
		}
		if q.Empty() {
			if FTS5(q) != "" || want != nil {
				t.Errorf("empty query %q: %s, matches %v", s, FTS5(q), want)
			}
			continue
		}
		got := search(t, db, FTS5(q))
		if !slices.Equal(got, want) {
			t.Errorf("query %q as %s: %s", s, FTS5(q), cmp.Diff(want, got))
		}
		found, missed = found+len(want), missed+len(texts)-len(want)
	}
	if found < 1000 || missed < 1000 {
		t.Errorf("%d matches and %d mismatches are too few for a test", found, missed)
	}
}

// TestFTS5ManyWords checks that a query of many words does not exceed the maximum
// depth of an FTS5 expression.
func TestFTS5ManyWords(t *testing.T) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var all strings.Builder
	for i := range 2000 {
		all.WriteRune('一' + rune(i))
	}
	if _, err := db.Exec(`CREATE VIRTUAL TABLE texts USING fts5(tokens, tokenize = 'ascii')`); err != nil {
		t.Fatal(err)
	}
	tokens := strings.Join(Tokens(all.String()), " ")
	if _, err := db.Exec(`INSERT INTO texts (rowid, tokens) VALUES (7, ?)`, tokens); err != nil {
		t.Fatal(err)
	}
	if got := search(t, db, FTS5(ParseQuery(all.String()))); !slices.Equal(got, []int{7}) {
		t.Errorf("found %v", got)
	}
}

func search(t *testing.T, db *sql.DB, match string) []int {
	t.Helper()
	rows, err := db.Query(`SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid`, match)
	if err != nil {
		t.Fatalf("%s: %v", match, err)
	}
	defer rows.Close()
	var ids []int
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%s: %v", match, err)
	}
	return ids
}
