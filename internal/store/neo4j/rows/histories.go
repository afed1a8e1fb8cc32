package rows

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// State emits the properties of one version of an event. The Event node has the properties of its latest version.
func State(c Columns, event kg.ID, s kg.EventState, record string) {
	identity(c, event, record)
	during := kg.Interval{KnownFrom: s.KnownFrom, KnownTo: s.KnownTo}
	known(c, during)
	// The indexes of pages have both ends in milliseconds, and no index has absent values.
	c.Whole("_knownFrom", int64(during.KnownFrom))
	c.Whole("_knownTo", int64(during.KnownTo))
	titles(c, s.Titles)
	c.Text("status", string(s.Status))
	c.Text("category", string(s.Category))
	c.Optional("mode", s.Mode)
	c.Text("modality", string(s.Modality))
	c.Text("time", s.Time.EDTF)
	c.Text("precision", string(s.Time.Precision))
	extent(c, &s.Time)
	day, hasDay := edtf.Instant(0), s.Nominal.Start()
	if hasDay != nil {
		day = *hasDay
	}
	c.Date("nominal", day, hasDay != nil)
	bounds(c, &s.Time, "_earliest", "_latest")
	bounds(c, &s.FirstAsserted, "_assertedEarliest", "_assertedLatest")
	estimate(c, "killed", s.Toll.Killed)
	estimate(c, "wounded", s.Toll.Wounded)
	c.Optional("_toll", codec.EncodeToll(s.Toll))
	for _, key := range []struct {
		name string
		store.EventOrder
	}{
		{"_timeAsc", store.EventOrder{Field: store.EventsByTime, Direction: store.Asc}},
		{"_assertedAsc", store.EventOrder{Field: store.EventsByFirstAsserted, Direction: store.Asc}},
		{"_killedAsc", store.EventOrder{Field: store.EventsByKilled, Direction: store.Asc}},
		{"_killedDesc", store.EventOrder{Field: store.EventsByKilled, Direction: store.Desc}},
	} {
		c.Whole(key.name, key.Key(s))
	}
	aheadKeys(c, s)
	for i, n := range store.SourceNumbers(s.Sources) {
		c.Whole(SourceProperties[i], int64(n))
	}
	c.Whole("_codings", int64(s.Codings))
	c.List("disagreements", Strings(kg.Aspects.In(s.Disagreements)))
	c.OptionalWhole("_disagreements", int64(s.Disagreements), s.Disagreements != 0)
	codes := make([]string, len(s.Codes))
	for i, code := range s.Codes {
		codes[i] = code.Scheme + " " + code.Value
	}
	c.List("codes", codes)
	searchTexts(c, kg.Event{ID: event, EventState: s})
}

// SourceProperties are the properties of store.SourceNumbers.
var SourceProperties = [...]string{"documents", "publishers", "voices", "datasets"}

// estimate emits the numbers of an estimate. Numbers that no claim states are absent.
func estimate(c Columns, what string, e *kg.Estimate) {
	if e == nil {
		e = &kg.Estimate{}
	}
	for _, n := range []struct {
		suffix string
		number *int
	}{{"Low", e.Low}, {"Best", e.Best}, {"High", e.High}} {
		number := int64(0)
		if n.number != nil {
			number = int64(*n.number)
		}
		c.OptionalWhole(what+n.suffix, number, n.number != nil)
	}
}

// aheadKeys emits the time by which an event is listed, in ascending and descending order, only if it lies after the
// moment from which the version is known. Few versions have such a key. No other version that lies after a moment was
// known at that moment.
func aheadKeys(c Columns, s kg.EventState) {
	up := store.EventOrder{Field: store.EventsByTime, Direction: store.Asc}.Key(s)
	c.OptionalWhole("_aheadAsc", up, up > int64(s.KnownFrom))
	c.OptionalWhole("_aheadDesc", int64(s.Time.Earliest), s.Time.Earliest > s.KnownFrom)
}
