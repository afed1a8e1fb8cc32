package intake

import (
	"bytes"
	"context"

	"casus/internal/kg"
	"casus/internal/strictjson"
)

// Action answers one request with a value that is encoded as JSON. The body is JSON. Errors have codes.
type Action = func(ctx context.Context, body []byte) (answer any, err error)

// Actions returns the actions by the end of their path: "" for loading.
func (d *Desk) Actions() map[string]Action {
	return map[string]Action{
		"question": action(d.Question), "convert": action(d.Convert),
		"preview": action(d.Preview), "": action(d.Load),
	}
}

// action returns an action that decodes its request strictly.
func action[Q, A any](do func(context.Context, Q) (A, error)) Action {
	return func(ctx context.Context, body []byte) (any, error) {
		var q Q
		if err := decode(body, &q); err != nil {
			return nil, err
		}
		return do(ctx, q)
	}
}

// decode decodes one JSON object without unknown fields, and without what decoding would lose.
func decode(body []byte, into any) error {
	if faults := strictjson.Check(body); len(faults) > 0 {
		return kg.Errorf(kg.BadInput, "the request: %s (%s)", faults[0].Reason, faults[0].Pointer)
	}
	if err := strictjson.Decode(bytes.NewReader(body), into); err != nil {
		return kg.Errorf(kg.BadInput, "the request is invalid: %w", err)
	}
	return nil
}
