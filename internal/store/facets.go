package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// MaxFacetGroups bounds the values of a facet in a result; DefaultFacetGroups is the default number.
const (
	MaxFacetGroups     = 500
	DefaultFacetGroups = 10
)

// FacetQuery counts the events of a filter by each of several fields.
type FacetQuery struct {
	View   kg.View
	Filter *EventFilter
	// Fields are distinct. Results are parallel to them.
	Fields []FacetField
	// Top is the number of values of each field to return, 1..MaxFacetGroups.
	Top int
	// Sums are the sums to compute for each value, over the events with that value.
	Sums sums.Set
}

// Check returns BAD_INPUT or LIMIT_EXCEEDED for an invalid query.
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

// Facet counts events by one field. Distinct counts all values, not only the ones in Groups.
type Facet struct {
	Field    FacetField
	Distinct int
	// Groups holds the Top values with the most events, ties by key. The group of events without a value, whose key is "",
	// is sorted among them in addition.
	Groups []BucketGroup
}

// FacetCounter counts events by one field. An event counts once in each of its values, or under "" if it has none.
type FacetCounter struct {
	field  FacetField
	groups map[string]*groupTally
}

type groupTally struct {
	events int
	sums   sums.Part
}

// NewFacetCounter returns a counter for one field.
func NewFacetCounter(field FacetField) *FacetCounter {
	return &FacetCounter{field, map[string]*groupTally{}}
}

// Add counts events of a value, with their part of its sums.
func (c *FacetCounter) Add(key string, events int, part sums.Part) {
	if events == 0 {
		return
	}
	g := c.groups[key]
	if g == nil {
		g = &groupTally{}
		c.groups[key] = g
	}
	g.events += events
	g.sums = g.sums.Plus(part)
}

// Facet returns the facet with the top values.
func (c *FacetCounter) Facet(top int) Facet {
	f := Facet{Field: c.field}
	for key, g := range c.groups {
		if key != "" {
			f.Groups = append(f.Groups, BucketGroup{Key: key, Events: g.events})
		}
	}
	f.Distinct = len(f.Groups)
	slices.SortFunc(f.Groups, compareGroups)
	f.Groups = f.Groups[:min(top, len(f.Groups))]
	if none := c.groups[""]; none != nil {
		g := BucketGroup{Events: none.events}
		i, _ := slices.BinarySearchFunc(f.Groups, g, compareGroups)
		f.Groups = slices.Insert(f.Groups, i, g)
	}
	for i := range f.Groups {
		f.Groups[i].Sums = c.groups[f.Groups[i].Key].sums.Sums()
	}
	return f
}

func compareGroups(a, b BucketGroup) int {
	return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Key, b.Key))
}

// YearKey returns the year in which a time series counts an event, as an EDTF value, or "" without a start. It is the
// year of the event's Bucket in UTC; a date without a time of day keeps its own year.
func YearKey(t edtf.Time, nominal *edtf.Instant) string {
	at, _, _ := CountedAt(t, nominal, time.UTC)
	return YearKeyAt(at)
}

// KeyOf returns the key of a value that an engine returns for a field. For YEAR the value is an instant in
// milliseconds; engines group events by day, so several values have the same key.
func (f FacetField) KeyOf(value string) (string, error) {
	if f != FacetYear {
		return value, nil
	}
	at, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return "", kg.Errorf(kg.Internal, "read a year: %w", err)
	}
	return YearKeyAt(edtf.Instant(at)), nil
}

// YearKeyAt returns YearKey of an event that is counted at an instant.
func YearKeyAt(at edtf.Instant) string {
	if !at.Bounded() {
		return ""
	}
	switch year := edtf.BucketStart(at.Time().In(time.UTC), edtf.IntervalYear).Year(); {
	case year > 9999 || year < -9999:
		return fmt.Sprintf("Y%d", year)
	case year < 0:
		return fmt.Sprintf("%05d", year)
	default:
		return fmt.Sprintf("%04d", year)
	}
}
