package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"cmp"
	"fmt"
	"slices"
	"time"
)

// MaxFacetGroups bounds how many values of a facet an answer has, DefaultFacetGroups is how many it has if nobody says.
const (
	MaxFacetGroups     = 500
	DefaultFacetGroups = 10
)

// FacetQuery asks how the events of a filter divide by several things, each by itself.
type FacetQuery struct {
	View   kg.View
	Filter *EventFilter
	// Fields are answered in their order.
	Fields []FacetField
	// Top is how many values of each are wanted, 1..MaxFacetGroups.
	Top int
	// Killed asks for tolls.
	Killed bool
}

// Check says what no store could answer.
func (q FacetQuery) Check() error {
	switch {
	case q.Top < 1:
		return kg.Errorf(kg.BadInput, "top is %d: a facet has 1..%d values", q.Top, MaxFacetGroups)
	case q.Top > MaxFacetGroups:
		return kg.Errorf(kg.LimitExceeded, "top is %d: a facet has 1..%d values", q.Top, MaxFacetGroups)
	}
	for i, f := range q.Fields {
		if slices.Contains(q.Fields[:i], f) {
			return kg.Errorf(kg.BadInput, "fields names %s twice", f)
		}
	}
	return nil
}

// Facet is how events divide by one thing: all of them, whatever Groups leaves out.
type Facet struct {
	Field FacetField
	// Distinct counts the values that there are.
	Distinct int
	// Groups has the Top first values, by events, most first, then by key; and, in its place by the same order, the group of
	// those without any value, whose key is "".
	Groups []BucketGroup
}

// FacetCounter divides events by one thing. An event counts once in each of its values; one without any has the value "".
type FacetCounter struct {
	field  FacetField
	groups map[string]*BucketGroup
}

// NewFacetCounter counts for one field.
func NewFacetCounter(field FacetField) *FacetCounter {
	return &FacetCounter{field, map[string]*BucketGroup{}}
}

// Add counts some events of a value, with their toll. Those that have parts have none: as in a Bucket, nobody dies twice.
func (c *FacetCounter) Add(key string, events int, killed *kg.Estimate) {
	if events == 0 {
		return
	}
	g := c.groups[key]
	if g == nil {
		g = &BucketGroup{Key: key}
		c.groups[key] = g
	}
	g.Events += events
	g.Killed = g.Killed.Plus(killed)
}

// Facet cuts out the top.
func (c *FacetCounter) Facet(top int) Facet {
	f := Facet{Field: c.field}
	none := c.groups[""]
	for key, g := range c.groups {
		if key != "" {
			f.Groups = append(f.Groups, *g)
		}
	}
	f.Distinct = len(f.Groups)
	slices.SortFunc(f.Groups, compareGroups)
	f.Groups = f.Groups[:min(top, len(f.Groups))]
	if none != nil {
		i, _ := slices.BinarySearchFunc(f.Groups, *none, compareGroups)
		f.Groups = slices.Insert(f.Groups, i, *none)
	}
	return f
}

func compareGroups(a, b BucketGroup) int {
	return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Key, b.Key))
}

// YearKey is the year in which an event begins, as an EDTF value: that of its Bucket, in UTC, where a date without a time of day
// is its own. "": it has no start.
func YearKey(earliest edtf.Instant) string {
	if !earliest.Bounded() {
		return ""
	}
	switch year := edtf.BucketStart(earliest.Time().In(time.UTC), edtf.IntervalYear).Year(); {
	case year > 9999 || year < -9999:
		return fmt.Sprintf("Y%d", year)
	case year < 0:
		return fmt.Sprintf("%05d", year)
	default:
		return fmt.Sprintf("%04d", year)
	}
}
