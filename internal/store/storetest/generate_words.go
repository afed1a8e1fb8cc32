package storetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Generated graphs consist of few values, so that names tie, times touch and queries find something.

func words() []string {
	return []string{
		"harbour", "Harbour", "harbours", "Odesa", "strike", "night", "naïve", "Straße", "İzmir", "O'Neill", "U.N.", "24",
		"гавань", "Крим", "крим", "Їжак", "Зеленський", "мир",
		"زيلينسكي", "الأمم", "ميناء", "أوكرانيا", "基辅", "𐌰𐌱",
	}
}

// nearWords are other spellings of words, and words that only resemble them.
func nearWords() []string {
	return []string{
		"harbor", "harbuor", "Odessa", "Одеси", "odeski", "Krym", "Криму", "krom", "Zelenskiy", "Зеленского", "وزيلينسكي",
		"Ismir", "Strasse", "nihgt", "ميناء", "havan", "Їжака", "Oukrania", "24",
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

// phrase returns a few words, such as a name or a title.
func (d random) phrase(most int) string { return strings.Join(randomValues(d, most, words()), " ") }

func (d random) names(most int, kinds ...kg.NameKind) []kg.Name {
	names := make([]kg.Name, d.between(1, most))
	for i := range names {
		names[i] = kg.Name{Value: d.phrase(3), Language: pick(d, languages())}
		if len(kinds) > 0 {
			names[i].Kind = pick(d, kinds)
		}
	}
	return names
}

// searchText returns a search text of the graph's words, or of words near to them. The last word may be incomplete, and
// there may be capitals and punctuation.
func (d random) searchText() string {
	typed := randomValues(d, pick(d, []int{1, 1, 2}), words())
	if last := []rune(typed[len(typed)-1]); d.chance(50) {
		typed[len(typed)-1] = string(last[:d.between(1, len(last))])
	}
	if d.chance(30) {
		typed[d.IntN(len(typed))] = pick(d, nearWords())
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

func (d random) day() string { return fmt.Sprintf("2025-%02d-%02d", d.between(2, 4), d.between(1, 28)) }

func (d random) second() string {
	return d.day() + pick(d, []string{"T12:00:00Z", "T12:00:00+02:00", "T23:30:00Z", "T00:00:00-05:00", "T09:15:00"})
}

// time returns the time of an event, in any precision.
func (d random) time() *edtf.Time {
	if d.chance(1) {
		return at(pick(d, []string{"-0044-03-15", "1914-07", "1789"}))
	}
	days := []string{d.day(), d.day()}
	slices.Sort(days)
	return at(pick(d, []string{
		d.second(), d.second(), d.second(), days[0], days[0], days[0] + "~", days[0] + "?", "2025-03-03/2025-03-09",
		days[0] + "/" + days[1], "2025-03", "2025-03~",
		"2025-21", "2025-33", "2025", "202X", "2025-XX-XX", "../" + days[0], days[0] + "/..", days[0] + "/", "/" + days[0],
		"[2025-03-01..2025-03-05]", "{2025-02,2025-04}", days[0] + "T12:00:00Z/" + days[1] + "T13:00:00Z", "XXXX",
	}))
}

// nominal returns a day within a time; empty if there is none.
func (d random) nominal(t *edtf.Time) kg.Day {
	if t == nil || !t.Earliest.Bounded() || !t.Latest.Bounded() {
		return ""
	}
	days := int((t.Latest - t.Earliest) / edtf.Instant(24*time.Hour/time.Millisecond))
	day := t.Earliest + edtf.Instant(d.IntN(min(days, 60)+1))*edtf.Instant(24*time.Hour/time.Millisecond)
	if day >= t.Latest {
		day = t.Earliest
	}
	if day.Time().Year() < 1 { // DayOf has years of four digits
		return ""
	}
	return kg.DayOf(&day)
}

// published returns a time of publication. Its latest end is bounded.
func (d random) published() *edtf.Time {
	return at(pick(d, []string{d.second(), d.second(), d.second(), d.second(), d.day(), d.day(), "2025-03",
		"2025-03-08/2025-03-15", "../" + d.day(), d.day() + "~"}))
}

func (d random) codes() []kg.Code {
	var all []kg.Code
	for range d.IntN(3) {
		all = append(all, kg.Code{Scheme: pick(d, schemes()), Value: pick(d, codes())})
	}
	return all
}

func (d random) identifiers() []kg.Identifier {
	var all []kg.Identifier
	for range d.IntN(3) {
		all = append(all, kg.Identifier{Scheme: pick(d, schemes()), Value: pick(d, codes())})
	}
	return all
}
