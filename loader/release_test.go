package loader_test

import (
	"fmt"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/mapping"
)

// strikes maps a data set of strikes. A war is an event of several rows, with one claim for each year.
const strikes = `mapping: 1
name: strikes
published: '= row.day'
records:
  - event:
      id: '= "event:strikes:" + row.id'
      category: ASSAULT
      modality: OCCURRED
      time: '= row.day'
      partOf: ['event:strikes:war']
      figures: [{kind: KILLED, best: '= number(row.dead)'}]
  - event:
      id: event:strikes:war
      assertedAt: '= row.day.substring(0, 4)'
      claims:
        - {id: '= "claim:strikes:war:" + row.day.substring(0, 4)', titles: ['= row.war'], modality: ONGOING}
`

func release(t *testing.T, name, day string) *loader.Release {
	t.Helper()
	at, err := edtf.ParseTime(day)
	if err != nil {
		t.Fatal(err)
	}
	return &loader.Release{Dataset: "strikes", Release: name, ReleasedAt: &at}
}

func loadStrikes(t *testing.T, s loader.Store, r *loader.Release, rows ...string) (loader.Report, error) {
	t.Helper()
	m, err := mapping.Parse("strikes.yaml", []byte(strikes), nil)
	if err != nil {
		t.Fatal(err)
	}
	in := textInput("strikes.csv", "id,day,dead,war\n"+strings.Join(rows, "\n")+"\n")
	report, err := loader.LoadRows(
		t.Context(), s, m, []loader.Input{in}, loader.Options{Release: r, ChunkSize: 2, BatchSize: 3, RetryTimeout: 1},
	)
	if err == nil && report.Read != report.Applied+report.Unchanged+report.Repeated+report.Merged+report.Rejected {
		t.Errorf("the report does not add up: %+v", report)
	}
	return report, err
}

// stateAt returns an event's status, toll and title as known on a day.
func stateAt(t *testing.T, s store.Reader, id kg.ID, day string) string {
	t.Helper()
	at, err := edtf.ParseInstant(day + "T12:00:00Z")
	if err != nil {
		t.Fatal(err)
	}
	nodes, err := s.Nodes(t.Context(), kg.View{KnownAt: &at}, []kg.ID{id})
	if err != nil {
		t.Fatal(err)
	}
	e, ok := nodes[0].(kg.Event)
	if !ok {
		return "unknown"
	}
	killed, title := "-", ""
	if e.Toll.Killed != nil {
		killed = fmt.Sprint(*e.Toll.Killed.Best)
	}
	if len(e.Titles) > 0 {
		title = " " + e.Titles[0].Value
	}
	return fmt.Sprintf("%s %s%s", e.Status, killed, title)
}

// Three releases: the second corrects the toll of b and removes c, and the third reverts both; d is new in the second,
// and the war is renamed.
var (
	firstRelease = []string{
		"a,2023-01-01,1,The war", "b,2023-02-01,2,The war", "c,2023-03-01,3,The war", "e,2022-12-01,4,The war",
	}
	secondRelease = []string{
		"a,2023-01-01,1,The long war", "b,2023-02-01,20,The long war", "d,2023-04-01,5,The long war",
		"e,2022-12-01,4,The war",
	}
	thirdRelease = []string{
		"a,2023-01-01,1,The long war", "b,2023-02-01,2,The long war", "c,2023-03-01,3,The long war",
		"d,2023-04-01,5,The long war",
	}
)

