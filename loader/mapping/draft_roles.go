package mapping

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"casus/internal/text"
)

// role is what a column seems to tell.
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

// telling are the words in a column's name that tell its role, folded, in English and some other languages of the press: the
// more specific roles first, since a column is taken once. A word that ends with * may go on.
var telling = []struct {
	role  role
	words []string
	right func([]string) bool
}{
	{colLatitude, []string{"latitude", "lat", "широта"}, within90},
	{colLongitude, []string{"longitude", "lon", "lng", "long", "довгота", "долгота"}, within180},
	{colURL, []string{"url", "link", "source url", "href"}, urls},
	{colPublished, []string{"published*", "publication date", "reported", "date reported", "report date", "timestamp"}, dates},
	{colLastDay, []string{"date end", "end date", "enddate", "end", "to", "until", "bis"}, dates},
	{colDay, []string{"event date", "date start", "start date", "startdate", "date", "day", "start", "from", "datum", "tag", "fecha", "data", "дата", "تاريخ*", "التاريخ"}, dates},
	{colKilledLow, []string{"low", "low est", "deaths low", "killed min", "fatalities low", "min killed"}, counts},
	{colKilledHigh, []string{"high", "high est", "deaths high", "killed max", "fatalities high", "max killed"}, counts},
	{colKilled, []string{"best", "killed", "dead", "deaths", "fatalities", "fatality", "kia", "nkill", "tote", "morts", "muertos", "загиблі", "загинуло", "погибшие", "погибло", "قتلى", "القتلى"}, counts},
	{colWounded, []string{"wounded", "injured", "injuries", "wia", "nwound", "verletzte", "blesses", "heridos", "поранені", "раненые", "جرحى"}, counts},
	{colRowID, []string{"id", "event id", "incident id", "data id", "incident", "number", "no", "nr"}, unlike},
	{colCountry, []string{"country", "nation", "land", "pays", "pais", "країна", "страна", "دولة", "البلد"}, anything},
	{colProvince, []string{"admin1", "adm 1", "admin 1", "region", "province", "oblast", "state", "governorate", "bundesland", "область"}, anything},
	{colDistrict, []string{"admin2", "adm 2", "admin 2", "district", "county", "raion", "район"}, anything},
	{colPlace, []string{"town", "city", "location", "place", "village", "settlement", "where", "site", "ort", "stadt", "lieu", "ville", "lugar", "ciudad", "місто", "место", "город", "مكان", "المكان", "المدينة"}, anything},
	{colFirstSide, []string{"attacker", "perpetrator", "perpetrators", "aggressor", "initiator", "actor1", "actor 1", "actor a", "side a", "party a", "actor", "actors", "gname", "tater", "auteur", "autor", "subject", "виконавець", "нападник", "исполнитель", "الفاعل", "source actor", "source name"}, anything},
	{colSecondSide, []string{"target", "victim", "victims", "recipient", "actor2", "actor 2", "actor b", "side b", "party b", "opfer", "ziel", "victime", "victima", "object", "жертва", "ціль", "цель", "الهدف", "target name"}, anything},
	{colOutlet, []string{"source", "sources", "publisher", "outlet", "newspaper", "media", "quelle", "fuente", "джерело", "источник", "المصدر"}, anything},
	{colKindOfEvent, []string{"sub event type", "event type", "attack type", "attacktype*", "incident type", "type", "category", "kind", "relation", "art", "тип", "вид", "نوع*"}, few},
	{colTitle, []string{"title", "headline", "event", "event name", "name", "titel", "titre", "titulo", "заголовок", "назва", "عنوان"}, anything},
	{colSummary, []string{"description", "notes", "note", "summary", "details", "comment", "comments", "text", "beschreibung", "resume", "resumen", "опис", "описание", "وصف"}, anything},
}

