package loader_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/testkit/seeds"
	"casus/loader"
)

// permutations returns all orders of the numbers below n.
func permutations(n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var all [][]int
	for _, rest := range permutations(n - 1) {
		for at := 0; at < n; at++ {
			order := append(append(append([]int(nil), rest[:at]...), n-1), rest[at:]...)
			all = append(all, order)
		}
	}
	return all
}

// strikeRows are the rows of one release, by the id of their event.
type strikeRows map[string]string

func (r strikeRows) lines() []string {
	var all []string
	for _, id := range strings.Split("abcdefghij", "") {
		if row, found := r[id]; found {
			all = append(all, row)
		}
	}
	return all
}

// generateReleases returns releases in which rows appear, change, vanish and return as they were.
func generateReleases(d *rand.Rand, n int) []strikeRows {
	all := make([]strikeRows, n)
	for i := range all {
		all[i] = strikeRows{"a": "a,2001-01-01,1,The war"}
		for _, id := range strings.Split("bcdefghij", "") {
			if d.IntN(10) < 8 { // few enough are missing that no release is refused
				year := 2010 + int(id[0]-'a')
				all[i][id] = fmt.Sprintf("%s,%d-03-01,%d,War %d", id, year, 1+d.IntN(2), d.IntN(2))
			}
		}
	}
	return all
}

// TestReleasesInAnyOrder checks that releases make one graph in any order of loading, also if a load is interrupted and
// started again at once or after the others. At any moment each event equals the one in the release of that moment.
func TestReleasesInAnyOrder(t *testing.T) {
	for _, seed := range seeds.For(t, 4) {
		d := rand.New(rand.NewPCG(seed, 6))
		rows := generateReleases(d, 3)
		var releases []*loader.Release
		for i := range rows {
			r := release(t, fmt.Sprint(i+1), fmt.Sprintf("%d-06-01", 2021+i))
			releases = append(releases, r)
		}
		want := ""
		for _, order := range permutations(len(rows)) {
			for _, interrupted := range []int{-1, d.IntN(len(rows))} {
				s := &interruptedStore{Store: memory.New(), left: 1 << 20}
				later := -1
				for at, i := range order {
					if at == interrupted {
						s.left = 1 + d.IntN(8)
					}
					_, err := loadStrikes(t, s, releases[i], rows[i].lines()...)
					s.left = 1 << 20
					switch {
					case err == nil:
					case kg.CodeOf(err) != kg.Unavailable:
						t.Fatal(err)
					case d.IntN(2) == 0:
						later = i
					default:
						if _, err := loadStrikes(t, s, releases[i], rows[i].lines()...); err != nil {
							t.Fatal(err)
						}
					}
				}
				if later >= 0 {
					if _, err := loadStrikes(t, s, releases[later], rows[later].lines()...); err != nil {
						t.Fatal(err)
					}
				}
				got := graph(t, s.Store)
				if want == "" {
					want = got
					checkMoments(t, s.Store, rows)
				}
				if got != want {
					t.Errorf("seed %d, order %v, interrupted at %d: the graph differs:\n%s",
						seed, order, interrupted, firstDifference(got, want))
				}
			}
		}
	}
}

// checkMoments compares each event after each release with that release's row.
func checkMoments(t *testing.T, s *memory.Store, rows []strikeRows) {
	t.Helper()
	for i, release := range rows {
		for _, id := range strings.Split("abcdefghij", "") {
			want := "absent"
			if row, found := release[id]; found {
				want = "UNVERIFIED " + strings.Split(row, ",")[2]
			}
			for _, day := range []string{fmt.Sprintf("%d-06-02", 2021+i), fmt.Sprintf("%d-06-01", 2022+i)} {
				got := stateAt(t, s, kg.ID("event:strikes:"+id), day)
				if got == "RETRACTED -" || got == "unknown" {
					got = "absent"
				}
				if got != want {
					t.Errorf("%s on %s: %s, want %s of release %d", id, day, got, want, i+1)
				}
			}
		}
	}
}

// firstDifference returns the first lines of a text that differ from another one's.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			around := func(lines []string) string { return strings.Join(lines[max(0, i-12):min(len(lines), i+4)], "\n") }
			return around(a) + "\nwant\n" + around(b)
		}
	}
	return "one is longer"
}

// TestDerivedIDsStay checks that no derived id of a stored claim changes when an older release is added.
func TestDerivedIDsStay(t *testing.T) {
	s := memory.New()
	claims := func() map[kg.ID]kg.ID {
		releases := map[kg.ID]kg.ID{}
		for page, err := range store.Walk(t.Context(), s, kg.KindClaim, 100) {
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range page.Claims {
				if !strings.HasPrefix(string(c.ID), "claim:strikes:") { // which the mapping names
					releases[c.ID] = c.Release
				}
			}
		}
		return releases
	}
	if _, err := loadStrikes(t, s, release(t, "2", "2024-06-01"), secondRelease...); err != nil {
		t.Fatal(err)
	}
	before := claims()
	if _, err := loadStrikes(t, s, release(t, "1", "2023-06-01"), firstRelease...); err != nil {
		t.Fatal(err)
	}
	after, moved := claims(), 0
	for id, from := range before {
		switch to, found := after[id]; {
		case !found:
			t.Errorf("%s of %s has another id", id, from)
		case to != from:
			moved++
		}
	}
	if len(before) != len(secondRelease) || moved != 2 { // a and e are the same in both
		t.Errorf("%d claims, of which %d moved: %v, then %v", len(before), moved, before, after)
	}
}
