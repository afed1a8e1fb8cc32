package interview

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"casus/internal/extract/article"
	"casus/internal/extract/form"
	"casus/internal/extract/prompt"
	"casus/internal/extract/proposal"
	"casus/internal/extract/sentence"
	"casus/internal/extract/wording"
)

// The purposes of questions.
const (
	purposeFirst     = "first"
	purposeUnclaimed = "unclaimed"
	purposeRefused   = "refused"
)

// Interview asks about one article.
type Interview struct {
	Asker *Asker
	// Window is the number of characters of a window.
	Window int
	// Known are the names of known actors that the article may mean.
	Known []string
	// Convert returns the refusals of a whole form.
	Convert func(ctx context.Context, content []byte) ([]form.Refusal, error)
	// Progress is called after every answer. It may be nil.
	Progress func(Progress)

	article   article.Article
	sentences []string
	windows   []prompt.Window
	merged    *merger
	account   proposal.Interview
	done      int
	started   time.Time
}

// Progress is how far an interview is.
type Progress struct {
	// Done are the answered questions, of Total at most.
	Done, Total int
	// Calls are the requests of the asker, and Tokens what they cost.
	Calls, Tokens int
	// Left is how long the rest may take.
	Left time.Duration
}

// Result is a filled-in form.
type Result struct {
	// Form is the form in JSON, and Refused are entries that did not rest on the sentences that were asked about.
	Form    []byte
	Refused []form.Refusal
	Account proposal.Interview
}

// Run asks about an article. If it fails, the answers so far are in the cache.
func (i *Interview) Run(ctx context.Context, a article.Article) (r Result, err error) {
	i.begin(a)
	for at := range i.windows {
		if err := i.askWindow(ctx, at); err != nil {
			return r, err
		}
	}
	content, err := i.merged.form()
	if err != nil {
		return r, err
	}
	refusals, err := i.Convert(ctx, content)
	if err != nil {
		return r, err
	}
	if err := i.mend(ctx, refusals); err != nil {
		return r, err
	}
	i.account.Seed, i.account.Window = i.Asker.Seed, i.Window
	r = Result{Refused: i.merged.refused, Account: i.account}
	r.Form, err = i.merged.form()
	return r, err
}

func (i *Interview) begin(a article.Article) {
	i.article, i.sentences = a, sentence.Texts(sentence.Split(a.Text))
	i.windows, i.merged = prompt.Windows(i.sentences, i.Window), newMerger()
	i.account, i.done, i.started = proposal.Interview{}, 0, time.Now()
}

// askWindow asks for the three parts, and once more about sentences without a claim.
func (i *Interview) askWindow(ctx context.Context, at int) error {
	w := i.windows[at]
	i.merged.begin(at)
	inWindow := func(sentences []int) *form.Cause {
		switch {
		case slices.ContainsFunc(sentences, func(n int) bool { return !w.Has(n) }):
			return cause(form.NotAsked, wording.Values{"first": strconv.Itoa(w.Start + 1), "last": strconv.Itoa(w.End)})
		case !slices.ContainsFunc(sentences, w.IsNew):
			return cause(form.NothingNew, nil)
		}
		return nil
	}
	claimed := map[int]bool{}
	for _, part := range form.Parts() {
		got, err := i.ask(ctx, i.question(part, w), at, purposeFirst)
		if err != nil {
			return err
		}
		if err := i.merged.add(got.Answer, inWindow); err != nil {
			return err
		}
		for _, c := range got.Form.Claims {
			for _, n := range c.Sentences {
				claimed[n] = true
			}
		}
	}
	q := i.question(form.PartClaims, w)
	for n := w.New + 1; n <= w.End; n++ {
		if !claimed[n] {
			q.Unclaimed = append(q.Unclaimed, n)
		}
	}
	if q.Unclaimed == nil || i.merged.Events == nil {
		return nil
	}
	got, err := i.ask(ctx, q, at, purposeUnclaimed)
	if err != nil {
		return err
	}
	return i.merged.add(got.Answer, func(sentences []int) *form.Cause {
		if slices.ContainsFunc(sentences, func(n int) bool { return slices.Contains(q.Unclaimed, n) }) {
			return inWindow(sentences)
		}
		return cause(form.NothingNew, nil)
	})
}

func cause(code form.Code, values wording.Values) *form.Cause {
	made := form.NewCause(code, values)
	return &made
}

// question returns the question for a part of a window, with the keys that its answer may use.
func (i *Interview) question(part form.Part, w prompt.Window) prompt.Question {
	q := prompt.Question{
		Part: part, New: w.New + 1, Article: form.Article{
			Published: i.article.Published.EDTF, Language: i.article.Language, Known: i.Known,
			Sentences: i.sentences[w.Start:w.End], First: w.Start + 1,
		},
	}
	q.Keys.Actors, q.Keys.Places = slices.Clip(i.merged.Actors), slices.Clip(i.merged.Places)
	if part != form.PartParties {
		q.Keys.Events = slices.Clip(i.merged.Events)
	}
	return q
}

// ask asks a question and accounts for it.
func (i *Interview) ask(ctx context.Context, q prompt.Question, window int, purpose string) (answer, error) {
	got, err := i.Asker.ask(ctx, q)
	if err != nil {
		return got, err
	}
	e, acc := got.entry, &i.account
	sum := sha256.Sum256([]byte(e.Content))
	acc.Calls = append(acc.Calls, proposal.Call{
		Part: e.Part, Window: window + 1, Purpose: purpose, QuestionSHA256: e.Key,
		AnswerSHA256: hex.EncodeToString(sum[:]), PromptTokens: e.PromptTokens, AnswerTokens: e.AnswerTokens,
		Seconds: e.Seconds, Retries: e.Retries,
	})
	acc.PromptTokens += e.PromptTokens
	acc.AnswerTokens += e.AnswerTokens
	acc.Seconds += e.Seconds
	acc.Retries += e.Retries
	acc.Hosts, acc.Formats = addText(acc.Hosts, e.Host), addText(acc.Formats, e.Format)
	acc.Models, acc.Fingerprints = addText(acc.Models, e.Model), addText(acc.Fingerprints, e.Fingerprint)
	i.progress()
	return got, nil
}

// addText adds a text to a list that does not have it, unless it is empty.
func addText(all []string, s string) []string {
	if s == "" || slices.Contains(all, s) {
		return all
	}
	return append(all, s)
}

// perWindow is the number of questions about a window that are counted beforehand: three parts, and the sentences
// without a claim.
const perWindow = 4

func (i *Interview) progress() {
	i.done++
	if i.Progress == nil {
		return
	}
	p := Progress{
		Done: i.done, Total: max(i.done, perWindow*len(i.windows)), Calls: i.Asker.Calls, Tokens: i.Asker.Tokens,
	}
	p.Left = time.Since(i.started) / time.Duration(p.Done) * time.Duration(p.Total-p.Done)
	i.Progress(p)
}
