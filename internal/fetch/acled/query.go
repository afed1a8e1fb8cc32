package acled

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"casus/internal/kg"
)

// Query selects events.
type Query struct {
	// Countries are names as ACLED has them. None means all.
	Countries []string
	// From and Until bound the dates of events. A zero time is no bound.
	From, Until time.Time
	// ChangedSince selects what ACLED added or changed since a moment. Zero selects all.
	ChangedSince time.Time
}

// firstDay is before any event of ACLED.
const firstDay = "1900-01-01"

// Check returns BAD_INPUT for a query that cannot be sent as one.
func (q Query) Check() error {
	for _, c := range q.Countries {
		// These signs have a meaning in ACLED's query language.
		if strings.TrimSpace(c) == "" || strings.ContainsAny(c, "|:=&") {
			return kg.Errorf(kg.BadInput, "%q is not the name of a country", c)
		}
	}
	if !q.From.IsZero() && !q.Until.IsZero() && q.Until.Before(q.From) {
		return kg.Errorf(kg.BadInput, "the last day, %s, is before the first, %s", q.Until.Format(time.DateOnly),
			q.From.Format(time.DateOnly))
	}
	return nil
}

// Values returns the query as ACLED's parameters.
func (q Query) Values() url.Values {
	v := url.Values{}
	if len(q.Countries) > 0 {
		v.Set("country", strings.Join(slices.Sorted(slices.Values(q.Countries)), ":OR:country="))
	}
	if !q.From.IsZero() || !q.Until.IsZero() {
		from, until := firstDay, "9999-12-31"
		if !q.From.IsZero() {
			from = q.From.Format(time.DateOnly)
		}
		if !q.Until.IsZero() {
			until = q.Until.Format(time.DateOnly)
		}
		v.Set("event_date", from+"|"+until)
		v.Set("event_date_where", "BETWEEN")
	}
	if !q.ChangedSince.IsZero() {
		v.Set("timestamp", strconv.FormatInt(q.ChangedSince.Unix(), 10))
		v.Set("timestamp_where", ">=")
	}
	return v
}

// String returns the query in one form, so that equal ones are recognised. It leaves out since when, which differs from
// run to run.
func (q Query) String() string {
	q.ChangedSince = time.Time{}
	return q.Values().Encode()
}

func deletedSince(since time.Time) url.Values {
	v := url.Values{}
	if !since.IsZero() {
		v.Set("deleted_timestamp", strconv.FormatInt(since.Unix(), 10))
		v.Set("deleted_timestamp_where", ">=")
	}
	return v
}
