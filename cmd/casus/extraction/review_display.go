package extraction

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"casus/internal/extract/proposal"
	"casus/internal/extract/sentence"
	"casus/internal/kg"
)

// display shows items to a person.
type display struct {
	sentences []sentence.Sentence
	// on and off stand around highlighted words.
	on, off string
}

func newDisplay(text string, colour bool) display {
	d := display{sentence.Split(text), "[[", "]]"}
	if colour {
		d.on, d.off = "\x1b[1;4m", "\x1b[0m"
	}
	return d
}

// item returns an item with its sentences, record, flags and suggestions.
func (d display) item(f *reviewFile, at int) string {
	item := f.review.Items[at]
	var b strings.Builder
	fmt.Fprintf(&b, "\n[%d/%d] %s  %s  (%s)\n", at+1, len(f.review.Items), item.Type, clean(item.Label), decisionOf(item))
	content := f.content(item)
	for _, s := range d.sentencesOf(item) {
		fmt.Fprintf(&b, "%4d | %s\n", s.Number, d.highlight(s, content, item))
	}
	if content != nil {
		for line := range strings.Lines(shown(content)) {
			fmt.Fprintf(&b, "     %s\n", clean(strings.TrimRight(line, "\n")))
		}
	}
	if k := item.Known; k != nil {
		fmt.Fprintf(&b, "  =  %s  %s: %s\n", k.ID, clean(k.Name), clean(k.Why))
	}
	if decision := item.Decision; decision != nil && decision.Known != "" {
		fmt.Fprintf(&b, "  =  %s, as you decided\n", decision.Known)
	}
	for _, flag := range item.Flags {
		fmt.Fprintf(&b, "  !  %s %s\n", flag.Code, clean(flag.Why))
	}
	for i, s := range item.Suggestions {
		fmt.Fprintf(&b, "  %d) %s  %s: %s\n", i+1, s.ID, clean(s.Name), clean(s.Why))
	}
	return b.String()
}

// sentencesOf returns the sentences of an item; of an actor or a place the first one that has its name.
func (d display) sentencesOf(item proposal.Item) []proposal.Sentence {
	if len(item.Sentences) > 0 || item.Type != kg.KindActor && item.Type != kg.KindLocation {
		return item.Sentences
	}
	for i, s := range d.sentences {
		if strings.Contains(s.Text, nameOfLabel(item.Label)) {
			return []proposal.Sentence{{Number: i + 1, Range: s.Range, Text: s.Text}}
		}
	}
	return nil
}

// nameOfLabel returns the name in the article's language of a label such as "Київ (Kyiv)".
func nameOfLabel(label string) string {
	name, _, _ := strings.Cut(label, " (")
	return name
}

// highlight returns a sentence with the words on which an item rests highlighted.
func (d display) highlight(s proposal.Sentence, content json.RawMessage, item proposal.Item) string {
	var claim struct {
		Spans []proposal.Span `json:"spans"`
	}
	if item.Claim > 0 {
		_ = json.Unmarshal(content, &claim) // an edited one that is invalid has no highlights
	}
	runes := []rune(s.Text)
	for _, span := range claim.Spans {
		from, to := max(span.Start, s.Start)-s.Start, min(span.End, s.End)-s.Start
		if before, _, found := strings.Cut(s.Text, span.Exact); found && span.End == 0 { // an edit without offsets
			from = len([]rune(before))
			to = from + len([]rune(span.Exact))
		}
		if from < to && to <= len(runes) {
			return clean(string(runes[:from])) + d.on + clean(string(runes[from:to])) + d.off + clean(string(runes[to:]))
		}
	}
	if name := nameOfLabel(item.Label); item.Type == kg.KindActor || item.Type == kg.KindLocation {
		if before, after, found := strings.Cut(s.Text, name); found && name != "" {
			return clean(before) + d.on + clean(name) + d.off + clean(after)
		}
	}
	return clean(s.Text)
}

// shown returns a record or claim without what the item shows otherwise, one field a line.
func shown(content json.RawMessage) string {
	d := json.NewDecoder(bytes.NewReader(content))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return string(content)
	}
	var b strings.Builder
	for d.More() {
		name, err := d.Token()
		var value json.RawMessage
		if err != nil || d.Decode(&value) != nil {
			return string(content)
		}
		switch name {
		case "type", "text", "claims", "spans", "extractions", "sha256", "document", "source":
		default:
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	return b.String()
}
