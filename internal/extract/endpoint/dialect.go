package endpoint

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"casus/internal/extract/form"
	"casus/internal/fetch/remote"
)

// format is a response format. The form stands in the instructions as well.
type format string

// The formats, from the strictest.
const (
	formatSchema format = "json_schema"
	formatObject format = "json_object"
	formatText   format = "text"
)

// dialect is what an endpoint was found to accept. The zero value has not met a refusal.
type dialect struct {
	loose   int // steps down from formatSchema
	refused []string
}

// The parameters that endpoints refuse.
const (
	limitParameter    = "max_tokens"
	newLimitParameter = "max_completion_tokens" // its other name
	temperature       = "temperature"
	seed              = "seed"
)

var formats = []format{formatSchema, formatObject, formatText}

func (d *dialect) format() format { return formats[d.loose] }

func (d *dialect) accepts(parameter string) bool { return !slices.Contains(d.refused, parameter) }

// omitted returns the refused parameters that have no other name.
func (d *dialect) omitted() (all []string) {
	for _, p := range d.refused {
		if p != limitParameter {
			all = append(all, p)
		}
	}
	slices.Sort(all)
	return all
}

// message is a message of a chat.
type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// body returns the request's body.
func (d *dialect) body(model string, r Request) map[string]any {
	body := map[string]any{
		"model": model, "messages": []message{{"system", r.System}, {"user", r.User}}, "stream": false,
	}
	if d.accepts(temperature) {
		body[temperature] = r.Temperature
	}
	if d.accepts(seed) {
		body[seed] = r.Seed
	}
	for _, p := range []string{limitParameter, newLimitParameter} {
		if d.accepts(p) && r.MaxTokens > 0 {
			body[p] = r.MaxTokens
			break
		}
	}
	switch d.format() {
	case formatSchema:
		body["response_format"] = map[string]any{"type": string(formatSchema), "json_schema": map[string]any{
			"name": "casus_" + string(r.Part), "strict": true, "schema": json.RawMessage(form.Schema(r.Part)),
		}}
	case formatObject:
		body["response_format"] = map[string]any{"type": string(formatObject)}
	}
	return body
}

// adapt changes the dialect after an error that says that the request is not understood, and reports whether it did.
func (d *dialect) adapt(err error) bool {
	status := (*remote.StatusError)(nil)
	if !errors.As(err, &status) {
		return false
	}
	if s := status.Status; s != http.StatusBadRequest && s != http.StatusUnprocessableEntity {
		return false
	}
	// A refusal of max_tokens may name max_completion_tokens as well.
	for _, p := range []string{limitParameter, newLimitParameter, temperature, seed} {
		if d.accepts(p) && strings.Contains(status.Reason, p) {
			d.refused = append(d.refused, p)
			return true
		}
	}
	if d.loose == len(formats)-1 {
		return false
	}
	d.loose++
	return true
}
