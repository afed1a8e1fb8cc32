package rows

import (
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// State emits the properties of one version of an event. The Event node has the properties of its latest version.
func State(c Columns, event kg.ID, s kg.EventState, record string) {
	identity(c, event, record)
	interval(c, kg.Interval{KnownFrom: s.KnownFrom, KnownTo: s.KnownTo})
	c.Text("title", kg.BestName(s.Titles, ""))
	c.Text("status", string(s.Status))
	c.Text("category", string(s.Category))
	c.Optional("mode", s.Mode)
	c.Text("modality", string(s.Modality))
	c.Text("time", s.Time.EDTF)
	c.Text("precision", string(s.Time.Precision))
	c.Whole("earliest", int64(s.Time.Earliest))
	c.Whole("latest", int64(s.Time.Latest))
	c.Whole("assertedEarliest", int64(s.FirstAsserted.Earliest))
	c.Whole("assertedLatest", int64(s.FirstAsserted.Latest))
	killed := int64(-1)
	if s.Toll.Killed != nil && s.Toll.Killed.Best != nil {
		killed = int64(*s.Toll.Killed.Best)
	}
	c.Whole("killed", killed)
	c.Optional("toll", codec.EncodeToll(s.Toll))
	for _, key := range []struct {
		name string
		store.EventOrder
	}{
		{"timeAsc", store.EventOrder{Field: store.EventsByTime, Direction: store.Asc}},
		{"assertedAsc", store.EventOrder{Field: store.EventsByFirstAsserted, Direction: store.Asc}},
		{"killedAsc", store.EventOrder{Field: store.EventsByKilled, Direction: store.Asc}},
		{"killedDesc", store.EventOrder{Field: store.EventsByKilled, Direction: store.Desc}},
	} {
		c.Whole(key.name, key.Key(s))
	}
	aheadKeys(c, s)
	c.Optional("nominal", string(s.Nominal))
	for i, n := range store.SourceNumbers(s.Sources) {
		c.Whole(SourceProperties[i], int64(n))
	}
	c.Whole("codings", int64(s.Codings))
	c.OptionalWhole("disagreements", int64(s.Disagreements), s.Disagreements != 0)
	codes := make([]string, len(s.Codes))
	for i, code := range s.Codes {
		codes[i] = code.Scheme + " " + code.Value
	}
	c.List("codes", codes)
	searchTexts(c, kg.Event{ID: event, EventState: s})
}

// SourceProperties are the properties of store.SourceNumbers.
var SourceProperties = [...]string{"documents", "publishers", "voices", "datasets"}

// aheadKeys emits the time by which an event is listed, in ascending and descending order, only if it lies after the
// moment from which the version is known. Few versions have such a key. No other version that lies after a moment was
// known at that moment.
func aheadKeys(c Columns, s kg.EventState) {
	up := store.EventOrder{Field: store.EventsByTime, Direction: store.Asc}.Key(s)
	c.OptionalWhole("aheadAsc", up, up > int64(s.KnownFrom))
	c.OptionalWhole("aheadDesc", int64(s.Time.Earliest), s.Time.Earliest > s.KnownFrom)
}

// Participation emits the properties of a PARTICIPATED_IN relationship.
func Participation(c Columns, v kg.Versioned[kg.Participation], record string) {
	edge(c, v.Interval, record)
	c.Text("role", string(v.Edge.Role))
	c.Optional("side", string(v.Edge.Side))
	c.Optional("representing", string(v.Edge.Representing))
	c.Text("status", string(v.Edge.Status))
	c.Optional("capacity", v.Edge.Capacity)
}

// Place emits the properties of an OCCURRED_AT relationship.
func Place(c Columns, v kg.Versioned[kg.EventLocation], record string) {
	edge(c, v.Interval, record)
	c.Text("role", string(v.Edge.Role))
	c.Whole("precision", int64(v.Edge.Precision))
}

// Part emits the properties of a PART_OF relationship.
func Part(c Columns, v kg.Versioned[kg.EventPart], record string) { edge(c, v.Interval, record) }

// Response emits the properties of a RESPONDS_TO relationship.
func Response(c Columns, v kg.Versioned[kg.Response], record string) {
	edge(c, v.Interval, record)
	c.Text("kind", string(v.Edge.Kind))
	c.Optional("condition", v.Edge.Condition)
}

// Announcement emits the properties of an ANNOUNCES relationship.
func Announcement(c Columns, v kg.Versioned[kg.Announcement], record string) {
	edge(c, v.Interval, record)
}

func edge(c Columns, during kg.Interval, record string) {
	interval(c, during)
	c.Text("record", record)
}

// Support emits the properties of a SUPPORTED relationship, from an affiliation to its holder.
func Support(c Columns, v kg.Versioned[[]kg.ID]) {
	interval(c, v.Interval)
	c.List("claims", Strings(v.Edge))
}

// Affiliated emits the properties of an AFFILIATED_WITH relationship, from an affiliation's holder to its counterpart.
func Affiliated(c Columns, a kg.Affiliation, during kg.Interval) {
	c.Text("affiliation", string(a.ID))
	c.Text("type", string(a.Type))
	c.Text("position", a.Position)
	interval(c, during)
}
