package draft

import (
	"slices"
	"strings"
	"sync"
)

// rolePattern describes the columns with a role.
type rolePattern struct {
	role role
	// names are the usual names, the better first. * stands for the rest of a word, and a name after = must be whole.
	names []string
	// not are words that make a name another thing: the country of an actor is not the event's country.
	not     string
	accepts func(*column) bool
}

// rolePatterns are in English and other languages. Of roles that fit a column equally, the first counts.
var rolePatterns = []rolePattern{
	{colLatitude, []string{"latitude", "lat", "=y", "широта"}, actorWords, latitudes},
	{colLongitude, []string{"longitude", "lon", "lng", "long", "=x", "довгота", "долгота"}, actorWords, longitudes},
	{colPoint, []string{
		"coordinates", "coords", "coordinate", "lat lon", "lat long", "lat lng", "latlng", "latlon", "geo", "geolocation",
		"geopoint", "gps", "=point", "wkt", "geom", "geometry", "=location",
	}, actorWords, pointPairs},
	{colURL, []string{"url", "link", "source url", "href", "source", "sources", "quelle", "reference"},
		"image photo video icon", allURLs},
	{colPublished, []string{
		"published*", "publication date", "reported", "date reported", "report date", "reporting date", "timestamp",
		"date published", "pub date", "posted",
	}, "", mostlyDates},
	{colLastDay, []string{
		"date end", "end date", "end", "to", "until", "bis", "date to", "to date", "last date", "finish", "end time",
	}, otherDates, mostlyDates},
	{colDay, []string{
		"event date", "date event", "incident date", "date start", "start date", "date", "day", "start", "from",
		"date from",
		"from date", "datetime", "date time", "time", "when", "event time", "start time", "occurred", "datum", "tag",
		"fecha",
		"data", "дата", "تاريخ*", "التاريخ",
	}, otherDates + " end last to until", mostlyDates},
	{colKilledLow, []string{
		"=low", "low est", "deaths low", "killed min", "fatalities low", "min killed", "killed low", "fatalities min",
		"low deaths",
	}, woundWords, mostlyCounts},
	{colKilledHigh, []string{
		"=high", "high est", "deaths high", "killed max", "fatalities high", "max killed", "killed high", "fatalities max",
		"high deaths",
	}, woundWords, mostlyCounts},
	{colKilledCivilians, []string{
		"civilian deaths", "civilians killed", "civilian fatalities", "deaths civilians", "killed civilians",
		"civilian killed",
		"fatalities civilians", "civ deaths",
	}, woundWords, mostlyCounts},
	{colKilled, []string{
		"=best", "best est", "killed", "dead", "deaths", "fatalities", "fatality", "kia", "nkill", "ndeath",
		"ndeaths", "death",
		"death toll", "tote", "morts", "muertos", "загиблі", "загинуло", "погибшие", "погибло", "قتلى", "القتلى",
	}, woundWords + " civilian civilians civ military soldier soldiers police child children women us low high min max" +
		" perpetrator attacker terrorist a b side has any", mostlyCounts},
	{colWounded, []string{
		"wounded", "injured", "injuries", "wia", "nwound", "ninjured", "verletzte", "blesses", "heridos", "поранені",
		"раненые",
		"جرحى",
	}, "killed dead deaths us low high min max has any perpetrator attacker", mostlyCounts},
	{colMissing, []string{"people missing", "persons missing", "missing persons", "missing people", "=missing"},
		"", mostlyCounts},
	{colCaptured, []string{
		"arrested", "arrests", "detained", "detentions", "captured", "hostages", "kidnapped", "abducted",
	}, "date place has any", mostlyCounts},
	{colDisplaced, []string{"displaced", "idps", "people displaced", "displaced persons"}, "has any", mostlyCounts},
	{colRowID, []string{
		"=id", "event id", "incident id", "data id", "record id", "row id", "unique id", "case id", "attack id",
		"report id",
		"global id", "event id cnty", "object id", "=incident", "=number", "=no", "=nr", "=uid", "=uuid", "=guid",
	}, "", rowIDs},
	{colCountry, []string{
		"country", "country name", "nation", "=land", "pays", "pais", "країна", "страна", "دولة", "البلد",
	}, actorWords + " code iso", placeNames},
	{colCountryCode, []string{"iso 3", "iso 2", "iso", "country code", "iso a 3", "iso a 2", "country iso",
		"country"}, actorWords, countryCodes},
	{colProvince, []string{
		"admin 1", "adm 1", "admin 1 name", "region", "province", "oblast", "prov state", "state", "governorate",
		"bundesland",
		"область", "department",
	}, actorWords, placeNames},
	{colDistrict, []string{"admin 2", "adm 2", "district", "county", "raion", "municipality", "район"}, actorWords,
		placeNames},
	{colPlace, []string{
		"town", "city", "location", "place", "village", "settlement", "locality", "place name", "elocal", "where", "site",
		"ort", "stadt", "lieu", "ville", "lugar", "ciudad", "місто", "место", "город", "مكان", "المكان", "المدينة",
		"where description", "address",
	}, actorWords + " web", placeNames},
	{colFirstSide, []string{
		"attacker", "perpetrator", "perpetrators", "aggressor", "initiator", "actor 1", "actor a", "side a", "party a",
		"group name", "gname", "source actor", "source name", "actor", "actors", "supplier", "seller", "sender",
		"protester identity",
		"group", "participants", "parties", "unit", "belligerent", "tater", "auteur", "autor", "subject",
		"виконавець", "нападник",
		"исполнитель", "الفاعل",
	}, sideWords, actorNames},
	{colSecondSide, []string{
		"target", "victim", "victims", "recipient", "actor 2", "actor b", "side b", "party b", "target 1", "target name",
		"target actor", "buyer", "opfer", "ziel", "victime", "victima", "object", "жертва", "ціль", "цель", "الهدف",
	}, sideWords, actorNames},
	{colOutlet, []string{
		"source", "sources", "publisher", "outlet", "newspaper", "media", "source 1", "quelle", "fuente", "джерело",
		"источник",
		"المصدر",
	}, "number no count of scale date headline original type actor name", names},
	{colKindOfEvent, []string{
		"sub event type", "event type", "event text", "attack type", "attack type 1", "incident type", "event kind", "type",
		"event category", "category", "kind", "relation", "violence type", "weapon type", "art", "тип", "вид", "نوع*",
		"etype",
		"disorder type",
	}, actorWords + " location geo geometry place data date unit participants participant age size", kinds},
	{colKindCode, []string{
		"sub event type", "event type", "attack type", "attack type 1", "incident type", "type", "category", "kind",
		"etype",
		"violence type", "type of violence",
	}, actorWords + " location geo geometry place data date unit participants participant age size", kindCodes},
	{colTitle, []string{
		"title", "headline", "=event", "event name", "incident name", "=name", "event title", "titel", "titre", "titulo",
		"weapon description", "заголовок", "назва", "عنوان",
	}, "source job", names},
	{colSummary, []string{
		"description", "event description", "notes", "note", "summary", "details", "comment", "comments", "text",
		"narrative",
		"beschreibung", "resume", "resumen", "опис", "описание", "وصف",
	}, actorWords + " location where place", names},
}

