package edtf

import (
	"testing"
	"time"
)

func TestDuration(t *testing.T) {
	for _, tt := range []struct{ duration, from, before, after string }{
		{"P1M", "2025-03-31T00:00:00Z", "2025-02-28T00:00:00Z", "2025-04-30T00:00:00Z"},
		{"P1M", "2024-03-30T06:00:00Z", "2024-02-29T06:00:00Z", "2024-04-30T06:00:00Z"},
		{"P1M", "2025-01-31T00:00:00Z", "2024-12-31T00:00:00Z", "2025-02-28T00:00:00Z"},
		{"P1Y", "2024-02-29T00:00:00Z", "2023-02-28T00:00:00Z", "2025-02-28T00:00:00Z"},
		{"P1Y2M3D", "2025-06-15T00:00:00Z", "2024-04-12T00:00:00Z", "2026-08-18T00:00:00Z"},
		{"P1M1D", "2025-03-31T00:00:00Z", "2025-02-27T00:00:00Z", "2025-05-01T00:00:00Z"},
		{"P14M", "2025-01-15T00:00:00Z", "2023-11-15T00:00:00Z", "2026-03-15T00:00:00Z"},
		{"P2W", "2025-03-10T00:00:00Z", "2025-02-24T00:00:00Z", "2025-03-24T00:00:00Z"},
		{"P1W2D", "2025-03-10T00:00:00Z", "2025-03-01T00:00:00Z", "2025-03-19T00:00:00Z"},
		{"PT36H", "2025-03-10T00:00:00Z", "2025-03-08T12:00:00Z", "2025-03-11T12:00:00Z"},
		{"P1DT1H30M", "2025-03-10T00:00:00Z", "2025-03-08T22:30:00Z", "2025-03-11T01:30:00Z"},
		{"PT1.5S", "2025-03-10T00:00:00Z", "2025-03-09T23:59:58.500Z", "2025-03-10T00:00:01.500Z"},
		{"PT26280H90M", "2025-03-10T00:00:00Z", "2022-03-10T22:30:00Z", "2028-03-09T01:30:00Z"},
		{"PT999999999S", "2025-03-10T00:00:00Z", "1993-07-01T22:13:21Z", "2056-11-16T01:46:39Z"},
		{"PT0S", "2025-03-10T00:00:00Z", "2025-03-10T00:00:00Z", "2025-03-10T00:00:00Z"},
	} {
		d, err := ParseDuration(tt.duration)
		from, _ := ParseInstant(tt.from)
		if err != nil || d.Before(from).String() != tt.before || d.After(from).String() != tt.after {
			t.Errorf("%s from %s: %s and %s (%v), want %s and %s",
				tt.duration, tt.from, d.Before(from), d.After(from), err, tt.before, tt.after)
		}
		if again, err := ParseDuration(d.String()); err != nil || again != d {
			t.Errorf("%s: String is %s, which parses as %+v (%v)", tt.duration, d, again, err)
		}
		if d.Before(BeginningOfTime) != BeginningOfTime || d.After(EndOfTime) != EndOfTime {
			t.Errorf("%s moves an unbounded end", tt.duration)
		}
	}
	for _, s := range []string{
		"", "P", "PT", "P1DT", "1D", "-P1D", "P-1D", "P1H", "PT1D", "P1.5D", "P1D1M", "p1d", "P1D ", "PT1.S",
		"P99999999D", "P 1D", "P999999W9999999D", "PT99999999H", "PT2499999H999999999M",
	} {
		if d, err := ParseDuration(s); err == nil {
			t.Errorf("%q: got %+v, want an error", s, d)
		}
	}
}

func FuzzParseDuration(f *testing.F) {
	for _, s := range []string{
		"P1Y2M3W4DT5H6M7.891S", "PT36H", "P", "P1DT", "PT99999999H999999999M", "P999999W9999999D", "PT999999H999999999S",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDuration(s)
		if err != nil {
			return
		}
		if again, err := ParseDuration(d.String()); err != nil || again != d {
			t.Errorf("%q: String is %s, which parses as %+v (%v)", s, d, again, err)
		}
		if at := InstantOf(time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC)); d.Before(at) > at || d.After(at) < at {
			t.Errorf("%s: Before returns a later or After an earlier instant", d)
		}
	})
}