func TestReleases(t *testing.T) {
	s := memory.New()
	v1, v2, v3 := release(t, "1", "2024-06-01"), release(t, "2 beta", "2025-06-01"), release(t, "3", "2026-06-01")
	for _, step := range []struct {
		release                                *loader.Release
		rows                                   []string
		applied, unchanged, changed, retracted int
	}{
		{v1, firstRelease, 4, 0, 0, 0},
		{v1, firstRelease, 0, 4, 0, 0},
		{v2, secondRelease, 3, 1, 2, 1}, // row a has the war's new name
		{v2, secondRelease, 0, 4, 0, 0},
		{v1, firstRelease, 0, 4, 0, 0},
		{v3, thirdRelease, 2, 2, 1, 2}, // e and the war's year 2022 are removed
		{v3, thirdRelease, 0, 4, 0, 0},
		{v2, secondRelease, 0, 4, 0, 0},
	} {
		before := graph(t, s)
		r, err := loadStrikes(t, s, step.release, step.rows...)
		if err != nil {
			t.Fatal(err)
		}
		if r.Applied != step.applied || r.Unchanged != step.unchanged || r.Superseded != step.changed ||
			r.Retracted != step.retracted {
			t.Errorf(
				"release %s: %d applied, %d unchanged, %d superseded, %d retracted; want %+v %v", step.release.Release, r.Applied,
				r.Unchanged, r.Superseded, r.Retracted, step, r.FirstRejects,
			)
		}
		if same := graph(t, s) == before; same != (step.applied == 0) {
			t.Errorf("release %s: the graph is the same: %t", step.release.Release, same)
		}
	}
	for _, c := range []struct {
		id   kg.ID
		day  string
		want string
	}{
		{"event:strikes:a", "2027-01-01", "UNVERIFIED 1"},
		{"event:strikes:b", "2024-01-01", "UNVERIFIED 2"},
		{"event:strikes:b", "2025-05-31", "UNVERIFIED 2"},
		{"event:strikes:b", "2025-06-02", "UNVERIFIED 20"},
		{"event:strikes:b", "2026-06-02", "UNVERIFIED 2"},
		{"event:strikes:c", "2024-01-01", "UNVERIFIED 3"},
		{"event:strikes:c", "2025-06-02", "RETRACTED -"},
		{"event:strikes:c", "2026-06-02", "UNVERIFIED 3"},
		{"event:strikes:d", "2025-06-01", "unknown"}, // its source published it before, the data set did not
		{"event:strikes:d", "2025-06-02", "UNVERIFIED 5"},
		{"event:strikes:e", "2025-06-02", "UNVERIFIED 4"},
		{"event:strikes:e", "2026-06-02", "RETRACTED -"},
		{"event:strikes:war", "2025-05-31", "UNVERIFIED - The war"},
		{"event:strikes:war", "2025-06-02", "UNVERIFIED - The long war"},
	} {
		if got := stateAt(t, s, c.id, c.day); got != c.want {
			t.Errorf("%s as known on %s: %s; want %s", c.id, c.day, got, c.want)
		}
	}
}

// Wherever the load of a newer release is interrupted, it ends in the graph of one that was not.
func TestReleaseResumes(t *testing.T) {
	v1, v2 := release(t, "1", "2024-06-01"), release(t, "2", "2025-06-01")
	want := memory.New()
	for _, load := range []func() (loader.Report, error){
		func() (loader.Report, error) { return loadStrikes(t, want, v1, firstRelease...) },
		func() (loader.Report, error) { return loadStrikes(t, want, v2, secondRelease...) },
	} {
		if _, err := load(); err != nil {
			t.Fatal(err)
		}
	}
	for after := 1; ; after++ {
		s := &interruptedStore{Store: memory.New(), left: after}
		_, err := loadStrikes(t, s, v1, firstRelease...)
		if err == nil {
			_, err = loadStrikes(t, s, v2, secondRelease...)
		}
		if err == nil {
			if after < 8 {
				t.Errorf("only %d batches", after)
			}
			return
		}
		s.left = 1 << 20
		if _, err := loadStrikes(t, s, v1, firstRelease...); err != nil {
			t.Fatal(after, err)
		}
		if _, err := loadStrikes(t, s, v2, secondRelease...); err != nil {
			t.Fatal(after, err)
		}
		if graph(t, s.Store) != graph(t, want) {
			t.Errorf("after %d batches: the graph differs", after)
		}
	}
}

func TestReleasesHaveAnOrder(t *testing.T) {
	s := memory.New()
	if _, err := loadStrikes(t, s, release(t, "2", "2025-06-01"), secondRelease...); err != nil {
		t.Fatal(err)
	}
	part := release(t, "3", "2026-06-01")
	part.Partial = true
	if _, err := loadStrikes(t, s, part, thirdRelease[0]); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		release *loader.Release
		want    string
	}{
		{release(t, "2b", "2025-06-01"), "has the same date as 2"},
		{release(t, "1", "2024-06-01"), "older than 3, and only a part of that one is stored"},
	} {
		before := graph(t, s)
		if _, err := loadStrikes(t, s, c.release, secondRelease...); kg.CodeOf(err) != kg.Conflict ||
			!strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%s: %v", c.release.Release, err)
		}
		if graph(t, s) != before {
			t.Errorf("%s: the graph has changed", c.release.Release)
		}
	}
}

// A partial release supersedes only claims of its own rows.
func TestPartialRelease(t *testing.T) {
	s := memory.New()
	if _, err := loadStrikes(t, s, release(t, "1", "2024-06-01"), firstRelease...); err != nil {
		t.Fatal(err)
	}
	part := release(t, "2", "2025-06-01")
	part.Partial = true
	r, err := loadStrikes(t, s, part, secondRelease[1])
	if err != nil || r.Retracted != 0 || r.Superseded != 2 {
		t.Errorf("%v %+v", err, r)
	}
	if got := stateAt(t, s, "event:strikes:c", "2026-01-01"); got != "UNVERIFIED 3" {
		t.Error(got)
	}
}

