package loader_test

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/check"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/ftm"

	"github.com/google/go-cmp/cmp"
)

var (
	// ftmEntities are invented entities of every kind, with references forwards and backwards, separate fragments, and a
	// passport.
	//go:embed testdata/rows/entities.ftm.json
	ftmEntities string

	// moreEntities are invented entities of further schemata.
	//go:embed testdata/rows/more-entities.ftm.json
	moreEntities string
)

func ftmMapper(t testing.TB) *ftm.Mapper {
	t.Helper()
	m, err := ftm.New()
	if err != nil {
		t.Fatal(err)
	}
	m.ModTime = "2025-01-01"
	return m
}

func mustTime(t *testing.T, value string) edtf.Time {
	t.Helper()
	at, err := edtf.ParseTime(value)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

var ftmRelease = &loader.Release{Dataset: "ftm", Release: "unnamed", Partial: true}

func loadFTM(t testing.TB, s loader.Store, opt loader.Options, inputs ...loader.Input) (loader.Report, error) {
	t.Helper()
	opt.Release = ftmRelease
	report, err := loader.LoadRows(t.Context(), s, ftmMapper(t), inputs, opt)
	if report.Read != report.Applied+report.Unchanged+report.Repeated+report.Merged+report.Rejected {
		t.Errorf(
			"read %d = applied %d + unchanged %d + rejected %d", report.Read, report.Applied, report.Unchanged, report.Rejected,
		)
	}
	return report, err
}

// claimedEvents returns the events that have claims.
func claimedEvents(t *testing.T, s *memory.Store) []kg.Event {
	t.Helper()
	page := scanAll(t, s, kg.KindClaim)
	about := map[kg.ID]bool{}
	var all []kg.Event
	for _, c := range page.Claims {
		if !about[c.Subject] && c.Subject.Kind() == kg.KindEvent {
			all = append(all, node[kg.Event](t, s, c.Subject))
		}
		about[c.Subject] = true
	}
	return all
}

func affiliationLines(t *testing.T, s *memory.Store) []string {
	t.Helper()
	page := scanAll(t, s, kg.KindAffiliation)
	var all []string
	for _, a := range page.Affiliations {
		valid := ""
		if a.ValidTime != nil {
			valid = a.ValidTime.EDTF
		}
		claims := claimsAbout(t, s, a.ID)
		if len(claims) != 1 {
			t.Errorf("%s has %d claims", a.ID, len(claims))
			continue
		}
		entity, _, _ := strings.Cut(string(a.ID), "@")
		all = append(
			all,
			fmt.Sprintf("%s: %s %s %s (%s) %s, known %s %s", strings.TrimPrefix(entity, "affiliation:ftm:"), strings.TrimPrefix(
				string(a.Holder), "actor:ftm:",
			),
				a.Type, strings.TrimPrefix(string(a.Counterpart), "actor:ftm:"), a.Position, valid, claims[0].AssertedAt,
				claims[0].Note))
	}
	slices.Sort(all)
	return all
}

func TestFollowTheMoney(t *testing.T) {
	s := memory.New()
	report, err := loadFTM(t, s, loader.Options{}, textInput("x.ftm.json", ftmEntities))
	if err != nil || report.Applied != 27 || report.Read != 27 {
		t.Fatalf("%v %+v", err, report)
	}
	if d := cmp.Diff(map[string]int{
		"Article.author": 1, "Company.addressEntity, which is not in the input": 1, "Company.incorporationDate": 1,
		"Passport.country": 1,
		"Person.gender":    1, "Person.nationality": 1, "PublicBody.modifiedAt": 1, "datasets": 1, "first_seen": 1,
	}, report.NotCarried); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{
		"ass: bo OTHER ada (associate) , known 2025-01-01 ",
		"boat: mill CONTROL boat (owner) , known 2025-01-01 ",
		"dir: bo OFFICE mill (director) 2021-03-04/.., known 2022-01-02T03:04:05Z ",
		"emp: bo EMPLOYMENT mill () /2019, known 2019 ",
		"fam: ada FAMILY bo (brother) , known 2025-01-01 ",
		"lnk: bo OTHER location:ftm:addr (seen at) , known 2025-01-01 ",
		"mem: bo MEMBERSHIP min (clerk) , known 2024-06-01 ",
		"mill: mill OTHER location:ftm:addr (address) , known 2025-01-01 ",
		"occ: ada OFFICE post (Minister of Rivers) 2020-01-01/2023-06, known 2023-06 ",
		"own: ada CONTROL mill (owner) 2018-02/.., known 2024-05-01 percentage 51",
		"post: post MEMBERSHIP min (post) , known 2020 ",
		"rep: bo REPRESENTATION ada (lawyer) , known 2025-01-01 ",
	}, affiliationLines(t, s)); d != "" {
		t.Error(d)
	}
	events := map[kg.ID]string{}
	for _, e := range claimedEvents(t, s) {
		edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantLocations, []kg.ID{e.ID})
		if err != nil {
			t.Fatal(err)
		}
		fields := []string{e.Titles[0].Value, string(e.Category), e.Mode, e.Time.EDTF, e.FirstAsserted.EDTF}
		for _, p := range participants(t, s, e.ID) {
			fields = append(fields, strings.TrimPrefix(strings.TrimSpace(p), "actor:ftm:"))
		}
		for _, l := range edges[0].Locations {
			fields = append(fields, string(l.Role)+" "+strings.TrimPrefix(string(l.Location), "location:ftm:"))
		}
		events[e.ID] = strings.Join(fields, "|")
	}
	if d := cmp.Diff(map[kg.ID]string{
		"event:ftm:pay":  "Payment of 5000 EUR|OTHER|payment|2019-07-01|2019-07-01|ada RECIPIENT|mill INITIATOR",
		"event:ftm:call": "Call|CONSULT|phone|2019-07-02T10:00:00Z|2019-07-02T10:00:00Z|ada RECIPIENT|bo INITIATOR",
		"event:ftm:fair": "River fair|OTHER||2019-08-01|2019-08-01|" +
			"ada PARTICIPANT|bo PARTICIPANT|mill PARTICIPANT|min INITIATOR|VENUE place:Old_harbour",
		"event:ftm:trip": "Down the river|OTHER|trip|2019-08-02/|2019-08-02|bo PARTICIPANT|boat PARTICIPANT|ORIGIN addr",
		"event:ftm:san": "Sanction: Office of Boats|SANCTION||2021-05-06|2021-05-06|" +
			"authority:US:Office_of_Boats INITIATOR|boat RECIPIENT",
		"event:ftm:mail": "Gravel|CONSULT|email|2019-06-30|2019-06-30|ada RECIPIENT|bo INITIATOR",
	}, events); d != "" {
		t.Error(d)
	}
	// its own, a sponsor's participation, and a document about it
	if got, want := len(claimsAbout(t, s, "event:ftm:fair")), 3; got != want {
		t.Errorf("%d claims of the fair, want %d", got, want)
	}
	if c := claimsAbout(t, s, "event:ftm:pay")[0]; !slices.Equal(c.Cites, []kg.ID{"document:ftm:doc"}) ||
		!slices.Equal(c.Says.Codes, []kg.Code{
			{Scheme: "ftm", Value: "Payment"}, {Scheme: "amount", Value: "5000"}, {Scheme: "currency", Value: "EUR"},
		}) {
		t.Errorf("%+v", c)
	}
	if d := node[kg.Document](t, s, "document:ftm:doc"); d.Language != "en" || d.URL != "https://example.org/a" ||
		d.Publisher != "actor:ftm:publisher:The_Gazette" || d.PublishedAt.EDTF != "2019-09-01" {
		t.Errorf("%+v", d)
	}
	for _, want := range []kg.Actor{
		{ID: "actor:ftm:ada", Kind: kg.ActorPerson, Country: "DE", Description: "Minister", Sectors: []string{"role.pep"},
			Names: []kg.Name{{Value: "Ada Arland", Script: "Latn", Kind: kg.NamePrimary}, {
				Value: "A. Arland", Script: "Latn", Kind: kg.NameAlias,
			}},
			Identifiers: []kg.Identifier{
				{Scheme: "ftm", Value: "ada"}, {Scheme: "passport", Value: "P123"}, {Scheme: "taxNumber", Value: "T1"},
			}},
		{ID: "actor:ftm:bo", Kind: kg.ActorPerson, Country: "GB", Description: "born 1970", Names: []kg.Name{
			{Value: "Bo Borian", Script: "Latn", Kind: kg.NamePrimary},
		},
			Identifiers: []kg.Identifier{{Scheme: "ftm", Value: "bo"}, {Scheme: "innCode", Value: "77"}}},
		{ID: "actor:ftm:mill", Kind: kg.ActorCompany, Country: "DE",
			Names: []kg.Name{
				{Value: "Bridge Mill", Script: "Latn", Kind: kg.NamePrimary},
				{Value: "Old Mill", Script: "Latn", Kind: kg.NameAlias}, {Value: "BM", Script: "Latn", Kind: kg.NameWeak},
			},
			Identifiers: []kg.Identifier{
				{Scheme: "ftm", Value: "mill"}, {Scheme: "leiCode", Value: "LEI1"}, {Scheme: "registrationNumber", Value: "R 1"},
			}},
		{ID: "actor:ftm:min", Kind: kg.ActorGovernment, Country: "AT", Names: []kg.Name{
			{Value: "Ministry of Rivers", Script: "Latn", Kind: kg.NamePrimary},
		},
			Identifiers: []kg.Identifier{{Scheme: "ftm", Value: "min"}, {Scheme: "wikidata", Value: "Q999999901"}}},
		{ID: "actor:ftm:boat", Kind: kg.ActorUnidentified, Country: "PA", Sectors: []string{"Vessel"}, Names: []kg.Name{
			{Value: "MV Barge", Script: "Latn", Kind: kg.NamePrimary},
		},
			Identifiers: []kg.Identifier{{Scheme: "ftm", Value: "boat"}, {Scheme: "imoNumber", Value: "IMO1"}}},
	} {
		if d := cmp.Diff(merge.Actors.From(want, "dataset:ftm"), node[kg.Actor](t, s, want.ID)); d != "" {
			t.Error(d)
		}
	}
	if l := node[kg.Location](t, s, "location:ftm:addr"); l.Country != "DE" || l.Point == nil ||
		l.Point.Latitude != 48.5 || !slices.Equal(l.Parents, []kg.ID{"location:ftm:city:DE:Millton"}) {
		t.Errorf("%+v", l)
	}
	if l := node[kg.Location](t, s, "location:ftm:country:DE"); l.Names[0].Value != "Germany" {
		t.Errorf("%+v", l)
	}
	second, err := loadFTM(t, s, loader.Options{}, textInput("x.ftm.json", ftmEntities))
	if err != nil || second.Unchanged != 27 || second.Read != 27 {
		t.Errorf("%v %+v", err, second)
	}
	if found, err := check.Run(t.Context(), s, check.Options{}); err != nil || len(found.Breaks) > 0 {
		t.Errorf("%v %+v", err, found)
	}
}

