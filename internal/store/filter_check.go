package store

import (
	"math"
	"strings"

	"casus/internal/kg"
	"casus/internal/text"
)

// The bounds of one filter.
const (
	// MaxFilterValues bounds each list of values.
	MaxFilterValues = 1000
	// MaxFilterDepth bounds the nesting of and, or and not; MaxFilterNodes bounds the number of filters in all.
	MaxFilterDepth = 8
	MaxFilterNodes = 100
	// MaxParticipantFilters bounds EventFilter.Participants.
	MaxParticipantFilters = 6
	// MaxTextBytes bounds the search text, below the limit of every engine.
	MaxTextBytes = 1000
)

// Normalize checks a filter and returns the form that stores and cursors expect: countries in upper case, text folded,
// blank text nil. Errors are BAD_INPUT or LIMIT_EXCEEDED. A nil filter stays nil.
func (f *EventFilter) Normalize() (*EventFilter, error) {
	nodes := 0
	return f.normalize(0, &nodes, f.identityMode())
}

// identityMode returns Identity, by default RESOLVED.
func (f *EventFilter) identityMode() kg.IdentityMode {
	if f == nil || f.Identity == nil {
		return kg.IdentityResolved
	}
	return *f.Identity
}

// normalize checks a filter nested in another one, whose identity mode is top.
func (f *EventFilter) normalize(depth int, nodes *int, top kg.IdentityMode) (*EventFilter, error) {
	if f == nil {
		return nil, nil
	}
	*nodes++
	if depth > MaxFilterDepth || *nodes > MaxFilterNodes {
		return nil, kg.Errorf(kg.LimitExceeded,
			"the filter nests deeper than %d or holds more than %d filters", MaxFilterDepth, MaxFilterNodes)
	}
	n := *f
	c := checker{}
	c.values("ids", len(f.IDs)).values("withoutActors", len(f.WithoutActors)).values("modes", len(f.Modes)).
		values("partOf", len(f.PartOf)).values("documents", len(f.Documents)).values("publishers", len(f.Publishers)).
		values("claimants", len(f.Claimants)).values("datasets", len(f.Datasets)).values("codes", len(f.Codes)).
		values("precision", len(f.Precision)).values("categories", len(f.Categories)).
		values("modalities", len(f.Modalities)).values("statuses", len(f.Statuses)).
		values("disagreements", len(f.Disagreements)).values("coding", len(f.Coding)).
		values("respondsWith", len(f.RespondsWith))
	if f.Responses != nil {
		c.values("responses.kinds", len(f.Responses.Kinds))
	}
	if f.Identity != nil && *f.Identity != top {
		c.fail(kg.BadInput, "identity is %s within a filter that is %s: set it at the top", *f.Identity, top)
	}
	n.Text = c.text(f.Text)
	c.timeRange("time", f.Time)
	c.timeRange("firstAsserted", f.FirstAsserted)
	c.intRange("killed", f.Killed)
	c.intRange("voices", f.Voices)
	c.extraction(f.Extraction)
	for i, r := range f.Sources.Ranges() {
		c.intRange([...]string{"sources.documents", "sources.publishers", "sources.voices", "sources.datasets"}[i], r)
	}
	n.Place = c.place(f.Place, true)
	if len(f.Participants) > MaxParticipantFilters {
		c.fail(kg.LimitExceeded, "participants has %d entries, of at most %d", len(f.Participants), MaxParticipantFilters)
	}
	n.Participants = nil
	for _, p := range f.Participants {
		c.values("anyOf", len(p.AnyOf)).values("representing", len(p.Representing)).values("roles", len(p.Roles)).
			values("kinds", len(p.Kinds)).values("sides", len(p.Sides)).values("statuses", len(p.Statuses))
		p.Countries = c.countries(p.Countries)
		n.Participants = append(n.Participants, p)
	}
	for _, code := range f.Codes {
		if code.Value != nil && code.StartsWith != nil {
			c.fail(kg.BadInput, "a code filter has both value and startsWith: set one")
		}
	}
	if c.err != nil {
		return nil, c.err
	}
	var err error
	if n.And, err = normalizeAll(f.And, depth, nodes, top); err != nil {
		return nil, err
	}
	if n.Or, err = normalizeAll(f.Or, depth, nodes, top); err != nil {
		return nil, err
	}
	n.Not, err = f.Not.normalize(depth+1, nodes, top)
	return &n, err
}

func normalizeAll(filters []EventFilter, depth int, nodes *int, top kg.IdentityMode) ([]EventFilter, error) {
	var all []EventFilter
	for i := range filters {
		n, err := filters[i].normalize(depth+1, nodes, top)
		if err != nil {
			return nil, err
		}
		all = append(all, *n)
	}
	return all, nil
}

// Normalize checks a filter; see EventFilter.Normalize.
func (f *ActorFilter) Normalize() (*ActorFilter, error) {
	if f == nil {
		return nil, nil
	}
	n, c := *f, checker{}
	c.values("ids", len(f.IDs)).values("identifiers", len(f.Identifiers))
	c.values("kinds", len(f.Kinds))
	n.Text, n.Countries = c.text(f.Text), c.countries(f.Countries)
	if c.err != nil {
		return nil, c.err
	}
	var err error
	n.InEvents, err = f.InEvents.Normalize()
	return &n, err
}

