package replay

import (
	"encoding/json"
	"net/http"
	"sync"

	"casus/internal/extract/cache"
	"casus/internal/extract/prompt"
)

// maxRequestBytes bounds a request.
const maxRequestBytes = 64 << 20

// Server answers chat completions from recordings. It is safe for concurrent use.
type Server struct {
	recordings *recordings

	mu     sync.Mutex
	faults []Fault
}

// New returns a server of the recorded answers in a folder. Each of the faults answers one request, in their order,
// before anything else is answered.
func New(folder string, faults ...Fault) (*Server, error) {
	r, err := open(folder)
	return &Server{recordings: r, faults: faults}, err
}

// nextFault returns the next fault, or "".
func (s *Server) nextFault() (f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.faults) > 0 {
		f, s.faults = s.faults[0], s.faults[1:]
	}
	return f
}

// question is the part of a request that is read.
type question struct {
	Model    string `json:"model"`
	Messages []struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	} `json:"messages"`
}

// ServeHTTP answers POST /v1/chat/completions.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/v1/chat/completions" && r.URL.Path != "/chat/completions" {
		fail(w, http.StatusNotFound, "only /v1/chat/completions is served")
		return
	}
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		fail(w, http.StatusMethodNotAllowed, "only POST is served")
		return
	}
	var q question
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxRequestBytes)).Decode(&q); err != nil {
		fail(w, http.StatusBadRequest, "the request is not JSON: "+err.Error())
		return
	}
	if f := s.nextFault(); f != "" {
		misbehave(w, r, f)
		return
	}
	var system, user string
	for _, m := range q.Messages {
		switch m.Role {
		case "system":
			system = m.Content
		case "user":
			user = m.Content
		}
	}
	e, err := s.recordings.find(q.Model, system, user)
	if err != nil {
		fail(w, http.StatusNotFound, err.Error())
		return
	}
	if e.PromptTokens == 0 {
		e.PromptTokens = prompt.Tokens(len(system) + len(user))
		e.AnswerTokens = prompt.Tokens(len(e.Content))
	}
	respond(w, completionOf(e, "stop"))
}

// completion returns a chat completion.
func completion(model, content, finish string) map[string]any {
	return completionOf(cache.Entry{
		Model: model, Content: content, PromptTokens: 1, AnswerTokens: prompt.Tokens(len(content)),
	}, finish)
}

func completionOf(e cache.Entry, finish string) map[string]any {
	fingerprint := e.Fingerprint
	if fingerprint == "" {
		fingerprint = "replay"
	}
	return map[string]any{
		"id": "replay", "object": "chat.completion", "created": 0, "model": e.Model, "system_fingerprint": fingerprint,
		"choices": []any{map[string]any{
			"index": 0, "finish_reason": finish, "message": map[string]any{"role": "assistant", "content": e.Content},
		}},
		"usage": map[string]any{
			"prompt_tokens": e.PromptTokens, "completion_tokens": e.AnswerTokens,
			"total_tokens": e.PromptTokens + e.AnswerTokens,
		},
	}
}

func respond(w http.ResponseWriter, body any) { write(w, http.StatusOK, body) }

// fail answers an error in the shape of the API.
func fail(w http.ResponseWriter, status int, message string) {
	write(w, status, map[string]any{"error": map[string]any{"message": message, "type": "replay", "code": status}})
}

func write(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client may have closed the connection
}
