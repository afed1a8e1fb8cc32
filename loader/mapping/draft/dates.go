package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casus/loader/dates"
)

// expr returns a CEL expression for the date.
func (p dateParts) expr() string {
	part := func(c *column) string {
		if c == nil {
			return `""`
		}
		return c.expr()
	}
	if p.month == nil && p.day == nil && allMatch(p.year.values, plainYear.MatchString) && len(p.year.missing) == 0 {
		return fmt.Sprintf("date(%s)", p.year.expr())
	}
	return fmt.Sprintf("day(%s, %s, %s)", part(p.year), part(p.month), part(p.day))
}

var (
	plainYear = regexp.MustCompile(`^[12]\d{3}$`)
	// datePartName matches the words of a column with a part of a date, with those around it joined.
	datePartName = regexp.MustCompile(
		`^(.*?)(year|yr|jahr|annee|ano|год|рік|month|monat|mois|mon|mo|mth|mm|месяц|місяць|day|dy|dd|jour|tag|день)(\d*)$`)
	// stems are the beginnings of names of parts, by the meaning of the date.
	stems = map[role][]string{
		colDay: {"", "event", "start", "st", "s", "i", "incident", "attack", "begin", "beg", "b", "from",
			"first", "date", "of order"},
		colLastDay:   {"end", "e", "last", "until", "to"},
		colPublished: {"report", "reported", "published", "publication"},
	}
)

// findDateParts finds the columns with parts of dates. The year alone counts only for the event.
func (d *drafter) findDateParts() {
	found := map[string]dateParts{}
	for _, c := range d.columns {
		if c.list {
			continue
		}
		stem, unit := datePartOf(c)
		p := found[stem]
		switch {
		case unit == "year" && p.year == nil && mostly(c, 90, isYear):
			p.year = c
		case unit == "month" && p.month == nil && mostly(c, 90, isMonth):
			p.month = c
		case unit == "day" && p.day == nil && mostly(c, 90, isDayNumber):
			p.day = c
		}
		found[stem] = p
	}
	for r, names := range stems {
		for _, stem := range names {
			p := found[stem]
			if p.year == nil || p.month == nil && (p.day != nil || r != colDay) {
				continue
			}
			if d.parts[r].year == nil || d.parts[r].month == nil && p.month != nil {
				d.parts[r] = p
			}
		}
	}
}

// datePartOf returns which date a column has a part of, by one of stems, and which part it is; "" if its name is not
// one of a part.
func datePartOf(c *column) (stem, unit string) {
	words := slices.DeleteFunc(slices.Clone(c.words),
		func(w string) bool { return w == "number" || w == "num" || w == "in" })
	joined := strings.Join(words, "")
	if slices.Contains(words, "order") && slices.Contains(words, "year") { // year of order
		return "of order", "year"
	}
	switch joined {
	case "y", "yy", "yyyy":
		return "", "year"
	case "m":
		return "", "month"
	case "d":
		return "", "day"
	}
	match := datePartName.FindStringSubmatch(joined)
	if match == nil {
		return "", ""
	}
	switch match[2] {
	case "year", "yr", "jahr", "annee", "ano", "год", "рік":
		unit = "year"
	case "day", "dy", "dd", "jour", "tag", "день":
		unit = "day"
	default:
		unit = "month"
	}
	return match[1], unit
}

// isYear reports whether a text is a year, or a number that stands for an unknown one.
func isYear(v string) bool {
	f, ok := number(v)
	return ok && (f >= 1000 && f <= 2200 || f == 0 || isSentinel(f))
}

func isMonth(v string) bool {
	return dates.MonthNumber(strings.TrimSuffix(v, ".")) > 0 || isPart(v, 12)
}

func isDayNumber(v string) bool { return isPart(v, 31) }

func isPart(v string, limit float64) bool {
	f, ok := number(v)
	return ok && f == float64(int(f)) && (f >= 0 && f <= limit || f == 99 || isSentinel(f))
}

// dayExpr returns a CEL expression for the day that a role has, from a column or from parts; "" if there is none.
func (d *drafter) dayExpr(r role) string {
	if c := d.roles[r]; c != nil {
		if layout := d.layouts[c]; layout != "" {
			return fmt.Sprintf("date(%s, %q)", c.expr(), layout)
		}
		return fmt.Sprintf("date(%s)", c.expr())
	}
	if p := d.parts[r]; p.year != nil {
		return p.expr()
	}
	return ""
}

// hasClock reports whether a column's values have times of day which date-times of EDTF can have.
func (d *drafter) hasClock(c *column) bool {
	return c != nil && d.layouts[c] == "" && slices.ContainsFunc(c.values, func(v string) bool {
		t, err := d.sample.Dates.ParseDateTime(v)
		s, _ := t.(string)
		return err == nil && len(s) > len("2020-01-02") && !strings.HasSuffix(strings.TrimSuffix(s, "Z"), "T00:00:00")
	})
}

// useDates decides which columns and parts make the dates of the event, and prepares the columns.
func (d *drafter) useDates() {
	for _, r := range []role{colDay, colLastDay, colPublished} {
		if c := d.roles[r]; c == nil && r == colDay && d.parts[r].year == nil {
			for _, other := range d.columns { // by the values alone
				if !d.used[other] && !other.list && mostlyDates(other) && !mostly(other, 50, isCount) {
					d.assign(r, other)
					break
				}
			}
		}
		c := d.roles[r]
		if c != nil && d.parts[r].month != nil && len(c.values) < len(d.parts[r].year.values) {
			delete(d.used, c) // the parts are there in more rows
			delete(d.roles, r)
			c = nil
		}
		switch p := d.parts[r]; {
		case c != nil:
			d.layouts[c] = d.layoutOf(c)
		case p.year != nil:
			for _, part := range []*column{p.year, p.month, p.day} {
				if part != nil && !d.used[part] {
					d.used[part] = true
				}
			}
		}
	}
}
