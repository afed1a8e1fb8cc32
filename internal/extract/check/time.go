package check

import (
	"slices"
	"strings"
	"sync"
	"time"

	"casus/internal/edtf"
	"casus/internal/extract/wording"
	"casus/internal/kg"
	"casus/internal/text"
)

// weekdayWords are the weekdays from Sunday, in English, Ukrainian, Russian and Arabic. A word that ends in * stands
// for all that begin with it.
var weekdayWords = []string{
	"sunday sundays неділя неділі неділю неділею воскресен* الأحد",
	"monday mondays понеділ* понедельн* الاثنين الإثنين",
	"tuesday tuesdays вівтор* вторник* الثلاثاء",
	"wednesday wednesdays середа середи середу середою среда среды среду средой الأربعاء",
	"thursday thursdays четвер четверга четвергу четвергом четверг четверге الخميس",
	"friday fridays пятниц* الجمعة",
	"saturday saturdays субот* суббот* السبت",
}

// weekday is a weekday's word or, if prefix is set, the beginning of its words.
type weekday struct {
	word   string
	prefix bool
	day    time.Weekday
}

var weekdays = sync.OnceValue(func() (all []weekday) {
	for day, line := range weekdayWords {
		for _, w := range strings.Fields(line) {
			stem, prefix := strings.CutSuffix(w, "*")
			for _, token := range text.Tokens(stem) {
				all = append(all, weekday{token, prefix, time.Weekday(day)})
			}
		}
	}
	return all
})

// WeekdaysIn returns the weekdays that a text names, sorted.
func WeekdaysIn(s string) (days []time.Weekday) {
	for _, token := range text.Tokens(s) {
		for _, w := range weekdays() {
			if token == w.word || w.prefix && strings.HasPrefix(token, w.word) {
				days = append(days, w.day)
			}
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// day is a day in milliseconds.
const day = edtf.Instant(24 * time.Hour / time.Millisecond)

// Weekday returns a flag if the words name weekdays, and the time, which is shorter than a week, has none of them. The
// time's days are counted in UTC, or as they are written if the time states no zone.
func Weekday(words string, t edtf.Time) []Flag {
	named := WeekdaysIn(words)
	if len(named) == 0 || t.IsZero() || !t.Earliest.Bounded() || !t.Latest.Bounded() || t.Latest-t.Earliest >= 7*day {
		return nil
	}
	var last time.Weekday
	for at := t.Earliest; at < t.Latest; at += day {
		last = at.Time().Weekday()
		if slices.Contains(named, last) {
			return nil
		}
	}
	var names []string
	for _, d := range named {
		names = append(names, d.String())
	}
	return []Flag{NewFlag(WeekdayDiffers, wording.Values{
		"weekdays": strings.Join(names, ", "), "time": t.EDTF, "weekday": last.String(),
	})}
}

// futureWords are words and phrases of the future and of possibility.
var futureWords = []string{
	"will", "shall", "is going to", "are going to", "plans to", "plan to", "planned to", "intends to", "expected to",
	"буде", "будуть", "планує", "планують", "має намір", "мають намір", "збирається", "очікується",
	"будет", "будут", "планирует", "планируют", "намерен", "намерены", "собирается", "ожидается",
	"سوف", "سيكون", "ستكون", "سيعقد", "ستعقد", "من المقرر", "من المتوقع", "يعتزم", "تعتزم",
}

// Tense returns a flag if an event that OCCURRED or is ONGOING lies after the publication, or all sentences about it
// speak of the future; or if one that is PLANNED lies wholly before the publication.
func Tense(m kg.Modality, t, published edtf.Time, sentences []string) []Flag {
	happened := slices.Contains(kg.HappenedModalities(), m)
	times := wording.Values{"modality": string(m), "time": t.EDTF, "published": published.EDTF}
	switch {
	case happened && !t.IsZero() && t.Earliest.Bounded() && t.Earliest >= published.Latest:
		return []Flag{NewFlag(TimeLater, times)}
	case happened && len(sentences) > 0 && !slices.ContainsFunc(sentences, func(s string) bool { return !isFuture(s) }):
		return []Flag{NewFlag(TenseDiffers, wording.Values{"modality": string(m)})}
	case m == kg.ModalityPlanned && !t.IsZero() && t.Latest.Bounded() && t.Latest <= published.Earliest:
		return []Flag{NewFlag(TimeEarlier, times)}
	}
	return nil
}

// Stated returns a flag if words were said after the publication.
func Stated(t, published edtf.Time) []Flag {
	if t.IsZero() || !t.Earliest.Bounded() || t.Earliest < published.Latest {
		return nil
	}
	return []Flag{NewFlag(StatedLater, wording.Values{"time": t.EDTF, "published": published.EDTF})}
}

// isFuture reports whether a sentence has a word of the future.
func isFuture(s string) bool {
	tokens := " " + strings.Join(text.Tokens(s), " ") + " "
	return slices.ContainsFunc(futureWords, func(w string) bool {
		return strings.Contains(tokens, " "+strings.Join(text.Tokens(w), " ")+" ")
	})
}
