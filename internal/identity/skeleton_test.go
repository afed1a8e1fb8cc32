package identity

import (
	"testing"

	"casus/internal/kg"
)

func spellingsOf(names ...string) []spelling {
	var all []kg.Name
	for _, n := range names {
		all = append(all, kg.Name{Value: n})
	}
	return spellings(all)
}

// One name in several scripts has one key; different names have different keys.
func TestKeysAcrossScripts(t *testing.T) {
	for _, same := range [][]string{
		{"Zelensky", "Zelenskyy", "Зеленський", "Зеленский", "زيلينسكي"},
		{"Vladimir Putin", "Владимир Путин", "فلاديمير بوتين"},
		{"Lavrov", "Лавров", "لافروف"},
		{"Erdogan", "Erdoğan", "Эрдоган", "أردوغان"},
		{"Guterres", "Гутерреш", "غوتيريش"},
		{"Honcharenko", "Гончаренко", "Goncharenko"},
		{"Kharkiv", "Харків", "خاركيف"},
		{"Odesa", "Odessa", "Одеса", "Одесса", "أوديسا"},
		{"Kherson", "Херсон", "خيرسون"},
		{"Zhytomyr", "Житомир"},
		{"Klitschko", "Klychko", "Кличко"},
		{"al-Houthi", "Houthi", "الحوثي"},
		{"Saleh", "صالح"},
	} {
		for _, other := range same[1:] {
			if a, b := spellingsOf(same[0])[0], spellingsOf(other)[0]; a.key != b.key {
				t.Errorf("%s (%s) and %s (%s) have different keys", same[0], a.key, other, b.key)
			}
		}
	}
	for _, different := range [][2]string{
		{"Putin", "Butler"}, {"Lavrov", "Larov"}, {"Kherson", "Kharkiv"}, {"Odesa", "Adana"}, {"Ada", "Ida"}, {"Bo", "Bu"},
	} {
		if a, b := spellingsOf(different[0])[0], spellingsOf(different[1])[0]; a.key == b.key {
			t.Errorf("%s and %s have the key %s", different[0], different[1], a.key)
		}
	}
}

// Similarity decreases from equal names to names without a common word.
func TestSimilarity(t *testing.T) {
	decreasing := [][2]string{
		{"Ada Bo", "ada  BO"}, {"Путін Володимир", "Volodimir Putin"},
		{"Володимир Зеленський", "Volodymyr Zelensky"},
		{"Volodymyr Zelensky", "Zelensky"}, {"Volodymyr Zelensky", "Volodymyr Klitschko"}, {"Ada Bo", "Eve Co"},
	}
	last := 1.01
	for _, p := range decreasing {
		a, b := spellingsOf(p[0])[0], spellingsOf(p[1])[0]
		v := a.similarity(b)
		if v >= last || v != b.similarity(a) {
			t.Errorf("%v: %v, after %v; reversed %v", p, v, last, b.similarity(a))
		}
		last = v
	}
	if last != 0 {
		t.Errorf("no common word: %v", last)
	}
	score, why := bestMatch(spellingsOf("Bo", "Харків"), spellingsOf("Eve", "Kharkiv"))
	if score != 0.95 && score != 0.85 || why != "Харків, Kharkiv" {
		t.Errorf("%v, %s", score, why)
	}
}