const (
	// actorWords, before the name of a place, make it the place of an actor, not of the event.
	actorWords = "source target actor side attacker victim victims perpetrator origin home nationality natlty publisher " +
		"supplier recipient reporting initiator party group assoc bureau"
	// sideWords, with the name of a side, make it a quality of the side.
	sideWords = "country type code id assoc associated allied inter sector sectors nationality natlty number no count " +
		"sub subtype text source scale killed wounded deaths identity"
	// otherDates, with the word date, make it another date.
	otherDates = "publication published report reported reporting entry upload update updated coded retrieved access " +
		"accessed created modified birth changed source resolution approx posted pub release edited"
	woundWords = "wounded injured injuries"
)

// neutralWords add nothing to the name of a column.
var neutralWords = []string{
	"name", "names", "txt", "text", "label", "full", "en", "eng", "english", "of", "the", "in", "est", "estimate",
	"total", "count", "num", "number", "no", "n", "people", "persons", "reported", "all", "value", "location", "best",
}

// commonWords occur in the names of columns besides those of rolePatterns.
const commonWords = "name txt text label code id date time day month year start end event incident actor side target " +
	"source country city place location type sub deaths killed wounded female total estimate number precision "

// knownWords returns the words into which splitWord splits.
var knownWords = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(commonWords + otherDates) {
		all[w] = true
	}
	for _, p := range rolePatterns {
		for _, n := range p.names {
			for _, w := range strings.Fields(strings.Trim(n, "=*")) {
				if len(w) > 3 {
					all[w] = true
				}
			}
		}
	}
	return all
})

// How well a column's name fits one of the names of a role.
const (
	noFit    = iota
	beginFit // begins with it, and the rest is neutral
	endFit   // ends with it
	wordFit  // is it, apart from neutral words
	wholeFit // is it
)

// fit returns how well a column's words fit a name of the pattern.
func (p rolePattern) fit(words []string, name string) int {
	if prefix, open := strings.CutSuffix(name, "*"); open {
		if slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, prefix) }) {
			return endFit
		}
		return noFit
	}
	name, whole := strings.CutPrefix(name, "=")
	want := strings.Fields(name)
	rest := len(words) - len(want)
	not := strings.Fields(p.not)
	isOther := func(w string) bool { return slices.Contains(not, w) && !slices.Contains(want, w) }
	switch {
	case slices.Equal(words, want):
		return wholeFit
	case whole || rest <= 0 || slices.ContainsFunc(words, isOther):
		return noFit
	case slices.Equal(words[rest:], want):
		if onlyNeutral(words[:rest]) {
			return wordFit
		}
		return endFit
	case slices.Equal(words[:len(want)], want) && onlyNeutral(words[len(want):]):
		return wordFit
	}
	return noFit
}

func onlyNeutral(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(neutralWords, w) })
}
