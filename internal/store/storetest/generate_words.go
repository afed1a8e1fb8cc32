package storetest

import (
	"fmt"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// The values that generated graphs are made of are few, so that things meet: names tie, times touch, questions find.

func words() []string {
	return []string{
		"harbour", "Harbour", "harbours", "Odesa", "strike", "night", "naïve", "Straße", "İzmir", "O'Neill", "U.N.", "24",
		"гавань", "Крим", "крим", "Їжак", "Зеленський", "мир",
		"زيلينسكي", "الأمم", "ميناء", "أوكرانيا", "基辅", "𐌰𐌱",
	}
}

func languages() []string { return []string{"en", "uk", "ru", "ar", "de", ""} }

func countries() []string { return []string{"UA", "RU", "US", "GE"} }

func modes() []string { return []string{"drone", "Drone", "boat", "mine"} }

func schemes() []string { return []string{"cameo", "plover", "wikidata"} }

func codes() []string { return []string{"1", "19", "190", "195", "1%", "1_0", "Q1"} }

func datasets() []string { return []string{"acled", "ged"} }

func zones() []string {
	return []string{"UTC", "Europe/Kyiv", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"}
}

// phrase is a few words, as a name or a title.
func (d dice) phrase(most int) string { return strings.Join(few(d, most, words()), " ") }

func (d dice) names(most int, kinds ...kg.NameKind) []kg.Name {
	names := make([]kg.Name, d.between(1, most))
	for i := range names {
		names[i] = kg.Name{Value: d.phrase(3), Language: pick(d, languages())}
		if len(kinds) > 0 {
			names[i].Kind = pick(d, kinds)
		}
	}
	return names
}

// query is what somebody types who looks for words of the graph: the last one unfinished, in capitals, with signs.
func (d dice) query() string {
	typed := few(d, pick(d, []int{1, 1, 2}), words())
	if last := []rune(typed[len(typed)-1]); d.chance(50) {
		typed[len(typed)-1] = string(last[:d.between(1, len(last))])
	}
	text := strings.Join(typed, " ")
	switch d.IntN(8) {
	case 0:
		return strings.ToUpper(text)
	case 1:
		return `"` + text + `*`
	case 2:
		return " " + text + " - "
	}
	return text
}

func (d dice) day() string { return fmt.Sprintf("2025-%02d-%02d", d.between(2, 4), d.between(1, 28)) }

func (d dice) second() string {
	return d.day() + pick(d, []string{"T12:00:00Z", "T12:00:00+02:00", "T23:30:00Z", "T00:00:00-05:00", "T09:15:00"})
}

// time is when something happened, as badly as sources know it.
func (d dice) time() *edtf.Time {
	if d.chance(1) {
		return at(pick(d, []string{"-0044-03-15", "1914-07", "1789"}))
	}
	days := []string{d.day(), d.day()}
	slices.Sort(days)
	return at(pick(d, []string{
		d.second(), d.second(), d.second(), days[0], days[0], days[0] + "~", days[0] + "?", "2025-03-03/2025-03-09", days[0] + "/" + days[1], "2025-03", "2025-03~",
		"2025-21", "2025-33", "2025", "202X", "2025-XX-XX", "../" + days[0], days[0] + "/..", days[0] + "/", "/" + days[0],
		"[2025-03-01..2025-03-05]", "{2025-02,2025-04}", days[0] + "T12:00:00Z/" + days[1] + "T13:00:00Z", "XXXX",
	}))
}

// published is when something was said: its latest end is bounded.
func (d dice) published() *edtf.Time {
	return at(pick(d, []string{d.second(), d.second(), d.second(), d.second(), d.day(), d.day(), "2025-03", "2025-03-08/2025-03-15", "../" + d.day(), d.day() + "~"}))
}

func (d dice) codes() []kg.Code {
	var all []kg.Code
	for range d.IntN(3) {
		all = append(all, kg.Code{Scheme: pick(d, schemes()), Value: pick(d, codes())})
	}
	return all
}

func (d dice) identifiers() []kg.Identifier {
	var all []kg.Identifier
	for range d.IntN(3) {
		all = append(all, kg.Identifier{Scheme: pick(d, schemes()), Value: pick(d, codes())})
	}
	return all
}
