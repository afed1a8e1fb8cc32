package draft

import (
	"fmt"
	"slices"
	"strings"

	"casus/loader/dates"
)

// numericLayouts are layouts that date needs as an argument, where the day comes first.
var numericLayouts = []string{
	"DD/MM/YYYY", "DD-MM-YYYY", "DD/MM/YY", "DD-MM-YY", "DD.MM.YY", "DD MM YYYY", "DD/MMM/YY", "MMM-YY", "MMM YY",
	"YYYYMM",
}

// allLayouts returns the layouts that a column's dates may have, the more likely first. "" means date without a layout.
func (d *drafter) allLayouts() []string {
	all := []string{""}
	for _, l := range numericLayouts {
		both := []string{l}
		if other := strings.Replace(l, "DD/MM/", "MM/DD/", 1); other != l {
			both = append(both, other)
		} else if other := strings.Replace(l, "DD-MM-", "MM-DD-", 1); other != l {
			both = append(both, other)
		}
		if d.sample.Dates == dates.MonthFirst {
			slices.Reverse(both)
		}
		all = append(all, both...)
	}
	return all
}

// fitsLayout reports whether a text is a date in a layout.
func (d *drafter) fitsLayout(v, layout string) bool {
	if layout == "" {
		t, err := dates.Order("").Parse(v)
		return err == nil && t != nil && strings.ContainsAny(v, "0123456789")
	}
	_, err := dates.ParseAs(v, layout)
	return err == nil
}

// layoutOf returns the layout in which most of a column's values are dates, and marks the others as missing if they are
// few.
func (d *drafter) layoutOf(c *column) string {
	best, most := "", -1
	for _, layout := range d.allLayouts() {
		n := 0
		for _, v := range c.values {
			if d.fitsLayout(v, layout) {
				n++
			}
		}
		if n > most {
			best, most = layout, n
		} else if n == most && n > 0 && swapped(best) == layout && d.sample.Dates == "" {
			d.ambiguous = append(d.ambiguous, fmt.Sprintf("%s: read as %s; if the month comes first, use %s", c.name,
				best, layout))
		}
	}
	c.markOthers(func(v string) bool { return d.fitsLayout(v, best) }, "not dates")
	return best
}

// swapped returns a layout with the day and the month in the other order.
func swapped(layout string) string {
	return strings.NewReplacer("DD/MM", "MM/DD", "MM/DD", "DD/MM", "DD-MM", "MM-DD", "MM-DD", "DD-MM").Replace(layout)
}

// mostlyDates reports whether at least 90 % of the values are dates, in one form.
func mostlyDates(c *column) bool {
	d, c := drafter{}, &column{values: c.values[:min(len(c.values), 500)]}
	return slices.ContainsFunc(d.allLayouts(), func(layout string) bool {
		return mostly(c, 90, func(v string) bool { return d.fitsLayout(v, layout) })
	}) && !mostly(c, 50, func(v string) bool { return len(v) < 4 })
}
