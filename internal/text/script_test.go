package text

import "testing"

func TestScript(t *testing.T) {
	for in, want := range map[string]string{
		"":                      "Zyyy",
		"2022 – 🇺🇦 …":           "Zyyy",
		"Zelensky":              "Latn",
		"Ｕｋｒａｉｎｅ":               "Latn",
		"Зеленський":            "Cyrl",
		"زيلينسكي":              "Arab",
		"زیلینسکی":              "Arab",
		"Αθήνα":                 "Grek",
		"ירושלים":               "Hebr",
		"北京":                    "Hani",
		"臺北":                    "Hani",
		"ウクライナ軍":                "Kana",
		"ひらがな":                  "Hira",
		"한국":                    "Hang",
		"საქართველო":            "Geor",
		"Հայաստան":              "Armn",
		"हिन्दी":                "Deva",
		"ไทย":                   "Thai",
		"አዲስ አበባ":               "Ethi",
		"Т-72 tank":             "Latn", // four letters to one
		"аб xy":                 "Cyrl", // a tie: the first
		"xy аб":                 "Latn",
		"𐎠𐎡":                    "Zzzz", // Old Persian
		"ーー":                    "Zyyy", // a mark of two scripts
		"Київ (Kyiv), Київська": "Cyrl",
	} {
		if got := Script(in); got != want {
			t.Errorf("Script(%q) = %s, want %s", in, got, want)
		}
	}
}
