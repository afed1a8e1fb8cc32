package text_test

import (
	"strings"
	"testing"
	"time"

	"casus/internal/text"
)

func TestNearestPassage(t *testing.T) {
	const report = "On Monday, the mayor of Kherson said that at least four people were wounded.\n" +
		"“We heard two explosions,” she said. Мер сказав: четверо людей поранені."
	for words, want := range map[string]string{
		"at least 4 people were wounded":   "at least four people were wounded",
		"At least four people were killed": "at least four people were wounded",
		"some four people were wounded":    "least four people were wounded",
		"We heard  two explosions":         "We heard two explosions",
		"\"we heard three explosions\"":    "We heard two explosions",
		"четверо людей були поранені":      "сказав: четверо людей поранені",
		"explosion": "explosions",
		"Khersson":  "Kherson",
		"nothing of this stands there at all today": "",
		"...": "",
		"":    "",
	} {
		got := text.NearestPassage(report, words)
		if got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
		if !strings.Contains(report, got) {
			t.Errorf("%q is not in the text", got)
		}
	}
	if got := text.NearestPassage("据报道，至少四人受伤。市长说。", "至少五人受伤"); got != "至少四人受伤" {
		t.Errorf("%q", got)
	}
	if got := text.NearestPassage("", "a b"); got != "" {
		t.Errorf("%q", got)
	}
}

// The work is bounded for any length of the text and the words.
func TestNearestPassageIsBounded(t *testing.T) {
	long := strings.Repeat("the front said that the town of Arland was hit again ", 400_000)
	began := time.Now()
	text.NearestPassage(long, strings.Repeat("the front denied it ", 100_000))
	text.NearestPassage(long, "arlant")
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
}

func FuzzNearestPassage(f *testing.F) {
	f.Add("at least four people", "at least five people")
	f.Add("据报道，至少四人受伤。", "至少五人")
	f.Add("a\xffb c", "a b")
	f.Fuzz(func(t *testing.T, document, words string) {
		if got := text.NearestPassage(document, words); !strings.Contains(document, got) {
			t.Errorf("%q is not in %q", got, document)
		}
	})
}
