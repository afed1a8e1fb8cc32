package disagree_test

import (
	"fmt"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/disagree"
)

// BenchmarkDerive derives an event with and without its disagreements: from one claim, as most events have, from four
// that agree, and from many that state different numbers, each known at a moment of its own.
func BenchmarkDerive(b *testing.B) {
	for _, n := range []int{1, 4, 500} {
		claims := make([]kg.Claim, n)
		for i := range claims {
			published := edtf.Instant(1_700_000_000_000 + 60_000*int64(i))
			number, day := 5, when("2023-11-14")
			if n > 4 {
				number = i
			}
			claims[i] = kg.Claim{
				ID: kg.ID(fmt.Sprintf("claim:%05d", i)), Subject: strike, Stance: kg.StanceAsserts, Aspect: occurrence,
				AssertedAt: edtf.Time{
					EDTF: published.String(), Earliest: published, Latest: published + 1000, Precision: edtf.PrecisionInstant,
				},
				Claimants: []kg.ID{kg.ID(fmt.Sprintf("actor:%d", i%50))}, Document: kg.ID(fmt.Sprintf("document:%d", i)),
				Says: kg.Statement{
					Titles: []kg.Name{{Value: "A strike", Language: "en"}}, Time: &day,
					Participants: []kg.Participant{
						{Actor: "actor:northland", Role: kg.RoleInitiator}, {Actor: "actor:southland", Role: kg.RoleRecipient},
					},
					Places: []kg.Place{{Location: "location:harbour", Role: kg.LocationRoleTarget}},
					Figures: []kg.Figure{{
						Kind: kg.FigureKilled, Population: kg.PopulationTotal, Best: &number, Qualifier: kg.QualifierExact,
					}},
				},
			}
		}
		b.Run(fmt.Sprintf("%d claims/without", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				kg.Derive(strike, claims, kg.VoiceBook{})
			}
		})
		b.Run(fmt.Sprintf("%d claims/with", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				disagree.Derive(strike, claims, kg.VoiceBook{}, nil)
			}
		})
	}
}
