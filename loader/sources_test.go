package loader_test

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"

	"github.com/google/go-cmp/cmp"
)

// changedRows returns a table with copies of one row, each with some other values.
func changedRows(t *testing.T, table string, row int, changes ...map[string]string) string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{all[0]}
	for _, change := range changes {
		values := slices.Clone(all[row])
		for column, v := range change {
			i := slices.Index(all[0], column)
			if i < 0 {
				t.Fatalf("no column %s", column)
			}
			values[i] = v
		}
		rows = append(rows, values)
	}
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sourcesOf returns an event's status and sources, and the publishers of the documents that its claims cite.
func sourcesOf(t *testing.T, s *memory.Store, id kg.ID) string {
	t.Helper()
	e := node[kg.Event](t, s, id)
	var outlets []string
	for _, c := range claimsAbout(t, s, id) {
		for _, d := range c.Cites {
			p := strings.TrimPrefix(string(node[kg.Document](t, s, d).Publisher), "actor:outlet:")
			outlets = append(outlets, cmpOr(p, "?"))
		}
	}
	slices.Sort(outlets)
	return fmt.Sprintf("%s %d voices of %d documents: %s", e.Status, e.Sources.Voices, e.Sources.Documents,
		strings.Join(slices.Compact(outlets), " "))
}

