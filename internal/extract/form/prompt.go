package form

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"strings"
)

//go:embed instructions.txt
var instructions string

// partNotes say which part is asked for.
var partNotes = map[Part]string{
	PartParties: "Fill in actors, places and ties.",
	PartEvents:  "Fill in events and links. Use the keys of the actors and places below.",
	PartClaims: "Fill in claims. Use the keys of the actors, places and events below. Look at every sentence; one " +
		"that reports no event has no claim.",
}

// Note returns the sentence of the instructions that says which part is asked for.
func Note(p Part) string { return partNotes[p] }

// Article has what instructions show of an article.
type Article struct {
	// Published is the day of publication in EDTF, and Language a BCP 47 tag or empty.
	Published, Language string
	// Sentences are the numbered sentences, and First is the number of the first one, 0 for 1.
	Sentences []string
	First     int
	// Known are names of known actors that the text may mean.
	Known []string
}

// Instructions returns the instructions with the form and an example, for the given parts, or all without any.
func Instructions(parts ...Part) string {
	var b strings.Builder
	b.WriteString(instructions)
	for _, p := range parts {
		b.WriteString("\n" + partNotes[p] + "\n")
	}
	b.WriteString("\nThe form, as a JSON Schema:\n\n```json\n")
	b.Write(Schema(parts...))
	b.WriteString("```\n\nAn example. Its names are made up, and no answer may have them. Published: 2041-05-15.\n\n")
	b.WriteString(exampleText)
	b.WriteString("\n```json\n" + exampleForm + "```\n")
	return b.String()
}

// Question returns an article as it is put to a model: its sentences with their numbers between two lines with a random
// mark, which the article cannot know. The names of known actors stand between such lines too: they are from other
// articles.
func Question(a Article, mark string) string {
	var b strings.Builder
	_, _ = fmt.Fprintf(&b, "Published: %s.", a.Published) // a builder never fails
	if a.Language != "" {
		_, _ = fmt.Fprintf(&b, " Language: %s.", a.Language)
	}
	b.WriteString("\n")
	if len(a.Known) > 0 {
		b.WriteString("Known actors, whose English names you use where the text means them:\n")
		_, _ = fmt.Fprintf(&b, "===%s===\n%s\n===%s===\n", mark, strings.Join(oneLine(a.Known), "\n"), mark)
	}
	_, _ = fmt.Fprintf(&b, "\n===%s===\n", mark)
	for i, s := range a.Sentences {
		_, _ = fmt.Fprintf(&b, "[%d] %s\n", max(a.First, 1)+i, s)
	}
	_, _ = fmt.Fprintf(&b, "===%s===\n", mark)
	return b.String()
}

// oneLine returns texts without line breaks, which would divide the list.
func oneLine(texts []string) (all []string) {
	for _, s := range texts {
		all = append(all, strings.Join(strings.Fields(s), " "))
	}
	return all
}

// Fingerprint returns the SHA-256 of the instructions and the form, which identifies them in records.
func Fingerprint() string {
	sum := sha256.Sum256([]byte(Version + "\n" + Instructions()))
	return hex.EncodeToString(sum[:])
}
