package playground

import (
	"encoding/json"

	"casus/internal/server/static"
)

// Example is a query offered in the sidebar.
type Example struct {
	Name        string          `json:"name"` // a slug: /playground?example=NAME opens it
	Title       string          `json:"title"`
	Description string          `json:"description"` // one line
	Query       string          `json:"query"`
	Variables   json.RawMessage `json:"variables,omitempty"` // a JSON object, or empty
}

// examplesFile returns the examples as a JSON array.
func examplesFile(examples []Example) (static.File, error) {
	if examples == nil {
		examples = []Example{}
	}
	body, err := json.Marshal(examples)
	if err != nil {
		return static.File{}, err
	}
	return static.NewFile("examples.json", body), nil
}