func cmpOr(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// TestOutletsOfUCDP loads rows whose sources are written in the forms of the real data.
func TestOutletsOfUCDP(t *testing.T) {
	wide := strings.Replace(ged, "source_article", "source_office,source_date,source_article", 1)
	wide = strings.ReplaceAll(wide, `31,Front,"""`, `31,Front,,,"""`)
	wide = strings.ReplaceAll(wide, "9999,Civilians,,6", "9999,Civilians,,,,6")
	wide = strings.Replace(wide, ",,#date+year", ",,#date+year,,", 1)
	cases := []struct{ article, office, date, want string }{
		{`"Reuters News,2014-01-23,Clash";"Agence France Presse,2014-01-24,Two dead"`, "", "",
			"CORROBORATED 2 voices of 2 documents: agence-france-presse reuters"},
		{`"Reuters News,2014-01-23,Clash";"REUTERS,2014-01-24,Two dead"`, "", "",
			"UNVERIFIED 1 voices of 2 documents: reuters"},
		{`"Reuters News,2014-01-23,Clash";"Reuters,2014-01-23,CLASH"`, "", "", "UNVERIFIED 1 voices of 1 documents: reuters"},
		{`"Arland Wire,2014-01-23,Clash; ""many"" dead";"Radio Boria,2014-01-23,Clash"`, "", "",
			"CORROBORATED 2 voices of 2 documents: arland-wire radio-boria"},
		{`"Unknown,2014-01-23,Clash";"Twitter,2014-01-23,Clash"`, "", "", "UNVERIFIED 0 voices of 2 documents: ?"},
		{`"Unknown,2014-01-23,Clash";"AFP,2014-01-23,Clash"`, "", "",
			"UNVERIFIED 1 voices of 2 documents: ? agence-france-presse"},
		{"a book by the elders of Arland, 1999", "", "", "UNVERIFIED 0 voices of 1 documents: ?"},
		{"Reuters 1994-06-14; AFP 14 June 1994", "", "",
			"CORROBORATED 2 voices of 2 documents: agence-france-presse reuters"},
		{"", "Reuters News;BBC", "2014-01-23;2014-01-24", "CORROBORATED 2 voices of 2 documents: bbc reuters"},
		{"", "Reuters News;BBC", "2014-01-23", "CORROBORATED 2 voices of 2 documents: bbc reuters"},
		{"", "", "", "UNVERIFIED 0 voices of 0 documents: "},
	}
	var rows []map[string]string
	for i, c := range cases {
		rows = append(rows, map[string]string{"id": fmt.Sprint(i), "source_article": c.article, "source_office": c.office,
			"source_date": c.date})
	}
	s := memory.New()
	loadAll(t, s, []string{"ucdp-ged"}, textInput("ged.csv", changedRows(t, wide, 2, rows...)))
	for i, c := range cases {
		if d := cmp.Diff(c.want, sourcesOf(t, s, kg.ID(fmt.Sprint("event:ucdp:", i)))); d != "" {
			t.Errorf("%s %s: %s", c.article, c.office, d)
		}
	}
	if e := node[kg.Event](t, s, "event:ucdp:8"); e.FirstAsserted.EDTF != "2014-01-24" {
		t.Errorf("known from %s", e.FirstAsserted.EDTF)
	}
	// The conflict is an event of its own, which cites nothing.
	if got := sourcesOf(t, s, "event:ucdp:conflict:10"); got != "UNVERIFIED 0 voices of 0 documents: " {
		t.Error(got)
	}
}

// TestOutletsOfACLED loads rows with lists of outlets.
func TestOutletsOfACLED(t *testing.T) {
	cases := []struct{ source, want string }{
		{"Reuters; AFP", "CORROBORATED 2 voices of 2 documents: agence-france-presse reuters"},
		{"Reuters;REUTERS ; Reuters News", "UNVERIFIED 1 voices of 1 documents: reuters"},
		{"Arland Wire; Undisclosed Source", "UNVERIFIED 1 voices of 2 documents: ? arland-wire"},
		{"Undisclosed Source; Twitter", "UNVERIFIED 0 voices of 2 documents: ?"},
		{"", "UNVERIFIED 0 voices of 0 documents: "},
		{"Daily Star; Daily Star (Boria)", "CORROBORATED 2 voices of 2 documents: daily-star-boria daily-star:acled"},
	}
	var rows []map[string]string
	for i, c := range cases {
		rows = append(rows, map[string]string{"event_id_cnty": fmt.Sprint("ARL", i), "source": c.source})
	}
	s := memory.New()
	loadAll(t, s, []string{"acled"}, textInput("acled.csv", changedRows(t, acledCurrent, 1, rows...)))
	for i, c := range cases {
		if d := cmp.Diff(c.want, sourcesOf(t, s, kg.ID(fmt.Sprint("event:acled:ARL", i)))); d != "" {
			t.Errorf("%s: %s", c.source, d)
		}
	}
}

// The numbers were counted in the file by Python's csv: rows by the number of different outlets among the items of
// source_article, which are name, date and headline, and all outlets, with the spellings of the table as one.
func TestOutletsOfUCDPRealFile(t *testing.T) {
	s := memory.New()
	loadAll(t, s, []string{"ucdp-ged"}, realFile(t, "ucdp/ged_ukraine_2014_2021.csv"))
	got := map[string]int{}
	for _, e := range allEvents(t, s) {
		if strings.Count(string(e.ID), ":") == 2 { // not a conflict or a dyad
			got[fmt.Sprint(e.Status, " ", min(e.Sources.Voices, 2))]++
		}
	}
	for _, a := range scanAll(t, s, kg.KindActor).Actors {
		if strings.HasPrefix(string(a.ID), "actor:outlet:") {
			got["outlets"]++
		}
	}
	if d := cmp.Diff(map[string]int{"UNVERIFIED 1": 2573, "CORROBORATED 2": 416, "outlets": 68}, got); d != "" {
		t.Error(d)
	}
}

// TestReleasesOfMentions loads two releases of rows that are about documents, in both orders: a row that both state is
// a claim of the first, and one that the second lacks is retracted by it.
func TestReleasesOfMentions(t *testing.T) {
	both := gdeltMentions(t)
	first, _, _ := strings.Cut(both, "\n")
	load := func(s *memory.Store, name, day, rows string) loader.Report {
		r := release(t, name, day)
		r.Dataset, r.AllowRetract = "gdelt-mentions", true
		report, err := loader.LoadRows(t.Context(), s, embeddedMapping(t, "gdelt-mentions"),
			[]loader.Input{textInput("mentions.tsv", rows)}, loader.Options{Release: r})
		if err != nil || report.Rejected > 0 {
			t.Fatalf("%s: %v %+v", name, err, report)
		}
		return report
	}
	older, newer := memory.New(), memory.New()
	load(older, "1", "2015-03-01", both)
	if r := load(older, "2", "2015-04-01", first+"\n"); r.Retracted != 3 || r.Superseded != 0 {
		t.Errorf("%+v", r)
	}
	load(newer, "2", "2015-04-01", first+"\n")
	load(newer, "1", "2015-03-01", both)
	for _, s := range []*memory.Store{older, newer} {
		claims := scanAll(t, s, kg.KindClaim).Claims
		rows := 0
		for _, c := range claims {
			if c.Release == "" || (c.Document == "") != (c.Stance == kg.StanceRetracts) {
				t.Errorf("%+v", c)
			}
			if c.Document != "" {
				rows++
				if c.Release != kg.DeriveID(kg.KindRelease, "gdelt-mentions", "1") || c.AssertedAt.EDTF != "2015-02-18T23:15:00Z" {
					t.Errorf("%+v", c)
				}
			}
		}
		if len(claims) != 7 || rows != 4 {
			t.Errorf("%d claims, %d of them rows; want 7, 4", len(claims), rows)
		}
		if e := node[kg.Event](t, s, "event:gdelt:102"); e.Status != kg.StatusRetracted {
			t.Errorf("%+v", e)
		}
	}
	if d := cmp.Diff(scanAll(t, older, kg.KindClaim).Claims, scanAll(t, newer, kg.KindClaim).Claims); d != "" {
		t.Error(d)
	}
}
