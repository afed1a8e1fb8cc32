package client

import (
	"bytes"
	"encoding/json"
	"slices"

	"casus/internal/kg"
)

// Response is a GraphQL response.
type Response struct {
	// JSON is the whole response, indented, without a newline at the end.
	JSON []byte
	// HasErrors reports whether the response holds errors. It may hold data too.
	HasErrors bool
	// TimedOut reports whether one of the errors has the code TIMEOUT.
	TimedOut bool
}

// parseResponse returns a response, if content is a JSON object with data or errors.
func parseResponse(content []byte) (r *Response, ok bool) {
	var shape struct {
		Data   json.RawMessage `json:"data"`
		Errors []responseError `json:"errors"`
	}
	if json.Unmarshal(content, &shape) != nil || shape.Data == nil && shape.Errors == nil {
		return nil, false
	}
	var indented bytes.Buffer
	if json.Indent(&indented, content, "", "  ") != nil {
		return nil, false
	}
	return &Response{
		JSON: bytes.TrimSpace(indented.Bytes()), HasErrors: len(shape.Errors) > 0,
		TimedOut: slices.ContainsFunc(shape.Errors, responseError.isTimeout),
	}, true
}

// responseError is an error of a response. A server that is not Casus may send any JSON.
type responseError json.RawMessage

// UnmarshalJSON takes any JSON.
func (e *responseError) UnmarshalJSON(content []byte) error {
	*e = slices.Clone(content)
	return nil
}

func (e responseError) isTimeout() bool {
	var shape struct {
		Extensions struct {
			Code kg.ErrorCode `json:"code"`
		} `json:"extensions"`
	}
	return json.Unmarshal(e, &shape) == nil && shape.Extensions.Code == kg.Timeout
}

// firstMessage returns the message of the first GraphQL error in content, or "" if there is none.
func firstMessage(content []byte) string {
	var shape struct {
		Errors []struct {
			Message string `json:"message"`
		} `json:"errors"`
	}
	if json.Unmarshal(content, &shape) != nil || len(shape.Errors) == 0 {
		return ""
	}
	return shape.Errors[0].Message
}
