package check

import (
	"slices"
	"testing"
	"time"

	"casus/internal/extract/sentence"
	"casus/internal/kg"
	"casus/internal/testkit/times"
)

func TestNames(t *testing.T) {
	n := NewNames(sentence.Split("Міністр Олег Дорвич прибув у Сембру. Потім він поїхав. Нічого не сталося. " +
		"Ніхто не бачив.\n" +
		"والتقى الوزير كريم دالان. نورفال في مدينة سمبرا. THE GAZETTE of Sembra wrote. Zoë Ardel saw O'Lir."))
	for _, c := range []struct {
		name string
		want Standing
	}{
		{"Олег Дорвич", Verbatim},
		{"Сембра", Inflected},
		{"Олега Дорвича", Inflected},
		{"Дорвич Олег", Absent}, // in another order the words are not the text's
		{"Олег Норвич", Absent},
		{"كريم دالان", Verbatim},
		{"دالان. نورفال", Verbatim}, // over the end of a sentence
		{"وسمبرا", Inflected},
		{"The Gazette", Verbatim},
		{"Zoe Ardel", Verbatim},
		{"O’Lir", Verbatim},
		{"", Absent},
		{"—", Absent},
	} {
		if got := n.Find(c.name); got != c.want {
			t.Errorf("%q: %d, want %d", c.name, got, c.want)
		}
	}
	for _, c := range []struct {
		name      string
		sentences []int
		want      bool
	}{
		{"Олег Дорвич", []int{1}, true},
		{"Олег Дорвич", []int{3}, true}, // two sentences after his name
		{"Олег Дорвич", []int{4}, false},
		{"Дорвичем", []int{2}, true},
		{"كريم دالان", []int{4}, true}, // one sentence before
		{"كريم دالان", []int{1, 2}, false},
		{"Zoë Ardel", []int{9}, true},
		{"Zoë Ardel", []int{-3, 0, 99}, false},
	} {
		if got := n.Near(c.name, c.sentences); got != c.want {
			t.Errorf("%q near %v: %v", c.name, c.sentences, got)
		}
	}
}

// TestSupports compares English names with those of the text. The transliterations are by the usual tables.
func TestSupports(t *testing.T) {
	n := NewNames(sentence.Split("Олег Дорвич (Oleg Dorvich) прибув у Сембру. Міністерство оборони мовчало. " +
		"والتقى الوزير كريم دالان. Customs officers left the fish market of Tresk."))
	for _, c := range []struct {
		english, name string
		want          bool
	}{
		{"Oleg Dorvich", "Дорвич", true}, // it stands in the text
		{"Sembra", "Сембру", true},
		{"Karim Dalan", "كريم دالان", true},
		{"Kareem Daalan", "كريم دالان", true},
		{"Tresk fish market", "fish market of Tresk", true},
		{"Ministry of Defence", "Міністерство оборони", false}, // a translation
		{"Olena Norvich", "Олег Дорвич", false},
		{"Karim Dalan, war criminal", "كريم دالان", false},
		{"Customs officers of Ardel", "Customs officers", false},
		{"X", "Олег Дорвич", false},
	} {
		if got := n.Supports(c.english, c.name); got != c.want {
			t.Errorf("%q for %q: %v", c.english, c.name, got)
		}
	}
}

func TestWeekday(t *testing.T) {
	for _, c := range []struct {
		words, time string
		want        bool
	}{
		{"on Sunday", "2031-03-02", false},
		{"on Saturday", "2031-03-02", true},
		{"overnight on Saturday", "2031-03-01/2031-03-02", false},
		{"on Friday", "2031-03-01/2031-03-02", true},
		{"on Friday", "2031-03", false}, // too long a time
		{"on Friday", "", false},
		{"yesterday", "2031-03-02", false},
		{"يوم الأحد", "2031-03-02", false},
		{"يوم السبت", "2031-03-02", true},
		{"والجمعة", "2031-03-07", false},
		{"у неділю", "2031-03-02", false},
		{"у п’ятницю", "2031-03-02", true},
		{"в понедельник", "2031-03-03", false},
		{"в среду", "2031-03-03", true},
		{"серед іншого", "2031-03-03", false},
	} {
		if got := Weekday(c.words, times.Parse(t, c.time)); (len(got) > 0) != c.want {
			t.Errorf("%s, %s: %v", c.words, c.time, got)
		}
	}
	for i := range 7 {
		if got := WeekdaysIn(time.Weekday(i).String()); !slices.Equal(got, []time.Weekday{time.Weekday(i)}) {
			t.Errorf("%s is read as %v", time.Weekday(i), got)
		}
	}
}

