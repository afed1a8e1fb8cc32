package aggregate

import (
	"casus/internal/edtf"
	"casus/internal/store"
)

// hull is the earliest and the latest time of an event, and its nominal day if it has one. Events share hulls, because
// most span one or a few days.
type hull struct {
	earliest, latest             edtf.Instant
	earliestFloats, latestFloats bool
	hasNominal                   bool
	nominal                      edtf.Instant
}

func hullOf(t edtf.Time, nominal *edtf.Instant) hull {
	h := hull{earliest: t.Earliest, latest: t.Latest, earliestFloats: t.EarliestFloats, latestFloats: t.LatestFloats}
	if nominal != nil {
		h.hasNominal, h.nominal = true, *nominal
	}
	return h
}

// nominalStart returns the start of the nominal day; nil if there is none.
func (h hull) nominalStart() *edtf.Instant {
	if !h.hasNominal {
		return nil
	}
	return &h.nominal
}

func (h hull) time() edtf.Time {
	return edtf.Time{
		Earliest: h.earliest, Latest: h.latest, EarliestFloats: h.earliestFloats, LatestFloats: h.latestFloats,
	}
}

// within reports whether TimeRange.Matches holds for a time with this hull.
func (h hull) within(r store.TimeRange) bool {
	lo, hi := r.Bounds()
	if r.Definitely() {
		return lo <= h.earliest && h.latest <= hi
	}
	return lo < hi && h.earliest < hi && h.latest > lo
}
