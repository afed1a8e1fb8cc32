package format

import (
	"bytes"
	"strings"
	"testing"

	"casus/internal/client"
)

func TestTables(t *testing.T) {
	const response = `{
		"errors":[{"message":"too old","path":["timeline","nodes",1,"toll"]}],
		"data":{"timeline":{"totalCount":3,"nodes":[
			{"id":"event:b","place":null,"toll":{"killed":{"best":4}},
			 "participants":[{"actor":{"id":"actor:a"},"role":"AGENT"},{"actor":{"id":"actor:b"},"role":null}]},
			{"id":"event:a","place":{"name":"Odesa\n\u001b[31m"},"toll":null,"participants":[]}]}}}`
	const edges = `{"data":{"a":{"edges":[{"events":2,"node":{"id":"x"}},{"events":3,"node":{"id":"y"}}]}}}`
	const twoFields = `{"data":{"a":{"id":"x","n":1.50,"ok":true},"b":[[1,2],[3]]}}`
	for _, c := range []struct{ format, response, stdout, stderr string }{
		{"csv", response, "id,place.name,toll.killed.best,participants\n" +
			"event:b,,4,\"actor:a, AGENT; actor:b\"\n" +
			"event:a,\"Odesa\n\x1b[31m\",,\n", "error: timeline.nodes.1.toll: too old\n"},
		{"table", response, "id       place.name   toll.killed.best  participants\n" +
			"event:b               4                 actor:a, AGENT; actor:b\n" +
			"event:a  Odesa  [31m                    \n", "error: timeline.nodes.1.toll: too old\n"},
		{"table", twoFields, "a:\nid  n     ok\nx   1.50  true\n\nb:\nb\n1; 2\n3\n", ""},
		{"csv", edges, "events,id\n2,x\n3,y\n", ""},
		{"csv", `{"data":{"a":[]}}`, "", ""},
		{"csv", `{"data":null,"errors":[{"message":"no"}]}`, "", "error: no\n"},
		{"table", `{"data":{"a":{"n":0}},
			"extensions":{"warnings":[{"message":"no b","path":["a","ids"],"id":"b"}]}}`, "n\n0\n", "warning: a.ids: no b\n"},
	} {
		var stdout, stderr bytes.Buffer
		if err := Print(&stdout, &stderr, &client.Response{JSON: []byte(c.response)}, c.format); err != nil {
			t.Fatal(err)
		}
		if stdout.String() != c.stdout || stderr.String() != c.stderr {
			t.Errorf("%s of %s:\n%q\n%q\nwant\n%q\n%q",
				c.format, c.response, stdout.String(), stderr.String(), c.stdout, c.stderr)
		}
	}
	two := &client.Response{JSON: []byte(twoFields)}
	err := Print(&bytes.Buffer{}, &bytes.Buffer{}, two, "csv")
	if err == nil || !strings.Contains(err.Error(), "one field") {
		t.Errorf("csv of two fields: %v", err)
	}
}

func TestColourJSON(t *testing.T) {
	got := string(colourJSON([]byte("{\n  \"a\\\"\": [\"b\", -1, null]\n}")))
	want := "{\n  " + blue + `"a\""` + reset + ": [" + green + `"b"` + reset + ", " + yellow + "-1" + reset + ", " +
		yellow + "null" + reset + "]\n}"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
