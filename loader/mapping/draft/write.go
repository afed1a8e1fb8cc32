package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casus/loader/mapping"
	"casus/loader/values"
)

// categoryPatterns map words in the kind of an event to its category.
var categoryPatterns = []struct{ words, category string }{
	{`shell|bomb|attack|strike|battle|clash|kill|assault|explosi|missile|drone|violen|ambush|assassin|mortar|rocket|` +
		`shoot|murder|execution|firefight|landmine|\bied\b|\brpg\b|обстр|удар|атак|бій|бой|قصف|هجوم`, "ASSAULT"},
	{`protest|demonstrat|riot|rall|протест|мітинг|митинг|مظاهر`, "PROTEST"},
	{`meet|talk|consult|visit|negotiat|summit|зустріч|встреч|перегов|لقاء|محادث`, "CONSULT"},
	{`agree|treaty|ceasefire|truce|угод|соглаш|اتفاق`, "AGREE"},
	{`arrest|detain|detention|abduct|kidnap|seiz|арешт|арест|اعتقال`, "COERCE"},
	{`aid|assist|donat|relief|допомог|помощь|مساعد`, "AID"},
	{`sanction|embargo|санкц|عقوب`, "SANCTION"},
	{`threat|ultimatum|погро|угроз|تهديد`, "THREATEN"},
	{`statement|announce|заяв|تصريح`, "STATEMENT"},
	{`withdraw|retreat|відступ|отступ|انسحاب`, "RETREAT"},
	{`mobili[sz]|deploy|мобіліз|мобилиз|تعبئة`, "MOBILIZE"},
}

// guessCategory returns the category of a kind of event, by its words.
func guessCategory(kind string) string {
	for _, p := range categoryPatterns {
		if regexp.MustCompile(`(?i)` + p.words).MatchString(kind) {
			return p.category
		}
	}
	return "OTHER"
}

// writePublished writes the date from which a row is known: the date of its report, or else of the event's end or
// start.
func (d *drafter) writePublished() {
	var names []string
	for _, v := range []struct {
		role role
		name string
	}{{colPublished, "reported"}, {colLastDay, "lastDay"}, {colDay, "firstDay"}} {
		if d.dayExpr(v.role) != "" {
			names = append(names, v.name)
		}
	}
	if len(names) == 0 {
		d.line("# published: '= date(row.COLUMN)'   # set when rows become known, or load with --published DATE")
		return
	}
	d.line("published: '= %s'   # when a row becomes known", firstGiven(names))
}

// firstGiven returns a CEL expression for the first of several variables that has a value.
func firstGiven(names []string) string {
	var b strings.Builder
	for _, n := range names[:len(names)-1] {
		fmt.Fprintf(&b, "%s != null ? %s : ", n, n)
	}
	return b.String() + names[len(names)-1]
}

// writeLet writes the variables that several records use.
func (d *drafter) writeLet() {
	start := d.out.Len()
	d.line("let:")
	afterHeader := d.out.Len()
	for _, v := range []struct {
		role role
		name string
	}{{colDay, "firstDay"}, {colLastDay, "lastDay"}, {colPublished, "reported"}} {
		if e := d.dayExpr(v.role); e != "" {
			d.line("  %s: '= %s'", v.name, e)
		}
	}
	if c := d.roles[colFirstSide]; c != nil {
		d.line("  firsts: '= %s'", c.listExpr())
	}
	if c := d.roles[colSecondSide]; c != nil {
		d.line("  seconds: '= %s'", c.listExpr())
	}
	d.writePlaceNames()
	if d.out.Len() == afterHeader {
		before := d.out.String()[:start]
		d.out.Reset()
		d.out.WriteString(before)
	}
}

// kindColumn returns the column with the kind of the event; nil if there is none.
func (d *drafter) kindColumn() *column {
	if c := d.roles[colKindOfEvent]; c != nil {
		return c
	}
	return d.roles[colKindCode]
}

