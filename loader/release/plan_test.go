package release_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/loader/release"
)

func mustTime(text string) edtf.Time {
	t, err := edtf.ParseTime(text)
	if err != nil {
		panic(err)
	}
	return t
}

// releaseOf returns the release of a year; 0 means one without a date.
func releaseOf(year int) kg.Release {
	r := kg.Release{ID: kg.ID(fmt.Sprintf("release:%d", year)), Name: "raids", Release: fmt.Sprint(year)}
	if year > 0 {
		at := mustTime(fmt.Sprintf("%d-06-01", year))
		r.ReleasedAt = &at
	}
	return r
}

// row returns the claim of a row of a release, with the id from the mapping or one that its content alone decides.
func row(year int, own, title, id string) kg.Claim {
	c := kg.Claim{
		Subject: "event:raid", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, Release: releaseOf(year).ID,
		AssertedAt: mustTime(own), Says: kg.Statement{Titles: []kg.Name{{Value: title}}},
	}
	if c.ID = kg.ID(id); id == "" {
		c.ID = kg.DeriveID(kg.KindClaim, string(c.Subject), own, title)
	}
	return c
}

// add returns the claims about the event when a release with these rows is added to the stored ones, in one chunk.
func add(stored []kg.Claim, years []int, year int, rows ...kg.Claim) []kg.Claim {
	return addChunk(stored, years, year, rows, rows)
}

// addEach is add with a chunk for each row, in reverse.
func addEach(stored []kg.Claim, years []int, year int, rows ...kg.Claim) []kg.Claim {
	if len(rows) == 0 {
		return add(stored, years, year)
	}
	for i := len(rows) - 1; i >= 0; i-- {
		stored = addChunk(stored, years, year, rows, rows[i:i+1])
	}
	return stored
}

// addChunk adds some rows of a release.
func addChunk(stored []kg.Claim, years []int, year int, rows, chunk []kg.Claim) []kg.Claim {
	var others []kg.Release
	for _, y := range years {
		if y != year {
			others = append(others, releaseOf(y))
		}
	}
	stated := release.NewStated(releaseOf(year), others, false)
	for _, c := range rows {
		stated.Add(c, &c.AssertedAt, nil)
	}
	plan := release.Make("event:raid", stored, chunk, stated)
	kept := slices.DeleteFunc(slices.Clone(stored), func(c kg.Claim) bool {
		return slices.Contains(plan.Remove, c.ID) || slices.Contains(plan.Moves, kg.Move{Claim: c.ID, From: c.Release})
	})
	return append(kept, plan.Put...)
}

// show formats claims as "title@known from release", a retraction as "-title@known", in claim order.
func show(claims []kg.Claim) string {
	titles := map[kg.ID]string{}
	for _, c := range claims {
		if len(c.Says.Titles) > 0 {
			titles[c.ID] = c.Says.Titles[0].Value
		}
	}
	slices.SortFunc(claims, kg.CompareClaims)
	var all []string
	for _, c := range claims {
		text := titles[c.ID]
		for _, id := range c.Supersedes {
			text += "-" + titles[id]
		}
		all = append(all, fmt.Sprintf("%s@%s %s", text, c.AssertedAt.EDTF, strings.TrimPrefix(string(c.Release), "release:")))
	}
	return strings.Join(all, "; ")
}

