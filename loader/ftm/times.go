package ftm

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"casus/internal/edtf"
)

var dateOnly = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)

// dateTimeLayouts are the forms in which FollowTheMoney writes a date with a time of day; without a zone it is in UTC.
var dateTimeLayouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05"}

// parseDate reads a date as FollowTheMoney has it and writes it in EDTF.
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

// date gives the earliest or the latest date of the first property that has any, in EDTF; of dates that say the same to different
// detail the most exact. Only the values that it stands for are used.
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

// publicationDate is when what an entity says was published, as it says itself: the first of these dates that it has.
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

// recordDate is a date that stands beside the properties.
func (e *entity) recordDate(name string) string {
	d, ok := parseDate(e.recordDates[name])
	if ok {
		e.used[propertyValue{property: name}] = true
	}
	return d
}

// latestDate is the latest date of what an entity tells of.
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

// starts and ends are when intervals begin and end, by their properties.
var (
	startProperties = []string{"startDate", "date", "periodStart", "listingDate", "publicationDate", "contractDate", "fileDate", "authoredAt"}
	endProperties   = []string{"endDate", "periodEnd", "closeDate"}
)

// validTime is when an affiliation held. An end that is not known is open.
func (e *entity) validTime() string {
	start, end := e.date(false, "startDate", "periodStart", "date"), e.date(true, "endDate", "periodEnd")
	switch {
	case start == "" && end == "":
		return ""
	case end == "":
		return start + "/.."
	}
	return start + "/" + end // a start that is not known is empty in EDTF too
}

// eventTime is the time of an event: a moment, or from the start to an end that may not be known.
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
