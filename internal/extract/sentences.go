package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus/internal/extract/anchor"
	"casus/internal/extract/form"
	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
)

// maxSentences bounds the sentences of a claim.
const maxSentences = 12

// checkSentences returns the sorted numbers of sentences, each once, or refuses the entry.
func (d *draft) checkSentences(list string, i int, numbers []int) (sorted []int, ok bool) {
	sorted = slices.Sorted(slices.Values(numbers))
	sorted = slices.Compact(sorted)
	switch {
	case len(sorted) == 0:
		d.refuse(list, i, "/sentences", fault(form.NoSentence), "")
	case sorted[0] < 1 || sorted[len(sorted)-1] > len(d.sentences):
		d.refuse(list, i, "/sentences", counted(form.UnknownSentence, "last", len(d.sentences)), fmt.Sprint(numbers))
	case len(sorted) > maxSentences:
		d.refuse(list, i, "/sentences", form.NewCause(form.ManySentences, wording.Values{
			"count": strconv.Itoa(len(sorted)), "most": strconv.Itoa(maxSentences),
		}), "")
	default:
		return sorted, true
	}
	return nil, false
}

// textOf returns the text of sentences.
func (d *draft) textOf(numbers []int) string { return strings.Join(d.textsOf(numbers), " ") }

func (d *draft) textsOf(numbers []int) (texts []string) {
	for _, n := range numbers {
		texts = append(texts, d.sentences[n-1].Text)
	}
	return texts
}

// rangesOf returns the places of sentences.
func (d *draft) rangesOf(numbers []int) (all []anchor.Range) {
	for _, n := range numbers {
		all = append(all, d.sentences[n-1].Range)
	}
	return all
}

// spansOf returns a span for each run of sentences that follow one another.
func (d *draft) spansOf(numbers []int) (spans []proposal.Span) {
	for i, n := range numbers {
		r := d.sentences[n-1].Range
		if i > 0 && numbers[i-1] == n-1 {
			last := &spans[len(spans)-1]
			last.End = r.End
			last.Exact, _ = d.text.Slice(last.Range)
			continue
		}
		spans = append(spans, proposal.Span{Range: r, Exact: d.sentences[n-1].Text})
	}
	return spans
}

// quoteOf returns the words of spans.
func (d *draft) quoteOf(spans []proposal.Span) *proposal.Quote {
	var words []string
	for _, s := range spans {
		words = append(words, s.Exact)
	}
	return &proposal.Quote{Text: strings.Join(words, " … "), Language: d.article.Language}
}

// isNear reports whether a party is named in the sentences or near them.
func (d *draft) isNear(p *party, sentences []int) bool {
	return slices.ContainsFunc(p.names, func(name string) bool { return d.names.Near(name, sentences) })
}
