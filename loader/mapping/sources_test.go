package mapping_test

import (
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/testkit/mapped"
	"casus/loader/mapping"

	"github.com/google/go-cmp/cmp"
)

// paperMapping is a mapping for a new table, as in docs/mappings.md.
const paperMapping = `mapping: 1
name: clashes
sources:
  - each: '= citations(row.articles)'
    as: c
    outlet: '= c.outlet'
    title: '= c.title'
    date: '= c.date'
  - each: '= parts(row.papers, ",")'
    outlet: '= it'
    key: '= row.id'
  - {when: '= row.link != ""', outlet: '= row.link', url: '= row.link', language: ar}
published: '2024'
records:
  - event:
      id: '= "event:clashes:" + row.id'
      category: ASSAULT
      claims: [{cites: '= sources', note: '= string(size(sources))'}]
`

func TestSources(t *testing.T) {
	document := func(parts ...string) string { return string(kg.DeriveID(kg.KindDocument, parts...)) }
	row := func(articles, papers, link string) map[string]any {
		return map[string]any{"id": "1", "articles": articles, "papers": papers, "link": link}
	}
	outlet := func(slug, names string) string {
		return `actor {"id":"actor:outlet:` + slug + `","kind":"ORGANIZATION","names":[` + names + `],"type":"actor"}`
	}
	event := func(n string, ids ...string) string {
		cites := ""
		if len(ids) > 0 {
			cites = `"cites":["` + strings.Join(ids, `","`) + `"],`
		}
		return `event {"assertedAt":"2024","category":"ASSAULT","claims":[{` + cites + `"note":"` + n + `"}],` +
			`"id":"event:clashes:1","type":"event"}`
	}
	afp := "actor:outlet:agence-france-presse"
	one := document("cited", afp, "2014-01-22", "two shot dead")
	bridge := document("cited", "actor:outlet:bridge-times", "", "", "1")
	paper := document("cited", "twitter", "", "", "1")
	url := document("url", "https://www.reuters.com/a")
	for _, c := range []struct {
		row  map[string]any
		want []string
	}{
		{row("", "", ""), []string{event("0")}},
		{row("NA", "Unknown", ""), []string{
			`document {"id":"` + document("cited", "unknown", "", "", "1") + `","titles":[{"language":"en",` +
				`"value":"Unknown on 1"}],"type":"document"}`,
			event("1", document("cited", "unknown", "", "", "1"))}},
		// One article twice, in two spellings.
		{row(`"AFP,2014-01-22,Two shot dead";"Agence France Presse,2014-01-22,TWO SHOT DEAD"`, "", ""), []string{
			outlet("agence-france-presse", `"Agence France-Presse",{"kind":"ALIAS","value":"AFP"}`),
			`document {"id":"` + one + `","publishedAt":"2014-01-22","publisher":"` + afp + `",` +
				`"titles":["Two shot dead"],"type":"document"}`,
			event("1", one)}},
		{row("", "Bridge Times, Twitter", "https://www.reuters.com/a"), []string{
			outlet("bridge-times", `"Bridge Times"`),
			`document {"id":"` + bridge + `","publisher":"actor:outlet:bridge-times","titles":[{"language":"en",` +
				`"value":"Bridge Times on 1"}],"type":"document"}`,
			`document {"id":"` + paper + `","titles":[{"language":"en","value":"Twitter on 1"}],"type":"document"}`,
			outlet("reuters", `"Reuters",{"kind":"ALIAS","value":"reuters.com"}`),
			`document {"id":"` + url + `","language":"ar","publisher":"actor:outlet:reuters",` +
				`"titles":["https://www.reuters.com/a"],"type":"document","url":"https://www.reuters.com/a"}`,
			event("3", bridge, paper, url)}},
	} {
		if d := cmp.Diff(c.want, mapped.Records(t, paperMapping, c.row)); d != "" {
			t.Errorf("%v: %s", c.row, d)
		}
	}
}

// A fault in the sources is the row's, with the columns that they use and without consequences in what uses them.
func TestSourceFaults(t *testing.T) {
	m, err := mapping.Parse("m.yaml", []byte(strings.Replace(paperMapping, "'= c.date'", "'= date(c.title)'", 1)), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = m.Map(map[string]any{"id": "1", "articles": `AFP,2014-01-22,soon`, "papers": "", "link": ""})
	if err == nil || !strings.HasPrefix(err.Error(), "sources[0].date: ") || strings.Contains(err.Error(), "\n") {
		t.Error(err)
	}
	if d := cmp.Diff([]string{"articles"}, m.Columns("sources[0].date")); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"articles", "id", "link", "papers"}, m.Columns("sources/publishedAt")); d != "" {
		t.Error(d)
	}
	for fault, from := range map[string][2]string{
		`sources[0].headline: unknown field`: {"title:", "headline:"},
		`undeclared reference to 'sources'`:  {"'= c.title'", "'= sources[0]'"},
		`"CODED" is not one of`:              {"published: '2024'", "published: '2024'\nrelease: {coding: CODED}"},
	} {
		_, err := mapping.Parse("m.yaml", []byte(strings.Replace(paperMapping, from[0], from[1], 1)), nil)
		if err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("%s: %v", fault, err)
		}
	}
}

// The functions are of use without sources, too.
func TestOutletFunctions(t *testing.T) {
	source := `mapping: 1
name: x
records:
  - actor:
      when: '= outlet(row.paper) != null'
      id: '= outlet(row.paper).id'
      kind: ORGANIZATION
      names: ['= outlet(row.paper).name', '= string(size(citations(row.paper)))']
`
	for paper, want := range map[string]string{
		"Daily News": `{"id":"actor:outlet:daily-news:x","kind":"ORGANIZATION","names":["Daily News","1"],"type":"actor"}`,
		"bbc.co.uk":  `{"id":"actor:outlet:bbc","kind":"ORGANIZATION","names":["BBC","1"],"type":"actor"}`,
		"NA":         "",
	} {
		got := strings.Join(mapped.Records(t, source, map[string]any{"paper": paper}), "\n")
		if want != "" {
			want = "actor " + want
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	}
}
