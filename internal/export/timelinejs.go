package export

import (
	"html"
	"strconv"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// slide is one event of a timeline (TimelineJS 3, "JSON format").
type slide struct {
	ID      kg.ID     `json:"unique_id"`
	Start   *date     `json:"start_date"`
	End     *date     `json:"end_date,omitempty"`
	Display string    `json:"display_date,omitempty"`
	Text    slideText `json:"text"`
	Group   string    `json:"group,omitempty"`
}

type slideText struct {
	Headline string `json:"headline"`
	Text     string `json:"text,omitempty"`
}

// date has what is known of a date and no more: a month without a day is a date without one. Years are those of EDTF and
// of JavaScript: 0 is the one before 1, -43 the year 44 before Christ.
type date struct {
	Year        int `json:"year"`
	Month       int `json:"month,omitempty"`
	Day         int `json:"day,omitempty"`
	Hour        int `json:"hour,omitempty"`
	Minute      int `json:"minute,omitempty"`
	Second      int `json:"second,omitempty"`
	Millisecond int `json:"millisecond,omitempty"`
}

// timelinejs writes a slide for each event that has a time.
func timelinejs(x *exporter) error {
	x.text(`{"scale":"human","events":[`)
	x.summary.Why = "without a time"
	err := x.events(func(page []kg.Event) error {
		for _, e := range page {
			s := x.slide(e)
			if s.Start == nil {
				x.summary.LeftOut++
				continue
			}
			x.beginItem("events")
			if err := x.json(s); err != nil {
				return err
			}
		}
		return nil
	})
	x.text("\n],\"leftOut\":" + strconv.Itoa(x.summary.LeftOut) + "}\n")
	return err
}

// slide is an event's; TimelineJS takes its texts for HTML.
func (x *exporter) slide(e kg.Event) slide {
	start, end, display := dates(e.Time)
	summary := html.EscapeString(x.name(e.Summaries))
	if summary != "" {
		summary = "<p>" + summary + "</p>"
	}
	summary += "<p>" + string(e.Modality) + ", " + string(e.Status) + "</p>"
	return slide{
		ID: e.ID, Start: start, End: end, Display: display, Group: string(e.Category),
		Text: slideText{Headline: html.EscapeString(x.name(e.Titles)), Text: summary},
	}
}

// dates are a time's first and last, as finely as it is known; the last is nil where the first says it all. A time that
// is more than a plain date is also to be shown as it was written. Both are nil where neither end is known; where one is
// not known the other stands for both.
func dates(t edtf.Time) (start, end *date, display string) {
	if t.IsZero() {
		return nil, nil, ""
	}
	fine := dateParts(t.Precision)
	if t.Earliest.Bounded() {
		start = dateOf(t.Earliest, fine)
	}
	if t.Latest.Bounded() {
		last := t.Latest
		if t.Precision != edtf.PrecisionInstant {
			last--
		}
		end = dateOf(last, fine)
	}
	switch {
	case start == nil:
		start, end = end, nil
	case end != nil && (*end == *start || t.Precision == edtf.PrecisionInstant):
		end = nil
	}
	plain := t.Earliest.Bounded() && t.Latest.Bounded() && !t.Approximate && !t.Uncertain && start != nil && start.Year > 0
	switch t.Precision {
	case edtf.PrecisionInstant, edtf.PrecisionDay, edtf.PrecisionMonth, edtf.PrecisionYear:
	default:
		plain = false
	}
	if start != nil && !plain {
		display = t.EDTF
	}
	return start, end, display
}

// dateParts is how many parts of a date a precision gives: a year, a month, a day, or all.
func dateParts(p edtf.TimePrecision) int {
	switch p {
	case edtf.PrecisionYear:
		return 1
	case edtf.PrecisionMonth, edtf.PrecisionSeason:
		return 2
	case edtf.PrecisionInstant:
		return 4
	}
	return 3
}

func dateOf(i edtf.Instant, fine int) *date {
	t := i.Time()
	d := date{Year: t.Year()}
	if fine > 1 {
		d.Month = int(t.Month())
	}
	if fine > 2 {
		d.Day = t.Day()
	}
	if fine > 3 {
		d.Hour, d.Minute, d.Second, d.Millisecond = t.Hour(), t.Minute(), t.Second(), t.Nanosecond()/1e6
	}
	return &d
}
