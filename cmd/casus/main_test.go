package main

import (
	"bytes"
	"strings"
	"testing"
)

// runCasus runs the command and returns its exit code and output.
func runCasus(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

func TestExitCodes(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv(envStore, "")
	t.Setenv(envTokens, "")
	for _, c := range []struct {
		args  string
		stdin string
		code  int
		want  string // in stderr
	}{
		{"version", "", exitDone, ""},
		{"help", "", exitDone, ""},
		{"nonsense", "", exitUsage, "unknown command"},
		{"serve --listne :0", "", exitUsage, "--listne"},
		{"serve --log-level loud --sample", "", exitUsage, "--log-level"},
		{"serve --log-format xml --sample", "", exitUsage, "--log-format"},
		{"serve --sample --trusted-proxy nowhere", "", exitUsage, "--trusted-proxy"},
		{"serve --sample --listen nowhere", "", exitUsage, "hint: --listen takes HOST:PORT"},
		{"serve", "", exitFailed, "no store at sqlite:casus.db"},
		{"serve --store postgres://db", "", exitUsage, "unknown scheme"},
		{"stats --store sqlite:none.db", "", exitFailed, "hint: `casus load FILE` creates one"},
		{"stats --store bolt://127.0.0.1:1", "", exitFailed, "is it running?"},
		{"load", "", exitUsage, "specify the files to load"},
		{"load none.jsonl", "", exitFailed, "none.jsonl"},
		{"load --published soon --store sqlite::memory: -", "", exitUsage, "--published"},
		{"load --store sqlite::memory: -", "{", exitFailed, "rejected"},
		{"load --store sqlite::memory: -", `{"type":"actor","id":"actor:a","kind":"PERSON","names":["A"]}`, exitDone, ""},
		{"serve --sample=nothing", "", exitUsage, "article, fictional"},
		{"query --sample fictional --check {timeline{nodes{id}}}", "", exitDone, ""},
		{"query --sample {nonsense}", "", exitFailed, "^"},
		{"query --sample --check {timeline{nodes{id}}}", "", exitDone, ""},
		{"query --sample {timeline(first:501){nodes{id}}}", "", exitFailed, ""},
		{"query --sample --var a=b {timeline{nodes{id}}}", "", exitUsage, "a"},
		{"query -f none.graphql", "", exitFailed, "none.graphql"},
		{"query -f a.graphql {b}", "", exitUsage, "twice"},
		{"query --endpoint http://127.0.0.1:1/graphql {__typename}", "", exitFailed, "is a server running there?"},
		{"schema nonsense", "", exitUsage, ""},
	} {
		code, stdout, stderr := runCasus(t, c.stdin, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(stderr, c.want) {
			t.Errorf("casus %s: exit code %d, want %d with %q\nstdout: %s\nstderr: %s",
				c.args, code, c.code, c.want, stdout, stderr)
		}
	}
}
