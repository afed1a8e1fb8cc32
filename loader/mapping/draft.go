package mapping

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casus/internal/kg"
)

// Draft returns a first mapping for a table, guessed from its columns and some of its rows. Columns that look like
// dates, places, casualty counts, actors or sources are mapped; the others are listed in comments, each with an example
// value. The result is a valid mapping, meant to be edited.
func Draft(name string, columns []string, rows []map[string]any) string {
	d := draft{name: name, columns: columns, rows: rows, roles: map[role]string{}, used: map[string]bool{}}
	d.assignRoles()
	d.line("# A draft guessed from the columns: review and edit it, then try it with `casus mapping try THIS-FILE TABLE`.")
	d.line("mapping: 1\nname: %s\ndescription: %s", name, name)
	d.line("detect: [%s]", strings.Join(quoteAll(columns[:min(len(columns), 6)]), ", "))
	known := d.dateExpr(colPublished)
	if known == "" {
		known = d.dateExpr(colDay)
	}
	if known == "" {
		known = d.dateExpr(colLastDay)
	}
	if known != "" {
		d.line("published: '= %s'   # when a row becomes known", known)
	} else {
		d.line("# published: '= date(row.COLUMN)'   # set when rows become known, or load with --published DATE")
	}
	d.writeLet()
	d.writeTables()
	d.line("records:")
	d.writeActors()
	d.writePlaces()
	d.writeSource()
	d.writeEvent()
	for _, c := range columns {
		if !d.used[c] {
			d.line("# not carried: %s, such as %.60q", c, d.example(c))
		}
	}
	return d.out.String()
}

// draft builds a mapping for a table.
type draft struct {
	name    string
	columns []string
	rows    []map[string]any
	roles   map[role]string
	used    map[string]bool
	out     strings.Builder
}

func (d *draft) line(format string, args ...any) { _, _ = fmt.Fprintf(&d.out, format+"\n", args...) }

// expr returns a CEL expression for the column with a role; "" if no column has it.
func (d *draft) expr(r role) string {
	if d.roles[r] == "" {
		return ""
	}
	return columnExpr(d.roles[r])
}

// dateExpr returns a CEL expression that parses the column with a role as a date; "" if no column has it.
func (d *draft) dateExpr(r role) string {
	c := d.expr(r)
	if c == "" {
		return ""
	}
	if layout := commonLayout(d.values(d.roles[r])); layout != "" {
		return fmt.Sprintf("date(%s, %q)", c, layout)
	}
	return "date(" + c + ")"
}

// values returns the column's values in the sample rows, without empty ones.
func (d *draft) values(column string) []string {
	var all []string
	for _, row := range d.rows {
		if v, ok := textOrNil(fmt.Sprint(row[column])).(string); ok && row[column] != nil {
			all = append(all, v)
		}
	}
	return all
}

func (d *draft) example(column string) string {
	if values := d.values(column); len(values) > 0 {
		return values[0]
	}
	return ""
}

// columnExpr returns a column as a CEL expression.
func columnExpr(name string) string {
	if variableName.MatchString(name) {
		return "row." + name
	}
	return fmt.Sprintf("row[%q]", strings.ReplaceAll(name, "'", "''"))
}

func quoteAll(names []string) []string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = fmt.Sprintf("%q", n)
	}
	return all
}

func distinct(values []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(values)))
}

// DraftName derives a mapping's name from a file name: lower-case letters, digits and hyphens.
func DraftName(file string) string {
	base := file[strings.LastIndexAny(file, `/\`)+1:]
	base, _, _ = strings.Cut(base, ".")
	name := strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(base), "-"), "-")
	if kg.ID("actor:"+name).Check() != nil {
		return "table"
	}
	return name
}
