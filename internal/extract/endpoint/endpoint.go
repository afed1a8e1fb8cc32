// Package endpoint asks a language model through the chat completions of an endpoint that is compatible with OpenAI's:
// llama-server, Ollama, vLLM, LM Studio, or a service.
package endpoint

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"casus/internal/extract/form"
	"casus/internal/extract/prompt"
	"casus/internal/fetch/remote"
	"casus/internal/fetch/secret"
	"casus/internal/kg"
	"casus/internal/loopback"
	"casus/internal/strictjson"
)

// maxBytes bounds a response.
const maxBytes = 16 << 20

// Options of a client.
type Options struct {
	// URL is the endpoint's address, such as http://127.0.0.1:8080, with or without /v1.
	URL string
	// AllowRemote permits another machine.
	AllowRemote bool
	// Key is sent as a bearer token, if there is one.
	Key secret.Secret
	// Model is the model's name at the endpoint.
	Model string
	// Timeout is how long the endpoint may be silent.
	Timeout time.Duration
	// UserAgent names the program.
	UserAgent string
	// Waiting is called before a request is repeated, and Sleep waits; nil waits for real.
	Waiting func(remote.Wait)
	Sleep   func(context.Context, time.Duration) error
}

// Client asks one model at one endpoint. It learns which parameters the endpoint refuses, so it must not be used by
// several goroutines at once.
type Client struct {
	remote  *remote.Client
	o       Options
	path    string
	host    string
	dialect dialect
	retries int
}

// New returns a client. The error has the code BAD_INPUT.
func New(o Options) (*Client, error) {
	u, err := url.Parse(o.URL)
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "%q is not a URL", secret.Redact(o.URL, o.Key))
	}
	if !o.AllowRemote && u.Hostname() != "" && !loopback.Host(u.Hostname()) {
		return nil, kg.Errorf(kg.BadInput, "%s is %w: the article would be sent there", u.Host, remote.ErrAnotherMachine)
	}
	c := &Client{o: o, path: "/v1/chat/completions", host: u.Host}
	if u.Path = strings.TrimSuffix(u.Path, "/"); strings.HasSuffix(u.Path, "/v1") {
		c.path = "/chat/completions"
	}
	c.remote, err = remote.New(u.String(), remote.Options{
		UserAgent: o.UserAgent, SendsSecrets: o.Key != "", LoopbackOnly: !o.AllowRemote, IdleTimeout: o.Timeout,
		Sleep: o.Sleep, Waiting: func(w remote.Wait) {
			if c.retries++; o.Waiting != nil {
				o.Waiting(w)
			}
		},
	})
	return c, err
}

// Host returns the endpoint's host, with its port.
func (c *Client) Host() string { return c.host }

// IsRemote reports whether the endpoint is another machine.
func (c *Client) IsRemote() bool {
	host := (&url.URL{Host: c.host}).Hostname()
	return !loopback.Host(host)
}

// Close closes idle connections.
func (c *Client) Close() { c.remote.Close() }

// Omitted returns the parameters that the endpoint refuses, so that they were left out.
func (c *Client) Omitted() []string { return c.dialect.omitted() }

// Request is a question.
type Request struct {
	Part         form.Part
	System, User string
	Seed         int
	// Temperature is how far chance decides, from 0, which makes the same answer with any seed.
	Temperature float64
	// MaxTokens bounds the answer.
	MaxTokens int
}

// Reply is the answer to a question.
type Reply struct {
	Content string
	// Model and Fingerprint are what the endpoint says of itself; both may be empty.
	Model, Fingerprint string
	// Format is the response format: json_schema, json_object, or text.
	Format string
	// PromptTokens and AnswerTokens are the endpoint's counts, or estimates where it states none.
	PromptTokens, AnswerTokens int
	Seconds                    float64
	Retries                    int
}

// AnswerError reports a response without a usable answer: cut off, or of another form. Asked again, it may be another.
type AnswerError struct{ Reason string }

// Error returns the reason.
func (e *AnswerError) Error() string { return e.Reason }