// Further schemata: assets and where they are, agreements and their parties.
func TestFollowTheMoneyFurtherSchemata(t *testing.T) {
	s := memory.New()
	report, err := loadFTM(t, s, loader.Options{}, textInput("x", moreEntities))
	if err != nil || report.Applied != 23 || report.Read != 23 {
		t.Fatalf("%v %+v", err, report)
	}
	if d := cmp.Diff(map[string]int{"Identification.authority": 1}, report.NotCarried); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{
		"acct: acct OTHER o (account) , known 2025-01-01 ",
		"con: a CONTROL o () 2001/.., known 2001 ",
		"debt: a OTHER b (debtor) , known 2025-01-01 amount 7. currency EUR",
		"o: b CONTROL o (parent) , known 2025-01-01 ",
		"own: a CONTROL acct (tenant; heir) , known 2025-01-01 ",
		"own: a CONTROL location:ftm:house (tenant; heir) , known 2025-01-01 ",
		"own: b CONTROL acct (tenant; heir) , known 2025-01-01 ",
		"own: b CONTROL location:ftm:house (tenant; heir) , known 2025-01-01 ",
		"suc: b OTHER o (predecessor) 2002/.., known 2002 ",
	}, affiliationLines(t, s)); d != "" {
		t.Error(d)
	}
	events := map[kg.ID]string{}
	for _, e := range claimedEvents(t, s) {
		edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantWholes, []kg.ID{e.ID})
		if err != nil {
			t.Fatal(err)
		}
		fields := []string{e.Titles[0].Value, string(e.Category), e.Time.EDTF}
		for _, p := range participants(t, s, e.ID) {
			fields = append(fields, strings.TrimPrefix(strings.TrimSpace(p), "actor:ftm:"))
		}
		for _, w := range edges[0].Wholes {
			fields = append(fields, "of "+strings.TrimPrefix(string(w.Whole), "event:ftm:"))
		}
		events[e.ID] = strings.Join(fields, "|")
	}
	if d := cmp.Diff(map[kg.ID]string{
		"event:ftm:case": "A against B|OTHER|2003-01-02/2004|a PARTICIPANT",
		"event:ftm:proj": "A bridge|OTHER|2005/2006|o PARTICIPANT",
		"event:ftm:cft":  "Steel wanted|REQUEST|2005-02|a PARTICIPANT|o INITIATOR",
		"event:ftm:ct":   "Steel|AGREE|2005-03-04|b RECIPIENT|o INITIATOR|of proj",
		"event:ftm:ship": "Shipment|OTHER|2005-05|b INITIATOR|o RECIPIENT|of ct",
		"event:ftm:risk": "Risk|OTHER|2007/2008|a RECIPIENT",
		"event:ftm:msg":  "Hello|CONSULT|2009-01-01|a INITIATOR|b RECIPIENT",
	}, events); d != "" {
		t.Error(d)
	}
	if l := node[kg.Location](t, s, "location:ftm:land"); !slices.Equal(l.Parents, []kg.ID{"location:ftm:realm"}) {
		t.Errorf("%+v", l)
	}
	if l := node[kg.Location](t, s, "location:ftm:at"); l.Names[0].Value != "Quay 3, Port" {
		t.Errorf("%+v", l)
	}
	card := kg.Identifier{Scheme: "id_card", Value: "55"}
	if a := node[kg.Actor](t, s, "actor:ftm:a"); !slices.Contains(a.Identifiers, card) {
		t.Errorf("%+v", a)
	}
	if a := node[kg.Actor](t, s, "actor:ftm:acct"); a.Names[0].Value != "DE00" {
		t.Errorf("%+v", a)
	}
}