// A removed row's claim is retracted, even if another row's claim, with another id, states the same about the event.
func TestRemovedRowWithEqualClaim(t *testing.T) {
	s := memory.New()
	for _, step := range []struct {
		release   *loader.Release
		rows      []string
		retracted int
	}{
		{release(t, "1", "2024-06-01"), []string{firstRelease[0], firstRelease[3]}, 0},
		{release(t, "2", "2025-06-01"), []string{firstRelease[0]}, 2}, // e, and the war's year 2022
		{release(t, "2", "2025-06-01"), []string{firstRelease[0]}, 0},
		{release(t, "3", "2026-06-01"), []string{firstRelease[0], firstRelease[3]}, 0},
	} {
		r, err := loadStrikes(t, s, step.release, step.rows...)
		if err != nil || r.Retracted != step.retracted {
			t.Errorf("release %s: %d retracted, want %d (%v)", step.release.Release, r.Retracted, step.retracted, err)
		}
	}
	page, err := s.Scan(t.Context(), kg.KindClaim, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	there, back := map[kg.ID]bool{}, map[kg.ID]bool{}
	for _, c := range page.Claims {
		there[c.ID] = true
		for _, id := range c.Supersedes {
			back[id] = true
		}
	}
	if !back["claim:strikes:war:2022"] || back["claim:strikes:war:2023"] || !there["claim:strikes:war:2022@3"] {
		t.Error(there, back)
	}
}

// The claims of a rejected row are not retracted if its subject is known. Otherwise nothing is retracted.
func TestRejectedRowsAreNotRetracted(t *testing.T) {
	for _, c := range []struct {
		name              string
		rows              []string
		retracted, untold int
		b, c              string
	}{
		// c and e; the rejected row is also about the war
		{"an invalid figure", []string{firstRelease[0], "b,2023-02-01,many,The war"}, 2, 0, "UNVERIFIED 2", "RETRACTED -"},
		{"an invalid date", []string{firstRelease[0], "b,2023-02-31,2,The war"}, 2, 0, "UNVERIFIED 2", "RETRACTED -"},
		{"a row without an id", []string{firstRelease[0], ",2023-02-01,2,The war"}, 0, 1, "UNVERIFIED 2", "UNVERIFIED 3"},
		{"a row of too few fields", []string{firstRelease[0], "b,2023-02-01"}, 0, 1, "UNVERIFIED 2", "UNVERIFIED 3"},
	} {
		s := memory.New()
		if _, err := loadStrikes(t, s, release(t, "1", "2024-06-01"), firstRelease...); err != nil {
			t.Fatal(err)
		}
		r, err := loadStrikes(t, s, release(t, "2", "2025-06-01"), c.rows...)
		if err != nil || r.Rejected != 1 || r.Retracted != c.retracted || r.UnknownSubjects != c.untold {
			t.Errorf("%s: %v %+v", c.name, err, r)
		}
		stateB := stateAt(t, s, "event:strikes:b", "2026-01-01")
		stateC := stateAt(t, s, "event:strikes:c", "2026-01-01")
		if stateB != c.b || stateC != c.c {
			t.Errorf("%s: b is %s, c is %s", c.name, stateB, stateC)
		}
		corrected := []string{firstRelease[0], firstRelease[1]}
		if r, err := loadStrikes(t, s, release(t, "2", "2025-06-01"), corrected...); err != nil ||
			r.Retracted != 3-c.retracted || stateAt(t, s, "event:strikes:c", "2026-01-01") != "RETRACTED -" {
			t.Errorf("%s, corrected: %v %+v", c.name, err, r)
		}
	}
}

// A war has more claims than a page of a list. Loading its release again finds all of them.
func TestAllClaimsAreCompared(t *testing.T) {
	s := memory.New()
	var rows []string
	for year := 1800; year < 1904; year++ {
		rows = append(rows, fmt.Sprintf("%d,%d-01-01,1,War", year, year))
	}
	if r, err := loadStrikes(t, s, release(t, "1", "2020-01-01"), rows...); err != nil || r.Rejected > 0 {
		t.Fatal(r, err)
	}
	before, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r, err := loadStrikes(t, s, release(t, "2", "2021-01-01"), rows...)
	if err != nil || r.Unchanged != len(rows) || r.Superseded > 0 || r.Retracted > 0 {
		t.Errorf("%v %+v", err, r)
	}
	after, err := s.Stats(t.Context())
	if err != nil || after.Nodes[kg.KindClaim] != before.Nodes[kg.KindClaim] {
		t.Errorf("%d claims became %d: %v", before.Nodes[kg.KindClaim], after.Nodes[kg.KindClaim], err)
	}
}