func TestTense(t *testing.T) {
	published := times.Parse(t, "2031-03-02")
	for _, c := range []struct {
		modality  kg.Modality
		time      string
		sentences []string
		want      Code
	}{
		{kg.ModalityOccurred, "2031-03-01", []string{"They met."}, ""},
		{kg.ModalityOccurred, "2031-03-02", []string{"They met."}, ""},
		{kg.ModalityOccurred, "2031-03-03", []string{"They met."}, TimeLater},
		{kg.ModalityOccurred, "", []string{"They will meet."}, TenseDiffers},
		{kg.ModalityOccurred, "", []string{"They will meet.", "They met."}, ""},
		{kg.ModalityOccurred, "", nil, ""},
		{kg.ModalityOngoing, "", []string{"Зустріч має намір очолити."}, TenseDiffers},
		{kg.ModalityOccurred, "", []string{"ومن المقرر أن يجتمعوا"}, ""}, // written together with the conjunction
		{kg.ModalityOccurred, "", []string{"من المقرر أن يجتمعوا"}, TenseDiffers},
		{kg.ModalityPlanned, "2031-03-09", []string{"They will meet."}, ""},
		{kg.ModalityPlanned, "2031-02", nil, TimeEarlier},
		{kg.ModalityProposed, "2031-02", nil, ""},
	} {
		got := Tense(c.modality, times.Parse(t, c.time), published, c.sentences)
		if len(got) > 1 || (len(got) == 0) != (c.want == "") || len(got) == 1 && got[0].Code != c.want {
			t.Errorf("%s %s %q: %v", c.modality, c.time, c.sentences, got)
		}
	}
}

func TestFigure(t *testing.T) {
	for _, c := range []struct {
		number    *int
		qualifier kg.FigureQualifier
		want      []Code
	}{
		{new(8), kg.QualifierExact, nil},
		{new(30), kg.QualifierAtLeast, nil},
		{new(38), kg.QualifierExact, []Code{NumberAbsent}},
		{nil, kg.QualifierVague, nil},
		{nil, kg.QualifierExact, nil}, // refused before
		{new(9), kg.QualifierVague, []Code{NumberVague, NumberAbsent}},
	} {
		var got []Code
		for _, f := range Figure(c.number, c.qualifier, []string{"Nothing.", "Eight were killed, 30 wounded."}) {
			got = append(got, f.Code)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v %s: %v, want %v", c.number, c.qualifier, got, c.want)
		}
	}
}

func TestQuoted(t *testing.T) {
	for _, c := range []struct {
		before, words, after string
		want                 bool
	}{
		{"She said: “", "it was loud", "” and left.", false},
		{"", "“It was loud.”", " she said.", false},
		{"She said that ", "it was loud", ".", true},
		{"She “said” that ", "it was loud", ".", true},
		{"— ", "It was loud", ", she said.", false},
		{"", "— It was loud", "", false},
		{"وقال: «", "كان عالياً", "».", false},
		{"", "", "", true},
	} {
		if got := Quoted(c.before, c.words, c.after); (len(got) > 0) != c.want {
			t.Errorf("%q %q %q: %v", c.before, c.words, c.after, got)
		}
	}
}

// TestIsCommon checks names that stand in the text as common words do.
func TestIsCommon(t *testing.T) {
	n := NewNames(sentence.Split("Will Ostrand met May on Monday. The army will march in april, on foot; Армія піде."))
	for name, want := range map[string]bool{
		"Will": false, "May": false, "On": true, "April": true, "on": true, "army": false, "Army": true,
		"Will Ostrand": false, "Army Ostrand": false, "Армія": false, "Піде": true, "الجيش": false, "Absent": false,
	} {
		if n.IsCommon(name) != want {
			t.Errorf("%s: %t, want %t", name, !want, want)
		}
	}
}