// The graph does not depend on the order of the lines, on files or chunks, or on an array around them.
func TestFollowTheMoneyInAnyOrder(t *testing.T) {
	want := memory.New()
	if _, err := loadFTM(t, want, loader.Options{}, textInput("x.ftm.json", ftmEntities)); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(ftmEntities), "\n")
	reversed := slices.Clone(lines)
	slices.Reverse(reversed)
	for name, inputs := range map[string][]loader.Input{
		"reversed": {textInput("x", strings.Join(reversed, "\n"))},
		"array":    {textInput("x.json", "["+strings.Join(lines, ",\n")+"]")},
		"files": {
			textInput("a.ijson", strings.Join(lines[:9], "\n")), textInput("b.ijson", strings.Join(lines[9:], "\n")),
		},
	} {
		for _, size := range []int{2, 7, 100} {
			got := memory.New()
			if report, err := loadFTM(t, got, loader.Options{ChunkSize: size}, inputs...); err != nil || report.Read != 27 ||
				report.Rejected > 0 {
				t.Fatalf("%s: %v %+v", name, err, report)
			}
			if d := cmp.Diff(graph(t, want), graph(t, got)); d != "" {
				t.Errorf("%s, chunks of %d: %s", name, size, d)
			}
		}
	}
}

// An interrupted load resumes, with fragments before and after the interruption.
func TestFollowTheMoneyResumes(t *testing.T) {
	want := memory.New()
	whole, err := loadFTM(t, want, loader.Options{ChunkSize: 3, RetryTimeout: 1}, textInput("x", ftmEntities))
	if err != nil {
		t.Fatal(err)
	}
	for left := 1; left < 12; left++ {
		broken := memory.New()
		opt, in := loader.Options{ChunkSize: 3, RetryTimeout: 1}, textInput("x", ftmEntities)
		if _, err := loadFTM(t, &brokenStore{broken, left}, opt, in); !errors.Is(err, errBroken) {
			t.Fatal(left, err)
		}
		got, err := loadFTM(t, broken, loader.Options{ChunkSize: 3, RetryTimeout: 1}, textInput("x", ftmEntities))
		if err != nil || got.Read != 27 {
			t.Fatalf("%d: %v %+v", left, err, got)
		}
		if d := cmp.Diff(whole.NotCarried, got.NotCarried); d != "" {
			t.Errorf("%d: %s", left, d)
		}
		if d := cmp.Diff(graph(t, want), graph(t, broken)); d != "" {
			t.Errorf("%d: %s", left, d)
		}
	}
}

