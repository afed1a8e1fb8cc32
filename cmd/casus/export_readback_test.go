package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/testkit/foreign"
)

// The bundled example, as the API tells it: every export is compared with this, after a program made for its format has
// read it.
type apiAnswer struct {
	Timeline struct {
		TotalCount int
		Nodes      []toldEvent
	}
	Actors struct{ Nodes []toldActor }
}

type toldEvent struct {
	ID           string
	Title        string
	Titles       []struct{ Value string }
	Status       string
	Time         struct{ Earliest *string }
	Toll         struct{ Killed *struct{ Best *int } }
	Participants []struct {
		Actor struct{ ID string }
		Role  string
	}
	Locations []struct {
		Location struct {
			ID    string
			Point *struct{ Latitude, Longitude float64 }
		}
	}
	Claims struct {
		TotalCount int
		Nodes      []struct {
			Stance    string
			Claimants []struct{ ID string }
			Quote     *struct{ Text string }
		}
	}
}

type toldActor struct {
	ID             string
	Names          []struct{ Value string }
	CoParticipants struct {
		Edges []struct {
			Node   struct{ ID string }
			Events int
		}
	}
}

const toldQuery = `{
  timeline(first: 500) { totalCount nodes {
    id title titles { value } status time { earliest } toll { killed { best } }
    participants { actor { id } role } locations { location { id point { latitude longitude } } }
    claims(first: 50) { totalCount nodes { stance claimants { id } quote { text } } }
  } }
  actors(first: 500) { nodes { id names { value } coParticipants(first: 100) { edges { node { id } events } } } }
}`

func askSample(t *testing.T, query string, into any) {
	t.Helper()
	base, _ := startServer(t, "--sample", "--max-complexity=-1")
	code, stdout, stderr := runCasus(t, "", "query", "--endpoint", base+"/graphql", query)
	if code != exitDone {
		t.Fatalf("%d %s%s", code, stdout, stderr)
	}
	answer := struct{ Data any }{into}
	if err := json.Unmarshal([]byte(stdout), &answer); err != nil {
		t.Fatal(err)
	}
}

// exported writes the example in a format and gives the file or folder.
func exported(t *testing.T, name string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	code, _, stderr := runCasus(t, "", append([]string{"export", "--sample", "--out", path}, args...)...)
	if code != exitDone {
		t.Fatalf("export %v: %d %s", args, code, stderr)
	}
	return path
}

// seen is what a program says it read.
func seen[T any](t *testing.T, output []byte) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(output, &v); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	return v
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-told by the API +read back):\n%s", what, d)
	}
}

type seenNetwork struct {
	Directed bool
	Kinds    map[string]int
	Edges    int
	Roles    map[string]int
	Weight   int
	Names    []string
	Starts   []string
}

func TestNetworksAreReadBack(t *testing.T) {
	t.Setenv(envStore, "")
	var api apiAnswer
	askSample(t, toldQuery, &api)
	events, actors := api.networks()
	for graph, want := range map[string]seenNetwork{"events": events, "actors": actors} {
		for _, format := range []string{"gexf", "graphml", "cytoscape"} {
			t.Run(format+" "+graph, func(t *testing.T) {
				path := exported(t, "network."+format, "--format", format, "--graph", graph)
				var out []byte
				if format == "cytoscape" {
					out = foreign.Node(t, "cytoscape.mjs", path)
				} else {
					out = foreign.Python(t, "testdata/readback/network.py", path)
				}
				for _, got := range seen[[]seenNetwork](t, out) {
					slices.Sort(got.Names)
					slices.Sort(got.Starts)
					same(t, format, got, want)
				}
			})
		}
	}
	if all := strings.Join(events.Names, " "); !strings.Contains(all, "زيلينسكي") || !strings.Contains(all, "Зеленський") {
		t.Errorf("the example has no Arabic or no Cyrillic: %s", all)
	}
}

