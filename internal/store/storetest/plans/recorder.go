package plans

import (
	"context"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"casus/internal/store/trace"
)

// recorder records statements, each text once for every function that sends it.
type recorder struct {
	engine Engine
	mu     sync.Mutex
	seen   map[statementKey]bool
	// statements are in the order in which they were first sent.
	statements []statement
	// methods are the methods of the store that sent a statement.
	methods map[string]bool
}

// statementKey identifies a statement. function is the engine's function that sent it.
type statementKey struct{ function, text string }

type statement struct {
	statementKey
	params any
}

func newRecorder(e Engine) *recorder {
	return &recorder{engine: e, seen: map[statementKey]bool{}, methods: map[string]bool{}}
}

// record returns a context with which statements are recorded.
func (r *recorder) record(t *testing.T) context.Context {
	return trace.With(t.Context(), func(text string, params any) {
		function, methods := r.caller()
		key := statementKey{function, text}
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, m := range methods {
			r.methods[m] = true
		}
		if !r.seen[key] {
			r.seen[key] = true
			r.statements = append(r.statements, statement{key, params})
		}
	})
}

// caller returns the function of the engine that sends a statement, and the methods of the store that are running.
func (r *recorder) caller() (function string, methods []string) {
	function = "queue" // where a goroutine has only helpers
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if name, ok := strings.CutPrefix(f.Function, r.engine.Package+"."); ok {
			name = plainName(name)
			if function == "queue" && !slices.Contains(r.engine.Helpers, name) {
				function = name
			}
			if method, ok := strings.CutPrefix(name, "Store."); ok {
				methods = append(methods, method)
			}
		}
		if !more {
			return function, methods
		}
	}
}

var decorations = regexp.MustCompile(`\[\.\.\.\]|[(*)]|(\.func\d+|\.gowrap\d+|\.\d+|-range\d+)+$`)

// plainName returns a function's name without type parameters, pointers and the numbers of closures.
func plainName(name string) string { return decorations.ReplaceAllString(name, "") }
