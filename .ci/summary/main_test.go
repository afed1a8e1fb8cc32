package main

import (
	"strings"
	"testing"
)

func TestSummarise(t *testing.T) {
	const stream = `go: downloading example.com v1
{"Action":"start","Package":"a"}
{"Action":"run","Package":"a","Test":"T1"}
{"Action":"output","Package":"a","Test":"T1","Output":"=== RUN   T1\n"}
{"Action":"output","Package":"a","Test":"T1","Output":"quiet success\n"}
{"Action":"pass","Package":"a","Test":"T1","Elapsed":0.1}
{"Action":"output","Package":"a","Test":"T2","Output":"    x_test.go:3: boom\n"}
{"Action":"fail","Package":"a","Test":"T2"}
{"Action":"output","Package":"a","Test":"T3","Output":"=== RUN   T3\n"}
{"Action":"output","Package":"a","Test":"T3","Output":"    x_test.go:9: SKIPPED: no Neo4j: no Java\n"}
{"Action":"output","Package":"a","Test":"T3","Output":"--- SKIP: T3 (0.00s)\n"}
{"Action":"skip","Package":"a","Test":"T3"}
{"Action":"skip","Package":"a","Test":"T4"}
{"Action":"output","Package":"a","Test":"T6","Output":"    neo4j_test.go:5: SKIPPED: only with CASUS_SEEDS\n"}
{"Action":"skip","Package":"a","Test":"T6"}
{"Action":"fail","Package":"a","Elapsed":2}
{"ImportPath":"b [b.test]","Action":"build-output","Output":"b.go:1:2: undefined: y\n"}
{"ImportPath":"b [b.test]","Action":"build-fail"}
{"Action":"output","Package":"b","Output":"FAIL b [build failed]\n"}
{"Action":"fail","Package":"b","FailedBuild":"b [b.test]"}
{"Action":"output","Package":"c","Output":"panic: in TestMain\n"}
{"Action":"fail","Package":"c"}
{"Action":"run","Package":"e","Test":"T5"}
{"Action":"output","Package":"e","Test":"T5","Output":"panic: test timed out after 10m0s\n"}
{"Action":"output","Package":"e","Output":"FAIL\te\t600.044s\n"}
{"Action":"fail","Package":"e","Elapsed":600.0}
{"Action":"skip","Package":"without tests"}
{"Action":"pass","Package":"d"}
`
	for _, c := range []struct {
		name   string
		env    map[string]string
		want   counts
		prints []string
	}{
		{"nothing required", nil, counts{1, 4, 3}, []string{
			"go: downloading", "x_test.go:3: boom", "skip  a T3: x_test.go:9: SKIPPED: no Neo4j: no Java\n",
			"skip  a T4: no reason given", "undefined: y", "panic: in TestMain",
			"FAIL  e T5\n      panic: test timed out", "600.044s",
		}},
		{"Neo4j required", map[string]string{"CASUS_REQUIRE_NEO4J": "1"}, counts{1, 5, 2}, []string{"REQUIRED"}},
		{"Poppler required", map[string]string{"CASUS_REQUIRE_PDF": "1"}, counts{1, 4, 3}, nil},
		{"browser required", map[string]string{"CASUS_REQUIRE_BROWSER": "1"}, counts{1, 4, 3}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			got, err := summarise(strings.NewReader(stream), &out, required(func(k string) string { return c.env[k] }))
			if err != nil {
				t.Fatal(err)
			}
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			for _, p := range c.prints {
				if !strings.Contains(out.String(), p) {
					t.Errorf("output lacks %q:\n%s", p, out.String())
				}
			}
			if strings.Contains(out.String(), "quiet success") {
				t.Error("what a passing test prints was shown")
			}
		})
	}
}
