package ftm

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"casus/internal/edtf"
)

var dateOnly = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)

// clocks are the forms in which FollowTheMoney writes a date with a time of day; without a zone it is in UTC.
var clocks = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05"}

// moment reads a date as FollowTheMoney has it and writes it in EDTF.
func moment(s string) (string, bool) {
	if dateOnly.MatchString(s) {
		_, err := edtf.ParseTime(s)
		return s, err == nil
	}
	for _, layout := range clocks {
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
			m, ok := moment(v)
			switch {
			case !ok:
			case best == "", strings.HasPrefix(m, best), !strings.HasPrefix(best, m) && (m > best) == latest:
				best, from = m, v
			}
		}
		if best == "" {
			continue
		}
		e.use(p, from)
		for _, v := range e.properties[p] {
			if m, ok := moment(v); ok && strings.HasPrefix(best, m) {
				e.use(p, v)
			}
		}
		return best
	}
	return ""
}

// known is when what an entity says was published, as it says itself: the first of these dates that it has.
func (e *entity) known() string {
	for _, p := range []string{"modifiedAt", "retrievedAt", "publishedAt"} {
		if d := e.date(true, p); d != "" {
			return d
		}
	}
	if d := e.outside("last_change"); d != "" {
		return d
	}
	if d := e.date(true, "createdAt"); d != "" {
		return d
	}
	if d := e.outside("first_seen"); d != "" {
		return d
	}
	return e.outside("last_seen")
}

// outside is a date that stands beside the properties.
func (e *entity) outside(name string) string {
	d, ok := moment(e.top[name])
	if ok {
		e.used[used{property: name}] = true
	}
	return d
}

// own is the latest date of what an entity tells of.
func (e *entity) own() string {
	latest := ""
	var until edtf.Instant
	for _, p := range slices.Concat(starts, ends) {
		for _, v := range e.properties[p] {
			m, ok := moment(v)
			if t, err := edtf.ParseTime(m); ok && err == nil && (latest == "" || t.Latest > until) {
				latest, until = m, t.Latest
			}
		}
	}
	return latest
}

// starts and ends are when intervals begin and end, by their properties.
var (
	starts = []string{"startDate", "date", "periodStart", "listingDate", "publicationDate", "contractDate", "fileDate", "authoredAt"}
	ends   = []string{"endDate", "periodEnd", "closeDate"}
)

// valid is when an affiliation held. An end that is not known is open.
func (e *entity) valid() string {
	start, end := e.date(false, "startDate", "periodStart", "date"), e.date(true, "endDate", "periodEnd")
	switch {
	case start == "" && end == "":
		return ""
	case end == "":
		return start + "/.."
	}
	return start + "/" + end // a start that is not known is empty in EDTF too
}

// when is the time of an event: a moment, or from the start to an end that may not be known.
func (e *entity) when(ev event) string {
	start, end := e.date(false, ev.start...), e.date(true, ends...)
	exact := len(e.properties["startDate"]) == 0 && len(e.properties["date"]) > 0
	switch {
	case start == "" && end == "", start == end:
		return start
	case end == "" && (ev.point || exact):
		return start
	}
	return start + "/" + end
}
