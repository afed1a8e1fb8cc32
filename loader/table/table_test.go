package table_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/loader/table"
	"casus/loader/values"

	"github.com/google/go-cmp/cmp"
)

// read returns each row as "line: values" and each fault as "line! column reason".
func read(t testing.TB, name, text string, o table.Options) []string {
	t.Helper()
	r, err := table.Open(name, io.NopCloser(strings.NewReader(text)), o)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for range len(text) + 2 {
		row, err := r.Next()
		var fault *table.Fault
		switch {
		case errors.Is(err, io.EOF):
			return all
		case errors.As(err, &fault):
			all = append(all, fmt.Sprintf("%d! %s %s", fault.Line, fault.Column, fault.Reason))
		case err != nil:
			t.Fatal(err)
		default:
			all = append(all, fmt.Sprintf("%d: %v", row.Line, row.Values))
		}
	}
	t.Fatal("the rows do not end")
	return nil
}

func TestRows(t *testing.T) {
	skip := func(fields []string) bool { return fields[0] == "#a" }
	match := func(header []string) []string { return values.MatchHeader(header, []string{"a", "b"}) }
	for _, c := range []struct {
		name, file, text string
		o                table.Options
		want             []string
	}{
		{
			"comma, quotes, a newline in a field, CRLF and a BOM", "x.csv", "\ufeffa,b\r\n1,\"x\ny \"\"z\"\"\"\r\n2,w\r\n",
			table.Options{}, []string{"2: map[a:1 b:x\ny \"z\"]", "4: map[a:2 b:w]"},
		},
		{"semicolons detected", "x.csv", "a;b\n1,5;2\n", table.Options{}, []string{"2: map[a:1,5 b:2]"}},
		{
			"explicit delimiter", "x.txt", "a|b;c\n1|2\n",
			table.Options{Format: "csv", Delimiter: '|'}, []string{"2: map[a:1 b;c:2]"},
		},
		{
			"tabs, with quotation marks as text", "x.tab", "a\tb\n\"1\t2\"\n\n3\t4",
			table.Options{}, []string{"2: map[a:\"1 b:2\"]", "4: map[a:3 b:4]"},
		},
		{
			"a ragged row", "x.csv", "a,b\n1\n2,3,4\n5,6\n",
			table.Options{},
			[]string{"2!  1 fields, but the header has 2", "3!  3 fields, but the header has 2", "4: map[a:5 b:6]"},
		},
		{
			"no header", "x.csv", "1,2\n3,4\n",
			table.Options{NoHeader: true}, []string{"1: map[c1:1 c2:2]", "2: map[c1:3 c2:4]"},
		},
		{
			"columns instead of a header", "x.csv", "1,2\n",
			table.Options{NoHeader: true, Columns: []string{"a", "b"}}, []string{"1: map[a:1 b:2]"},
		},
		{
			"columns in place of a header that exists", "x.csv", "A, b\n1,2\n",
			table.Options{NoHeader: true, Columns: []string{"a", "b"}, MatchHeader: match}, []string{"2: map[a:1 b:2]"},
		},
		{"a column without a name", "x.csv", "a,,b,\n1,2,3,\n", table.Options{}, []string{"2: map[a:1 b:3 c2:2 c4:]"}},
		{
			"a broken row under a header with tags", "x.csv", "a,b\n1\n2,3\n",
			table.Options{SkipAfterHeader: skip}, []string{"2!  1 fields, but the header has 2", "3: map[a:2 b:3]"},
		},
		{"a row of tags", "x.csv", "a,b\n#a,\n1,2\n", table.Options{SkipAfterHeader: skip}, []string{"3: map[a:1 b:2]"}},
		{
			"no row of tags", "x.csv", "a,b\n1,2\n3,4\n",
			table.Options{SkipAfterHeader: skip}, []string{"2: map[a:1 b:2]", "3: map[a:3 b:4]"},
		},
		{
			"not UTF-8", "x.csv", "a,b\n1,\xe9\n2,x\n",
			table.Options{}, []string{"2! b not UTF-8: specify the file's encoding, as with --encoding windows-1252",
				"3: map[a:2 b:x]"},
		},
		{"another encoding", "x.csv", "a,b\n1,\xe9\n", table.Options{Encoding: "windows-1252"}, []string{"2: map[a:1 b:é]"}},
		{
			"JSON Lines", "x", "\n{\"a\": 1, \"b\": [\"x\"]}\n\n[1]\n{\"a\"\n{\"a\": null}",
			table.Options{},
			[]string{
				"2: map[a:1 b:[x]]", "4!  not a JSON object",
				"5!  invalid JSON: the object is not closed before the next one begins",
				"6: map[a:<nil>]",
			},
		},
		{
			"JSON as text", "x.json", "[{\"a\": 12345678901234567890, \"b\": 1.50, \"c\": null, \"d\": true, \"e\": [1]}]",
			table.Options{AsText: true}, []string{"1: map[a:12345678901234567890 b:1.50 c: d:true e:[1]]"},
		},
		{
			"an array", "x.json", " [\n {\"a\": 1},\n 2, {\"a\": {\"b\": \"c\"}}]\n",
			table.Options{}, []string{"2: map[a:1]", "3!  not a JSON object", "3: map[a:map[b:c]]"},
		},
		{
			"truncated array", "x.json", "[{\"a\": 1}, {\"a\"",
			table.Options{}, []string{"1: map[a:1]", "1!  the rest is invalid JSON: unexpected end of JSON input"},
		},
		{
			"a list in an object, after other fields", "x.json",
			"{\"n\": 2, \"m\": {\"data\": [1]},\n \"data\": [\n{\"a\": 1}, {\"a\": 2}], \"more\": 1}\n",
			table.Options{List: "data"}, []string{"3: map[a:1]", "3: map[a:2]"},
		},
		{
			"JSON Lines with a list option", "x.json", "{\"a\": 1}\n{\"data\": 2}\n",
			table.Options{List: "data"}, []string{"1: map[a:1]", "2: map[data:2]"},
		},
		{"an object without the list", "x.json", "{\"data\": 1}", table.Options{List: "data"}, []string{"1: map[data:1]"}},
		{"separator line", "x.csv", "\ufeffsep=;\r\na;b,c,d\r\n1;2\r\n", table.Options{}, []string{"3: map[a:1 b,c,d:2]"}},
		{
			"separator line and explicit delimiter", "x.csv", "SEP=,\na;b\n1;2\n",
			table.Options{Delimiter: ';'}, []string{"3: map[a:1 b:2]"},
		},
		{
			"UTF-16 as spreadsheets write it", "x.csv", "\xff\xfea\x00;\x00b\x00\n\x001\x00;\x00\xe9\x00\n\x00",
			table.Options{}, []string{"2: map[a:1 b:é]"},
		},
		{
			"upper-case header with LowerCase", "x.csv", "EVENT_ID,Day\n1,2\n",
			table.Options{LowerCase: true}, []string{"2: map[day:2 event_id:1]"},
		},
		{
			"other columns without a header", "x.tsv", "1\t2\n3\t4\n5\n",
			table.Options{NoHeader: true, Columns: []string{"a", "b", "c"}, OtherColumns: [][]string{{"a"}, {"a", "c"}}},
			[]string{"1: map[a:1 c:2]", "2: map[a:3 c:4]", "3!  1 fields, but the header has 2"},
		},
		{
			"missing header", "x.csv", "1,x\n2,y\n",
			table.Options{OtherColumns: [][]string{{"a", "b"}}}, []string{"1: map[a:1 b:x]", "2: map[a:2 b:y]"},
		},
		{
			"header with as many columns", "x.csv", "p,q\n2,y\n",
			table.Options{OtherColumns: [][]string{{"a", "b"}}}, []string{"2: map[p:2 q:y]"},
		},
		{"empty file", "x.csv", "", table.Options{}, nil},
		{"header alone", "x.csv", "a,b\n", table.Options{SkipAfterHeader: skip}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, read(t, c.file, c.text, c.o)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestRaw(t *testing.T) {
	r, err := table.Open("x.csv", io.NopCloser(strings.NewReader("a,b\n1,\"x\ny\"\n2,z\n")), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1,\"x\ny\"", "2,z"} {
		row, err := r.Next()
		if err != nil || row.Raw != want {
			t.Errorf("%q, %v; want %q", row.Raw, err, want)
		}
	}
}

func TestOpenErrors(t *testing.T) {
	for text, o := range map[string]table.Options{"a,b,a\n": {}, "a": {Encoding: "nonsense"}, "b": {Format: "xml"}} {
		if _, err := table.Open("x.csv", io.NopCloser(strings.NewReader(text)), o); kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%q: %v, want BAD_INPUT", text, err)
		}
	}
}
