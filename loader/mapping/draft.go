package mapping

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casus/internal/kg"
)

// Draft writes a first mapping for a table, from its columns and some of its rows: what looks like a date, a place, a count
// of the dead or an actor is mapped, and the rest stands in a comment with an example of its values. It is a start to be
// read and mended, not an answer.
func Draft(name string, columns []string, rows []map[string]any) string {
	d := draft{columns: columns, rows: rows, used: map[string]bool{}}
	day := d.take(d.dated, "event_date", "date", "day", "date_start", "start")
	id := d.take(d.distinct, "id", "event_id", "incident", "data_id")
	title := d.take(d.any, "title", "headline", "event", "name", "description", "notes", "summary")
	place := d.take(d.any, "location", "place", "city", "town", "where")
	lat, lon := d.take(d.numeric, "latitude", "lat"), d.take(d.numeric, "longitude", "lon", "lng", "long")
	dead := d.take(d.numeric, "killed", "dead", "deaths", "fatalities", "best")
	actors := d.takeAll("actor1", "actor2", "actor", "actors", "side_a", "side_b", "source", "target", "subject", "object", "perpetrator", "victim")

	var b strings.Builder
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(&b, format+"\n", args...) }
	line("# A first mapping, guessed from the columns: read it, mend it, and try it with `casus mapping try --mapping THIS FILE`.")
	line("mapping: 1\nname: %s\ndescription: %s", name, name)
	line("detect: [%s]", strings.Join(quoted(columns[:min(len(columns), 6)]), ", "))
	if day != "" {
		line("published: '= date(%s)'", column(day))
	} else {
		line("# published: '= date(row.COLUMN)'   # say from when the rows are known, or load with --published DATE")
	}
	line("records:")
	for _, a := range actors {
		line("  - actor:\n      when: '= given(%s) != null'\n      id: '= \"actor:%s:\" + slug(%s)'\n      kind: UNIDENTIFIED\n      names: ['= %s']", column(a), name, column(a), column(a))
	}
	where := "\"location:" + name + ":\" + slug(" + column(place) + ")"
	if place != "" {
		line("  - location:\n      when: '= given(%s) != null'\n      id: '= %s'\n      kind: CITY\n      names: ['= %s']", column(place), where, column(place))
		if lat != "" && lon != "" {
			line("      point: {latitude: '= double(%s)', longitude: '= double(%s)'}", column(lat), column(lon))
		}
	}
	line("  - event:")
	if id != "" {
		line("      id: '= \"event:%s:\" + slug(%s)'", name, column(id))
	}
	if title != "" {
		line("      titles: ['= %s']", column(title))
	} else {
		line("      titles: [%s]", name)
	}
	line("      category: OTHER   # one of AGREE, CONSULT, ASSAULT, PROTEST ...: see `casus schema extraction`")
	if day != "" {
		line("      time: '= date(%s)'", column(day))
	}
	if len(actors) > 0 {
		line("      participants:")
		for _, a := range actors {
			line("        - {when: '= given(%s) != null', actor: '= \"actor:%s:\" + slug(%s)'}", column(a), name, column(a))
		}
	}
	if place != "" {
		line("      locations:\n        - {when: '= given(%s) != null', location: '= %s'}", column(place), where)
	}
	if dead != "" {
		line("      figures:\n        - {when: '= number(%s) != null', kind: KILLED, best: '= number(%s)'}", column(dead), column(dead))
	}
	for _, c := range columns {
		if !d.used[c] {
			line("# not carried: %s, such as %.60q", c, d.example(c))
		}
	}
	return b.String()
}

// draft is a mapping that is being guessed.
type draft struct {
	columns []string
	rows    []map[string]any
	used    map[string]bool
}

// take uses the first column of one of the names whose values look right; "" where there is none.
func (d draft) take(right func([]string) bool, names ...string) string {
	for _, n := range names {
		for _, c := range d.columns {
			if !d.used[c] && strings.EqualFold(c, n) && right(d.values(c)) {
				d.used[c] = true
				return c
			}
		}
	}
	return ""
}

func (d draft) takeAll(names ...string) []string {
	var all []string
	for _, n := range names {
		if c := d.take(d.any, n); c != "" {
			all = append(all, c)
		}
	}
	return all
}

// values are those that a column gives.
func (d draft) values(column string) []string {
	var all []string
	for _, row := range d.rows {
		if v, ok := given(fmt.Sprint(row[column])).(string); ok && row[column] != nil {
			all = append(all, v)
		}
	}
	return all
}

func (d draft) example(column string) string {
	if values := d.values(column); len(values) > 0 {
		return values[0]
	}
	return ""
}

func (d draft) any([]string) bool { return true }

func (d draft) dated(values []string) bool {
	return !slices.ContainsFunc(values, func(v string) bool { _, err := date(v); return err != nil })
}

func (d draft) numeric(values []string) bool {
	number := regexp.MustCompile(`^[-+]?\d+(\.\d+)?$`)
	return !slices.ContainsFunc(values, func(v string) bool { return !number.MatchString(v) })
}

func (d draft) distinct(values []string) bool {
	sorted := slices.Sorted(slices.Values(values))
	return len(slices.Compact(sorted)) == len(values)
}

// column is a column in an expression.
func column(name string) string {
	if variable.MatchString(name) {
		return "row." + name
	}
	return fmt.Sprintf("row[%q]", strings.ReplaceAll(name, "'", "''"))
}

func quoted(names []string) []string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = fmt.Sprintf("%q", n)
	}
	return all
}

// DraftName makes a mapping's name of a file's: lower-case letters, digits and hyphens.
func DraftName(file string) string {
	base := file[strings.LastIndexAny(file, `/\`)+1:]
	base, _, _ = strings.Cut(base, ".")
	name := strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(base), "-"), "-")
	if kg.ID("actor:"+name).Check() != nil {
		return "table"
	}
	return name
}
