package graph

import (
	"context"
	"encoding/json"
	"math"
	"sync"

	"casus/internal/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/ast"
)

// answers are what operations were answered with since the store last changed, the least recently asked for let go first. Whatever
// process writes, the store's revision tells; nothing in an answer depends on the clock.
type answers struct {
	log  store.ChangeLog
	most int

	mu sync.Mutex
	// revision is the last one seen. Since a store's only grow, what was answered after it was seen, and is asked for again while it
	// is still the store's, is what would be answered now. So only who finds an answer has to look.
	revision int64
	seen     bool
	bytes    int
	of       *simplelru.LRU[string, json.RawMessage]
}

// longestQuestion is the length in bytes above which an operation with its variables is not remembered.
const longestQuestion = 32 << 10

// newAnswers keeps at most so many bytes of questions and answers; 0 keeps none.
func newAnswers(log store.ChangeLog, most int) *answers {
	a := &answers{log: log, most: most}
	a.of, _ = simplelru.NewLRU(math.MaxInt, func(question string, data json.RawMessage) { a.bytes -= len(question) + len(data) }) // only a size below 1 is an error
	return a
}

// respond answers an operation, with what it was answered before where nothing has changed since.
func (a *answers) respond(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	question := questionOf(graphql.GetOperationContext(ctx))
	if a.most == 0 || question == "" {
		return next(ctx)
	}
	data, at, seen := a.find(question)
	if data != nil || !seen {
		now, err := a.log.Revision(ctx)
		switch {
		case err != nil:
			return next(ctx) // which will meet the error itself
		case data != nil && now == at:
			return &graphql.Response{Data: data}
		}
		a.see(now)
		at = now
	}
	response := next(ctx)
	if response != nil && len(response.Errors) == 0 && len(response.Extensions) == 0 && ctx.Err() == nil {
		a.keep(at, question, response.Data)
	}
	return response
}

// questionOf is all that an answer depends on beside the store; "" where it is too long to be remembered.
func questionOf(op *graphql.OperationContext) string {
	if op.Operation == nil || op.Operation.Operation != ast.Query || len(op.RawQuery) > longestQuestion {
		return ""
	}
	variables, err := json.Marshal(op.Variables)
	if err != nil || len(op.RawQuery)+len(variables) > longestQuestion {
		return ""
	}
	return op.RawQuery + "\x00" + op.OperationName + "\x00" + string(variables)
}

func (a *answers) find(question string) (data json.RawMessage, at int64, seen bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	data, _ = a.of.Get(question)
	return data, a.revision, a.seen
}

// see lets all answers go that are of another revision.
func (a *answers) see(now int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.revision != now || !a.seen {
		a.of.Purge()
		a.revision, a.seen = now, true
	}
}

func (a *answers) keep(revision int64, question string, data json.RawMessage) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.revision != revision || len(data) > a.most/16 || a.of.Contains(question) { // one answer does not drive out many
		return
	}
	a.of.Add(question, data)
	for a.bytes += len(question) + len(data); a.bytes > a.most; {
		a.of.RemoveOldest()
	}
}
