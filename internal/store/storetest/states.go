package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/stance"
	"casus/internal/store"
)

// testStates reads all versions of events. A line is "from-to status toll because"; an open end is empty.
func testStates(t *testing.T, s store.Store) {
	day := func(i edtf.Instant) string {
		if i == edtf.EndOfTime {
			return ""
		}
		return i.String()[8:10]
	}
	strike := []string{"01-02 UNVERIFIED 3 s1 s2", "02-03 CORROBORATED 5 s3", "03-04 DISPUTED 5 s4", "04-06 DISPUTED 5 s5",
		"06-07 CORROBORATED 5 s6", "07- CORROBORATED 4 s7"}
	for _, c := range []struct {
		name   string
		view   kg.View
		events string
		want   [][]string
	}{
		{"everything known", kg.View{}, "strike rumour nothing strike",
			[][]string{strike, {"02-04 UNVERIFIED - m1", "04- RETRACTED - m2"}, nil, strike}},
		{"before any claim", known(noon(1) - 1), "strike rumour", [][]string{nil, nil}},
		{"as one begins", known(noon(2)), "strike rumour", [][]string{{strike[0], "02- CORROBORATED 5 s3"},
			{"02- UNVERIFIED - m1"}}},
		{"just before one ends", known(noon(3) - 1), "strike", [][]string{{strike[0], "02- CORROBORATED 5 s3"}}},
		{"between", known(noon(5)), "strike rumour", [][]string{{strike[0], strike[1], strike[2], "04- DISPUTED 5 s5"},
			{"02-04 UNVERIFIED - m1", "04- RETRACTED - m2"}}},
		{"after the last", known(noon(20)), "strike", [][]string{strike}},
		{"no events", kg.View{}, "", nil},
	} {
		var got [][]string
		for _, versions := range must[[][]kg.EventState](t)(s.States(t.Context(), c.view, nodeIDs(kg.KindEvent, c.events))) {
			var lines []string
			for _, v := range versions {
				toll := "-"
				if v.Toll.Killed != nil {
					toll = fmt.Sprint(*v.Toll.Killed.Best)
				}
				line := fmt.Sprintf("%s-%s %s %s", day(v.KnownFrom), day(v.KnownTo), v.Status, toll)
				for _, id := range v.Because {
					line += " " + strings.TrimPrefix(string(id), "claim:")
				}
				lines = append(lines, line)
			}
			got = append(got, lines)
		}
		wantEqual(t, c.name, c.want, got)
	}
}

func (a *queryGenerator) states() {
	view, events := a.view(a.random), randomValues(a.random, 10, append(a.known[kg.KindEvent], "event:unknown"))
	q := struct {
		View   kg.View
		Events []kg.ID
	}{view, events}
	addQuery(a, "states", q, func(ctx context.Context, s store.Store) ([][]kg.EventState, error) {
		return s.States(ctx, view, events)
	}, func(versions []kg.EventState) int { return len(versions) })
	addQuery(a, "claim counts", q, func(ctx context.Context, s store.Store) ([]stance.Counts, error) {
		return s.ClaimCounts(ctx, view, events)
	}, stance.Counts.All)
}
