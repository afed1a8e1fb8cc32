package identity

import (
	"testing"

	"casus/internal/kg"
)

func ready(names ...string) []spelling {
	var all []kg.Name
	for _, n := range names {
		all = append(all, kg.Name{Value: n})
	}
	return spellings(all)
}

// Names of one bearer in several scripts meet in one key; names of others do not.
func TestNamesMeetAcrossScripts(t *testing.T) {
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
			if a, b := ready(same[0])[0], ready(other)[0]; a.key != b.key {
				t.Errorf("%s (%s) and %s (%s) do not meet", same[0], a.key, other, b.key)
			}
		}
	}
	for _, apart := range [][2]string{{"Putin", "Butler"}, {"Lavrov", "Larov"}, {"Kherson", "Kharkiv"}, {"Odesa", "Adana"}, {"Ada", "Ida"}, {"Bo", "Bu"}} {
		if a, b := ready(apart[0])[0], ready(apart[1])[0]; a.key == b.key {
			t.Errorf("%s and %s meet in %s", apart[0], apart[1], a.key)
		}
	}
}

// How alike two names are falls from the same name to no word in common.
func TestLike(t *testing.T) {
	falling := [][2]string{
		{"Ada Bo", "ada  BO"}, {"Путін Володимир", "Volodimir Putin"}, {"Володимир Зеленський", "Volodymyr Zelensky"},
		{"Volodymyr Zelensky", "Zelensky"}, {"Volodymyr Zelensky", "Volodymyr Klitschko"}, {"Ada Bo", "Eve Co"},
	}
	last := 1.01
	for _, p := range falling {
		a, b := ready(p[0])[0], ready(p[1])[0]
		v := a.similarity(b)
		if v >= last || v != b.similarity(a) {
			t.Errorf("%v: %v, after %v; the other way %v", p, v, last, b.similarity(a))
		}
		last = v
	}
	if last != 0 {
		t.Errorf("no word in common: %v", last)
	}
	if score, why := bestMatch(ready("Bo", "Харків"), ready("Eve", "Kharkiv")); score != 0.95 && score != 0.85 || why != "Харків, Kharkiv" {
		t.Errorf("%v, %s", score, why)
	}
}
