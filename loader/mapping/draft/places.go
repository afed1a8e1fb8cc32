package draft

import (
	"fmt"
	"strings"

	"casus/loader/mapping"
	"casus/loader/values"
)

// placeLevels are the roles of columns with places, from the largest to the smallest.
var placeLevels = []struct {
	role     role
	kind     string
	variable string
}{
	{colCountry, "COUNTRY", "inCountry"}, {colCountryCode, "COUNTRY", "inCountry"}, {colProvince, "ADMIN1", "inAdmin1"},
	{colDistrict, "ADMIN2", "inAdmin2"}, {colPlace, "CITY", "inPlace"},
}

// hasPlaces reports whether rows have places.
func (d *drafter) hasPlaces() bool {
	for _, level := range placeLevels {
		if d.roles[level.role] != nil {
			return true
		}
	}
	return d.hasPoints()
}

func (d *drafter) hasPoints() bool {
	return d.roles[colLatitude] != nil && d.roles[colLongitude] != nil || d.roles[colPoint] != nil
}

// writePoint writes variables for the latitude, the longitude and the text of a row's point, from which ids are made.
func (d *drafter) writePoint() {
	lat, lon := d.expr(colLatitude), d.expr(colLongitude)
	if lat == "" {
		c := d.roles[colPoint]
		pattern, first, second := latLonPair.String(), 1, 2
		if wktPoint.MatchString(c.values[0]) {
			pattern, first, second = wktPoint.String(), 2, 1
		}
		d.line("  pair: '= match(%s, %s)'", c.expr(), mapping.QuoteCEL(pattern))
		lat, lon = fmt.Sprintf("(pair == null ? \"\" : pair[%d])", first),
			fmt.Sprintf("(pair == null ? \"\" : pair[%d])", second)
	}
	d.line("  hasPoint: '= given(%s) != null && given(%s) != null'", lat, lon)
	// Adding zero makes -0 the same as 0.
	d.line("  latitude: '= hasPoint ? double(%s) + 0.0 : absent()'", lat)
	d.line("  longitude: '= hasPoint ? double(%s) + 0.0 : absent()'", lon)
	d.line("  point: '= hasPoint ? dyn(string(latitude) + \",\" + string(longitude)) : absent()'")
}

// writePlaceNames writes a variable for the id of each place of a row, which contains the larger places' names, and one
// for the smallest place.
func (d *drafter) writePlaceNames() {
	if d.hasPoints() {
		d.writePoint()
	}
	above, smallest := "", "absent()"
	for _, level := range placeLevels {
		c := d.expr(level.role)
		if c == "" {
			continue
		}
		above += " + \":\" + slug(" + c + ")"
		id := fmt.Sprintf("\"location:%s\"%s", d.name, above)
		if level.role == colCountryCode {
			d.line("  land: '= lookup(\"countryNames\", string(%s).upperAscii()) != null ? dyn(string(%s).upperAscii()) : "+
				"lookup(\"countries\", string(%s).upperAscii())'", c, c, c)
		}
		if level.role == colPlace && d.pointsDiffer() {
			id += " + (point == null ? \"\" : \":\" + point)"
		}
		d.line("  %s: '= given(%s) == null ? absent() : dyn(%s)'", level.variable, c, id)
		if level.role != colPlace {
			smallest = fmt.Sprintf("%s != null ? %s : %s", level.variable, level.variable, smallest)
		}
	}
	if d.hasPoints() { // before larger places, which are less precise
		unnamed := "point == null ? absent()"
		if d.roles[colPlace] != nil {
			unnamed = "point == null || inPlace != null ? absent()"
		}
		d.line("  inPoint: '= %s : dyn(\"location:%s:\" + point)'", unnamed, d.name)
		smallest = "inPoint != null ? inPoint : " + smallest
	}
	if d.roles[colPlace] != nil {
		smallest = "inPlace != null ? inPlace : " + smallest
	}
	if d.hasPlaces() {
		d.line("  where: '= %s'", smallest)
	}
}

// pointsDiffer reports whether one place of the sample has several points, so that its name alone is not its id.
func (d *drafter) pointsDiffer() bool {
	if !d.hasPoints() {
		return false
	}
	cell := func(r role, row map[string]any) string {
		if c := d.roles[r]; c != nil {
			if all := c.texts(row[c.key]); len(all) > 0 && !values.Missing(all[0]) {
				return strings.TrimSpace(all[0])
			}
		}
		return ""
	}
	points := map[string]string{}
	for _, row := range d.sample.Rows {
		point := cell(colLatitude, row) + "," + cell(colLongitude, row) + cell(colPoint, row)
		place := cell(colPlace, row)
		if place == "" || point == "," {
			continue
		}
		key := fmt.Sprintf("%q %q %q %q", cell(colCountry, row)+cell(colCountryCode, row), cell(colProvince, row),
			cell(colDistrict, row), place)
		if other, found := points[key]; found && other != point {
			return true
		}
		points[key] = point
	}
	return false
}

func (d *drafter) writePlaces() {
	within := ""
	for _, level := range placeLevels {
		c := d.expr(level.role)
		if c == "" {
			continue
		}
		d.line("  - location:\n      when: '= %s != null'\n      id: '= %s'", level.variable, level.variable)
		switch level.role {
		case colCountryCode:
			d.line("      kind: COUNTRY\n      names: ['= lookup(\"countryNames\", land) != null ? lookup(\"countryNames\", "+
				"land) : %s']", c)
			d.line("      country: '= land'")
		case colCountry:
			d.line("      kind: COUNTRY\n      names: ['= %s']\n      country: '= lookup(\"countries\", %s)'", c, c)
		default:
			d.line("      kind: %s\n      names: ['= %s']", level.kind, c)
		}
		if level.role == colPlace && d.hasPoints() {
			d.line("      point: {when: '= hasPoint', latitude: '= latitude', longitude: '= longitude'}")
		}
		if within != "" {
			d.line("      within: ['= %s']", within+"absent()")
		}
		within = fmt.Sprintf("%s != null ? %s : ", level.variable, level.variable) + within
	}
	if d.hasPoints() {
		d.line("  - location:   # a point without the name of a place\n      when: '= inPoint != null'\n      " +
			"id: '= inPoint'")
		d.line("      kind: FACILITY   # or CITY, REGION ...\n      names: ['= point']")
		d.line("      point: {latitude: '= latitude', longitude: '= longitude'}")
		within = strings.TrimPrefix(within, "inPlace != null ? inPlace : ")
		if within != "" {
			d.line("      within: ['= %s']", within+"absent()")
		}
	}
}