// networks are the two graphs that the API's answer makes.
func (a apiAnswer) networks() (events, actors seenNetwork) {
	names := map[string]string{}
	actors = seenNetwork{Kinds: map[string]int{}, Roles: map[string]int{}, Starts: []string{}}
	for _, n := range a.Actors.Nodes {
		var all []string
		for _, name := range n.Names {
			all = append(all, name.Value)
		}
		names[n.ID] = strings.Join(all, "; ")
		for _, e := range n.CoParticipants.Edges {
			if n.ID < e.Node.ID {
				actors.Edges++
				actors.Weight += e.Events
			}
		}
		if len(n.CoParticipants.Edges) > 0 {
			actors.Kinds["ACTOR"]++
			actors.Names = append(actors.Names, names[n.ID])
		}
	}
	events = seenNetwork{Directed: true, Kinds: map[string]int{}, Roles: map[string]int{}}
	acting := map[string]bool{}
	for _, e := range a.Timeline.Nodes {
		events.Kinds["EVENT"]++
		events.Names = append(events.Names, strings.Join(e.titles(), "; "))
		if e.Time.Earliest != nil {
			events.Starts = append(events.Starts, (*e.Time.Earliest)[:10])
		}
		for _, p := range e.Participants {
			events.Edges++
			events.Roles[p.Role]++
			acting[p.Actor.ID] = true
		}
	}
	for id := range acting {
		events.Kinds["ACTOR"]++
		events.Names = append(events.Names, names[id])
	}
	slices.Sort(events.Names)
	slices.Sort(events.Starts)
	slices.Sort(actors.Names)
	return events, actors
}

func (e toldEvent) titles() []string {
	var all []string
	for _, t := range e.Titles {
		all = append(all, t.Value)
	}
	return all
}

func (e toldEvent) killed() int {
	if k := e.Toll.Killed; k != nil && k.Best != nil {
		return *k.Best
	}
	return 0
}

type seenTables struct {
	Events, Participants, Claims, Killed int
	Roles, Stances, Statuses             map[string]int
	Starts, Titles, Quotes               []string
}

// tables are the rows that the API's answer makes.
func (a apiAnswer) tables() seenTables {
	s := seenTables{Events: a.Timeline.TotalCount, Roles: map[string]int{}, Stances: map[string]int{}, Statuses: map[string]int{}}
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

func TestTablesAreReadBack(t *testing.T) {
	t.Setenv(envStore, "")
	var api apiAnswer
	askSample(t, toldQuery, &api)
	want := api.tables()
	for _, format := range []string{"csv", "parquet"} {
		t.Run(format, func(t *testing.T) {
			got := seen[seenTables](t, foreign.Python(t, "testdata/readback/tables.py", exported(t, "tables", "--format", format), format))
			for _, list := range [][]string{got.Starts, got.Titles, got.Quotes} {
				slices.Sort(list) // by bytes
			}
			same(t, format, got, want)
		})
	}
}

func TestJSONLDIsReadBack(t *testing.T) {
	t.Setenv(envStore, "")
	var api apiAnswer
	askSample(t, toldQuery, &api)
	type answers struct {
		Events                              int
		Statuses, Roles, Stances, WhoClaims map[string]int
		Titles, Starts                      []string
	}
	tables := api.tables()
	want := answers{tables.Events, tables.Statuses, tables.Roles, tables.Stances, map[string]int{}, tables.Titles, tables.Starts}
	for _, e := range api.Timeline.Nodes {
		for _, c := range e.Claims.Nodes {
			for _, by := range c.Claimants {
				want.WhoClaims[by.ID]++
			}
		}
	}
	got := seen[answers](t, foreign.Python(t, "testdata/readback/jsonld.py", exported(t, "sample.jsonld", "--format", "jsonld")))
	slices.Sort(got.Titles)
	same(t, "JSON-LD", got, want)
}

func TestGeoJSONIsReadBack(t *testing.T) {
	t.Setenv(envStore, "")
	type answers struct {
		Features, Killed         int
		Events, BlackSea, Titles []string
		Valid                    bool
	}
	var api struct {
		apiAnswer
		Box struct{ Nodes []struct{ ID string } }
	}
	askSample(t, strings.TrimSuffix(toldQuery, "}")+`box: timeline(first: 500, filter: {place: {box: {west: 27, south: 40, east: 42, north: 47}}}) { nodes { id } } }`, &api)
	want := answers{Valid: true}
	for _, e := range api.Timeline.Nodes {
		before := want.Features
		for _, l := range e.Locations {
			if l.Location.Point != nil {
				want.Features++
			}
		}
		if want.Features > before {
			want.Events, want.Titles, want.Killed = append(want.Events, e.ID), append(want.Titles, e.Title), want.Killed+e.killed()
		}
	}
	for _, e := range api.Box.Nodes {
		want.BlackSea = append(want.BlackSea, e.ID)
	}
	for _, list := range []*[]string{&want.Events, &want.Titles, &want.BlackSea} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	got := seen[answers](t, foreign.Python(t, "testdata/readback/geojson.py", exported(t, "sample.geojson", "--format", "geojson")))
	slices.Sort(got.Titles)
	same(t, "GeoJSON", got, want)
	if len(got.BlackSea) == 0 || len(got.BlackSea) == len(got.Events) {
		t.Error("the box tells no events from others")
	}
}
