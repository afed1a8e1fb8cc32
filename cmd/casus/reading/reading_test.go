// Package reading_test compares the command with readings of docs/model.md in Python: programs that were written from
// that page alone derive statuses, tolls, disagreements, reversals, edges, fields of nodes and sums from the same
// records in the naive way.
package reading_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"casus/internal/testkit/command"
	"casus/internal/testkit/foreign"
	"casus/internal/testkit/seeds"
)

// histories, graphs and catalogs are the numbers of seeds that an ordinary run takes.
const (
	histories = 4
	graphs    = 3
	catalogs  = 6
)

// TestHistories asks for the events of random histories of claims at random moments of knowledge, with all that follows
// from the claims: values, disagreements and edges, and where the words of actors turned; and for the withdrawals
// without effect.
func TestHistories(t *testing.T) {
	r := newReader(t, "histories")
	seen := map[string]int{}
	all := seeds.For(t, histories)
	for _, seed := range all {
		dir := t.TempDir()
		store, records := "sqlite:"+filepath.Join(dir, "graph.db"), filepath.Join(dir, "records.jsonl")
		var moments []*string
		r.python(&moments, "generate.py", fmt.Sprint(seed), records)
		var loaded, checked notes
		r.casus(&loaded, store, "load", "--json", records)
		r.casus(&checked, store, "check", "--json")
		if loaded.WithoutEffect != checked.WithoutEffect {
			t.Errorf("seed %d: the load has %d notes, the check %d", seed, loaded.WithoutEffect, checked.WithoutEffect)
		}
		type answer struct {
			KnownAt *string         `json:"knownAt"`
			Events  json.RawMessage `json:"events"`
			Edges   json.RawMessage `json:"edges"`
		}
		answers := struct {
			Moments []answer     `json:"moments"`
			Notes   [][2]*string `json:"notes"`
		}{Notes: checked.list()}
		for _, at := range moments {
			var variables []string
			if at != nil {
				variables = []string{"knownAt=" + *at}
			}
			answers.Moments = append(answers.Moments, answer{
				at, r.query("events.graphql", store, variables...), r.query("edges.graphql", store, variables...),
			})
		}
		r.compare(seen, seed, records, r.write(dir, "answers.json", answers))
	}
	r.enough(seen, len(all) >= histories, map[string]int{
		"UNVERIFIED": 100, "CORROBORATED": 5, "CONFIRMED": 5, "DISPUTED": 20, "DENIED": 5, "RETRACTED": 5,
		"toll": 100, "history": 100, "withdrawn": 50, "notes": 50,
		"disagreement OCCURRENCE": 10, "disagreement TIME": 10, "disagreement PLACE": 3, "disagreement PARTICIPATION": 5,
		"disagreement FIGURES": 10, "disagreement CHARACTERIZATION": 10,
		"reversal ADMITTED": 10, "reversal DENIED": 10, "reversal ACCEPTED": 10, "reversal REFUSED": 10,
		"locations": 300, "partOf": 100, "responses": 200, "announcements": 100, "proposedBy": 100, "affiliations": 60,
	})
}

// notes are the withdrawals without effect in the report of a load or a check.
type notes struct {
	Withdrawals []struct {
		Claim  string
		Target *string
	}
	WithoutEffect int
}

// list returns each note as a claim and the claim that it names, if any.
func (n notes) list() [][2]*string {
	all := [][2]*string{}
	for _, w := range n.Withdrawals {
		all = append(all, [2]*string{&w.Claim, w.Target})
	}
	return all
}

// TestSums adds up the figures of random graphs, in which events are parts of one another, over random selections: by
// the whole selection, by months, by values of facets and by links, in the API and in exports.
func TestSums(t *testing.T) {
	r := newReader(t, "sums")
	seen := map[string]int{}
	all := seeds.For(t, graphs)
	for _, seed := range all {
		dir := t.TempDir()
		store, records := "sqlite:"+filepath.Join(dir, "graph.db"), filepath.Join(dir, "records.jsonl")
		var filters []json.RawMessage
		r.python(&filters, "generate.py", fmt.Sprint(seed), records)
		r.casus(nil, store, "load", records)
		for _, table := range []string{"events", "participants", "figures"} {
			r.casus(nil, store, "export", "--format", "csv", "--table", table, "--out", filepath.Join(dir, table+".csv"))
		}
		for i, filter := range filters {
			name := func(suffix string) string { return filepath.Join(dir, fmt.Sprintf("%d.%s", i, suffix)) }
			file := r.write(dir, "filter", filter)
			r.casus(nil, store, "export", "--format", "csv", "--table", "events", "--filter", file, "--out", name("events.csv"))
			r.casus(nil, store,
				"export", "--format", "graphml", "--graph", "actors", "--filter", file, "--out", name("graphml"))
			var data map[string]any
			r.decode(r.query("query.graphql", store, "filter="+string(filter)), &data)
			data["filter"] = string(filter)
			r.write(dir, filepath.Base(name("json")), data)
		}
		r.compare(seen, seed, dir)
	}
	r.enough(seen, len(all) >= graphs, map[string]int{"sums": 1, "contributions": 1, "links": 1})
}