func TestFollowTheMoneyRejects(t *testing.T) {
	const ada = `{"id":"ada","schema":"Person","properties":{"name":["Ada"]}}` + "\n"
	for _, c := range []struct {
		name, lines string
		rejected    int
		reason      string
	}{
		{"no schema of FollowTheMoney", `{"id":"x","schema":"Persson","properties":{}}`, 1, "did you mean Person?"},
		{"an abstract one", `{"id":"x","schema":"Thing","properties":{}}`, 1, "abstract"},
		{"one without a place", `{"id":"x","schema":"Note","properties":{}}`, 1,
			"cannot represent entities of the schema Note"},
		{"no id", `{"schema":"Person","properties":{}}`, 1, "an entity must have an id"},
		{"a blank id", `{"id":" ","schema":"Person","properties":{}}`, 1, "an entity must have an id"},
		{"properties that are not an object", `{"id":"x","schema":"Person","properties":[]}`, 1, "an object of lists"},
		{"nested entities", `{"id":"x","schema":"Person","properties":{"addressEntity":[{"id":"y"}]}}`, 1, "nested"},
		{"no JSON", ada + `{"id":`, 1, "invalid JSON"},
		{
			"a missing end", ada + `{"id":"x","schema":"Ownership","properties":{"owner":["ada"]}}`, 1,
			"required for Ownership",
		},
		{
			"an end that does not exist", ada + `{"id":"x","schema":"Family","properties":{"person":["ada"],"relative":["bo"]}}`,
			1, "neither in the input nor in the store",
		},
		{
			"an end of another kind",
			ada + `{"id":"a","schema":"Address","properties":{}}` + "\n" +
				`{"id":"x","schema":"Family","properties":{"person":["a"],"relative":["ada"]}}`,
			1, "which is not of kind actor",
		},
		{
			"a time that runs backwards",
			ada + `{"id":"x","schema":"Membership","properties":{"member":["ada"],"organization":["ada"],` +
				`"startDate":["2020"],"endDate":["2019"]}}`,
			1, "2020/2019",
		},
		{
			"fragments of two kinds", ada + `{"id":"ada","schema":"Company","properties":{"name":["Ada"]}}`, 2,
			"neither of which extends the other",
		},
		{
			"a passport without a holder",
			`{"id":"x","schema":"Passport","properties":{"holder":["ada"]}}` + "\n" +
				`{"id":"y","schema":"Passport","properties":{"holder":["ada"]}}`,
			2, "refers to ada, which is not in the input",
		},
		{
			"a link that the graph does not have",
			`{"id":"d","schema":"Document","properties":{}}` + "\n" + ada +
				`{"id":"x","schema":"UnknownLink","properties":{"subject":["ada"],"object":["d"]}}`,
			1, "which is not of kind actor",
		},
		{
			"a document about a person",
			`{"id":"d","schema":"Document","properties":{}}` + "\n" + ada +
				`{"id":"x","schema":"Documentation","properties":{"document":["d"],"entity":["ada"]}}`,
			1, "only events can have documents",
		},
		{
			"a reference to a reject",
			`{"id":"a","schema":"Company","properties":{"name":["A"]}}` + "\n" +
				`{"id":"a","schema":"Person","properties":{"name":["A"]}}` + "\n" + ada +
				`{"id":"x","schema":"Family","properties":{"person":["ada"],"relative":["a"]}}`, 3, "neither of which"},
	} {
		t.Run(c.name, func(t *testing.T) {
			report, err := loadFTM(t, memory.New(), loader.Options{}, textInput("x", c.lines))
			if err != nil || report.Rejected != c.rejected || report.Read != strings.Count(strings.TrimSpace(c.lines), "\n")+1 {
				t.Fatalf("%v %+v", err, report)
			}
			if got := report.FirstRejects[0].String(); !strings.Contains(got, c.reason) {
				t.Errorf("%s; want %s", got, c.reason)
			}
		})
	}
}

