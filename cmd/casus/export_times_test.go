package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/testkit/foreign"
)

// unusualTimes has actors that met at times without a start, before our era and after the year 9999. One of them takes
// part twice in an event.
const unusualTimes = `{"type":"document","id":"document:d","titles":["D"],"publishedAt":"2025-06-01"}
{"type":"actor","id":"actor:a","kind":"STATE","names":["A"]}
{"type":"actor","id":"actor:b","kind":"STATE","names":["B"]}
{"type":"event","id":"event:known","titles":["k"],"category":"CONSULT","time":"2024-02-03","document":"document:d",
"participants":[{"actor":"actor:a","role":"PARTICIPANT"},{"actor":"actor:a","role":"HOST"},
{"actor":"actor:b","role":"PARTICIPANT"}]}
{"type":"event","id":"event:earlier","titles":["e"],"category":"CONSULT","time":"-0043-03-15","document":"document:d",
"participants":[{"actor":"actor:a","role":"PARTICIPANT"},{"actor":"actor:b","role":"PARTICIPANT"}]}
{"type":"event","id":"event:open","titles":["o"],"category":"CONSULT","time":"../2024-01-05","document":"document:d",
"participants":[{"actor":"actor:a","role":"PARTICIPANT"},{"actor":"actor:b","role":"PARTICIPANT"}]}
{"type":"event","id":"event:unknown","titles":["u"],"category":"CONSULT","time":"/2023-01","document":"document:d",
"participants":[{"actor":"actor:a","role":"PARTICIPANT"},{"actor":"actor:b","role":"PARTICIPANT"}]}
{"type":"event","id":"event:instant","titles":["i"],"category":"CONSULT","time":"2023-05-05T00:00:00Z",
"document":"document:d","participants":[{"actor":"actor:a","role":"PARTICIPANT"}]}
{"type":"event","id":"event:never","titles":["n"],"category":"CONSULT","time":"Y12025",
"document":"document:d","modality":"PLANNED"}
{"type":"event","id":"event:zero","titles":["z"],"category":"CONSULT","time":"0000","document":"document:d"}
`

func TestExportsOfUnusualTimes(t *testing.T) {
	dir := t.TempDir()
	t.Setenv(envStore, "sqlite:"+filepath.Join(dir, "casus.db"))
	mustRun := func(args ...string) {
		t.Helper()
		if code, _, stderr := runCasus(t, "", args...); code != exitDone {
			t.Fatalf("%v: exit code %d: %s", args, code, stderr)
		}
	}
	rows := filepath.Join(dir, "rows.jsonl")
	if err := os.WriteFile(rows, []byte(strings.ReplaceAll(unusualTimes, ",\n", ",")), 0o600); err != nil {
		t.Fatal(err)
	}
	mustRun("load", "--quiet", rows)
	var files []string
	for _, f := range [][]string{{"gexf", "events"}, {"graphml", "events"}, {"gexf", "actors"}, {"graphml", "actors"}} {
		path := filepath.Join(dir, f[1]+"."+f[0])
		mustRun("export", "--quiet", "--format", f[0], "--graph", f[1], "--out", path)
		files = append(files, path)
	}
	path := filepath.Join(dir, "graph.jsonld")
	mustRun("export", "--quiet", "--format", "jsonld", "--out", path)
	type links struct{ Links, Merged, Backward int }
	type readBack struct {
		GEXF, GraphML     links
		NetworkxLinks     []int
		ActorsBackward    int
		First, Last       string
		Times             int
		Invalid, IllTyped []string
	}
	args := append(append([]string{"testdata/readback/spells.py"}, files...), path)
	got := parseOutput[readBack](t, foreign.Python(t, args...))
	if got.Times < 19 {
		t.Errorf("only %d times", got.Times)
	}
	got.Times = 0
	compare(t, "exports", got, readBack{
		GEXF: links{Links: 10}, GraphML: links{Links: 10}, NetworkxLinks: []int{10, 10},
		First: "-0043-03-15", Last: "2024-02-03", Invalid: []string{}, IllTyped: []string{},
	})
}