// TestNodes asks for the fields of nodes of which several sources state different values, with all statements, and for
// the fields that are undecided.
func TestNodes(t *testing.T) {
	r := newReader(t, "nodes")
	seen := map[string]int{}
	all := seeds.For(t, catalogs)
	for _, seed := range all {
		dir := t.TempDir()
		store, records := "sqlite:"+filepath.Join(dir, "graph.db"), filepath.Join(dir, "records.jsonl")
		var ties json.RawMessage
		r.python(&ties, "generate.py", fmt.Sprint(seed), records)
		var checked struct{ Undecided json.RawMessage }
		r.casus(nil, store, "load", records)
		r.casus(&checked, store, "check", "--json")
		var answer map[string]json.RawMessage
		r.decode(r.query("query.graphql", store, "ties="+string(ties)), &answer)
		answer["undecided"] = checked.Undecided
		r.compare(seen, seed, records, r.write(dir, "answer.json", answer))
	}
	r.enough(seen, len(all) >= catalogs, map[string]int{
		"values": 400, "statements": 600, "rivals": 250, "undecided": 80, "corrected": 40, "members": 8, "affiliations": 40,
	})
}

// reader runs the command and the Python programs of a folder of testdata.
type reader struct {
	*testing.T
	program command.Program
	folder  string
}

func newReader(t *testing.T, folder string) reader {
	t.Helper()
	foreign.Python(t, "-c", "import networkx, pandas") // skips the test without them, before the command is built
	return reader{t, command.Build(t), filepath.Join("testdata", folder)}
}

// python runs a program of the folder and decodes what it prints.
func (r reader) python(into any, args ...string) {
	r.Helper()
	args[0] = filepath.Join(r.folder, args[0])
	r.decode(foreign.Python(r, args...), into)
}

// casus runs the command on a store and decodes what it prints, unless into is nil.
func (r reader) casus(into any, store string, args ...string) {
	r.Helper()
	cmd := r.program.Command(store, args...)
	out, err := cmd.Output()
	if err != nil {
		r.Fatalf("casus %v: %v\n%s", args, err, out)
	}
	if into != nil {
		r.decode(out, into)
	}
}

// query runs a query of the folder with variables, as name=value, and returns the data of the response.
func (r reader) query(name, store string, variables ...string) json.RawMessage {
	r.Helper()
	args := []string{"query", "-f", filepath.Join(r.folder, name)}
	for _, v := range variables {
		args = append(args, "--var", v)
	}
	var response struct{ Data json.RawMessage }
	r.casus(&response, store, args...)
	return response.Data
}

func (r reader) decode(text []byte, into any) {
	r.Helper()
	if err := json.Unmarshal(text, into); err != nil {
		r.Fatalf("%v in %s", err, text)
	}
}

// write writes a value as JSON and returns the file's path.
func (r reader) write(dir, name string, value any) string {
	r.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		r.Fatal(err)
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		r.Fatal(err)
	}
	return path
}

// compare runs the comparison of the folder, fails the test for each difference, and adds what was compared to seen.
func (r reader) compare(seen map[string]int, seed uint64, args ...string) {
	r.Helper()
	var result struct {
		Differences []string
		Count       int
		Seen        map[string]int
	}
	r.python(&result, append([]string{"compare.py"}, args...)...)
	for _, d := range result.Differences {
		r.Errorf("seed %d: %s", seed, d)
	}
	if result.Count > len(result.Differences) {
		r.Errorf("seed %d: %d differences in all", seed, result.Count)
	}
	for what, n := range result.Seen {
		seen[what] += n
	}
}

// enough fails the test if less of something was compared than in minima, unless fewer seeds than usual were run.
func (r reader) enough(seen map[string]int, usual bool, minima map[string]int) {
	r.Helper()
	for what, least := range minima {
		if usual && seen[what] < least {
			r.Errorf("%d of %s, want %d or more: the input does not test the rules", seen[what], what, least)
		}
	}
}
