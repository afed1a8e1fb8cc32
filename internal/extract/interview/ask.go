// Package interview asks a model about an article, part by part and window by window, and puts its answers together
// into one form.
package interview

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"

	"casus/internal/extract/cache"
	"casus/internal/extract/endpoint"
	"casus/internal/extract/form"
	"casus/internal/extract/prompt"
	"casus/internal/kg"
)

// maxAnswers is the number of times that a question is asked if its answers are cut off or not a form. (A request that
// fails is repeated by the client.)
const maxAnswers = 3

// retryTemperature is the temperature of a question that is asked again.
const retryTemperature = 0.5

// ErrTokens is the error of a question that would exceed the bound of tokens.
var ErrTokens = errors.New("the next question would exceed the bound of tokens")

// ErrNoAnswer is the error of a question to which the model gave no valid answer.
var ErrNoAnswer = errors.New("the model gave no valid answer")

// Asker asks questions of one model and caches the answers.
type Asker struct {
	Client *endpoint.Client
	Cache  cache.Folder
	Model  string
	Seed   int
	// MaxTokens bounds the tokens of all questions and answers together. 0 is no bound.
	MaxTokens int
	// Calling is called before a request with its number of characters. It may be nil.
	Calling func(characters int)

	// Calls are the questions that were put to the endpoint, and Tokens what they cost.
	Calls, Tokens int
}

// answer is a valid answer.
type answer struct {
	*form.Answer
	entry cache.Entry
}

// ask returns the answer to a question, from the cache if it was asked before.
func (a *Asker) ask(ctx context.Context, q prompt.Question) (got answer, err error) {
	system := q.System()
	user, err := q.User(rand.Text())
	if err != nil {
		return got, err
	}
	key := prompt.Key(a.Model, system, user)
	entry, found, err := a.Cache.Get(key)
	if err != nil {
		return got, err
	}
	if found {
		if parsed, err := form.Parse([]byte(entry.Content), q.Part); err == nil {
			return answer{parsed, entry}, nil
		}
	}
	request := endpoint.Request{Part: q.Part, System: system, User: user, Seed: a.Seed}
	got, err = a.askModel(ctx, request, key)
	if err != nil {
		return got, err
	}
	return got, a.Cache.Put(got.entry)
}

// askModel asks until an answer is a form. One with entries that do not match the form is asked for once more, and the
// better of the two is taken: the other entries of it are of use.
func (a *Asker) askModel(ctx context.Context, r endpoint.Request, key string) (best answer, err error) {
	cost := cache.Entry{Key: key, Part: string(r.Part), Host: a.Client.Host()}
	for n := 1; ; n++ {
		if err := a.reserve(&r); err != nil {
			return best, err
		}
		if a.Calling != nil {
			a.Calling(len([]rune(r.System + r.User)))
		}
		a.Calls++
		reply, err := a.Client.Ask(ctx, r)
		a.Tokens += reply.PromptTokens + reply.AnswerTokens
		add(&cost, reply)
		var parsed *form.Answer
		if err == nil {
			parsed, err = form.Parse([]byte(reply.Content), r.Part)
		} else if broken := (*endpoint.AnswerError)(nil); !errors.As(err, &broken) {
			return best, err
		}
		if err == nil && (best.Answer == nil || isBetter(parsed, best.Answer)) {
			best = answer{parsed, cost}
			best.entry.Content = reply.Content
		}
		if best.Answer != nil && (len(best.Refused) == 0 || n > 1) {
			content := best.entry.Content
			best.entry = cost
			best.entry.Content = content
			return best, nil
		}
		if n == maxAnswers {
			return best, kg.Errorf(kg.Unavailable, "%w about %s in %d tries: %w", ErrNoAnswer, r.Part, n, err)
		}
		cost.Retries++
		// At temperature 0, or with the same seed, the answer would be the same.
		r.Seed, r.Temperature = r.Seed+1, retryTemperature
	}
}

// isBetter reports whether an answer has more entries of use than another one, or as many and fewer refused ones. An
// answer without any entry has no refused one either.
func isBetter(a, b *form.Answer) bool {
	count := func(a *form.Answer) (n int) {
		for _, entries := range a.Entries {
			n += len(entries)
		}
		return n
	}
	return cmp.Or(cmp.Compare(count(a), count(b)), cmp.Compare(len(b.Refused), len(a.Refused))) > 0
}

// add adds what a reply cost to an entry, and what the endpoint says of itself.
func add(e *cache.Entry, r endpoint.Reply) {
	e.Model, e.Fingerprint, e.Format = r.Model, r.Fingerprint, r.Format
	e.PromptTokens += r.PromptTokens
	e.AnswerTokens += r.AnswerTokens
	e.Seconds += r.Seconds
	e.Retries += r.Retries
}

// The bound of an answer is a multiple of the text, since the form is about seven times as long, and a fixed part.
const (
	answerFactor = 16
	answerTokens = 8000
)

// reserve bounds the answer to a request by the remaining tokens, or returns an error if too few are left for the
// question itself.
func (a *Asker) reserve(r *endpoint.Request) error {
	r.MaxTokens = answerTokens + answerFactor*prompt.Tokens(len(r.User))
	if a.MaxTokens == 0 {
		return nil
	}
	left := a.MaxTokens - a.Tokens - prompt.Tokens(len(r.System)+len(r.User))
	if left <= 0 {
		return kg.Errorf(kg.LimitExceeded, "%w of %d: %d are used up", ErrTokens, a.MaxTokens, a.Tokens)
	}
	r.MaxTokens = min(r.MaxTokens, left)
	return nil
}
