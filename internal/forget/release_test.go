package forget_test

import (
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/forget"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/mapping"
)

const deaths = `mapping: 1
name: deaths
published: '= row.day'
records:
  - event:
      id: '= "event:deaths:" + row.id'
      time: '= row.day'
      figures: [{kind: KILLED, best: '= number(row.dead)'}]
`

// loadDeaths loads events of one day each, as rows of a release.
func loadDeaths(t *testing.T, s store.Store, release string, events []string) {
	t.Helper()
	m, err := mapping.Parse("deaths.yaml", []byte(deaths), nil)
	if err != nil {
		t.Fatal(err)
	}
	at, err := edtf.ParseTime("202" + release + "-06-01")
	if err != nil {
		t.Fatal(err)
	}
	rows := "id,day,dead\n"
	for _, e := range events {
		rows += e + ",2019-03-01,3\n"
	}
	in := loader.Input{Name: "deaths.csv", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(rows)), nil
	}}
	n, _ := strconv.Atoi(release)
	r, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, loader.Options{
		Now:     edtf.Instant(1000 * n),
		Release: &loader.Release{Dataset: "deaths", Release: release, ReleasedAt: &at, AllowRetract: true},
	})
	if err != nil || r.Rejected > 0 {
		t.Fatal(err, r.FirstRejects)
	}
}

// statedEvents returns the events that a claim states. Others may have a claim that a release retracted them.
func statedEvents(t *testing.T, s store.Store) (ids []string) {
	t.Helper()
	page, err := s.Scan(t.Context(), kg.KindClaim, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.Claims {
		if c.Stance == kg.StanceAsserts {
			ids = append(ids, strings.TrimPrefix(string(c.Subject), "event:deaths:"))
		}
	}
	slices.Sort(ids)
	return ids
}

func TestForgetRelease(t *testing.T) {
	stated := map[string][]string{"1": {"a", "b", "c"}, "2": {"b", "c", "d"}, "3": {"c", "e"}}
	for _, loads := range [][]string{{"1", "2", "3"}, {"3", "1", "2"}, {"2", "3", "1"}} {
		for seed := range uint64(6) {
			random := rand.New(rand.NewPCG(seed, 1))
			s := memory.New()
			for _, release := range loads {
				loadDeaths(t, s, release, stated[release])
			}
			before := answers(t, s)
			forgotten := map[string]bool{}
			toggle := func(release string) {
				o := by
				o.Target = string(kg.DeriveID(kg.KindRelease, "deaths", release))
				if forgotten[release] {
					do(t)(forget.RestoreTarget(t.Context(), s, o))
				} else {
					do(t)(forget.Target(t.Context(), s, o))
				}
				forgotten[release] = !forgotten[release]
			}
			history := ""
			for range 8 {
				release := loads[random.IntN(len(loads))]
				toggle(release)
				history += " " + release
				want := map[string]bool{}
				for r, events := range stated {
					for _, e := range events {
						want[e] = want[e] || !forgotten[r]
					}
				}
				maps.DeleteFunc(want, func(_ string, live bool) bool { return !live })
				if got := statedEvents(t, s); !slices.Equal(got, slices.Sorted(maps.Keys(want))) {
					t.Fatalf("loaded %v, forgotten or taken back%s: %v, want %v", loads, history, got, want)
				}
			}
			for _, release := range loads {
				if forgotten[release] {
					toggle(release)
				}
			}
			if answers(t, s) != before {
				t.Errorf("loaded %v, forgotten%s: not as before", loads, history)
			}
		}
	}
}

// A file of records says of its claims which release they are of: it is no other statement of them.
func TestForgetReleaseInRecords(t *testing.T) {
	s := memory.New()
	loadDeaths(t, s, "1", []string{"a", "b"})
	id := kg.DeriveID(kg.KindRelease, "deaths", "1")
	load(t, s, 5000, "records", `{"type":"release","id":"`+string(id)+`","name":"deaths","release":"1","releasedAt":"2021-06-01"}
{"type":"event","id":"event:deaths:z","claims":[{"id":"claim:z","release":"`+string(id)+`","assertedAt":"2021"}]}
`)
	if got := statedEvents(t, s); len(got) != 3 {
		t.Fatal(got)
	}
	o := by
	o.Target = string(id)
	do(t)(forget.Target(t.Context(), s, o))
	if got := statedEvents(t, s); len(got) > 0 {
		t.Errorf("left: %v", got)
	}
	do(t)(forget.RestoreTarget(t.Context(), s, o))
	if got := statedEvents(t, s); len(got) != 3 {
		t.Errorf("taken back: %v", got)
	}
}