// Ask asks a question. Parameters that the endpoint refuses are left out, and the strict form is replaced by a looser
// one. The tokens of the reply are set with an AnswerError as well.
func (c *Client) Ask(ctx context.Context, r Request) (reply Reply, err error) {
	c.retries = 0
	start := time.Now()
	for {
		if reply, err = c.send(ctx, r); err == nil || !c.dialect.adapt(err) {
			break
		}
	}
	reply.Seconds = time.Since(start).Round(time.Millisecond).Seconds()
	reply.Retries = c.retries
	reply.Format = string(c.dialect.format())
	return reply, err
}

// send sends a question in the current dialect.
func (c *Client) send(ctx context.Context, r Request) (reply Reply, err error) {
	content, err := json.Marshal(c.dialect.body(c.o.Model, r))
	if err != nil {
		return reply, kg.Errorf(kg.Internal, "encode a question: %w", err)
	}
	request := remote.Request{Path: c.path, JSON: content, MaxBytes: maxBytes}
	if c.o.Key != "" {
		request.Secrets = []secret.Secret{c.o.Key}
		request.Header = map[string]string{"Authorization": "Bearer " + c.o.Key.Reveal()}
	}
	var raw json.RawMessage
	if _, err := c.remote.JSON(ctx, request, &raw); err != nil {
		return reply, err
	}
	// Some endpoints report errors with the status 200.
	var failure struct {
		Error any `json:"error"`
	}
	if err := json.Unmarshal(raw, &failure); err == nil && failure.Error != nil {
		return reply, c.remote.Refused(request, http.StatusOK, failure.Error)
	}
	return readReply(raw, len(r.System)+len(r.User))
}

// response is the part of a response that is read.
type response struct {
	Model       string `json:"model"`
	Fingerprint string `json:"system_fingerprint"`
	Choices     []struct {
		Finish  string `json:"finish_reason"`
		Message struct {
			Content *string `json:"content"`
			Refusal *string `json:"refusal"`
		} `json:"message"`
	} `json:"choices"`
	Usage struct {
		Prompt int `json:"prompt_tokens"`
		Answer int `json:"completion_tokens"`
	} `json:"usage"`
}

// readReply reads a response to a question of some bytes.
func readReply(raw []byte, asked int) (reply Reply, err error) {
	var r response
	if err := json.Unmarshal(raw, &r); err != nil {
		return reply, &AnswerError{"the response is not a chat completion: " + err.Error()}
	}
	reply = Reply{
		Model: r.Model, Fingerprint: r.Fingerprint, PromptTokens: max(r.Usage.Prompt, 0),
		AnswerTokens: max(r.Usage.Answer, 0),
	}
	if reply.PromptTokens == 0 {
		reply.PromptTokens = prompt.Tokens(asked)
	}
	if len(r.Choices) == 0 || r.Choices[0].Message.Content == nil && r.Choices[0].Message.Refusal == nil {
		return reply, &AnswerError{"the response has no message"}
	}
	choice := r.Choices[0]
	if refusal := choice.Message.Refusal; refusal != nil && *refusal != "" {
		return reply, kg.Errorf(kg.Unavailable, "the model refuses to answer: %.200q", *refusal)
	}
	if choice.Message.Content != nil {
		reply.Content = string(form.WithoutThoughts([]byte(*choice.Message.Content)))
	}
	if reply.AnswerTokens == 0 {
		reply.AnswerTokens = prompt.Tokens(len(reply.Content))
	}
	switch choice.Finish {
	case "length":
		return reply, &AnswerError{fmt.Sprintf("the answer was cut off after %d tokens", reply.AnswerTokens)}
	case "content_filter":
		return reply, kg.Errorf(kg.Unavailable, "the endpoint's filter withheld the answer")
	}
	for _, f := range strictjson.Check(raw) {
		if strings.HasPrefix(f.Pointer, "/choices/0/message/content") {
			return reply, &AnswerError{"the answer: " + f.Reason}
		}
	}
	return reply, nil
}
