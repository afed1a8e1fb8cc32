package client

import (
	"bytes"
	"encoding/json"
)

// Response is a GraphQL response.
type Response struct {
	// JSON is the whole response, indented, without a newline at the end.
	JSON []byte
	// HasErrors reports whether the response holds errors. It may hold data too.
	HasErrors bool
}

// parseResponse returns a response, if content is a JSON object with data or errors.
func parseResponse(content []byte) (r *Response, ok bool) {
	var shape struct {
		Data   json.RawMessage   `json:"data"`
		Errors []json.RawMessage `json:"errors"`
	}
	if json.Unmarshal(content, &shape) != nil || shape.Data == nil && shape.Errors == nil {
		return nil, false
	}
	var indented bytes.Buffer
	if json.Indent(&indented, content, "", "  ") != nil {
		return nil, false
	}
	return &Response{JSON: bytes.TrimSpace(indented.Bytes()), HasErrors: len(shape.Errors) > 0}, true
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
