package ftm

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"casus/internal/edtf"
)

var dateOnly = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)

// dateTimeLayouts are FollowTheMoney's layouts of a date with a time of day. Without a zone it is in UTC.
var dateTimeLayouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05"}

// parseDate parses a date of FollowTheMoney and returns it in EDTF; false if it is invalid.
func parseDate(s string) (string, bool) {
	if dateOnly.MatchString(s) {
		_, err := edtf.ParseTime(s)
		return s, err == nil
	}
	for _, layout := range dateTimeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			s = t.UTC().Truncate(time.Second).Format(time.RFC3339)
			_, err = edtf.ParseTime(s)
			return s, err == nil
		}
	}
	return "", false
}

// date returns the earliest or the latest date, in EDTF, of the first property that has any; of dates that contain each
// other, the most precise. It marks used the values that contain the result.
func (e *entity) date(latest bool, properties ...string) string {
	for _, p := range properties {
		best, from := "", ""
		for _, v := range e.properties[p] {
			m, ok := parseDate(v)
			switch {
			case !ok:
			case best == "", strings.HasPrefix(m, best), !strings.HasPrefix(best, m) && (m > best) == latest:
				best, from = m, v
			}
		}
		if best == "" {
			continue
		}
		e.markUsed(p, from)
		for _, v := range e.properties[p] {
			if m, ok := parseDate(v); ok && strings.HasPrefix(best, m) {
				e.markUsed(p, v)
			}
		}
		return best
	}
	return ""
}

// publicationDate returns when an entity was published, from the first of several properties that it has; "" if it has
// none.
func (e *entity) publicationDate() string {
	for _, p := range []string{"modifiedAt", "retrievedAt", "publishedAt"} {
		if d := e.date(true, p); d != "" {
			return d
		}
	}
	if d := e.recordDate("last_change"); d != "" {
		return d
	}
	if d := e.date(true, "createdAt"); d != "" {
		return d
	}
	if d := e.recordDate("first_seen"); d != "" {
		return d
	}
	return e.recordDate("last_seen")
}

// recordDate returns a date outside properties; "" if it is absent or invalid.
func (e *entity) recordDate(name string) string {
	d, ok := parseDate(e.recordDates[name])
	if ok {
		e.used[propertyValue{property: name}] = true
	}
	return d
}

// latestDate returns the latest start or end date in an entity; "" if there is none.
func (e *entity) latestDate() string {
	latest := ""
	var until edtf.Instant
	for _, p := range slices.Concat(startProperties, endProperties) {
		for _, v := range e.properties[p] {
			m, ok := parseDate(v)
			if t, err := edtf.ParseTime(m); ok && err == nil && (latest == "" || t.Latest > until) {
				latest, until = m, t.Latest
			}
		}
	}
	return latest
}

// startProperties and endProperties are the properties with the start and the end of an interval.
var (
	startProperties = []string{
		"startDate", "date", "periodStart", "listingDate", "publicationDate", "contractDate", "fileDate", "authoredAt",
	}
	endProperties = []string{"endDate", "periodEnd", "closeDate"}
)

// validTime returns when an affiliation held, in EDTF; "" if nothing is known. An unknown end is open.
func (e *entity) validTime() string {
	start, end := e.date(false, "startDate", "periodStart", "date"), e.date(true, "endDate", "periodEnd")
	switch {
	case start == "" && end == "":
		return ""
	case end == "":
		return start + "/.."
	}
	return start + "/" + end // an unknown start, too, is empty in EDTF
}

// eventTime returns the time of an event in EDTF: a date, or an interval whose end may be unknown.
func (e *entity) eventTime(ev event) string {
	start, end := e.date(false, ev.start...), e.date(true, endProperties...)
	exact := len(e.properties["startDate"]) == 0 && len(e.properties["date"]) > 0
	switch {
	case start == "" && end == "", start == end:
		return start
	case end == "" && (ev.point || exact):
		return start
	}
	return start + "/" + end
}
