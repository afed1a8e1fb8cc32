package loader_test

import (
	"bufio"
	"encoding/json"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// entityCounts are the expected totals of a real file, counted from its JSON alone.
type entityCounts struct {
	lines, actors, locations, events, affiliations int
	values                                         map[string]int // by schema and property
}

// countEntities counts the entities of an FtM file without the loader. An address is in a town and a country. An
// address that is in the file, and each edge, is an affiliation. A sanction has an authority of a country.
func countEntities(t *testing.T, inputs []loader.Input) entityCounts {
	t.Helper()
	type entity struct {
		ID, Schema string
		Properties map[string][]string
	}
	c := entityCounts{values: map[string]int{}}
	var all []entity
	schemata := map[string]string{}
	for _, in := range inputs {
		f, err := in.Open()
		if err != nil {
			t.Fatal(err)
		}
		for lines := bufio.NewScanner(f); lines.Scan(); c.lines++ {
			var e entity
			if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
				t.Fatal(err)
			}
			all, schemata[e.ID] = append(all, e), e.Schema
		}
		_ = f.Close() // only read
	}
	actors, locations := map[string]bool{}, map[string]bool{}
	for _, e := range all {
		p := e.Properties
		for name, values := range p {
			c.values[e.Schema+"."+name] += len(values)
		}
		country := ""
		if len(p["country"]) > 0 {
			country = p["country"][0]
		}
		switch e.Schema {
		case "Person", "Organization", "Company":
			actors[e.ID] = true
			for _, a := range p["addressEntity"] {
				if schemata[a] != "" {
					c.affiliations++
				}
			}
		case "Address":
			locations[e.ID] = true
			if country != "" {
				locations["country "+country] = true
			}
			if len(p["city"]) > 0 {
				locations["city "+country+" "+p["city"][0]] = true
			}
		case "Payment":
			c.events++
		case "Sanction":
			c.events++
			for _, a := range p["authority"] {
				actors["authority "+country+" "+a] = true
			}
		case "Ownership":
			c.affiliations += len(p["owner"]) * len(p["asset"])
		case "Family":
			c.affiliations += len(p["person"]) * len(p["relative"])
		case "Directorship":
			c.affiliations += len(p["director"]) * len(p["organization"])
		case "Passport": // merged into its holder
		default:
			t.Fatalf("the test does not count a %s", e.Schema)
		}
	}
	c.actors, c.locations = len(actors), len(locations)
	return c
}

func TestFollowTheMoneyRealFiles(t *testing.T) {
	for name, never := range map[string][]string{
		"donations.ijson":      nil,
		"t1_entities.ftm.json": {"Person.gender", "Person.birthPlace", "Person.createdAt", "Organization.createdAt"},
		"zala_entities.ftm.json": {
			"Company.legalForm", "Company.incorporationDate", "Company.dissolutionDate", "Company.programId", "Person.gender",
			"Sanction.programUrl", "Company.address",
		},
	} {
		t.Run(name, func(t *testing.T) {
			in := realFile(t, "ftm/"+name)
			want := countEntities(t, []loader.Input{in})
			s := memory.New()
			report, err := loadFTM(t, s, loader.Options{}, in)
			if err != nil || report.Read != want.lines || report.Applied != want.lines {
				t.Fatalf("%v %+v; want %d lines", err, report, want.lines)
			}
			got := entityCounts{
				lines: report.Read, actors: countNodes(t, s, kg.KindActor), locations: countNodes(t, s, kg.KindLocation),
				events: len(claimedEvents(t, s)), affiliations: len(affiliationLines(t, s)),
			}
			if got.lines != want.lines || got.actors != want.actors || got.locations != want.locations ||
				got.events != want.events || got.affiliations != want.affiliations {
				t.Errorf("%+v, want %+v", got, want)
			}
			if claims := countNodes(t, s, kg.KindClaim); claims != want.events+want.affiliations {
				t.Errorf("%d claims, want %d", claims, want.events+want.affiliations)
			}
			values := countEntities(t, []loader.Input{in}).values
			for _, property := range never {
				if report.NotCarried[property] != values[property] || values[property] == 0 {
					t.Errorf("%d of %s not carried; the file has %d", report.NotCarried[property], property, values[property])
				}
			}
			if never == nil && len(report.NotCarried) > 0 {
				t.Errorf("%v", report.NotCarried)
			}
			again, err := loadFTM(t, s, loader.Options{}, in)
			if err != nil || again.Unchanged != want.lines {
				t.Errorf("%v %+v", err, again)
			}
		})
	}
}
