package extract

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"casus/internal/edtf"
	"casus/internal/extract/anchor"
	"casus/internal/extract/article"
	"casus/internal/extract/check"
	"casus/internal/extract/form"
	"casus/internal/extract/link"
	"casus/internal/extract/proposal"
	"casus/internal/extract/sentence"
	"casus/internal/extract/wording"
	"casus/internal/kg"
	"casus/internal/text"
)

// draft is a proposal in progress.
type draft struct {
	Converter
	article   article.Article
	sentences []sentence.Sentence
	text      *anchor.Text
	names     *check.Names
	answer    *form.Answer
	form      *form.Form
	refused   []form.Refusal

	document  proposal.Document
	docFlags  []check.Flag
	docs      []link.Suggestion // suggestions for the document
	alike     []kg.Document     // documents that share most sentences
	publisher *party
	actors    map[string]*party // by key
	places    map[string]*party
	parties   []*party // actors and places in the order of the form
	ids       map[kg.ID]bool
	events    map[string]*event // by key
	order     []*event
	ties      []*tie
	spans     map[string]int
}

func newDraft(c Converter, a article.Article, answer *form.Answer) *draft {
	sentences := sentence.Split(a.Text)
	d := &draft{
		Converter: c, article: a, sentences: sentences, text: anchor.New(a.Text), names: check.NewNames(sentences),
		answer: answer, form: &answer.Form, refused: answer.Refused,
		actors: map[string]*party{}, places: map[string]*party{}, ids: map[kg.ID]bool{}, events: map[string]*event{},
		spans: map[string]int{},
	}
	d.document = proposal.Document{
		Type: kg.KindDocument, ID: documentID(a), URL: a.Address,
		Titles: []proposal.Name{{Value: text.Visible(a.Title), Language: a.Language}}, Language: a.Language,
		PublishedAt: a.Published.EDTF, RetrievedAt: a.Retrieved, SHA256: a.SHA256, Text: a.Text,
	}
	return d
}

// documentID returns the id of an article: its day of publication and the beginning of its hash. The same text has the
// same id wherever it was read.
func documentID(a article.Article) kg.ID {
	return kg.ID(fmt.Sprintf("document:%s-%s", lastDay(a.Published), a.SHA256[:12]))
}

// lastDay returns the last day of a time. A moment is of the day that it states in its own zone.
func lastDay(t edtf.Time) string {
	if day, _, isMoment := strings.Cut(t.EDTF, "T"); isMoment && len(day) == len(time.DateOnly) {
		if _, err := time.Parse(time.DateOnly, day); err == nil && !strings.Contains(t.EDTF, "/") {
			return day
		}
	}
	return (t.Latest - 1).Time().Format(time.DateOnly)
}

// stopped returns an error with the code TIMEOUT if the context has ended.
func stopped(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return kg.Errorf(kg.Timeout, "the conversion was stopped: %w", err)
	}
	return nil
}

// refuse refuses an entry of the form.
func (d *draft) refuse(list string, index int, field string, cause form.Cause, found string) {
	d.refused = append(d.refused, d.answer.Entry(list, index, field, cause, found))
}

// leaveOut refuses one field of an entry of the form, which the entry can do without.
func (d *draft) leaveOut(list string, index int, field string, cause form.Cause, found string) {
	refusal := d.answer.Entry(list, index, field, cause, found)
	refusal.LeftOut = true
	d.refused = append(d.refused, refusal)
}

// fault returns the reason of a refusal without values.
func fault(code form.Code) form.Cause { return form.NewCause(code, nil) }

// counted returns the reason of a refusal with one number.
func counted(code form.Code, name string, n int) form.Cause {
	return form.NewCause(code, wording.Values{name: strconv.Itoa(n)})
}

// timeFault returns the reason of a refusal of a time.
func timeFault(err error) form.Cause {
	return form.NewCause(form.InvalidTime, wording.Values{"fault": err.Error()})
}

// extractions returns the run, for each claim.
func (d *draft) extractions() []proposal.Extraction { return []proposal.Extraction{d.Extraction()} }

// reference returns the sentences of the given numbers, which exist, for the review.
func (d *draft) reference(numbers []int) (all []proposal.Sentence) {
	for _, n := range numbers {
		s := d.sentences[n-1]
		all = append(all, proposal.Sentence{Number: n, Range: s.Range, Text: s.Text})
	}
	return all
}

// ownPart is the part of the id that all new events of the article have.
func (d *draft) ownPart() string { return "-" + d.article.SHA256[:8] }

// notFound returns the refusal of words that have no place in the text.
func (d *draft) notFound(list string, i int, field, words string, err *anchor.Error) form.Refusal {
	cause := fault(form.WordsAbsent)
	switch {
	case err.Places >= text.MaxFound:
		cause = counted(form.WordsFrequent, "count", text.MaxFound)
	case err.Places > 0:
		cause = counted(form.WordsAmbiguous, "count", err.Places)
	}
	r := d.answer.Entry(list, i, field, cause, words)
	r.Nearest = err.Nearest
	return r
}
