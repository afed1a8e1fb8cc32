package export

import (
	"html"
	"regexp"
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

// date holds the known parts of a date: a month has no day. Years are astronomical, as in EDTF and JavaScript: 0 is 1
// BCE, -43 is 44 BCE.
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

// slide returns an event's slide. TimelineJS treats its texts as HTML.
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

// dates returns the first and last date of a time at its precision, as the clock in the zone that it states shows them.
// end is nil if it equals start. If only one end is known, it is start; if neither is, both are nil. display is the
// EDTF value of a time that is more than a plain date: TimelineJS has no zones, so it shows those, too.
func dates(t edtf.Time) (start, end *date, display string) {
	if t.IsZero() {
		return nil, nil, ""
	}
	parts := dateParts(t.Precision)
	first, last := statedOffsets(t)
	if t.Earliest.Bounded() {
		start = dateOf(t.Earliest+first, parts)
	}
	if t.Latest.Bounded() {
		latest := t.Latest
		if t.Precision != edtf.PrecisionInstant {
			latest--
		}
		end = dateOf(latest+last, parts)
	}
	switch {
	case start == nil:
		start, end = end, nil
	case end != nil && (*end == *start || t.Precision == edtf.PrecisionInstant):
		end = nil
	}
	if start != nil && !isPlainDate(t, start) {
		display = t.EDTF
	}
	return start, end, display
}

// isPlainDate reports whether start is as precise as t.
func isPlainDate(t edtf.Time, start *date) bool {
	switch t.Precision {
	case edtf.PrecisionInstant, edtf.PrecisionDay, edtf.PrecisionMonth, edtf.PrecisionYear:
	default:
		return false
	}
	return t.EarliestFloats && t.LatestFloats && !t.Approximate && !t.Uncertain && start.Year > 0
}

var clockOffset = regexp.MustCompile(`T\d\d:\d\d:\d\d(?:Z|([+-])(\d\d)(?::(\d\d))?)`)

// statedOffsets returns how far the clocks at a time's ends are ahead of UTC, in milliseconds; 0 for an end that
// floats.
func statedOffsets(t edtf.Time) (first, last edtf.Instant) {
	all := clockOffset.FindAllStringSubmatch(t.EDTF, -1)
	if len(all) == 0 {
		return 0, 0
	}
	of := func(m []string) edtf.Instant {
		hours, _ := strconv.Atoi(m[2]) // "" is 0
		minutes, _ := strconv.Atoi(m[3])
		offset := edtf.Instant(hours*60+minutes) * 60_000
		if m[1] == "-" {
			return -offset
		}
		return offset
	}
	if !t.EarliestFloats {
		first = of(all[0])
	}
	if !t.LatestFloats {
		last = of(all[len(all)-1])
	}
	return first, last
}

// dateParts returns how many parts of a date a precision has: 1 is the year, 2 the month, 3 the day, 4 the time of day.
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

func dateOf(i edtf.Instant, parts int) *date {
	t := i.Time()
	d := date{Year: t.Year()}
	if parts > 1 {
		d.Month = int(t.Month())
	}
	if parts > 2 {
		d.Day = t.Day()
	}
	if parts > 3 {
		d.Hour, d.Minute, d.Second, d.Millisecond = t.Hour(), t.Minute(), t.Second(), t.Nanosecond()/1e6
	}
	return &d
}