// recognise gives roles to columns: by the words of their names where their values do not speak against it, then dates and
// links by their values alone.
func (d *draft) recognise() {
	for _, t := range telling {
		for _, words := range t.words {
			if d.roles[t.role] != "" {
				break
			}
			for _, c := range d.columns {
				if !d.used[c] && isNamed(c, words) && t.right(d.values(c)) {
					d.roles[t.role], d.used[c] = c, true
					break
				}
			}
		}
	}
	for r, right := range map[role]func([]string) bool{colDay: dates, colURL: urls} {
		for _, c := range d.columns {
			if values := d.values(c); d.roles[r] == "" && !d.used[c] && len(values) > 0 && right(values) && !counts(values) {
				d.roles[r], d.used[c] = c, true
			}
		}
	}
}

// isNamed says whether a column's name is these words, or begins or ends with them.
func isNamed(column, words string) bool {
	name := " " + strings.Join(wordsOf(column), " ") + " "
	if prefix, open := strings.CutSuffix(words, "*"); open {
		return strings.Contains(name, " "+prefix)
	}
	if len(words) < 3 { // too short to be told among others
		return name == " "+words+" " || words == "id" && strings.HasSuffix(name, " id ")
	}
	return strings.HasPrefix(name, " "+words+" ") || strings.HasSuffix(name, " "+words+" ")
}

// wordsOf are a column's words, folded: event_date, eventDate and "Event Date" have the same two.
func wordsOf(column string) []string {
	var spaced strings.Builder
	last := ' '
	for _, r := range column {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(r)
		last = r
	}
	return strings.FieldsFunc(text.Fold(spaced.String()), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

func anything([]string) bool { return true }

func all(values []string, right func(string) bool) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return !right(v) })
}

// counts says whether most values are numbers of people: one that is not is a reject that tells so.
func counts(values []string) bool {
	counted := 0
	for _, v := range values {
		n, err := number(v)
		if count, ok := n.(int64); err == nil && ok && count >= 0 {
			counted++
		}
	}
	return counted*2 >= len(values)
}

func degrees(values []string, most float64) bool {
	return all(values, func(v string) bool { f, err := strconv.ParseFloat(v, 64); return err == nil && f >= -most && f <= most })
}

func within90(values []string) bool { return degrees(values, 90) }

func within180(values []string) bool { return degrees(values, 180) }

func urls(values []string) bool {
	return all(values, func(v string) bool { return strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://") })
}

func unlike(values []string) bool { return len(distinct(values)) == len(values) }

// few are values that recur, as kinds do, or that are not many.
func few(values []string) bool { return len(distinct(values)) <= max(10, len(values)/4) }

// ordered are the ways of writing a date that need to be told, the likelier first.
var ordered = []string{"DD/MM/YYYY", "MM/DD/YYYY", "DD/MM/YY", "MM/DD/YY", "DD-MM-YYYY", "MM-DD-YYYY", "DD/MM/YYYY HH:mm", "MM/DD/YYYY HH:mm", "DD.MM.YY"}

// layoutOf is a way in which every value can be read as a date that date alone does not read; "" where date reads them.
func layoutOf(values []string) string {
	for _, layout := range append([]string{""}, ordered...) {
		if all(values, func(v string) bool {
			_, err := date(v)
			if layout != "" {
				_, otherwise := dateAs(v, layout)
				return otherwise == nil || err == nil && !slashed.MatchString(v)
			}
			return err == nil
		}) {
			return layout
		}
	}
	return ""
}

var digit = regexp.MustCompile(`\d`)

// dates says whether all values are dates, or most of them: a row that has none is a reject that tells so.
func dates(values []string) bool {
	if len(values) == 0 {
		return false
	}
	read := 0
	for _, v := range values {
		if _, err := date(v); err == nil && digit.MatchString(v) {
			read++
			continue
		}
		if slices.ContainsFunc(ordered, func(layout string) bool { _, err := dateAs(v, layout); return err == nil }) {
			read++
		}
	}
	return read*10 >= len(values)*9
}
