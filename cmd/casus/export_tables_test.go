package main

import (
	"slices"
	"testing"

	"casus/internal/testkit/foreign"
)

type tablesFile struct {
	Events, Participants, Claims, Killed int
	Roles, Stances, Statuses             map[string]int
	Starts, Titles, Quotes               []string
}

// tables returns the rows that exports of the graph must have.
func (a apiGraph) tables() tablesFile {
	s := tablesFile{
		Events: a.Timeline.TotalCount,
		Roles:  map[string]int{}, Stances: map[string]int{}, Statuses: map[string]int{},
	}
	for _, e := range a.Timeline.Nodes {
		s.Statuses[e.Status]++
		s.Killed += e.killed()
		s.Titles = append(s.Titles, e.titles()...)
		s.Participants += len(e.Participants)
		s.Claims += e.Claims.TotalCount
		if e.Time.Earliest != nil {
			s.Starts = append(s.Starts, (*e.Time.Earliest)[:10])
		}
		for _, p := range e.Participants {
			s.Roles[p.Role]++
		}
		for _, c := range e.Claims.Nodes {
			s.Stances[c.Stance]++
			if c.Quote != nil {
				s.Quotes = append(s.Quotes, c.Quote.Text)
			}
		}
	}
	slices.Sort(s.Starts)
	slices.Sort(s.Titles)
	slices.Sort(s.Quotes)
	return s
}

func TestTablesRoundTrip(t *testing.T) {
	t.Setenv(envStore, "")
	var api apiGraph
	querySample(t, graphQuery, &api)
	want := api.tables()
	for _, format := range []string{"csv", "parquet"} {
		t.Run(format, func(t *testing.T) {
			path := exportSample(t, "tables", "--format", format)
			got := parseOutput[tablesFile](t, foreign.Python(t, "testdata/readback/tables.py", path, format))
			for _, list := range [][]string{got.Starts, got.Titles, got.Quotes} {
				slices.Sort(list) // by bytes, unlike Python
			}
			compare(t, format, got, want)
		})
	}
}