// writeTables writes a guessed category for each kind of event, and the tables of countries if there is a country
// column.
func (d *drafter) writeTables() {
	var tables []string
	if c := d.kindColumn(); c != nil && len(c.values) > 0 {
		tables = append(tables, "  kinds:   # categories: AGREE, CONSULT, ASSAULT, PROTEST ...: see `casus "+
			"schema extraction`")
		keys := distinct(c.values)
		if c == d.roles[colKindCode] {
			for i, v := range keys {
				if code, err := values.Code(v); err == nil {
					keys[i] = code
				}
			}
			keys = distinct(keys)
		}
		for _, v := range keys {
			tables = append(tables, fmt.Sprintf("    %s: %s", yamlText(v), guessCategory(v)))
		}
	}
	if d.roles[colCountry] != nil || d.roles[colCountryCode] != nil {
		tables = append(tables, "  countries: countries.csv")
	}
	if d.roles[colCountryCode] != nil {
		tables = append(tables, "  countryNames: country-names.csv")
	}
	if len(tables) > 0 {
		d.line("tables:\n%s", strings.Join(tables, "\n"))
	}
}

func (d *drafter) writeActors() {
	for _, side := range []struct {
		role role
		name string
	}{{colFirstSide, "firsts"}, {colSecondSide, "seconds"}} {
		if d.roles[side.role] != nil {
			d.line("  - actor:\n      each: '= %s'\n      id: '= \"actor:%s:\" + slug(it)'", side.name, d.name)
			d.line("      kind: UNIDENTIFIED   # or PERSON, STATE, ARMED_GROUP ...\n      names: ['= it']")
		}
	}
}

// hasSource reports whether columns identify the document that a row is from: by its address, or as an outlet's report
// of the row's event.
func (d *drafter) hasSource() bool {
	return d.expr(colURL) != "" || d.expr(colOutlet) != "" && d.expr(colRowID) != ""
}

// writeSources writes the document that a row is from. An address names its outlet, too.
func (d *drafter) writeSources() {
	if !d.hasSource() {
		return
	}
	url, outlet := d.expr(colURL), d.expr(colOutlet)
	switch {
	case outlet == "":
		outlet = url
	case url != "":
		outlet = fmt.Sprintf("given(%s) == null ? %s : %s", outlet, url, outlet)
	}
	d.line("sources:   # the document that a row is from\n  - outlet: '= %s'", outlet)
	if url != "" {
		d.line("    url: '= given(%s)'", url)
	} else {
		d.line("    key: '= %s'", d.expr(colRowID))
	}
}

func (d *drafter) writeEvent() {
	d.line("  - event:")
	if c := d.expr(colRowID); c != "" {
		d.line("      id: '= \"event:%s:\" + slug(%s)'", d.name, c)
	} else {
		d.line("      # No column identifies a row. Use several that do, if there are any: " +
			"the number changes if rows are inserted.")
		d.line("      id: '= %s'", d.rowKey())
	}
	d.writeTitles()
	if c := d.kindColumn(); c != nil && len(c.values) > 0 {
		e := c.expr()
		d.line("      category: '= lookup(\"kinds\", %s) != null ? lookup(\"kinds\", %s) : \"OTHER\"'", e, e)
		d.line("      codes: [{when: '= given(%s) != null', scheme: %s, value: '= %s'}]", e, yamlText(d.name), e)
	} else {
		d.line("      category: OTHER   # one of AGREE, CONSULT, ASSAULT, PROTEST ...: see `casus schema extraction`")
	}
	d.writeTime()
	d.writeParticipants()
	if d.hasPlaces() {
		d.line("      locations: [{when: '= where != null', location: '= where'}]")
	}
	d.writeFigures()
	if d.hasSource() {
		d.line("      claims: [{document: '= size(sources) == 0 ? absent() : dyn(sources[0])'}]")
	}
}

// maxRowKey is how many columns make the id of a row without one.
const maxRowKey = 4

// rowKey returns a CEL expression for the id of a row in a table without ids: from the columns that are used, which
// tell the rows of several files apart, and from the row's number, which tells equal rows apart.
func (d *drafter) rowKey() string {
	parts := []string{mapping.QuoteCEL(d.name)}
	for _, c := range d.columns {
		if d.used[c] && len(parts) <= maxRowKey {
			parts = append(parts, c.expr())
		}
	}
	return fmt.Sprintf("derive(\"event\", [%s, string(rowNumber)])", strings.Join(parts, ", "))
}

