package mapping

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"casus/internal/text"
)

// role is what a column seems to contain.
type role int

const (
	colRowID role = iota
	colPublished
	colDay
	colLastDay
	colLatitude
	colLongitude
	colCountry
	colProvince
	colDistrict
	colPlace
	colKilled
	colKilledLow
	colKilledHigh
	colWounded
	colURL
	colOutlet
	colKindOfEvent
	colFirstSide
	colSecondSide
	colTitle
	colSummary
)

// rolePatterns are the names, folded, of columns with a role, in English and other languages, with a check of their
// values. Specific roles stand before general ones, since a column has one role. * stands for the rest of a word.
var rolePatterns = []struct {
	role    role
	names   []string
	accepts func([]string) bool
}{
	{colLatitude, []string{"latitude", "lat", "широта"}, latitudes},
	{colLongitude, []string{"longitude", "lon", "lng", "long", "довгота", "долгота"}, longitudes},
	{colURL, []string{"url", "link", "source url", "href"}, allURLs},
	{colPublished, []string{
		"published*", "publication date", "reported", "date reported", "report date", "timestamp",
	}, mostlyDates},
	{colLastDay, []string{"date end", "end date", "enddate", "end", "to", "until", "bis"}, mostlyDates},
	{colDay, []string{
		"event date", "date start", "start date", "startdate", "date", "day", "start", "from", "datum", "tag", "fecha",
		"data", "дата", "تاريخ*", "التاريخ",
	}, mostlyDates},
	{colKilledLow, []string{"low", "low est", "deaths low", "killed min", "fatalities low", "min killed"}, mostlyCounts},
	{colKilledHigh, []string{
		"high", "high est", "deaths high", "killed max", "fatalities high", "max killed",
	}, mostlyCounts},
	{colKilled, []string{
		"best", "killed", "dead", "deaths", "fatalities", "fatality", "kia", "nkill", "tote", "morts", "muertos",
		"загиблі", "загинуло", "погибшие", "погибло", "قتلى", "القتلى",
	}, mostlyCounts},
	{colWounded, []string{
		"wounded", "injured", "injuries", "wia", "nwound", "verletzte", "blesses", "heridos", "поранені", "раненые",
		"جرحى",
	}, mostlyCounts},
	{colRowID, []string{"id", "event id", "incident id", "data id", "incident", "number", "no", "nr"}, allDistinct},
	{colCountry, []string{"country", "nation", "land", "pays", "pais", "країна", "страна", "دولة", "البلد"}, anyValues},
	{colProvince, []string{
		"admin1", "adm 1", "admin 1", "region", "province", "oblast", "state", "governorate", "bundesland", "область",
	}, anyValues},
	{colDistrict, []string{"admin2", "adm 2", "admin 2", "district", "county", "raion", "район"}, anyValues},
	{colPlace, []string{
		"town", "city", "location", "place", "village", "settlement", "where", "site", "ort", "stadt", "lieu", "ville",
		"lugar", "ciudad", "місто", "место", "город", "مكان", "المكان", "المدينة",
	}, anyValues},
	{colFirstSide, []string{
		"attacker", "perpetrator", "perpetrators", "aggressor", "initiator", "actor1", "actor 1", "actor a", "side a",
		"party a", "actor", "actors", "gname", "tater", "auteur", "autor", "subject", "виконавець", "нападник",
		"исполнитель", "الفاعل", "source actor", "source name",
	}, anyValues},
	{colSecondSide, []string{
		"target", "victim", "victims", "recipient", "actor2", "actor 2", "actor b", "side b", "party b", "opfer",
		"ziel", "victime", "victima", "object", "жертва", "ціль", "цель", "الهدف", "target name",
	}, anyValues},
	{colOutlet, []string{
		"source", "sources", "publisher", "outlet", "newspaper", "media", "quelle", "fuente", "джерело", "источник",
		"المصدر",
	}, anyValues},
	{colKindOfEvent, []string{
		"sub event type", "event type", "attack type", "attacktype*", "incident type", "type", "category", "kind",
		"relation", "art", "тип", "вид", "نوع*",
	}, fewValues},
	{colTitle, []string{
		"title", "headline", "event", "event name", "name", "titel", "titre", "titulo", "заголовок", "назва", "عنوان",
	}, anyValues},
	{colSummary, []string{
		"description", "notes", "note", "summary", "details", "comment", "comments", "text", "beschreibung", "resume",
		"resumen", "опис", "описание", "وصف",
	}, anyValues},
}

