package codec

import (
	"encoding/json"

	"casus/internal/kg"
)

// EncodeToll returns the text of a toll, which is empty without a number.
func EncodeToll(t kg.Toll) string {
	if t.IsZero() {
		return ""
	}
	text, _ := json.Marshal(t) // whole numbers and texts cannot fail
	return string(text)
}

// Tolls decodes tolls. It caches each by its text, since many events have the same.
type Tolls map[string]kg.Toll

// Decode returns the toll of a text that EncodeToll returned.
func (c Tolls) Decode(text string) (kg.Toll, error) {
	if text == "" {
		return kg.Toll{}, nil
	}
	toll, known := c[text]
	if known {
		return toll, nil
	}
	toll, err := Decode[kg.Toll](text)
	if err == nil {
		c[text] = toll
	}
	return toll, err
}
