package release_test

import (
	"fmt"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/loader/release"
)

// A release that drops more than half of its neighbor looks broken, in either direction; rejected rows are not dropped.
func TestCensus(t *testing.T) {
	claim := func(year, subject int) kg.Claim {
		c := row(year, "2014", "A", "")
		c.Subject = kg.ID(fmt.Sprintf("event:%d", subject))
		c.ID = kg.DeriveID(kg.KindClaim, fmt.Sprint(year, subject))
		return c
	}
	for _, c := range []struct {
		name          string
		year          int
		stored, rows  []int // subjects
		rejected      string
		before, after bool // errors
		missing       int
	}{
		{"the same", 2021, []int{1, 2, 3}, []int{1, 2, 3}, "", false, false, 0},
		{"a third is gone", 2021, []int{1, 2, 3}, []int{1, 2}, "", false, false, 1},
		{"two thirds are gone", 2021, []int{1, 2, 3}, []int{1}, "", true, false, 2},
		{"one of them was rejected", 2021, []int{1, 2, 3}, []int{1}, "event:2", false, false, 2},
		{"an older one has most besides", 2019, []int{1}, []int{1, 2, 3, 4}, "", false, true, 0},
	} {
		stated := release.NewStated(releaseOf(c.year), []kg.Release{releaseOf(2020)}, false)
		for _, subject := range c.rows {
			stated.Add(claim(c.year, subject), nil, nil)
		}
		if c.rejected != "" {
			stated.AddRejected(strings.Fields(c.rejected))
		}
		census := release.NewCensus(stated)
		for _, subject := range c.stored {
			census.Add([]kg.Claim{claim(2020, subject)})
		}
		missing, complete := census.Missing()
		if len(missing) != c.missing || !complete {
			t.Errorf("%s: missing %v, %t", c.name, missing, complete)
		}
		if _, found := census.Before(); found {
			if err := census.CheckBefore(); (err != nil) != c.before {
				t.Errorf("%s: the release before: %v", c.name, err)
			}
		}
		if _, found := census.After(); found {
			if err := census.CheckAfter(); (err != nil) != c.after {
				t.Errorf("%s: the release after: %v", c.name, err)
			}
		}
		if census.Rewrites() {
			t.Errorf("%s: few claims are no rewrite", c.name)
		}
	}
}
