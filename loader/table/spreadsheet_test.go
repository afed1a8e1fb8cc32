package table

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"casus/loader/values"
)

// readAll returns the rows of a text as fmt prints them, and the reasons of its faults.
func readAll(t *testing.T, name, text string, o Options) (rows []string, err error) {
	t.Helper()
	r, err := Open(name, io.NopCloser(strings.NewReader(text)), o)
	if err != nil {
		return nil, err
	}
	for {
		row, err := r.Next()
		var fault *Fault
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case errors.As(err, &fault):
			rows = append(rows, fmt.Sprintf("%d %s: %s", fault.Line, fault.Column, fault.Reason))
		case err != nil:
			return rows, err
		default:
			rows = append(rows, fmt.Sprint(row.Values))
		}
	}
}

// TestFormulas reads texts that spreadsheets keep as formulas, as the program that saved the file wrote them.
func TestFormulas(t *testing.T) {
	for text, want := range map[string]string{
		"a,b\n=\"0042\",x\n":                           "map[a:0042 b:x]",
		"a,b\n\"=\"\"0042\"\"\",x\n":                   "map[a:0042 b:x]",
		"a\tb\n=\"0042\"\tx\n":                         "map[a:0042 b:x]",
		"\"=\"\"a\"\"\",b\n1,2\n":                      "map[a:1 b:2]",
		"a,b\n\"=\"\"say \"\"\"\"hi\"\"\"\"\"\"\",x\n": `map[a:say "hi" b:x]`,
		"a,b\n=A1+B1,=\"x\"&\"y\"\n":                   `map[a:=A1+B1 b:="x"&"y"]`,
		"a,b\n=,=\"\"\n":                               "map[a:= b:]",
	} {
		rows, err := readAll(t, "a.csv", text, Options{})
		if err != nil || len(rows) != 1 || rows[0] != want {
			t.Errorf("%q: %q, %v, want %s", text, rows, err, want)
		}
	}
}

func TestNULBytes(t *testing.T) {
	rows, err := readAll(t, "a.csv", "a,b\n1,x\x00y\n2,z\n\x00\x00,\n", Options{})
	want := []string{"2 b: " + nulByte, "map[a:2 b:z]", "4 a: " + nulByte}
	if err != nil || fmt.Sprint(rows) != fmt.Sprint(want) {
		t.Errorf("%q, %v", rows, err)
	}
}

// TestFieldsOfJSON reads objects whose fields are the columns in another spelling, as headers are read.
func TestFieldsOfJSON(t *testing.T) {
	match := func(header []string) []string {
		return values.MatchHeader(header, []string{"Event Date", "id", "adm_1", "kind"})
	}
	text := `{"EVENT_DATE":"x","ID":1}
{"event.date":"y","id":2}
{"eventDate":"z","event_date":"w","Id":3}
{"ADM 1":"a","adm.1":"b"}
{"Kind":"k","kind":"l"}`
	want := "[map[Event Date:x id:1] map[Event Date:y id:2] map[eventDate:z event_date:w id:3] map[ADM 1:a adm.1:b] " +
		"map[Kind:k kind:l]]"
	if rows, err := readAll(t, "a.jsonl", text, Options{MatchHeader: match}); err != nil || fmt.Sprint(rows) != want {
		t.Errorf("%v, %v", rows, err)
	}
	lower := Options{MatchHeader: match, LowerCase: true, AsText: true}
	rows, err := readAll(t, "a.json", `[{"KIND":2.0,"Other":null}]`, lower)
	if err != nil || fmt.Sprint(rows) != "[map[kind:2.0 other:]]" {
		t.Errorf("%v, %v", rows, err)
	}
}

// TestLongNumbers reads whole numbers that a float64 cannot have: 2^53 is the first without a successor.
func TestLongNumbers(t *testing.T) {
	text := `{"a":9007199254740992,"b":9007199254740993,"c":[{"d":123456789012345678901}],"e":1e3,` +
		`"f":0.1234567890123456789,"g":-9007199254740995}`
	want := "[map[a:9.007199254740992e+15 b:9007199254740993 c:[map[d:123456789012345678901]] e:1000 " +
		"f:0.12345678901234568 g:-9007199254740995]]"
	if rows, err := readAll(t, "a.jsonl", text, Options{}); err != nil || fmt.Sprint(rows) != want {
		t.Errorf("%v, %v", rows, err)
	}
	for text, want := range map[string]string{
		`{"a":1e400}`:                      "[1 : 1e400 is too large a number]",
		`{"a":1e400,"b":1234567890123456}`: "[1 : 1e400 is too large a number]",
		`[1]`:                              "[1 : not a JSON object]",
	} {
		if rows, err := readAll(t, "a.json", text, Options{}); err != nil || fmt.Sprint(rows) != want {
			t.Errorf("%s: %v, %v", text, rows, err)
		}
	}
}

// TestPandasOrients refuses the forms that DataFrame.to_json has besides records and table; the texts are its output.
func TestPandasOrients(t *testing.T) {
	for _, text := range []string{
		`{"id":{"0":1,"1":2},"day":{"0":"2025-01-01","1":"2025-01-02"}}`,
		`{"columns":["id","day"],"index":[0,1],"data":[[1,"2025-01-01"],[2,"2025-01-02"]]}`,
		`{"0":{"id":1,"day":"2025-01-01"},"1":{"id":2,"day":"2025-01-02"}}`,
		`[[1,"2025-01-01"],[2,"2025-01-02"]]`,
		`{"id":{` + strings.TrimSuffix(strings.Repeat(`"0":"a text of some length",`, 60_000), ",") + `}}`,
	} {
		rows, err := readAll(t, "a.json", text, Options{})
		if err == nil || !strings.Contains(err.Error(), `orient="records"`) {
			t.Errorf("%.60s: %v, %v", text, rows, err)
		}
	}
	for _, text := range []string{
		`[{"id":1},{"id":2}]`, `{"schema":{"fields":[{"name":"id"}]},"data":[{"index":0,"id":1},{"index":1,"id":2}]}`,
		`{"id":{"$oid":"0"},"place":{"0":1}}`, `{"0":1,"1":2}`,
	} {
		if rows, err := readAll(t, "a.json", text, Options{}); err != nil || len(rows) == 0 {
			t.Errorf("%s: %v, %v", text, rows, err)
		}
	}
}

// TestListOfAnotherName reads a list that is not in the field that the options name, if its objects have columns of the
// mapping.
func TestListOfAnotherName(t *testing.T) {
	o := Options{List: "Result", Reads: []string{"id"}}
	for text, want := range map[string]string{
		`{"Result":[{"id":1}],"data":[{"id":2}]}`: "[map[id:1]]",
		`{"count":1,"data":[{"id":2}]}`:           "[map[id:2]]",
		`{"count":1,"data":[{"x":2}]}`:            "[map[count:1 data:[map[x:2]]]]",
	} {
		if rows, err := readAll(t, "a.json", text, o); err != nil || fmt.Sprint(rows) != want {
			t.Errorf("%s: %v, %v", text, rows, err)
		}
	}
}
