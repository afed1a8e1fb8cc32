package prompt

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"casus/internal/extract/form"
	"casus/internal/kg"
)

// Question asks for one part of the form, of one window.
type Question struct {
	Part    form.Part
	Article form.Article
	// New is the number of the first sentence that is not context.
	New int
	// Keys are the entries so far, whose keys an answer uses.
	Keys Keys
	// Unclaimed are the numbers of sentences without a claim, if they are asked about once more.
	Unclaimed []int
	// Faulty are entries whose words do not stand in the text, if they are asked for once more.
	Faulty []Faulty
}

// Keys are the keys that an answer may use, with their meanings.
type Keys struct {
	Actors []Party `json:"actors,omitempty"`
	Places []Party `json:"places,omitempty"`
	Events []Event `json:"events,omitempty"`
}

// Party is an actor or a place that has a key.
type Party struct {
	Key         string `json:"key"`
	Kind        string `json:"kind"`
	Name        string `json:"name"`
	EnglishName string `json:"englishName"`
}

// Event is an event that has a key.
type Event struct {
	Key   string `json:"key"`
	Title string `json:"title"`
}

// Faulty is an entry that was refused.
type Faulty struct {
	List   string          `json:"list"`
	Field  string          `json:"field"`
	Reason string          `json:"reason"`
	Near   string          `json:"nearestWords,omitempty"`
	Entry  json.RawMessage `json:"entry"`
}

// System returns the instructions.
func (q Question) System() string { return form.Instructions(q.Part) }

// User returns the question with its material between lines with a mark, which the material cannot know. What a model
// answered before is material as well: it may repeat what the article says.
func (q Question) User(mark string) (string, error) {
	var b strings.Builder
	if q.Keys.Actors != nil || q.Keys.Places != nil || q.Keys.Events != nil {
		if err := addMaterial(&b, "Keys so far. Use them, and list nothing again that has one:", mark, q.Keys); err != nil {
			return "", err
		}
	}
	if q.Faulty != nil {
		const note = "These entries of your answer were refused. Answer with them alone, mended: words and names copied " +
			"from the text letter by letter, everything else as it was. Leave out what does not stand in the text:"
		if err := addMaterial(&b, note, mark, q.Faulty); err != nil {
			return "", err
		}
	}
	if q.Unclaimed != nil {
		b.WriteString("No claim rests on these sentences yet: " + numbers(q.Unclaimed) + ". Look at them once more, and " +
			"answer with the claims that they make about the events; with an empty list if they make none.\n\n")
	}
	if q.New > max(q.Article.First, 1) {
		b.WriteString("The sentences before [" + strconv.Itoa(q.New) + "] are context: an entry rests on a later one.\n\n")
	}
	b.WriteString(form.Question(q.Article, mark))
	return b.String(), nil
}

// addMaterial adds a note and a value in JSON, on one line between two marks.
func addMaterial(b *strings.Builder, note, mark string, value any) error {
	content, err := json.Marshal(value)
	if err != nil {
		return kg.Errorf(kg.Internal, "encode a question: %w", err)
	}
	_, _ = fmt.Fprintf(b, "%s\n===%s===\n%s\n===%s===\n\n", note, mark, content, mark) // a builder never fails
	return nil
}

func numbers(all []int) string {
	var texts []string
	for _, n := range all {
		texts = append(texts, strconv.Itoa(n))
	}
	return strings.Join(texts, ", ")
}

// Characters returns the number of characters of a question.
func (q Question) Characters() (int, error) {
	user, err := q.User(strings.Repeat("X", markLength))
	return utf8.RuneCountInString(q.System()) + utf8.RuneCountInString(user), err
}

// markLength is the length of a mark of rand.Text.
const markLength = 26

// markLine matches a line with a mark of rand.Text.
var markLine = regexp.MustCompile(`(?m)^===([A-Z2-7]{26})===$`)

// Key identifies a question to a model: the SHA-256 of the model, the instructions with the form, and the question,
// without its mark. The first mark is ours; a line of the article that looks like one stays.
func Key(model, system, user string) string {
	if m := markLine.FindStringSubmatch(user); m != nil {
		user = strings.ReplaceAll(user, "==="+m[1]+"===", "===MARK===")
	}
	h := sha256.New()
	for _, s := range []string{model, system, user} {
		_, _ = fmt.Fprintf(h, "%d\n%s\n", len(s), s) // a hash never fails
	}
	return hex.EncodeToString(h.Sum(nil))
}

// PartOf returns the part that instructions ask for, or "" if they are not ours.
func PartOf(system string) form.Part {
	for _, p := range form.Parts() {
		if strings.Contains(system, form.Note(p)) {
			return p
		}
	}
	return ""
}

// Tokens estimates the tokens of a text of some bytes: a token is about four letters of English, two of other scripts,
// and so four bytes of both.
func Tokens(bytes int) int { return (bytes + 3) / 4 }
