package interview

import (
	"casus/internal/extract/article"
	"casus/internal/extract/form"
	"casus/internal/extract/prompt"
)

// Estimate is what asking about an article may cost, before anything is asked.
type Estimate struct {
	Sentences int `json:"sentences"`
	Windows   int `json:"windows"`
	// Calls are the questions that are always asked, MaxCalls with all that may be asked once more.
	Calls    int `json:"calls"`
	MaxCalls int `json:"maxCalls"`
	// Characters are those of the questions, MaxCharacters with all that may be asked once more; without what they repeat
	// of earlier answers.
	Characters    int `json:"characters"`
	MaxCharacters int `json:"maxCharacters"`
	// PromptTokens and AnswerTokens are estimates for Calls.
	PromptTokens int `json:"promptTokens"`
	AnswerTokens int `json:"answerTokens"`
}

// formFactor is how many times as long as the text the filled-in form is.
const formFactor = 7

// NewEstimate returns the estimate for an article.
func NewEstimate(a article.Article, known []string, window int) (e Estimate, err error) {
	i := Interview{Window: window, Known: known}
	i.begin(a)
	e.Sentences, e.Windows = len(i.sentences), len(i.windows)
	parts := form.Parts()
	for _, w := range i.windows {
		for _, part := range parts {
			q := i.question(part, w)
			characters, err := q.Characters()
			if err != nil {
				return e, err
			}
			user, err := q.User("")
			if err != nil {
				return e, err
			}
			e.Calls++
			e.Characters += characters
			e.PromptTokens += prompt.Tokens(len(q.System()) + len(user))
			// Each may be asked about refused entries, and claims about sentences without one.
			e.MaxCalls, e.MaxCharacters = e.MaxCalls+2, e.MaxCharacters+2*characters
			if part == form.PartClaims {
				e.MaxCalls, e.MaxCharacters = e.MaxCalls+1, e.MaxCharacters+characters
			}
		}
	}
	e.AnswerTokens = formFactor * prompt.Tokens(len(a.Text))
	return e, nil
}

// Add returns the sum of two estimates.
func (e Estimate) Add(o Estimate) Estimate {
	return Estimate{
		e.Sentences + o.Sentences, e.Windows + o.Windows, e.Calls + o.Calls, e.MaxCalls + o.MaxCalls,
		e.Characters + o.Characters, e.MaxCharacters + o.MaxCharacters,
		e.PromptTokens + o.PromptTokens, e.AnswerTokens + o.AnswerTokens,
	}
}