// writeTitles writes the title, or one made of the kind, the actors and the place, and the summary.
func (d *drafter) writeTitles() {
	var choices, parts []string
	if c := d.expr(colTitle); c != "" {
		choices = append(choices, c)
	}
	summary := d.roles[colSummary]
	if summary != nil && d.roles[colTitle] == nil && allMatch(summary.values,
		func(v string) bool { return !isLong(v) }) {
		choices = append(choices, summary.expr())
		summary = nil
	}
	if c := d.expr(colKindOfEvent); c != "" {
		parts = append(parts, c)
	}
	if d.roles[colFirstSide] != nil {
		parts = append(parts, `firsts.join(", ")`)
	}
	if d.roles[colSecondSide] != nil {
		parts = append(parts, `seconds.join(", ")`)
	}
	for _, place := range []role{colPlace, colDistrict, colProvince, colCountry} {
		if c := d.expr(place); c != "" {
			parts = append(parts, c)
			break
		}
	}
	if len(parts) > 0 {
		choices = append(choices, fmt.Sprintf("[%s].filter(t, given(t) != null).join(\", \")", strings.Join(parts, ", ")))
	}
	switch {
	case len(choices) == 0:
		d.line("      titles: [%s]", yamlText(d.name))
	default:
		choices = append(choices, mapping.QuoteCEL(d.name))
		d.line("      titles: ['= [%s].filter(t, given(t) != null)[0]']", strings.Join(choices, ", "))
	}
	if summary != nil {
		d.line("      summaries: ['= %s']", summary.expr())
	}
}

func (d *drafter) writeTime() {
	first, last := d.dayExpr(colDay), d.dayExpr(colLastDay)
	switch {
	case first != "" && last != "":
		d.line("      time: '= firstDay == null ? lastDay : lastDay == null ? firstDay : dyn(between(firstDay, lastDay))'")
	case first != "" && d.hasClock(d.roles[colDay]):
		d.line("      time: '= datetime(%s)'", d.expr(colDay))
	case first != "":
		d.line("      time: '= firstDay'")
	case last != "":
		d.line("      time: '= lastDay'")
	}
}

func (d *drafter) writeParticipants() {
	first, second := d.roles[colFirstSide] != nil, d.roles[colSecondSide] != nil
	if !first && !second {
		return
	}
	roles := []string{"INITIATOR, side: A", "RECIPIENT, side: B"}
	switch {
	case !second && !slices.ContainsFunc(d.roles[colFirstSide].words,
		func(w string) bool { return slices.Contains(attackerWords, w) }):
		roles[0] = "PARTICIPANT"
	case !second:
		roles[0] = "INITIATOR"
	case !first:
		roles[1] = "RECIPIENT"
	}
	d.line("      participants:")
	for i, list := range []string{"firsts", "seconds"} {
		if i == 0 && first || i == 1 && second {
			d.line("        - {each: '= %s', actor: '= \"actor:%s:\" + slug(it)', role: %s}", list, d.name, roles[i])
		}
	}
}

// attackerWords are words of columns with the initiator of an act, for tables without a column for the other side.
var attackerWords = []string{
	"attacker", "perpetrator", "perpetrators", "aggressor", "initiator", "gname", "tater", "нападник",
}

func (d *drafter) writeFigures() {
	var lines []string
	figure := func(kind string, columns map[string]role) {
		var conditions, fields []string
		for _, field := range []string{"low", "best", "high"} {
			r, ok := columns[field]
			if c := d.expr(r); ok && c != "" {
				conditions = append(conditions, fmt.Sprintf("number(%s) != null", c))
				fields = append(fields, fmt.Sprintf("%s: '= number(%s)'", field, c))
			}
		}
		if len(fields) > 0 {
			lines = append(lines, fmt.Sprintf("        - {kind: %s, when: '= %s', %s}",
				kind, strings.Join(conditions, " || "), strings.Join(fields, ", ")))
		}
	}
	figure("KILLED", map[string]role{"low": colKilledLow, "best": colKilled, "high": colKilledHigh})
	figure("KILLED, population: CIVILIAN", map[string]role{"best": colKilledCivilians})
	figure("WOUNDED", map[string]role{"best": colWounded})
	figure("MISSING", map[string]role{"best": colMissing})
	figure("CAPTURED", map[string]role{"best": colCaptured})
	figure("DISPLACED", map[string]role{"best": colDisplaced})
	if len(lines) > 0 {
		d.line("      figures:\n%s", strings.Join(lines, "\n"))
	}
}
