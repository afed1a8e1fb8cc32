package ftm

import (
	"errors"
	"strings"
	"testing"

	"casus/loader/mapping"
)

// requiredProperties returns the properties that an entity of a schema needs, with references to entities of the right
// kind.
func requiredProperties(s schema) map[string]any {
	properties := map[string]any{"name": []any{"N"}}
	switch s.target {
	case targetAffiliation:
		properties[s.edge.from], properties[s.edge.to] = []any{"someone"}, []any{"another"}
	case targetParticipation:
		properties[s.edge.from], properties[s.edge.to] = []any{"someone"}, []any{"act"}
	case targetLink:
		properties[s.edge.from], properties[s.edge.to] = []any{"someone"}, []any{"act"}
		if s.edge.from == "document" {
			properties["document"] = []any{"text"}
		}
	}
	for _, r := range s.event.roles {
		properties[r.property] = []any{"someone"}
	}
	return properties
}

// TestEverySchema checks that entities of each schema become records of its target, or are rejected if there is none.
func TestEverySchema(t *testing.T) {
	types := map[target]string{
		targetActor: "actor", targetLocation: "location", targetDocument: "document", targetEvent: "event",
		targetAffiliation: "affiliation", targetParticipation: "claim", targetLink: "claim",
	}
	for name, s := range schemata {
		m, err := New()
		if err != nil {
			t.Fatal(err)
		}
		for id, schema := range map[string]string{
			"someone": "Person", "another": "Company", "act": "Event", "text": "Document",
		} {
			m.Survey(map[string]any{"id": id, "schema": schema})
		}
		records, err := m.Map(map[string]any{"id": "x", "schema": name, "properties": requiredProperties(s)})
		var f *mapping.Fault
		if want := types[s.target]; want == "" {
			if !errors.As(err, &f) || f.Place == "" {
				t.Errorf("%s: %v, %v; want a fault and its place", name, records, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		found := 0
		for _, r := range records {
			id, _ := r.Fields["id"].(string)
			if r.Type == types[s.target] && (strings.Contains(id, ":ftm:x") || r.Fields["subject"] == "event:ftm:act") {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%s makes %d records of type %s: %v", name, found, types[s.target], records)
		}
		for _, parent := range s.extends {
			if _, known := schemata[parent]; !known {
				t.Errorf("%s extends %s, which does not exist", name, parent)
			}
		}
	}
}

func TestParseDate(t *testing.T) {
	for text, want := range map[string]string{
		"2020": "2020", "2020-05": "2020-05", "2020-05-06": "2020-05-06",
		"2020-05-06T07:08:09": "2020-05-06T07:08:09Z", "2020-05-06T07:08": "2020-05-06T07:08:00Z",
		"2020-05-06T07:08:09.5+02:00": "2020-05-06T05:08:09Z", "2020-05-06 07:08:09": "2020-05-06T07:08:09Z",
		"2020-13": "", "2020-02-30": "", "May 2020": "", "": "", "20200506": "",
	} {
		if got, ok := parseDate(text); got != want && ok || ok != (want != "") {
			t.Errorf("%q is %q, %v; want %q", text, got, ok, want)
		}
	}
}

// TestDates checks that the earliest or latest of several dates is used, in its most precise form.
func TestDates(t *testing.T) {
	for _, c := range []struct {
		values   []string
		latest   bool
		want     string
		leftOver int
	}{
		{[]string{"2012", "2012-05"}, false, "2012-05", 0}, {[]string{"2012-05", "2012"}, true, "2012-05", 0},
		{[]string{"2012-05", "2011"}, false, "2011", 1}, {[]string{"2012-05", "2011"}, true, "2012-05", 1},
		{[]string{"soon"}, true, "", 1},
	} {
		e := &entity{schema: "Event", properties: map[string][]string{"date": c.values}, used: map[propertyValue]bool{}}
		if got := e.date(c.latest, "date"); got != c.want || e.countNotCarried(nil)["Event.date"] != c.leftOver {
			t.Errorf("%v: %q, %v", c, got, e.countNotCarried(nil))
		}
	}
}

func TestCountries(t *testing.T) {
	for _, c := range []struct {
		properties map[string][]string
		want       string
		left       map[string]int
	}{
		{map[string][]string{"country": {"gb", "ru"}, "nationality": {"ru"}}, "RU", map[string]int{"Person.country": 1}},
		{map[string][]string{"country": {"de", "at"}}, "DE", map[string]int{"Person.country": 1}},
		{map[string][]string{"country": {"zz", "suhh"}}, "", map[string]int{"Person.country": 2}},
		{map[string][]string{"jurisdiction": {"us-de"}}, "US", map[string]int{"Person.jurisdiction": 1}},
	} {
		e := &entity{schema: "Person", properties: c.properties, used: map[propertyValue]bool{}}
		got := e.country()
		left := e.countNotCarried(nil)
		if got != c.want || len(left) != len(c.left) {
			t.Errorf("%v: %s, %v", c.properties, got, left)
		}
		for name, n := range c.left {
			if left[name] != n {
				t.Errorf("%v: %v", c.properties, left)
			}
		}
	}
}

// TestPartsOfNames checks that a part of a name is carried by a name that contains it as a word, not within a word.
func TestPartsOfNames(t *testing.T) {
	properties := map[string][]string{"firstName": {"ANA", "Maria"}, "gender": {"Ana"}}
	e := &entity{schema: "Person", properties: properties, used: map[propertyValue]bool{}}
	left := e.countNotCarried([]string{"Ana Borian", "Mariana"})
	if left["Person.firstName"] != 1 || left["Person.gender"] != 1 {
		t.Error(left)
	}
}

// TestWithoutSurvey checks that references have their property's usual target if no survey was made, as in a trial of
// rows.
func TestWithoutSurvey(t *testing.T) {
	m, err := New()
	if err != nil {
		t.Fatal(err)
	}
	records, err := m.Map(map[string]any{
		"id": "x", "schema": "Company", "properties": map[string]any{"name": "C", "addressEntity": []any{"a"}},
	})
	if err != nil || len(records) != 2 || records[1].Fields["counterpart"] != "location:ftm:a" {
		t.Errorf("%v %v", err, records)
	}
}