func TestPlan(t *testing.T) {
	a := func(year int) kg.Claim { return row(year, "2014-01-05", "A", "") }
	b := func(year int) kg.Claim { return row(year, "2014-01-07", "B", "") }
	again := func(year int) kg.Claim { return row(year, "2016", "A", "") }
	late := func(year int) kg.Claim { return row(year, "2030", "L", "") }
	for _, c := range []struct {
		name string
		rows map[int][]kg.Claim
		want string
	}{
		{"the oldest release", map[int][]kg.Claim{2020: {a(2020)}}, "A@2014-01-05 2020"},
		{"unchanged", map[int][]kg.Claim{2020: {a(2020)}, 2021: {a(2021)}}, "A@2014-01-05 2020"},
		{"added", map[int][]kg.Claim{2020: {}, 2021: {a(2021)}}, "A@2021-06-01 2021"},
		{"added before its own date", map[int][]kg.Claim{2020: {}, 2021: {late(2021)}}, "L@2030 2021"},
		{"changed", map[int][]kg.Claim{2020: {a(2020)}, 2021: {b(2021)}}, "A@2014-01-05 2020; B-A@2021-06-01 2021"},
		{"missing", map[int][]kg.Claim{2020: {a(2020)}, 2021: {}}, "A@2014-01-05 2020; -A@2021-06-01 2021"},
		{
			"returning", map[int][]kg.Claim{2020: {a(2020)}, 2021: {}, 2022: {a(2022)}},
			"A@2014-01-05 2020; -A@2021-06-01 2021; A@2022-06-01 2022",
		},
		{
			"changed and back", map[int][]kg.Claim{2020: {a(2020)}, 2021: {b(2021)}, 2022: {a(2022)}},
			"A@2014-01-05 2020; B-A@2021-06-01 2021; A-B@2022-06-01 2022",
		},
		{
			"one of two rows missing", map[int][]kg.Claim{2020: {a(2020), b(2020)}, 2021: {b(2021)}},
			"A@2014-01-05 2020; B@2014-01-07 2020; -A@2021-06-01 2021",
		},
		{
			"changed to one that is known later", map[int][]kg.Claim{2020: {a(2020)}, 2021: {late(2021)}},
			"A@2014-01-05 2020; -A@2021-06-01 2021; L@2030 2021",
		},
		{
			"rows that differ in their dates alone", map[int][]kg.Claim{
				2020: {a(2020), b(2020), again(2020)}, 2021: {again(2021), b(2021)},
			}, "A@2014-01-05 2020; B@2014-01-07 2020; A@2016 2020",
		},
		{
			"rows that differ in their dates alone, missing", map[int][]kg.Claim{
				2020: {a(2020), again(2020)}, 2021: {}, 2022: {again(2022), a(2022)},
			}, "A@2014-01-05 2020; A@2016 2020; -A@2021-06-01 2021; -A@2021-06-01 2021; A@2022-06-01 2022",
		},
		{
			"rows that differ in their dates alone, added", map[int][]kg.Claim{
				2020: {b(2020)}, 2021: {again(2021), b(2021), a(2021)}, 2022: {a(2022)},
			}, "B@2014-01-07 2020; A@2021-06-01 2021; -B@2022-06-01 2022",
		},
		{"without a date", map[int][]kg.Claim{0: {a(0)}, 2021: {}}, "A@2014-01-05 0"},
		{"without a date, changed", map[int][]kg.Claim{0: {a(0)}, 2021: {b(2021)}}, "A@2014-01-05 0; B-A@2021-06-01 2021"},
		{
			"ids of a mapping", map[int][]kg.Claim{
				2020: {row(2020, "2014", "A", "claim:raid")}, 2021: {row(2021, "2014", "B", "claim:raid")},
				2022: {row(2022, "2014", "B", "claim:raid")},
			}, "A@2014 2020; B-A@2021-06-01 2021",
		},
	} {
		years := make([]int, 0, len(c.rows))
		for year := range c.rows {
			years = append(years, year)
		}
		slices.Sort(years)
		digests := ""
		for _, order := range append(orders(years), orders(years)...) {
			var stored []kg.Claim
			add := add
			if digests != "" && !slices.Equal(order, years) {
				add = addEach
			}
			for i, year := range order {
				stored = add(stored, order[:i+1], year, c.rows[year]...)
			}
			if got := show(stored); got != c.want {
				t.Errorf("%s, %v:\n%s, want\n%s", c.name, order, got, c.want)
			}
			got := ""
			for _, c := range stored {
				got += c.Digest()
			}
			if digests == "" {
				digests = got
			}
			if got != digests {
				t.Errorf("%s, %v: other ids than in the order %v", c.name, order, years)
			}
			for _, year := range order { // again: nothing changes
				if again := add(stored, order, year, c.rows[year]...); len(again) != len(stored) || show(again) != c.want {
					t.Errorf("%s, %v, then %d again: %s", c.name, order, year, show(again))
				}
			}
		}
	}
}

// orders returns all orders of numbers, beginning with the given one.
func orders(numbers []int) [][]int {
	if len(numbers) < 2 {
		return [][]int{numbers}
	}
	var all [][]int
	for i, n := range numbers {
		rest := slices.Delete(slices.Clone(numbers), i, i+1)
		for _, o := range orders(rest) {
			all = append(all, append([]int{n}, o...))
		}
	}
	return all
}

// The same content has the same id whichever release states it, so an older release that states it too moves the claim.
func TestSameIDInEachRelease(t *testing.T) {
	newer, older := row(2021, "2014", "A", ""), row(2020, "2014", "A", "")
	want := []kg.Move{{Claim: newer.ID, From: newer.Release}}
	stated := release.NewStated(releaseOf(2020), []kg.Release{releaseOf(2021)}, false)
	stated.Add(older, &older.AssertedAt, nil)
	plan := release.Make("event:raid", []kg.Claim{newer}, []kg.Claim{older}, stated)
	if !slices.Equal(plan.Moves, want) || len(plan.Remove) > 0 ||
		len(plan.Put) != 1 || plan.Put[0].Release != older.Release {
		t.Errorf("%+v", plan)
	}
}

// A claim that another one names keeps its id.
func TestNamedClaimKeepsItsID(t *testing.T) {
	newer := row(2021, "2014", "A", "")
	other := kg.Claim{ID: "claim:other", Subject: "event:raid", Stance: kg.StanceDenies, Aspect: kg.AspectOccurrence,
		AssertedAt: mustTime("2023"), Supersedes: []kg.ID{newer.ID}}
	got := add([]kg.Claim{newer, other}, []int{2020, 2021}, 2020, row(2020, "2014", "A", ""))
	if len(got) != 2 || !slices.ContainsFunc(got, func(c kg.Claim) bool {
		return c.ID == newer.ID && c.Release == "release:2020"
	}) {
		t.Errorf("%+v", got)
	}
}