// Normalize checks a filter; see EventFilter.Normalize.
func (f *LocationFilter) Normalize() (*LocationFilter, error) {
	if f == nil {
		return nil, nil
	}
	n, c := *f, checker{}
	c.values("ids", len(f.IDs)).values("identifiers", len(f.Identifiers))
	c.values("kinds", len(f.Kinds))
	n.Text, n.Place = c.text(f.Text), c.place(f.Place, false)
	return &n, c.err
}

// Normalize checks a filter; see EventFilter.Normalize.
func (f *DocumentFilter) Normalize() (*DocumentFilter, error) {
	if f == nil {
		return nil, nil
	}
	n, c := *f, checker{}
	c.values("ids", len(f.IDs)).values("publishers", len(f.Publishers)).values("languages", len(f.Languages))
	n.Text = c.text(f.Text)
	c.timeRange("published", f.Published)
	return &n, c.err
}

// Normalize checks a filter; see EventFilter.Normalize.
func (f *ClaimFilter) Normalize() (*ClaimFilter, error) {
	if f == nil {
		return nil, nil
	}
	n, c := *f, checker{}
	c.values("subjects", len(f.Subjects)).values("documents", len(f.Documents)).values("publishers", len(f.Publishers)).
		values("claimants", len(f.Claimants)).values("speakers", len(f.Speakers)).
		values("stances", len(f.Stances)).values("aspects", len(f.Aspects)).values("coding", len(f.Coding))
	c.extraction(f.Extraction)
	n.Text = c.text(f.Text)
	c.timeRange("asserted", f.Asserted)
	return &n, c.err
}

// checker records the first error of a filter.
type checker struct{ err error }

func (c *checker) fail(code kg.ErrorCode, format string, args ...any) {
	if c.err == nil {
		c.err = kg.Errorf(code, format, args...)
	}
}

func (c *checker) values(name string, n int) *checker {
	if n > MaxFilterValues {
		c.fail(kg.LimitExceeded, "%s has %d values, of at most %d", name, n, MaxFilterValues)
	}
	return c
}

func (c *checker) extraction(f *ExtractionFilter) {
	if f != nil {
		c.values("extraction.tools", len(f.Tools)).values("extraction.models", len(f.Models))
	}
}

func (c *checker) text(s *string) *string {
	if s == nil || strings.TrimSpace(*s) == "" {
		return nil
	}
	if len(*s) > MaxTextBytes {
		c.fail(kg.LimitExceeded, "text has %d bytes, of at most %d", len(*s), MaxTextBytes)
		return nil
	}
	if text.ParseQuery(*s).Empty() {
		c.fail(kg.BadInput, "text %q has no letter or digit to search for", *s)
	}
	folded := text.Fold(*s)
	return &folded
}

func (c *checker) countries(codes []string) []string {
	if codes == nil {
		return nil
	}
	c.values("countries", len(codes))
	upper := make([]string, len(codes))
	for i, code := range codes {
		upper[i] = strings.ToUpper(code)
		if len(upper[i]) != 2 || upper[i][0] < 'A' || upper[i][0] > 'Z' || upper[i][1] < 'A' || upper[i][1] > 'Z' {
			c.fail(kg.BadInput, "country %q is not an ISO 3166-1 alpha-2 code such as UA", code)
		}
	}
	return upper
}

func (c *checker) timeRange(name string, r *TimeRange) {
	if r == nil {
		return
	}
	if lo, hi := r.Bounds(); lo >= hi {
		c.fail(kg.BadInput, "%s: from %s lies after to %s", name, r.From, r.To)
	}
}

func (c *checker) intRange(name string, r *IntRange) {
	if r != nil && r.Min != nil && r.Max != nil && *r.Min > *r.Max {
		c.fail(kg.BadInput, "%s: min %d is more than max %d", name, *r.Min, *r.Max)
	}
}

func (c *checker) place(p *PlaceFilter, inEvent bool) *PlaceFilter {
	if p == nil {
		return nil
	}
	n := *p
	c.values("within", len(p.Within)).values("roles", len(p.Roles))
	n.Countries = c.countries(p.Countries)
	if !inEvent && p.Roles != nil {
		c.fail(kg.BadInput, "place.roles is the role of a location in an event; a location by itself has none")
	}
	if near := p.Near; near != nil {
		c.degrees("near.latitude", near.Latitude, 90)
		c.degrees("near.longitude", near.Longitude, 180)
		if !(near.Km > 0) || math.IsInf(near.Km, 1) {
			c.fail(kg.BadInput, "near.km is %v: it must be a distance greater than 0", near.Km)
		}
	}
	if box := p.Box; box != nil {
		c.degrees("box.south", box.South, 90)
		c.degrees("box.north", box.North, 90)
		c.degrees("box.west", box.West, 180)
		c.degrees("box.east", box.East, 180)
		if box.South > box.North {
			c.fail(kg.BadInput, "box.south %v lies north of box.north %v", box.South, box.North)
		}
	}
	return &n
}

func (c *checker) degrees(name string, v, limit float64) {
	if !(math.Abs(v) <= limit) {
		c.fail(kg.BadInput, "%s is %v, of -%v..%v degrees", name, v, limit, limit)
	}
}
