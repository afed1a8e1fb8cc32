// Package draft guesses mappings for tables from their columns and values.
package draft

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"casus/internal/kg"
	"casus/loader/mapping"
	"casus/loader/values"
)

// Mapping returns a first mapping for a table, guessed from its columns and some of its rows. Columns that look like
// dates, places, casualty counts, actors or sources are mapped; the others are listed in comments, each with an example
// value. The result is a valid mapping, meant to be edited.
func Mapping(s Sample) string {
	tags := hasTags(s)
	if tags {
		s.Rows = s.Rows[1:]
	}
	d := &drafter{
		tags: tags,

		sample: s, name: s.Name, columns: columnsOf(s), roles: map[role]*column{}, parts: map[role]dateParts{},
		used: map[*column]bool{}, layouts: map[*column]string{},
	}
	d.prepare()
	d.line("# A draft guessed from the columns: review and edit it, then try it with `casus mapping try THIS-FILE TABLE`.")
	d.line("mapping: 1\nname: %s\ndescription: %s", yamlText(d.name), yamlText(d.name))
	d.writeInput()
	d.writeDetect()
	d.writeValues()
	for _, remark := range d.ambiguous {
		d.line("# %s", oneLine(remark))
	}
	d.writePublished()
	d.writeLet()
	d.writeTables()
	d.writeSources()
	d.line("records:")
	d.writeActors()
	d.writePlaces()
	d.writeEvent()
	for _, c := range d.columns {
		if !d.used[c] {
			d.line("# not mapped: %s, such as \"%s\"", oneLine(c.name), oneLine(c.example()))
		}
	}
	return d.out.String()
}

// hasTags reports whether the first row of a sample has HXL tags.
func hasTags(s Sample) bool {
	if len(s.Rows) == 0 {
		return false
	}
	var cells []string
	for _, v := range s.Rows[0] {
		text, ok := v.(string)
		if !ok {
			return false
		}
		cells = append(cells, text)
	}
	return mapping.IsTagRow(cells)
}

// prepare decides what the columns are.
func (d *drafter) prepare() {
	d.findDateParts()
	for _, c := range d.columns {
		if !nameMeansRange(c) {
			c.markSentinels()
		}
	}
	d.assignRoles()
	d.dropSecondary()
	d.useDates()
	d.findDecimal()
	isNumber := func(accepts func(float64) bool) func(string) bool {
		return func(v string) bool {
			f, ok := numberIn(v, d.decimal)
			return ok && accepts(f)
		}
	}
	for r, c := range d.roles {
		switch r {
		case colKilled, colKilledLow, colKilledHigh, colKilledCivilians, colWounded, colMissing, colCaptured, colDisplaced:
			c.markOthers(isNumber(func(f float64) bool { return f >= 0 && f == float64(int64(f)) }), "not numbers")
		case colLatitude:
			c.markOthers(isNumber(func(f float64) bool { return f >= -90 && f <= 90 }), "not latitudes")
		case colLongitude:
			c.markOthers(isNumber(func(f float64) bool { return f >= -180 && f <= 180 }), "not longitudes")
		case colFirstSide, colSecondSide, colCountry, colProvince, colDistrict, colPlace, colOutlet:
			c.markWords()
		}
	}
}

// dropSecondary frees the columns that need a missing column, or that another column replaces.
func (d *drafter) dropSecondary() {
	drop := func(condition bool, roles ...role) {
		for _, r := range roles {
			if condition {
				delete(d.used, d.roles[r])
				delete(d.roles, r)
			}
		}
	}
	drop(d.roles[colLatitude] == nil || d.roles[colLongitude] == nil, colLatitude, colLongitude)
	drop(d.roles[colLatitude] != nil, colPoint)
	drop(d.roles[colKindOfEvent] != nil, colKindCode)
	drop(d.roles[colCountry] != nil, colCountryCode)
	drop(!d.hasSource(), colOutlet)
}

// findDecimal decides whether the sample's numbers have decimal commas: if more of them can be read only with decimal
// commas than only with decimal points.
func (d *drafter) findDecimal() {
	withComma := values.Format{DecimalComma: true}
	onlyPoint, onlyComma := 0, 0
	for _, c := range d.columns {
		if !d.isNumber(c) {
			continue
		}
		for _, v := range c.values {
			_, asPoint := numberIn(v, values.Format{})
			_, asComma := numberIn(v, withComma)
			switch {
			case asPoint && !asComma:
				onlyPoint++
			case asComma && !asPoint:
				onlyComma++
			}
		}
	}
	if onlyComma > onlyPoint && !d.isJSON() {
		d.decimal = withComma
	}
}

