package store_test

import (
	"fmt"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
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

// show formats a sum as low/best/high, with a dash for no upper bound, an exclamation mark if claims disagree, and the
// number of events without figures.
func show(sum *sums.Sum) string {
	if sum == nil {
		return "none"
	}
	high := "-"
	if sum.High != nil {
		high = fmt.Sprint(*sum.High)
	}
	s := fmt.Sprintf("%d/%d/%s", sum.Low, sum.Best, high)
	if !sum.Agreed {
		s += "!"
	}
	if sum.WithoutFigures > 0 {
		s += fmt.Sprintf(" %d silent", sum.WithoutFigures)
	}
	return s
}

// partOf returns the part of one event in which people were killed.
func partOf(t *testing.T, low int, high *int) (part sums.Part) {
	t.Helper()
	killed := kg.Toll{Killed: &kg.Estimate{Low: &low, High: high, Agreed: true}}
	selected, err := store.NewEventSums(
		t.Context(), sums.Killed, []store.SelectedEvent{{ID: "event:a", Counts: true, Toll: killed}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	one := selected.ByValue()
	one.Add(0, "")
	if err := one.Each(t.Context(), func(_ string, _ int, p sums.Part) { part = p }); err != nil {
		t.Fatal(err)
	}
	return part
}

func texts[T ~string](values []T) []string {
	var all []string
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}
