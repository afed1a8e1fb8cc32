package kg_test

import (
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
)

func TestNominalDays(t *testing.T) {
	for _, c := range []struct{ day, time, want string }{
		{"", "2024-01", ""},
		{"2024-01-31", "2024-01", ""},
		{"2024-01-04", "[2024-01-01..2024-01-07]", ""},
		{"2024-01-01", "2024-01-01T10:00:00Z", ""},
		{"1999-01-01", "../2024", ""},
		{"2024-02-01", "2024-01", "outside the time 2024-01"},
		{"2023-12-31", "[2024-01-01..2024-01-07]", "outside the time"},
		{"2024-01", "2024-01", "not a date"},
		{"2024-02-30", "2024-02", "not a date"},
		{"2024-01-04", "", "there is none"},
	} {
		claim := kg.Claim{ID: "claim:c", Subject: "event:e", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence}
		var err error
		if claim.AssertedAt, err = edtf.ParseTime("2025-01-01"); err != nil {
			t.Fatal(err)
		}
		if c.time != "" {
			at, err := edtf.ParseTime(c.time)
			if err != nil {
				t.Fatal(err)
			}
			claim.Says.Time = &at
		}
		claim.Says.Nominal = kg.Day(c.day)
		switch err := claim.Check(); {
		case c.want == "" && err != nil, c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s in %q: %v, want %q", c.day, c.time, err, c.want)
		}
	}
}