// assignRoles assigns roles to columns by their names, if the values are acceptable. If no column is named as a date or
// a link, values alone decide.
func (d *draft) assignRoles() {
	for _, p := range rolePatterns {
		for _, words := range p.names {
			if d.roles[p.role] != "" {
				break
			}
			for _, c := range d.columns {
				if !d.used[c] && matchesName(c, words) && p.accepts(d.values(c)) {
					d.roles[p.role], d.used[c] = c, true
					break
				}
			}
		}
	}
	for r, accepts := range map[role]func([]string) bool{colDay: mostlyDates, colURL: allURLs} {
		for _, c := range d.columns {
			if d.roles[r] != "" || d.used[c] {
				continue
			}
			if values := d.values(c); len(values) > 0 && accepts(values) && !mostlyCounts(values) {
				d.roles[r], d.used[c] = c, true
			}
		}
	}
}

// matchesName reports whether a column's name begins or ends with the words.
func matchesName(column, words string) bool {
	name := " " + strings.Join(nameWords(column), " ") + " "
	if prefix, open := strings.CutSuffix(words, "*"); open {
		return strings.Contains(name, " "+prefix)
	}
	if len(words) < 3 { // too short to match a part of a name
		return name == " "+words+" " || words == "id" && strings.HasSuffix(name, " id ")
	}
	return strings.HasPrefix(name, " "+words+" ") || strings.HasSuffix(name, " "+words+" ")
}

// nameWords returns the words of a column's name, folded: the same for event_date, eventDate and "Event Date".
func nameWords(column string) []string {
	var spaced strings.Builder
	last := ' '
	for _, r := range column {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(r)
		last = r
	}
	isSeparator := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }
	return strings.FieldsFunc(text.Fold(spaced.String()), isSeparator)
}

func anyValues([]string) bool { return true }

func allMatch(values []string, match func(string) bool) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return !match(v) })
}

// mostlyCounts reports whether at least half of the values are counts. A row with another value is rejected at load.
func mostlyCounts(values []string) bool {
	n := 0
	for _, v := range values {
		parsed, err := parseNumber(v)
		if count, ok := parsed.(int64); err == nil && ok && count >= 0 {
			n++
		}
	}
	return n*2 >= len(values)
}

func inRange(values []string, limit float64) bool {
	return allMatch(values, func(v string) bool {
		f, err := strconv.ParseFloat(v, 64)
		return err == nil && f >= -limit && f <= limit
	})
}

func latitudes(values []string) bool { return inRange(values, 90) }

func longitudes(values []string) bool { return inRange(values, 180) }

func allURLs(values []string) bool {
	return allMatch(values, func(v string) bool {
		return strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://")
	})
}

func allDistinct(values []string) bool { return len(distinct(values)) == len(values) }

// fewValues reports whether there are few distinct values, as in a column of kinds.
func fewValues(values []string) bool { return len(distinct(values)) <= max(10, len(values)/4) }

// ambiguousLayouts are layouts that date needs as an argument, the more likely first.
var ambiguousLayouts = []string{
	"DD/MM/YYYY", "MM/DD/YYYY", "DD/MM/YY", "MM/DD/YY", "DD-MM-YYYY", "MM-DD-YYYY",
	"DD/MM/YYYY HH:mm", "MM/DD/YYYY HH:mm", "DD.MM.YY",
}

// commonLayout returns the first layout in which every value is a date; "" if date needs no layout, or no layout fits.
func commonLayout(values []string) string {
	for _, layout := range append([]string{""}, ambiguousLayouts...) {
		if allMatch(values, func(v string) bool {
			_, err := DateOrder("").parseDate(v)
			if layout != "" {
				_, layoutErr := parseDateAs(v, layout)
				return layoutErr == nil || err == nil && !ambiguousDate.MatchString(v)
			}
			return err == nil
		}) {
			return layout
		}
	}
	return ""
}

var digit = regexp.MustCompile(`\d`)

// mostlyDates reports whether at least 90 % of the values are dates. A row with another value is rejected at load.
func mostlyDates(values []string) bool {
	if len(values) == 0 {
		return false
	}
	n := 0
	for _, v := range values {
		if _, err := DateOrder("").parseDate(v); err == nil && digit.MatchString(v) {
			n++
			continue
		}
		if slices.ContainsFunc(ambiguousLayouts, func(layout string) bool {
			_, err := parseDateAs(v, layout)
			return err == nil
		}) {
			n++
		}
	}
	return n*10 >= len(values)*9
}
