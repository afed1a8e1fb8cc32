package mapping_test

import (
	"strings"
	"testing"

	"casus/loader/mapping"

	"github.com/google/go-cmp/cmp"
)

// A draft is a mapping that can be read at once, and carries what it recognised.
func TestDraft(t *testing.T) {
	columns := []string{"Event ID", "event_date", "actor1", "Side B", "location", "latitude", "longitude", "fatalities", "it's"}
	row := map[string]any{"Event ID": "7", "event_date": "03 December 2020", "actor1": "Front", "Side B": "", "location": "Bridge town", "latitude": "50.5", "longitude": "30.25", "fatalities": "2", "it's": "x"}
	source := mapping.Draft("ours", columns, []map[string]any{row})
	want := []string{
		`actor {"id":"actor:ours:Front","kind":"UNIDENTIFIED","names":["Front"],"type":"actor"}`,
		`location {"id":"location:ours:Bridge_town","kind":"CITY","names":["Bridge town"],"point":{"latitude":50.5,"longitude":30.25},"type":"location"}`,
		`event {"assertedAt":"2020-12-03","category":"OTHER","figures":[{"best":2,"kind":"KILLED"}],"locations":[{"location":"location:ours:Bridge_town"}],"participants":[{"actor":"actor:ours:Front"}],"time":"2020-12-03","titles":["ours"],"type":"event"}`,
	}
	if d := cmp.Diff(want, yields(t, source, row)); d != "" {
		t.Errorf("%s\n%s", d, source)
	}
	for _, c := range []string{"Event ID", "Side B", "it's"} {
		if !strings.Contains(source, "# not carried: "+c+",") {
			t.Errorf("%s is lost in silence:\n%s", c, source)
		}
	}
}

// Whatever a table is called and holds, its draft can be read.
func FuzzDraft(f *testing.F) {
	f.Add("data (1).csv", "date", "it's \"x\"", "2020-01-01")
	f.Fuzz(func(t *testing.T, file, one, other, value string) {
		if one == other || strings.ContainsAny(one+other, "\r\n\x00") {
			return
		}
		source := mapping.Draft(mapping.DraftName(file), []string{one, other}, []map[string]any{{one: value, other: value}})
		if _, err := mapping.Parse("draft.yaml", []byte(source), nil); err != nil {
			t.Errorf("%v\n%s", err, source)
		}
	})
}
