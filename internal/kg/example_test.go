package kg_test

import (
	"fmt"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Two voices report a strike. The first claim makes it UNVERIFIED with a toll of at least 4, and the second, a day
// later, makes it CORROBORATED and states 7.
func ExampleDerive() {
	publishedAt := func(value string) edtf.Time {
		t, err := edtf.ParseTime(value)
		if err != nil {
			panic(err)
		}
		return t
	}
	killed := func(q kg.FigureQualifier, n int) []kg.Figure {
		return []kg.Figure{{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Qualifier: q, Best: &n}}
	}
	claims := []kg.Claim{
		{
			ID: "claim:1", Subject: "event:strike", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			Claimants: []kg.ID{"actor:ministry"}, AssertedAt: publishedAt("2025-03-01T09:00:00Z"),
			Says: kg.Statement{Figures: killed(kg.QualifierAtLeast, 4)},
		},
		{
			ID: "claim:2", Subject: "event:strike", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			Claimants: []kg.ID{"actor:hospital"}, AssertedAt: publishedAt("2025-03-02T12:00:00Z"),
			Says: kg.Statement{Figures: killed(kg.QualifierExact, 7)},
		},
	}
	history := kg.Derive("event:strike", claims, kg.VoiceBook{})
	for _, s := range history.States {
		fmt.Println(s.KnownFrom, s.KnownTo, s.Status, *s.Toll.Killed.Low, *s.Toll.Killed.Best, s.Because)
	}
	// Output:
	// 2025-03-01T09:00:00Z 2025-03-02T12:00:00Z UNVERIFIED 4 4 [claim:1]
	// 2025-03-02T12:00:00Z infinity CORROBORATED 4 7 [claim:2]
}
