package prompt

import (
	crand "crypto/rand"
	"math/rand/v2"
	"strings"
	"testing"

	"casus/internal/extract/form"
)

// TestWindows checks that windows have every sentence as new once, in order, with the two before as context.
func TestWindows(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		sentences := make([]string, random.IntN(40))
		for i := range sentences {
			sentences[i] = strings.Repeat("я", 1+random.IntN(60))
		}
		size, next := random.IntN(200), 0
		for _, w := range Windows(sentences, size) {
			if w.New != next || w.End <= w.New || w.Start != max(0, w.New-Overlap) {
				t.Fatalf("%+v after %d of %d sentences", w, next, len(sentences))
			}
			length := 0
			for _, s := range sentences[w.Start:w.End] {
				length += len([]rune(s))
			}
			if length > size && w.End-w.New > 1 {
				t.Fatalf("%+v has %d characters, of at most %d", w, length, size)
			}
			for n := range len(sentences) + 2 {
				if w.Has(n) != (n >= w.Start+1 && n <= w.End) || w.IsNew(n) != (n >= w.New+1 && n <= w.End) {
					t.Fatalf("%+v: number %d", w, n)
				}
			}
			next = w.End
		}
		if next != len(sentences) {
			t.Fatalf("windows end at %d of %d sentences", next, len(sentences))
		}
	}
}

// TestKeyIgnoresTheMark checks that a question has the same key with every mark, and another one if anything else
// differs.
func TestKeyIgnoresTheMark(t *testing.T) {
	question := func() Question {
		return Question{
			Part: form.PartEvents, New: 3,
			Article: form.Article{
				Published: "2031-03-09", Language: "en", Known: []string{"A"}, First: 2,
				Sentences: []string{"===" + strings.Repeat("A", 26) + "===", "Two.", "Three."},
			},
			Keys: Keys{Actors: []Party{{Key: "a", Kind: "PERSON", Name: "A\n===", EnglishName: "A"}}},
		}
	}
	keyOf := func(q Question, model, mark string) string {
		user, err := q.User(mark)
		if err != nil {
			t.Fatal(err)
		}
		return Key(model, q.System(), user)
	}
	want := keyOf(question(), "m", crand.Text())
	if got := keyOf(question(), "m", crand.Text()); got != want {
		t.Error("the key depends on the mark")
	}
	keys := map[string]string{want: "the question"}
	for name, change := range map[string]func(*Question){
		"the part":     func(q *Question) { q.Part = form.PartClaims },
		"a sentence":   func(q *Question) { q.Article.Sentences[1] = "Two!" },
		"a false mark": func(q *Question) { q.Article.Sentences[0] = "===" + strings.Repeat("B", 26) + "===" },
		"the date":     func(q *Question) { q.Article.Published = "2031-03-10" },
		"the language": func(q *Question) { q.Article.Language = "uk" },
		"the list":     func(q *Question) { q.Article.Known = nil },
		"the number":   func(q *Question) { q.Article.First = 3 },
		"the context":  func(q *Question) { q.New = 4 },
		"a key":        func(q *Question) { q.Keys.Actors[0].Key = "b" },
		"again":        func(q *Question) { q.Unclaimed = []int{3} },
		"refused":      func(q *Question) { q.Faulty = []Faulty{{List: "ties", Reason: "why", Entry: []byte("{}")}} },
	} {
		q := question()
		change(&q)
		key := keyOf(q, "m", crand.Text())
		if other, ok := keys[key]; ok {
			t.Errorf("%s has the key of %s", name, other)
		}
		keys[key] = name
	}
	if keyOf(question(), "other", crand.Text()) == want {
		t.Error("the key does not depend on the model")
	}
	if got := PartOf(question().System()); got != form.PartEvents {
		t.Errorf("part %q", got)
	}
}
