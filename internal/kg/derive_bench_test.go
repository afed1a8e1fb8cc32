package kg_test

import (
	"fmt"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// BenchmarkDerive derives one event from many claims, each known at a different moment and all with the same edges,
// which is the worst case for a number of claims.
func BenchmarkDerive(b *testing.B) {
	for _, n := range []int{50, 500, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			claims := make([]kg.Claim, n)
			for i := range claims {
				published := edtf.Instant(1_700_000_000_000 + 60_000*int64(i))
				claims[i] = kg.Claim{
					ID: kg.ID(fmt.Sprintf("claim:%05d", i)), Subject: "event:e", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
					AssertedAt: edtf.Time{
						EDTF: published.String(), Earliest: published, Latest: published + 1000, Precision: edtf.PrecisionInstant,
					},
					Claimants: []kg.ID{kg.ID(fmt.Sprintf("actor:%d", i%50))},
					Document:  kg.ID(fmt.Sprintf("document:%d", i)),
					Says: kg.Statement{
						Titles: []kg.Name{{Value: "A strike", Language: "en"}},
						Participants: []kg.Participant{
							{Actor: "actor:northland", Role: kg.RoleInitiator}, {Actor: "actor:southland", Role: kg.RoleRecipient},
						},
						Places: []kg.Place{{Location: "location:harbour", Role: kg.LocationRoleVenue}},
						Figures: []kg.Figure{
							{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Best: &i, Qualifier: kg.QualifierExact},
						},
					},
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				kg.Derive("event:e", claims, kg.VoiceBook{})
			}
		})
	}
}
