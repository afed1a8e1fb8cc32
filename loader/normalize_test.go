package loader_test

import (
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/loader"
)

// scanKind returns the stored nodes of one kind.
func scanKind(t *testing.T, s *memory.Store, kind kg.NodeKind) store.ScanPage {
	t.Helper()
	all, err := s.Scan(t.Context(), kind, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestDerivedIDs(t *testing.T) {
	s := memory.New()
	load(t, s, loader.Options{},
		`{"type":"actor","kind":"STATE","names":["Ukraine"],"identifiers":[{"scheme":"ucdp","value":"369"},`+
			`{"scheme":"wikidata","value":"Q212"}]}`,
		`{"type":"location","kind":"CITY","names":["Kyiv"],"identifiers":[{"scheme":"geonames","value":"703448"}]}`)
	if id := scanKind(t, s, kg.KindActor).Actors[0].ID; id != "actor:wikidata:Q212" {
		t.Error(id)
	}
	if id := scanKind(t, s, kg.KindLocation).Locations[0].ID; id != "location:geonames:703448" {
		t.Error(id)
	}

	// Without identifiers, the id is derived from what distinguishes the record.
	lines := []string{
		`{"type":"actor","kind":"PERSON","names":["Ada"]}`,
		`{"type":"actor","kind":"PERSON","names":["Ada"],"country":"UA"}`,
		`{"type":"actor","kind":"PERSON","names":["Bo"]}`,
		`{"type":"document","titles":["A"],"url":"https://example.org/a"}`,
		`{"type":"document","titles":["A"],"publishedAt":"2025"}`,
		`{"type":"document","titles":["A"],"publishedAt":"2026"}`,
		`{"type":"release","name":"R","release":"1"}`,
		`{"type":"release","name":"R","release":"2"}`,
		`{"type":"event","titles":["A"],"assertedAt":"2025"}`,
		`{"type":"event","titles":["A"],"assertedAt":"2025","time":"2024"}`,
	}
	checkCounts(t, load(t, s, loader.Options{}, lines...), len(lines), 0, 0)
	checkCounts(t, load(t, s, loader.Options{}, lines...), 0, len(lines), 0)
}

// Claims that assert or confirm the occurrence inherit what the record states and they do not. Others do not. All
// inherit the record's source.
func TestClaimsInherit(t *testing.T) {
	s := memory.New()
	r := load(t, s, loader.Options{}, ada, bo, paper, untexted,
		`{"type":"event","id":"event:e","titles":["A meeting"],"category":"CONSULT","time":"2025-12-19",`+
			`"participants":[{"actor":"actor:ada"}],"document":"document:paper","claims":[`+
			`{"id":"claim:1"},`+
			`{"id":"claim:2","stance":"CONFIRMS","time":"2025-12-18","participants":[{"actor":"actor:bo"}],`+
			`"document":"document:untexted","assertedAt":"2025-12-22"},`+
			`{"id":"claim:3","stance":"DENIES"},`+
			`{"id":"claim:4","aspect":"FIGURES","figures":[{"kind":"KILLED","best":3}]}]}`)
	checkCounts(t, r, 5, 0, 0)
	claims := scanKind(t, s, kg.KindClaim).Claims
	for i, want := range []struct {
		category  kg.EventCategory
		time, who string
		document  kg.ID
		asserted  string
	}{
		{"CONSULT", "2025-12-19", "actor:ada", "document:paper", "2025-12-20"},
		{"CONSULT", "2025-12-18", "actor:bo", "document:untexted", "2025-12-22"},
		{"", "", "", "document:paper", "2025-12-20"},
		{"", "", "", "document:paper", "2025-12-20"},
	} {
		c, at, who := claims[i], "", ""
		if c.Says.Time != nil {
			at = c.Says.Time.EDTF
		}
		for _, p := range c.Says.Participants {
			who += string(p.Actor)
		}
		if c.Says.Category != want.category || at != want.time || who != want.who || c.Document != want.document ||
			c.AssertedAt.EDTF != want.asserted {
			t.Errorf("%s: %+v, want %+v", c.ID, c, want)
		}
	}
}

func TestDefaultsAndScripts(t *testing.T) {
	s := memory.New()
	load(t, s, loader.Options{}, ada, paper,
		`{"type":"actor","id":"actor:x","kind":"PERSON","names":["Київ",{"value":"kyiv","kind":"TRANSLITERATION"},`+
			`{"value":"x","script":"Grek"}]}`,
		`{"type":"event","id":"event:e","document":"document:paper","participants":[{"actor":"actor:ada"}],`+
			`"figures":[{"kind":"KILLED","best":1}]}`)
	claim := scanKind(t, s, kg.KindClaim).Claims[0]
	if claim.Stance != kg.StanceAsserts || claim.Aspect != kg.AspectOccurrence || claim.AssertedAt.EDTF != "2025-12-20" ||
		claim.Says.Participants[0].Role != kg.RoleParticipant || claim.Says.Figures[0].Population != kg.PopulationTotal ||
		claim.Says.Figures[0].Qualifier != kg.QualifierExact {
		t.Errorf("%+v", claim)
	}
	var scripts []string
	for _, n := range scanKind(t, s, kg.KindActor).Actors[1].Names {
		scripts = append(scripts, n.Script)
	}
	if slices.Sort(scripts); !slices.Equal(scripts, []string{"Cyrl", "Grek", "Latn"}) {
		t.Error(scripts)
	}
}

// A claim's publication time is its own, or else comes from its document, its release or the options.
func TestPublished(t *testing.T) {
	published, err := edtf.ParseTime("2020")
	if err != nil {
		t.Fatal(err)
	}
	release := `{"type":"release","id":"release:r","name":"R","release":"1","releasedAt":"2026"}`
	for source, want := range map[string]string{
		`"document":"document:paper","release":"release:r","assertedAt":"2024"`: "2024",
		`"document":"document:paper","release":"release:r"`:                     "2025-12-20",
		`"document":"document:undated","release":"release:r"`:                   "2026",
		`"document":"document:undated"`:                                         "2020",
	} {
		s := memory.New()
		load(
			t, s, loader.Options{Published: &published}, paper, release,
			`{"type":"document","id":"document:undated","titles":["A"]}`,
			`{"type":"event","id":"event:e",`+source+`}`)
		if claims := scanKind(t, s, kg.KindClaim).Claims; len(claims) != 1 || claims[0].AssertedAt.EDTF != want {
			t.Errorf("%s: %+v, want %s", source, claims, want)
		}
	}
}
