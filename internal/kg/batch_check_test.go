package kg_test

import (
	"math"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// validBatch returns a batch of valid records with all fields set.
func validBatch() kg.Batch {
	return kg.Batch{
		Actors: []kg.Actor{{
			ID: "actor:northland", Kind: kg.ActorState,
			Names:   []kg.Name{{Value: "Northland", Language: "en", Script: "Latn", Kind: kg.NamePrimary}},
			Country: "NL", Sectors: []string{"navy"}, Identifiers: []kg.Identifier{{Scheme: "wikidata", Value: "Q1"}},
		}},
		Locations: []kg.Location{{
			ID: "location:harbour", Kind: kg.LocationCity, Names: []kg.Name{{Value: "Harbour"}},
			Point:   &kg.Point{Latitude: -90, Longitude: 180},
			Country: "NL", Identifiers: []kg.Identifier{{Scheme: "geonames", Value: "1"}}, Parents: []kg.ID{"location:coast"},
		}},
		Documents: []kg.Document{{
			ID: "document:1", Titles: []kg.Name{{Value: "News"}}, Publisher: "actor:daily", Syndicates: "document:2",
		}},
		Releases: []kg.Release{{ID: "release:1", Name: "events", Release: "1"}},
		Affiliations: []kg.Affiliation{
			{ID: "affiliation:1", Holder: "actor:a", Counterpart: "location:b", Type: kg.AffiliationControl},
		},
		Claims: []kg.Claim{{
			ID: "claim:1", Subject: "event:strike", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			Claimants: []kg.ID{"actor:a"}, RelayedBy: []kg.ID{"actor:b"},
			Document: "document:1", Cites: []kg.ID{"document:2"}, Release: "release:1", AssertedAt: when("2025-01-01"),
			Confidence: ref(100),
			Quote:      &kg.Quote{Text: "So it was.", Speaker: "actor:a", Addressee: "actor:b"},
			Spans:      []kg.Span{{Start: 0, End: 1, State: kg.SpanVerified}},
			Supersedes: []kg.ID{"claim:0"},
			Says: kg.Statement{
				Titles: []kg.Name{{Value: "A strike"}}, Summaries: []kg.Name{{Value: "It was."}}, Category: kg.CategoryAssault,
				Modality: kg.ModalityOccurred,
				Codes:    []kg.Code{{Scheme: "cameo", Value: "190"}},
				Figures: []kg.Figure{
					{
						Kind: kg.FigureKilled, Population: kg.PopulationTotal, Qualifier: kg.QualifierAbout, Low: ref(0), Best: ref(2),
						High: ref(2), Trend: kg.TrendRose,
					},
				},
				Participants: []kg.Participant{{Actor: "actor:a", Role: kg.RoleInitiator, Side: kg.SideA, Representing: "actor:b"}},
				Places:       []kg.Place{{Location: "location:harbour", Role: kg.LocationRoleTarget, Precision: 7}},
				Wholes:       []kg.ID{"event:war"}, Announces: []kg.ID{"event:talks"},
				RespondsTo: []kg.ResponseTo{{To: "event:raid", Kind: kg.ResponseRetaliates}},
			},
		}},
		Identities: []kg.IdentityDecision{{ID: "identity:1", A: "actor:a", B: "actor:b", Same: true, DecidedBy: "a rule"}},
	}
}

// TestBatchCheck makes one field of a valid batch invalid at a time. The error names the record and the field.
func TestBatchCheck(t *testing.T) {
	if err := validBatch().Check(); err != nil {
		t.Fatalf("a valid batch: %v", err)
	}
	if err := (kg.Batch{}).Check(); err != nil {
		t.Fatalf("an empty batch: %v", err)
	}
	onClaim := func(change func(*kg.Claim)) func(*kg.Batch) { return func(b *kg.Batch) { change(&b.Claims[0]) } }
	onFigure := func(f kg.Figure) func(*kg.Batch) {
		if f.Kind == "" {
			f.Kind = kg.FigureKilled
		}
		if f.Population == "" {
			f.Population = kg.PopulationTotal
		}
		if f.Qualifier == "" {
			f.Qualifier = kg.QualifierExact
		}
		return onClaim(func(c *kg.Claim) { c.Says.Figures = []kg.Figure{f} })
	}
	tests := []struct {
		name     string
		change   func(*kg.Batch)
		contains []string
	}{
		{"actor id", func(b *kg.Batch) { b.Actors[0].ID = "location:x" }, []string{"location:x", "actor"}},
		{"actor without id", func(b *kg.Batch) { b.Actors[0].ID = "" }, []string{"empty"}},
		{"actor kind", func(b *kg.Batch) { b.Actors[0].Kind = "KING" }, []string{"actor:northland", "kind", "KING"}},
		{"actor without kind", func(b *kg.Batch) { b.Actors[0].Kind = "" }, []string{"actor:northland", "kind"}},
		{"actor without names", func(b *kg.Batch) { b.Actors[0].Names = nil }, []string{"actor:northland", "names"}},
		{"empty name", func(b *kg.Batch) { b.Actors[0].Names[0].Value = "" }, []string{"actor:northland", "names.value"}},
		{"name kind", func(b *kg.Batch) { b.Actors[0].Names[0].Kind = "NICK" }, []string{"names.kind", "NICK"}},
		{"country in lower case", func(b *kg.Batch) { b.Actors[0].Country = "nl" }, []string{"country", "nl"}},
		{
			"country of three letters", func(b *kg.Batch) { b.Locations[0].Country = "NLD" },
			[]string{"location:harbour", "country", "NLD"},
		},
		{
			"identifier without scheme", func(b *kg.Batch) { b.Actors[0].Identifiers[0].Scheme = "" },
			[]string{"identifiers.scheme"},
		},
		{
			"identifier without value", func(b *kg.Batch) { b.Locations[0].Identifiers[0].Value = "" },
			[]string{"identifiers.value"},
		},
		{
			"location kind", func(b *kg.Batch) { b.Locations[0].Kind = "STREET" },
			[]string{"location:harbour", "kind", "STREET"},
		},
		{"location without names", func(b *kg.Batch) { b.Locations[0].Names = nil }, []string{"location:harbour", "names"}},
		{"in an actor", func(b *kg.Batch) { b.Locations[0].Parents = []kg.ID{"actor:x"} }, []string{"parents", "actor:x"}},
		{"in nothing", func(b *kg.Batch) { b.Locations[0].Parents = []kg.ID{""} }, []string{"parents"}},
		{
			"in itself", func(b *kg.Batch) { b.Locations[0].Parents = []kg.ID{"location:harbour"} },
			[]string{"parents", "itself"},
		},
		{"too far north", func(b *kg.Batch) { b.Locations[0].Point.Latitude = 90.01 }, []string{"location:harbour", "90.01"}},
		{
			"too far west", func(b *kg.Batch) { b.Locations[0].Point.Longitude = -180.5 },
			[]string{"location:harbour", "-180.5"},
		},
		{"nowhere", func(b *kg.Batch) { b.Locations[0].Point.Longitude = math.NaN() }, []string{"location:harbour", "NaN"}},
		{"document without titles", func(b *kg.Batch) { b.Documents[0].Titles = nil }, []string{"document:1", "titles"}},
		{
			"published by a place", func(b *kg.Batch) { b.Documents[0].Publisher = "location:x" },
			[]string{"document:1", "publisher", "location:x"},
		},
		{
			"reprint of itself", func(b *kg.Batch) { b.Documents[0].Syndicates = "document:1" },
			[]string{"document:1", "syndicates"},
		},
		{
			"reprint of an event", func(b *kg.Batch) { b.Documents[0].Syndicates = "event:1" },
			[]string{"document:1", "syndicates", "event:1"},
		},
		{"release without name", func(b *kg.Batch) { b.Releases[0].Name = "" }, []string{"release:1", "name"}},
		{
			"release without release", func(b *kg.Batch) { b.Releases[0].Release = "" },
			[]string{"release:1", "release is absent"},
		},
		{"no holder", func(b *kg.Batch) { b.Affiliations[0].Holder = "" }, []string{"affiliation:1", "holder"}},
		{
			"a place as holder", func(b *kg.Batch) { b.Affiliations[0].Holder = "location:x" },
			[]string{"holder", "location:x"},
		},
		{"no counterpart", func(b *kg.Batch) { b.Affiliations[0].Counterpart = "" }, []string{"counterpart"}},
		{
			"an event as counterpart", func(b *kg.Batch) { b.Affiliations[0].Counterpart = "event:x" },
			[]string{"counterpart", "event:x"},
		},
		{"affiliation type", func(b *kg.Batch) { b.Affiliations[0].Type = "FRIEND" }, []string{"type", "FRIEND"}},
		{"same as nothing", func(b *kg.Batch) { b.Identities[0].B = "" }, []string{"identity:1", "b is absent"}},
		{"same as itself", func(b *kg.Batch) { b.Identities[0].B = "actor:a" }, []string{"identity:1", "same node"}},
		{
			"an actor the same as a place", func(b *kg.Batch) { b.Identities[0].B = "location:b" },
			[]string{"identity:1", "different kinds"},
		},
		{
			"documents the same", func(b *kg.Batch) { b.Identities[0].A, b.Identities[0].B = "document:1", "document:2" },
			[]string{"identity:1", "document:1"},
		},
		{
			"decision without author", func(b *kg.Batch) { b.Identities[0].DecidedBy = "" },
			[]string{"identity:1", "decidedBy"},
		},

		{"claim id", onClaim(func(c *kg.Claim) { c.ID = "event:1" }), []string{"event:1", "claim"}},
		{"claim about nothing", onClaim(func(c *kg.Claim) { c.Subject = "" }), []string{"claim:1", "subject"}},
		{
			"claim about an actor", onClaim(func(c *kg.Claim) { c.Subject = "actor:x" }),
			[]string{"claim:1", "subject", "actor:x"},
		},
		{"stance", onClaim(func(c *kg.Claim) { c.Stance = "DOUBTS" }), []string{"stance", "DOUBTS"}},
		{"no aspect", onClaim(func(c *kg.Claim) { c.Aspect = "" }), []string{"aspect"}},
		{
			"claimed by a place", onClaim(func(c *kg.Claim) { c.Claimants[0] = "location:x" }),
			[]string{"claimants", "location:x"},
		},
		{"claimed by an empty id", onClaim(func(c *kg.Claim) { c.Claimants[0] = "" }), []string{"claimants"}},
		{
			"relayed by a place", onClaim(func(c *kg.Claim) { c.RelayedBy[0] = "location:x" }),
			[]string{"relayedBy", "location:x"},
		},
		{"in an actor", onClaim(func(c *kg.Claim) { c.Document = "actor:x" }), []string{"document", "actor:x"}},
		{"cites an actor", onClaim(func(c *kg.Claim) { c.Cites[0] = "actor:x" }), []string{"cites", "actor:x"}},
		{
			"of a document as release", onClaim(func(c *kg.Claim) { c.Release = "document:1" }),
			[]string{"release", "document:1"},
		},
		{"never asserted", onClaim(func(c *kg.Claim) { c.AssertedAt = edtf.Time{} }), []string{"claim:1", "assertedAt"}},
		{
			"asserted without end", onClaim(func(c *kg.Claim) { c.AssertedAt = when("2025/..") }),
			[]string{"assertedAt", "2025/.."},
		},
		{"asserted at any time", onClaim(func(c *kg.Claim) { c.AssertedAt = when("XXXX") }), []string{"assertedAt", "XXXX"}},
		{"confidence 101", onClaim(func(c *kg.Claim) { c.Confidence = ref(101) }), []string{"confidence 101"}},
		{"confidence -1", onClaim(func(c *kg.Claim) { c.Confidence = ref(-1) }), []string{"confidence -1"}},
		{"supersedes itself", onClaim(func(c *kg.Claim) { c.Supersedes[0] = "claim:1" }), []string{"claim:1", "supersede"}},
		{
			"supersedes an event", onClaim(func(c *kg.Claim) { c.Supersedes[0] = "event:1" }),
			[]string{"supersedes", "event:1"},
		},
		{"quote without text", onClaim(func(c *kg.Claim) { c.Quote.Text = "" }), []string{"quote.text"}},
		{
			"quote by a place", onClaim(func(c *kg.Claim) { c.Quote.Speaker = "location:x" }),
			[]string{"quote.speaker", "location:x"},
		},
		{
			"quote to a place", onClaim(func(c *kg.Claim) { c.Quote.Addressee = "location:x" }),
			[]string{"quote.addressee", "location:x"},
		},
		{"empty span", onClaim(func(c *kg.Claim) { c.Spans[0].End = 0 }), []string{"spans[0]"}},
		{"span before the text", onClaim(func(c *kg.Claim) { c.Spans[0].Start = -1 }), []string{"spans[0]"}},
		{"span state", onClaim(func(c *kg.Claim) { c.Spans[0].State = "" }), []string{"spans.state"}},
		{"empty title", onClaim(func(c *kg.Claim) { c.Says.Titles[0].Value = "" }), []string{"titles.value"}},
		{"empty summary", onClaim(func(c *kg.Claim) { c.Says.Summaries[0].Value = "" }), []string{"summaries.value"}},
		{"category", onClaim(func(c *kg.Claim) { c.Says.Category = "WAR" }), []string{"category", "WAR"}},
		{"modality", onClaim(func(c *kg.Claim) { c.Says.Modality = "MAYBE" }), []string{"modality", "MAYBE"}},
		{"code without scheme", onClaim(func(c *kg.Claim) { c.Says.Codes[0].Scheme = "" }), []string{"codes.scheme"}},
		{"code without value", onClaim(func(c *kg.Claim) { c.Says.Codes[0].Value = "" }), []string{"codes.value"}},
		{
			"participant without actor", onClaim(func(c *kg.Claim) { c.Says.Participants[0].Actor = "" }),
			[]string{"participants.actor"},
		},
		{"participant role", onClaim(func(c *kg.Claim) { c.Says.Participants[0].Role = "" }), []string{"participants.role"}},
		{"side", onClaim(func(c *kg.Claim) { c.Says.Participants[0].Side = "C" }), []string{"participants.side", "C"}},
		{
			"representing a place", onClaim(func(c *kg.Claim) { c.Says.Participants[0].Representing = "location:x" }),
			[]string{"participants.representing"},
		},
		{
			"at an actor", onClaim(func(c *kg.Claim) { c.Says.Places[0].Location = "actor:x" }),
			[]string{"places.location", "actor:x"},
		},
		{"place role", onClaim(func(c *kg.Claim) { c.Says.Places[0].Role = "SEAT" }), []string{"places.role", "SEAT"}},
		{"place precision", onClaim(func(c *kg.Claim) { c.Says.Places[0].Precision = 8 }), []string{"places.precision 8"}},
		{"part of a place", onClaim(func(c *kg.Claim) { c.Says.Wholes[0] = "location:x" }), []string{"wholes", "location:x"}},
		{"part of itself", onClaim(func(c *kg.Claim) { c.Says.Wholes[0] = "event:strike" }), []string{"claim:1", "itself"}},
		{
			"announces a place", onClaim(func(c *kg.Claim) { c.Says.Announces[0] = "location:x" }),
			[]string{"announces", "location:x"},
		},
		{
			"announces itself", onClaim(func(c *kg.Claim) { c.Says.Announces[0] = "event:strike" }),
			[]string{"claim:1", "itself"},
		},
		{
			"answers an actor", onClaim(func(c *kg.Claim) { c.Says.RespondsTo[0].To = "actor:x" }),
			[]string{"respondsTo.to", "actor:x"},
		},
		{
			"answers itself", onClaim(func(c *kg.Claim) { c.Says.RespondsTo[0].To = "event:strike" }),
			[]string{"claim:1", "itself"},
		},
		{"response kind", onClaim(func(c *kg.Claim) { c.Says.RespondsTo[0].Kind = "" }), []string{"respondsTo.kind"}},
		{"figure kind", onFigure(kg.Figure{Kind: "EATEN", Best: ref(1)}), []string{"figures.kind", "EATEN"}},
		{"figure population", onFigure(kg.Figure{Population: "CATS", Best: ref(1)}), []string{"figures.population", "CATS"}},
		{"figure qualifier", onFigure(kg.Figure{Qualifier: "NEARLY", Best: ref(1)}), []string{"figures.qualifier", "NEARLY"}},
		{"figure trend", onFigure(kg.Figure{Trend: "UP", Best: ref(1)}), []string{"figures.trend", "UP"}},
		{"figure below 0", onFigure(kg.Figure{Best: ref(-1)}), []string{"figures"}},
		{"low above best", onFigure(kg.Figure{Low: ref(3), Best: ref(2)}), []string{"figures", "order"}},
		{"best above high", onFigure(kg.Figure{Best: ref(3), High: ref(2)}), []string{"figures", "order"}},
		{"low above high", onFigure(kg.Figure{Low: ref(3), High: ref(2)}), []string{"figures", "order"}},
		{"exact without a number", onFigure(kg.Figure{}), []string{"figures", "VAGUE"}},
	}
	for _, tt := range tests {
		b := validBatch()
		tt.change(&b)
		err := b.Check()
		if kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%s: %v, want BAD_INPUT", tt.name, err)
			continue
		}
		for _, s := range tt.contains {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%s: %q does not contain %q", tt.name, err, s)
			}
		}
	}
	vague := validBatch()
	vague.Claims[0].Says.Figures = []kg.Figure{
		{Kind: kg.FigureKilled, Population: kg.PopulationUnknown, Qualifier: kg.QualifierVague},
	}
	if err := vague.Check(); err != nil {
		t.Errorf("a figure in words: %v", err)
	}
	if n := validBatch().Size(); n != 7 {
		t.Errorf("size of seven records: %d", n)
	}
}
