package kg_test

import (
	"testing"

	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

func TestCoding(t *testing.T) {
	review := func(id string, verdict kg.Coding, day int, name func(*kg.Review)) kg.Review {
		r := kg.Review{ID: kg.ID("review:" + id), Verdict: verdict, At: noon(day)}
		name(&r)
		return r
	}
	ofClaim := func(r *kg.Review) { r.Claims = []kg.ID{"claim:9", "claim:1"} }
	ofDocument := func(r *kg.Review) { r.Document = "document:daily" }
	ofRelease := func(r *kg.Review) { r.Release = "release:machine" }
	extracted := []kg.Extraction{{Tool: "casus extract"}}
	tests := []struct {
		name    string
		claim   kg.Claim
		reviews []kg.Review
		want    kg.Coding
	}{
		{"nothing is said", kg.Claim{}, nil, kg.CodingHuman},
		{"a release that says nothing", kg.Claim{Release: "release:1"}, nil, kg.CodingHuman},
		{"its release", kg.Claim{Release: "release:machine"}, nil, kg.CodingMachine},
		{"extracted", kg.Claim{Extractions: extracted}, nil, kg.CodingMachine},
		{"extracted for a release of people", kg.Claim{Extractions: extracted, Release: "release:1"}, nil, kg.CodingMachine},
		{
			"reviewed itself", kg.Claim{Extractions: extracted},
			[]kg.Review{review("a", kg.CodingMachineReviewed, 1, ofClaim)}, kg.CodingMachineReviewed,
		},
		{
			"its document is reviewed", kg.Claim{Document: "document:daily", Extractions: extracted},
			[]kg.Review{review("a", kg.CodingHuman, 1, ofDocument)}, kg.CodingHuman,
		},
		{
			"a cited document is reviewed", kg.Claim{Cites: []kg.ID{"document:daily"}, Release: "release:machine"},
			[]kg.Review{review("a", kg.CodingHuman, 1, ofDocument)}, kg.CodingMachine,
		},
		{
			"its release is reviewed", kg.Claim{Release: "release:machine"},
			[]kg.Review{review("a", kg.CodingMachineReviewed, 1, ofRelease)}, kg.CodingMachineReviewed,
		},
		{
			"the latest review counts", kg.Claim{Document: "document:daily", Release: "release:machine"},
			[]kg.Review{
				review("c", kg.CodingMachine, 1, ofClaim), review("b", kg.CodingHuman, 3, ofRelease),
				review("a", kg.CodingMachineReviewed, 2, ofDocument),
			}, kg.CodingHuman,
		},
		{
			"at one time the one whose id sorts last", kg.Claim{Document: "document:daily"},
			[]kg.Review{review("b", kg.CodingMachine, 1, ofClaim), review("a", kg.CodingHuman, 1, ofDocument)}, kg.CodingMachine,
		},
		{
			"another's review", kg.Claim{Extractions: extracted},
			[]kg.Review{review("a", kg.CodingHuman, 1, ofRelease)}, kg.CodingMachine,
		},
	}
	for _, tt := range tests {
		book := newsroom
		book.Reviews = kg.LatestReviews(tt.reviews)
		tt.claim.ID = "claim:1"
		if got := book.CodingOf(tt.claim); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestMachineValuesComeLast checks that a value or figure of a MACHINE claim is used only where no other positive claim
// states one.
func TestMachineValuesComeLast(t *testing.T) {
	machine := in("document:weekly")
	claims := []kg.Claim{
		claim(1, "+", in("document:daily"), title("en", "A strike"), killed(kg.Figure{Best: ref(4)}),
			participant("actor:northland", kg.RoleInitiator)),
		claim(2, "+", machine, row("release:machine"), title("en", "STRIKE"), title("uk", "Удар"),
			killed(kg.Figure{Best: ref(9)}), modality(kg.ModalityOngoing),
			participant("actor:northland", kg.RoleInitiator)),
	}
	claims[0].Says.Participants[0].Side, claims[1].Says.Participants[0].Side = kg.SideB, kg.SideA
	claims[1].Says.Participants[0].Capacity = "army"
	s := now(t, kg.Derive(strike, claims, newsroom))
	want := []kg.Name{{Value: "A strike", Language: "en"}, {Value: "Удар", Language: "uk"}}
	if diff := cmp.Diff(want, s.Titles); diff != "" {
		t.Errorf("titles (-want +got):\n%s", diff)
	}
	if s.Modality != kg.ModalityOngoing {
		t.Errorf("modality %s, which only the machine states", s.Modality)
	}
	if k := s.Toll.Killed; *k.Best != 4 || *k.High != 4 || !k.Agreed {
		t.Errorf("killed %d..%d, want 4", *k.Best, *k.High)
	}
	edge := kg.Derive(strike, claims, newsroom).Participations
	if last := edge[len(edge)-1].Edge; last.Side != kg.SideB || last.Capacity != "army" || len(last.Claims) != 2 {
		t.Errorf("participation %+v, want side B of the person's claim and the capacity of the machine's", last)
	}
	alone := now(t, kg.Derive(strike, claims[1:], newsroom))
	if *alone.Toll.Killed.Best != 9 || alone.Titles[0].Value != "STRIKE" {
		t.Errorf("alone, the machine's values are %v, %v", alone.Toll.Killed, alone.Titles)
	}
}

// TestMergeExtractions checks that extractions are not part of a claim's content, and that a person's record of the
// same claim replaces them.
func TestMergeExtractions(t *testing.T) {
	made := func(tools ...string) kg.Claim {
		c := claim(1, "A+")
		for _, tool := range tools {
			c.Extractions = append(c.Extractions, kg.Extraction{Tool: tool})
		}
		return c
	}
	if made("x").Digest() != made().Digest() {
		t.Error("an extraction changes the digest")
	}
	for _, tt := range []struct{ a, b, want kg.Claim }{
		{made("x"), made("y", "x"), made("x", "y")},
		{made("x"), made(), made()},
		{made(), made("x"), made()},
	} {
		got, ok := kg.MergeClaim(tt.a, tt.b)
		if diff := cmp.Diff(tt.want.Extractions, got.Extractions); !ok || diff != "" {
			t.Errorf("merged %v with %v: %t (-want +got):\n%s", tt.a.Extractions, tt.b.Extractions, ok, diff)
		}
	}
}
