package main

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// apiGraph is the bundled example as the API returns it. Exports are compared with it after a program made for the
// format has read them.
type apiGraph struct {
	Timeline struct {
		TotalCount int
		Nodes      []apiEvent
	}
	Actors struct{ Nodes []apiActor }
}

type apiEvent struct {
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

type apiActor struct {
	ID             string
	Names          []struct{ Value string }
	CoParticipants struct {
		Edges []struct {
			Node   struct{ ID string }
			Events int
		}
	}
}

const graphQuery = `{
  timeline(first: 500) { totalCount nodes {
    id title titles { value } status time { earliest } toll { killed { best } }
    participants { actor { id } role } locations { location { id point { latitude longitude } } }
    claims(first: 50) { totalCount nodes { stance claimants { id } quote { text } } }
  } }
  actors(first: 500) { nodes { id names { value } coParticipants(first: 100) { edges { node { id } events } } } }
}`

func querySample(t *testing.T, query string, into any) {
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

// exportSample exports the example and returns the path of the file or folder.
func exportSample(t *testing.T, name string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	code, _, stderr := runCasus(t, "", append([]string{"export", "--sample", "--out", path}, args...)...)
	if code != exitDone {
		t.Fatalf("export %v: %d %s", args, code, stderr)
	}
	return path
}

// parseOutput decodes the output of a foreign program about a file that it read.
func parseOutput[T any](t *testing.T, output []byte) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(output, &v); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	return v
}

func compare(t *testing.T, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-API +export):\n%s", what, d)
	}
}

func (e apiEvent) titles() []string {
	var all []string
	for _, t := range e.Titles {
		all = append(all, t.Value)
	}
	return all
}

func (e apiEvent) killed() int {
	if k := e.Toll.Killed; k != nil && k.Best != nil {
		return *k.Best
	}
	return 0
}
