package mapping

import (
	"fmt"
	"regexp"
	"strings"
)

// categoryPatterns map words in the kind of an event to its category.
var categoryPatterns = []struct{ words, category string }{
	{`shell|bomb|attack|strike|battle|clash|kill|assault|explosi|missile|drone|violen|ambush|assassin|обстр|удар|атак|бій|бой|قصف|هجوم`, "ASSAULT"},
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

func guessCategory(kind string) string {
	for _, p := range categoryPatterns {
		if regexp.MustCompile(`(?i)` + p.words).MatchString(kind) {
			return p.category
		}
	}
	return "OTHER"
}

// writeTables writes a guessed category for each kind of event, and the table of countries if there is a country
// column.
func (d *draft) writeTables() {
	var tables []string
	if d.expr(colKindOfEvent) != "" {
		entries := []string{"  kinds:   # categories: AGREE, CONSULT, ASSAULT, PROTEST ...: see `casus schema extraction`"}
		for _, v := range distinct(d.values(d.roles[colKindOfEvent])) {
			entries = append(entries, fmt.Sprintf("    %q: %s", v, guessCategory(v)))
		}
		if len(entries) > 1 {
			tables = append(tables, entries...)
		}
	}
	if d.expr(colCountry) != "" {
		tables = append(tables, "  countries: countries.csv")
	}
	if len(tables) > 0 {
		d.line("tables:\n%s", strings.Join(tables, "\n"))
	}
}

// listExpr returns a CEL expression for the values of a cell, which semicolons separate.
func (d *draft) listExpr(r role) string {
	return fmt.Sprintf("parts(%s, \";\")", d.expr(r))
}

func (d *draft) writeActors() {
	for _, side := range []role{colFirstSide, colSecondSide} {
		if d.expr(side) != "" {
			d.line("  - actor:\n      each: '= %s'\n      id: '= \"actor:%s:\" + slug(it)'", d.listExpr(side), d.name)
			d.line("      kind: UNIDENTIFIED   # or PERSON, STATE, ARMED_GROUP ...\n      names: ['= it']")
		}
	}
}

// placeLevels are the roles of columns with places, from the largest to the smallest.
var placeLevels = []struct {
	role     role
	kind     string
	variable string
}{
	{colCountry, "COUNTRY", "inCountry"}, {colProvince, "ADMIN1", "inAdmin1"},
	{colDistrict, "ADMIN2", "inAdmin2"}, {colPlace, "CITY", "inPlace"},
}

// writePlaceNames writes a variable for the id of each place of a row, which contains the larger places' names, and one
// for the smallest place.
func (d *draft) writePlaceNames() {
	above, smallest := "", "absent()"
	for _, level := range placeLevels {
		c := d.expr(level.role)
		if c == "" {
			continue
		}
		above += " + \":\" + slug(" + c + ")"
		d.line("  %s: '= given(%s) == null ? absent() : dyn(\"location:%s\"%s)'", level.variable, c, d.name, above)
		smallest = fmt.Sprintf("%s != null ? %s : %s", level.variable, level.variable, smallest)
	}
	if above != "" {
		d.line("  where: '= %s'", smallest)
	}
}

func (d *draft) writePlaces() {
	within := ""
	for _, level := range placeLevels {
		c := d.expr(level.role)
		if c == "" {
			continue
		}
		d.line("  - location:\n      when: '= %s != null'\n      id: '= %s'", level.variable, level.variable)
		d.line("      kind: %s\n      names: ['= %s']", level.kind, c)
		if level.role == colCountry {
			d.line("      country: '= lookup(\"countries\", %s)'", c)
		}
		if lat, lon := d.expr(colLatitude), d.expr(colLongitude); level.role == colPlace && lat != "" && lon != "" {
			d.line("      point: {when: '= given(%s) != null', latitude: '= double(%s)', longitude: '= double(%s)'}", lat, lat, lon)
		}
		if within != "" {
			d.line("      within: ['= %s']", within+"absent()")
		}
		within = fmt.Sprintf("%s != null ? %s : ", level.variable, level.variable) + within
	}
}

// sourceExpr returns CEL expressions for the column that identifies a source and for the parts of its document's id; ""
// if there is no such column.
func (d *draft) sourceExpr() (key, parts string) {
	switch url, outlet, id := d.expr(colURL), d.expr(colOutlet), d.expr(colRowID); {
	case url != "":
		return url, url
	case outlet != "" && id != "":
		return outlet, outlet + ", " + id
	}
	return "", ""
}

func (d *draft) writeSource() {
	key, _ := d.sourceExpr()
	if key == "" {
		delete(d.used, d.roles[colOutlet])
		return
	}
	outlet := d.expr(colOutlet)
	if outlet != "" {
		d.line("  - actor:\n      when: '= publisher != null'\n      id: '= publisher'")
		d.line("      kind: ORGANIZATION\n      names: ['= %s']", outlet)
	}
	d.line("  - document:\n      when: '= document != null'\n      id: '= document'\n      titles: ['= %s']", key)
	if d.expr(colURL) != "" {
		d.line("      url: '= %s'", d.expr(colURL))
	}
	if outlet != "" {
		d.line("      publisher: '= publisher'")
	}
}

// writeLet writes the variables that several records use, if there are any.
func (d *draft) writeLet() {
	start := d.out.Len()
	d.line("let:")
	afterHeader := d.out.Len()
	d.writePlaceNames()
	if key, parts := d.sourceExpr(); key != "" {
		d.line("  document: '= given(%s) == null ? absent() : derive(\"document\", [\"%s\", %s])'", key, d.name, parts)
		if c := d.expr(colOutlet); c != "" {
			d.line("  publisher: '= given(%s) == null ? absent() : dyn(\"actor:%s:\" + slug(%s))'", c, d.name, c)
		}
	}
	if d.out.Len() == afterHeader {
		before := d.out.String()[:start]
		d.out.Reset()
		d.out.WriteString(before)
	}
}

func (d *draft) writeEvent() {
	d.line("  - event:")
	if c := d.expr(colRowID); c != "" {
		d.line("      id: '= \"event:%s:\" + slug(%s)'", d.name, c)
	}
	switch {
	case d.expr(colTitle) != "":
		d.line("      titles: ['= %s']", d.expr(colTitle))
	case d.expr(colSummary) != "":
		d.line("      titles: ['= %s']", d.expr(colSummary))
	case d.expr(colKindOfEvent) != "" && d.expr(colPlace) != "":
		d.line("      titles: ['= %s + \", \" + %s']", d.expr(colKindOfEvent), d.expr(colPlace))
	default:
		d.line("      titles: [%s]", d.name)
	}
	if d.expr(colTitle) != "" && d.expr(colSummary) != "" {
		d.line("      summaries: ['= %s']", d.expr(colSummary))
	}
	if c := d.expr(colKindOfEvent); c != "" && len(d.values(d.roles[colKindOfEvent])) > 0 {
		d.line("      category: '= lookup(\"kinds\", %s)'", c)
		d.line("      codes: [{when: '= given(%s) != null', scheme: %s, value: '= %s'}]", c, d.name, c)
	} else {
		d.line("      category: OTHER   # one of AGREE, CONSULT, ASSAULT, PROTEST ...: see `casus schema extraction`")
	}
	d.writeTime()
	d.writeParticipants()
	d.writeVenue()
	d.writeFigures()
	if key, _ := d.sourceExpr(); key != "" {
		d.line("      claims: [{document: '= document'}]")
	}
}

func (d *draft) writeTime() {
	first, last := d.dateExpr(colDay), d.dateExpr(colLastDay)
	switch {
	case first != "" && last != "":
		d.line("      time: '= given(%s) == null ? %s : between(%s, %s)'", d.expr(colLastDay), first, first, last)
	case first != "":
		d.line("      time: '= %s'", first)
	case last != "":
		d.line("      time: '= %s'", last)
	}
}

func (d *draft) writeParticipants() {
	if d.expr(colFirstSide)+d.expr(colSecondSide) == "" {
		return
	}
	roles := map[role]string{colFirstSide: "INITIATOR, side: A", colSecondSide: "RECIPIENT, side: B"}
	if d.expr(colFirstSide) == "" || d.expr(colSecondSide) == "" {
		roles = map[role]string{colFirstSide: "PARTICIPANT", colSecondSide: "PARTICIPANT"}
	}
	d.line("      participants:")
	for _, side := range []role{colFirstSide, colSecondSide} {
		if d.expr(side) != "" {
			d.line("        - {each: '= %s', actor: '= \"actor:%s:\" + slug(it)', role: %s}",
				d.listExpr(side), d.name, roles[side])
		}
	}
}

func (d *draft) writeVenue() {
	for _, level := range placeLevels {
		if d.expr(level.role) != "" {
			d.line("      locations: [{when: '= where != null', location: '= where'}]")
			return
		}
	}
}

func (d *draft) writeFigures() {
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
	figure("WOUNDED", map[string]role{"best": colWounded})
	if len(lines) > 0 {
		d.line("      figures:\n%s", strings.Join(lines, "\n"))
	}
}
