package columns_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/columns"
	"casus/internal/kg"
)

func TestParseFields(t *testing.T) {
	for _, c := range []struct{ list, want, err string }{
		{"", "start length precision category status place", ""},
		{"id", "id", ""},
		{"killed,id,actors", "killed id actors", ""},
		{"categroy", "", "did you mean category?"},
		{"Start", "", "did you mean start?"},
		{"actor", "", "did you mean actors?"},
		{"whatever-that-is-supposed-to-be", "", "fields are id, start, end, length"},
		{"id,id", "", "names id twice"},
		{"id,", "", `unknown field ""`},
		{strings.Repeat("x", 1000), "", "fields are id"},
		{strings.Repeat("id,", 1000), "", "more than 27 names"},
	} {
		fields, err := columns.ParseFields(c.list)
		if c.err != "" {
			if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), c.err) || len(err.Error()) > 1500 {
				t.Errorf("%.40q: %v, want an error with %q", c.list, err, c.err)
			}
			continue
		}
		var names []string
		for _, f := range fields {
			names = append(names, string(f))
		}
		if got := strings.Join(names, " "); got != c.want || err != nil {
			t.Errorf("%q: %s, %v", c.list, got, err)
		}
	}
}

// example has a column of each form.
func example() ([]columns.Field, columns.Table) {
	const day = 86_400_000
	place := columns.Column{
		Words: []string{"", "location:b", "location:a", "location:c"}, Codes: []uint32{2, columns.NoCode, 1, 2},
	}
	place.Compact()
	place.Points = []kg.Point{{Latitude: 50.45, Longitude: 30.5}, {Latitude: -0.000001, Longitude: 180}}
	actors := columns.Column{
		Words: []string{"", "x", "y \"\n"}, Lists: []uint32{1, 2, 2}, Bounds: []uint32{0, 2, 2, 3, 3},
	}
	actors.Compact()
	return []columns.Field{columns.ID, columns.Start, columns.End, columns.VoiceCount, columns.Place, columns.Actors},
		columns.Table{Events: 4, Columns: []columns.Column{
			{Texts: []kg.ID{"event:a", "event:<b>", "event:ж", "event:d"}},
			{Numbers: []int64{-3 * day, 2 * day, 2 * day, columns.Missing}, Times: true, Ascending: true},
			{Numbers: []int64{-2 * day, 9 * day, columns.Missing, 4*day + 60_000}, Times: true, Ascending: true},
			{Numbers: []int64{2, 4, 0, columns.Missing}},
			place, actors,
		}}
}

func TestEncode(t *testing.T) {
	fields, table := example()
	var b bytes.Buffer
	if err := columns.Encode(t.Context(), &b, "77", fields, table); err != nil {
		t.Fatal(err)
	}
	want := `{"version":1,"revision":"77","events":4,"columns":{
"id":{"values":["event:a","event:\u003cb\u003e","event:ж","event:d"]},
"start":{"unit":86400000,"deltas":true,"values":[-3,5,0,null]},
"end":{"unit":60000,"deltas":true,"values":[-2880,15840,null,-7199]},
"voiceCount":{"unit":1,"values":[2,4,0,null]},
"place":{"words":["location:a","location:b"],"latitude":[50.45,-0.000001],"longitude":[30.5,180],"values":[0,null,1,0]},
"actors":{"words":["y \"\n","x"],"values":[[1,0],[],[0],[]]}}}
`
	if diff := cmp.Diff(strings.ReplaceAll(want, "\"\n\"", `"\n"`), b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !json.Valid(b.Bytes()) {
		t.Error("invalid JSON")
	}
}

func TestEncodeNothing(t *testing.T) {
	var b bytes.Buffer
	table := columns.Table{Columns: []columns.Column{
		{Texts: []kg.ID{}}, {Numbers: []int64{}, Times: true}, {Codes: []uint32{}}, {Bounds: []uint32{0}},
	}}
	fields := []columns.Field{columns.ID, columns.Start, columns.Place, columns.Actors}
	if err := columns.Encode(t.Context(), &b, "0", fields, table); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Columns map[string]struct{ Values []any }
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || len(got.Columns) != 4 {
		t.Errorf("%v: %s", err, &b)
	}
}

// TestEncodeEnds cancels an encoding, and has one meet a writer that fails.
func TestEncodeEnds(t *testing.T) {
	table := columns.Table{Events: 100_000, Columns: []columns.Column{{Numbers: make([]int64, 100_000)}}}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := columns.Encode(ctx, new(bytes.Buffer), "1", []columns.Field{columns.VoiceCount}, table)
	if kg.CodeOf(err) != kg.Timeout {
		t.Errorf("cancelled: %v", err)
	}
	if err := columns.Encode(t.Context(), full{}, "1", []columns.Field{columns.VoiceCount}, table); err == nil {
		t.Error("no error of the writer")
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, context.DeadlineExceeded }

func TestCheckSize(t *testing.T) {
	if err := columns.CheckSize(columns.MaxValues/6, 6); err != nil {
		t.Error(err)
	}
	if err := columns.CheckSize(columns.MaxValues/6+1, 6); kg.CodeOf(err) != kg.LimitExceeded {
		t.Error(err)
	}
}
