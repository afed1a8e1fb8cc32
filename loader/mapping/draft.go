package mapping

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casus/internal/kg"
)

// Draft writes a first mapping for a table, from its columns and some of its rows: what looks like a date, a place, a count
// of the dead, an actor or a source is mapped, and the rest stands in a comment with an example of its values. It is a start
// to be read and mended, not an answer.
func Draft(name string, columns []string, rows []map[string]any) string {
	d := draft{name: name, columns: columns, rows: rows, roles: map[role]string{}, used: map[string]bool{}}
	d.assignRoles()
	d.line("# A first mapping, guessed from the columns: read it, mend it, and try it with `casus mapping try THIS-FILE TABLE`.")
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
		d.line("published: '= %s'   # from when a row is known", known)
	} else {
		d.line("# published: '= date(row.COLUMN)'   # say from when the rows are known, or load with --published DATE")
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

// draft is a mapping that is being guessed.
type draft struct {
	name    string
	columns []string
	rows    []map[string]any
	roles   map[role]string
	used    map[string]bool
	out     strings.Builder
}

func (d *draft) line(format string, args ...any) { _, _ = fmt.Fprintf(&d.out, format+"\n", args...) }

// expr gives the column of a role as an expression; "" where there is none.
func (d *draft) expr(r role) string {
	if d.roles[r] == "" {
		return ""
	}
	return columnExpr(d.roles[r])
}

// dateExpr reads the column of a role as a day.
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

// values are those that a column gives.
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

// columnExpr is a column in an expression.
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
