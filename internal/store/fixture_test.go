package store_test

import (
	"fmt"

	"casus/internal/edtf"
	"casus/internal/kg"
)

const northland, southland, harbour kg.ID = "actor:northland", "actor:southland", "location:harbour"

// when parses a valid EDTF text.
func when(value string) edtf.Time {
	t, err := edtf.ParseTime(value)
	if err != nil {
		panic(err)
	}
	return t
}

func timeOf(value string) *edtf.Time {
	t := when(value)
	return &t
}

// noon returns noon of a day of January 2025, when the fixtures' claims become known.
func noon(day int) edtf.Instant {
	const first = 1_735_732_800_000 // 2025-01-01T12:00:00Z
	return edtf.Instant(first + int64(day-1)*86_400_000)
}

func ref[T any](v T) *T { return &v }

// show returns an estimate as low/best/high, with a dash for an absent number, and an exclamation mark if claims
// disagree.
func show(e *kg.Estimate) string {
	if e == nil {
		return "none"
	}
	n := func(i *int) string {
		if i == nil {
			return "-"
		}
		return fmt.Sprint(*i)
	}
	s := n(e.Low) + "/" + n(e.Best) + "/" + n(e.High)
	if !e.Agreed {
		s += "!"
	}
	return s
}

func texts[T ~string](values []T) []string {
	var all []string
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}