// The publication time of an entity that states none.
func TestFollowTheMoneyKnownFrom(t *testing.T) {
	const plain = `{"id":"a","schema":"Person","properties":{"name":["A"]}}
{"id":"b","schema":"Person","properties":{"name":["B"]}}
{"id":"x","schema":"Family","properties":{"person":["a"],"relative":["b"]%s}}`
	published := mustTime(t, "2024-02-03")
	for _, c := range []struct {
		name, property, changed string
		published               *edtf.Time
		want                    string
	}{
		{"its own date", `,"modifiedAt":["2021-01-01","2022"]`, "2025-01-01", &published, "2022"},
		{"the --published flag", `,"endDate":["2020"]`, "2025-01-01", &published, "2024-02-03"},
		{"its end", `,"startDate":["2010"],"endDate":["2020"]`, "2025-01-01", nil, "2020"},
		{"a future end is not known before the file's date", `,"endDate":["2099"]`, "2025-01-01", nil, "2025-01-01"},
		{"the file", ``, "2025-01-01", nil, "2025-01-01"},
		{"nothing", ``, "", nil, "no publication time"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := ftmMapper(t)
			m.ModTime, m.DatedElsewhere = c.changed, c.published != nil
			s := memory.New()
			report, err := loader.LoadRows(
				t.Context(), s, m, []loader.Input{textInput("x", fmt.Sprintf(plain, c.property))},
				loader.Options{Published: c.published, Release: ftmRelease},
			)
			if err != nil {
				t.Fatal(err)
			}
			var got string
			if report.Rejected > 0 {
				got, _, _ = strings.Cut(report.FirstRejects[0].Reason, ":")
			} else {
				page, err := s.Scan(t.Context(), kg.KindClaim, "", 10)
				if err != nil || len(page.Claims) != 1 {
					t.Fatal(err, page.Claims)
				}
				got = page.Claims[0].AssertedAt.EDTF
			}
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// A newer release that adds an end to an ownership retracts the open one.
func TestFollowTheMoneyReleases(t *testing.T) {
	s := memory.New()
	const owned = `{"id":"a","schema":"Person","properties":{"name":["A"]}}
{"id":"b","schema":"Company","properties":{"name":["B"]}}
{"id":"x","schema":"Ownership","properties":{"owner":["a"],"asset":["b"],"startDate":["2010"]%s}}`
	for i, end := range []string{"", `,"endDate":["2020"]`} {
		released := mustTime(t, fmt.Sprintf("202%d", i+1))
		m := ftmMapper(t)
		m.DatedElsewhere = true
		report, err := loader.LoadRows(t.Context(), s, m, []loader.Input{textInput("x", fmt.Sprintf(owned, end))},
			loader.Options{Release: &loader.Release{Dataset: "ftm", Release: fmt.Sprint(i), ReleasedAt: &released,
				AllowRetract: true}})
		if err != nil || report.Rejected > 0 || report.Retracted != i {
			t.Fatalf("%v %+v", err, report)
		}
	}
	page, err := s.Scan(t.Context(), kg.KindAffiliation, "", 10)
	if err != nil {
		t.Fatal(err)
	}
	var live []string
	for _, a := range page.Affiliations {
		for _, c := range claimsAbout(t, s, a.ID) {
			if c.Stance == kg.StanceAsserts && len(c.WithdrawnBy) == 0 {
				live = append(live, a.ValidTime.EDTF)
			}
		}
	}
	if !slices.Equal(live, []string{"2010/2020"}) {
		t.Error(live)
	}
}

func TestHasEntities(t *testing.T) {
	for text, want := range map[string]bool{
		ftmEntities: true, "[" + ftmEntities[:strings.Index(ftmEntities, "\n")] + "]": true, "\ufeff\n" + ftmEntities: true,
		"{\n" + ftmEntities: true,
		`{"type":"actor","id":"actor:a","kind":"PERSON","names":["A"]}`: false, `{"actors":[]}`: false, "": false,
		"a,b\n1,2\n":                   false,
		`{"id":"a","schema":"Person"}`: false,
	} {
		in := textInput("x", text)
		if got, err := loader.HasEntities(&in); err != nil || got != want {
			t.Errorf("%.60q: %v, %v", text, got, err)
		}
	}
}

// For any lines, a load does not panic and loses no line, and loading the same input again changes nothing.
func FuzzFollowTheMoney(f *testing.F) {
	for line := range strings.Lines(ftmEntities) {
		f.Add(line)
	}
	f.Add(ftmEntities)
	f.Add(`{"id":"x","schema":"Address","properties":{"latitude":["NaN"],"longitude":[1e9],"city":["\u0000"]}}`)
	f.Add(`{"id":"x","schema":"Occupancy","properties":{"holder":["x"],"post":["x"],"startDate":["9999-99"],` +
		`"endDate":[null]}}`)
	f.Add(`{"id":"\u0000","schema":"Person","properties":{"name":"A","country":["zz","eu"]},"referents":[1],` +
		`"last_change":[]}`)
	f.Add("[[")
	f.Add(`{"id":"x","schema":"Passport","properties":{"holder":["x"]}}` + "\n" +
		`{"id":"x","schema":"Person","properties":{}}`)
	f.Fuzz(func(t *testing.T, text string) {
		s := memory.New()
		lines, valid := 0, true // an invalid line may be read as several values, or with the next one
		for line := range strings.Lines(text) {
			if strings.TrimSpace(line) != "" {
				lines++
				valid = valid && json.Valid([]byte(line))
			}
		}
		first, err := loadFTM(t, s, loader.Options{ChunkSize: 2}, textInput("f", text))
		skipRefused(t, s, text, err)
		if err != nil {
			t.Fatal(err)
		}
		counted := valid && first.Read != lines || first.Read == 0 && lines > 0
		if head := strings.TrimLeft(text, "\ufeff \t\r\n"); !strings.HasPrefix(head, "[") &&
			counted && !strings.ContainsAny(text, "\ufeff\v\f\u0085\u00a0") {
			t.Errorf("%d lines, %d read", lines, first.Read)
		}
		second, err := loadFTM(t, s, loader.Options{ChunkSize: 3}, textInput("f", text))
		if err != nil || second.Applied != 0 || second.Rejected != first.Rejected || second.Read != first.Read {
			t.Errorf("%v\nfirst %+v\nsecond %+v", err, first, second)
		}
		if found, err := check.Run(t.Context(), s, check.Options{}); err != nil || len(found.Breaks) > 0 {
			t.Errorf("%v %+v", err, found)
		}
	})
}