// nameMeansRange reports whether a column's name means numbers that may be negative.
func nameMeansRange(c *column) bool {
	for _, p := range rolePatterns[:2] {
		if slices.ContainsFunc(p.names, func(n string) bool { return p.fit(c.words, n) > noFit }) {
			return true
		}
	}
	return false
}

// isJSON reports whether the sample has other values than text, or rows without some column.
func (d *drafter) isJSON() bool {
	return slices.ContainsFunc(d.columns, func(c *column) bool { return c.optional || c.list || c.path != "" }) ||
		slices.ContainsFunc(d.sample.Rows, func(row map[string]any) bool {
			for v := range maps.Values(row) {
				if _, isText := v.(string); !isText {
					return true
				}
			}
			return false
		})
}

// writeInput writes the format of the input, unless it is the default.
func (d *drafter) writeInput() {
	var fields []string
	if d.isJSON() {
		fields = append(fields, "asText: true")
	}
	if d.tags {
		fields = append(fields, "tags: true")
	}
	if d.decimal.DecimalComma {
		fields = append(fields, `decimal: ","`)
	}
	if d.sample.Encoding != "" {
		fields = append(fields, "encoding: "+yamlText(d.sample.Encoding))
	}
	if d.sample.Dates != "" {
		fields = append(fields, "dates: "+string(d.sample.Dates))
	}
	if len(fields) > 0 {
		d.line("input: {%s}", strings.Join(fields, ", "))
	}
}

// writeDetect writes the first columns whose names are printable, by which files are detected.
func (d *drafter) writeDetect() {
	isControl := func(r rune) bool { return !unicode.IsPrint(r) }
	var names []string
	for _, c := range d.sample.Columns {
		if len(names) < 6 && !strings.ContainsFunc(c, isControl) {
			names = append(names, c)
		}
	}
	if len(names) > 0 {
		d.line("detect: [%s]", strings.Join(quoteAll(names), ", "))
	}
}

// writeValues writes the rules for the cells of columns.
func (d *drafter) writeValues() {
	var codes, numbers []string
	for _, c := range d.columns {
		if !d.used[c] || c.path != "" || c.list {
			continue
		}
		switch {
		case c == d.roles[colRowID] || c == d.roles[colKindCode]:
			if allMatch(c.values, func(v string) bool { _, err := values.Code(v); return err == nil }) {
				codes = append(codes, c.key)
			}
		case d.isNumber(c):
			numbers = append(numbers, c.key)
		}
	}
	var rules []string
	if len(codes) > 0 {
		rules = append(rules, fmt.Sprintf("codes: [%s]", strings.Join(quoteAll(codes), ", ")))
	}
	if len(numbers) > 0 {
		rules = append(rules, fmt.Sprintf("numbers: [%s]", strings.Join(quoteAll(numbers), ", ")))
	}
	if len(rules) > 0 {
		d.line("values: {%s}", strings.Join(rules, ", "))
	}
	header := "missing:   # besides words such as NA, None and null"
	for _, c := range d.columns {
		if d.used[c] && len(c.missing) > 0 && c.key != values.AnyColumn {
			if header != "" {
				d.line("%s", header)
				header = ""
			}
			comment := ""
			if c.comment != "" {
				comment = "   # some are " + c.comment + ": a row with one has no value"
			}
			d.line("  %s: [%s]%s", yamlText(c.key), strings.Join(missingItems(c.missing), ", "), comment)
		}
	}
}

// isNumber reports whether a column's values are used as numbers.
func (d *drafter) isNumber(c *column) bool {
	for _, r := range []role{
		colLatitude, colLongitude, colKilled, colKilledLow, colKilledHigh, colKilledCivilians, colWounded, colMissing,
		colCaptured, colDisplaced,
	} {
		if d.roles[r] == c {
			return true
		}
	}
	return false
}

// missingItems returns values as elements of a list in YAML: numbers as such.
func missingItems(all []string) []string {
	items := make([]string, len(all))
	for i, v := range all {
		if items[i] = yamlText(v); slices.Contains(sentinels, v) {
			items[i] = v
		}
	}
	return items
}

func quoteAll(names []string) []string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = yamlText(n)
	}
	return all
}

// oneLine returns the start of a text for a comment.
func oneLine(s string) string {
	r := []rune(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, s))
	if len(r) > 60 {
		return string(r[:60]) + "..."
	}
	return string(r)
}

var notInName = regexp.MustCompile(`[^a-z0-9]+`)

// Name derives a mapping's name from a file name: lower-case letters, digits and hyphens.
func Name(file string) string {
	base := file[strings.LastIndexAny(file, `/\`)+1:]
	base, _, _ = strings.Cut(base, ".")
	name := strings.Trim(notInName.ReplaceAllString(strings.ToLower(base), "-"), "-")
	if kg.ID("actor:"+name).Check() != nil || len(name) > 100 {
		return "table"
	}
	return name
}
