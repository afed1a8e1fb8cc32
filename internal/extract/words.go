package extract

import (
	"fmt"
	"strconv"
	"strings"

	"casus/internal/extract/anchor"
	"casus/internal/extract/check"
	"casus/internal/extract/form"
	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
	"casus/internal/kg"
)

// addWords adds the spans and the quote of a claim: of direct speech the words, which must stand in the text; of any
// other claim its sentences.
func (d *draft) addWords(c *claim, i int) bool {
	f := d.form.Claims[i]
	if f.Words == nil {
		c.record.Spans = d.spansOf(c.sentences)
		c.record.Quote = d.quoteOf(c.record.Spans)
	} else {
		match, err := d.text.Find(*f.Words, d.rangesOf(c.sentences))
		if err != nil {
			d.refused = append(d.refused, d.notFound("claims", i, "/words", *f.Words, err))
			return false
		}
		c.manner = match.Manner
		c.record.Spans = []proposal.Span{{Range: match.Range, Exact: match.Words}}
		c.record.Quote = d.quoteOf(c.record.Spans)
		c.record.Quote.Direct = true
		if len(c.record.Claimants) == 1 {
			c.record.Quote.Speaker = c.record.Claimants[0]
		}
		before, after := d.lineAround(match.Range)
		c.flags = append(c.flags, check.Quoted(before, match.Words, after)...)
		if match.Manner == anchor.Folded {
			c.flags = append(c.flags, check.NewFlag(check.WordsFolded, wording.Values{"words": *f.Words}))
		}
		if match.Elsewhere {
			c.sentences = d.sentencesAt(match.Range)
			numbers := strings.Trim(fmt.Sprint(c.sentences), "[]")
			c.flags = append(c.flags, check.NewFlag(check.WordsElsewhere, wording.Values{"sentences": numbers}))
		}
	}
	c.label = c.record.Quote.Text
	if len(c.label) > kg.MaxTextBytes {
		d.refuse("claims", i, "/sentences", form.NewCause(form.TooLong, wording.Values{
			"bytes": strconv.Itoa(len(c.label)), "most": strconv.Itoa(kg.MaxTextBytes),
		}), "")
		return false
	}
	return true
}

// lineAround returns the text of a line before and after a place in it.
func (d *draft) lineAround(place anchor.Range) (before, after string) {
	before, _ = d.text.Slice(anchor.Range{Start: 0, End: place.Start})
	after, _ = d.text.Slice(anchor.Range{Start: place.End, End: d.text.Runes()})
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	}
	if i := strings.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	}
	return before, after
}

// sentencesAt returns the numbers of the sentences that a place touches.
func (d *draft) sentencesAt(place anchor.Range) (numbers []int) {
	for i, s := range d.sentences {
		if s.Start < place.End && place.Start < s.End {
			numbers = append(numbers, i+1)
		}
	}
	return numbers
}
