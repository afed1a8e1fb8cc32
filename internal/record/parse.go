package record

import (
	"encoding/json"
	"errors"
	"slices"
	"unicode/utf8"

	"casus/internal/kg"
	"casus/internal/strictjson"
	"casus/internal/text"
)

// ParseLine returns the record of a line of JSON, with the type that it states, or what is wrong with the line.
func ParseLine(line []byte) (Raw, *Reject) {
	if !utf8.Valid(line) {
		return Raw{}, &Reject{Reason: "the line is not UTF-8"}
	}
	var head struct {
		Type *string `json:"type"`
	}
	if err := json.Unmarshal(line, &head); err != nil {
		if bad := (*json.UnmarshalTypeError)(nil); errors.As(err, &bad) {
			if bad.Field == "type" {
				return Raw{}, &Reject{Pointer: "/type", Reason: "not a string", Found: bad.Value, Allowed: Types()}
			}
			return Raw{}, &Reject{Reason: "a line holds one JSON object", Found: bad.Value}
		}
		return Raw{}, &Reject{Reason: "invalid JSON: " + err.Error()}
	}
	if lossy := LossyReject(line); lossy != nil {
		return Raw{}, lossy
	}
	switch {
	case head.Type == nil:
		return Raw{}, &Reject{Reason: "the record has no type", Allowed: Types()}
	case slices.Contains(types, *head.Type):
		return Raw{Type: *head.Type, JSON: line}, nil
	}
	return Raw{}, &Reject{
		Pointer: "/type", Reason: "unknown type of record", Found: *head.Type, Allowed: Types(),
		Suggestion: text.Nearest(*head.Type, Types()),
	}
}

// LossyReject returns the Reject of a JSON text that would lose something if it were decoded, or that has a list beyond
// its bound, which would take much memory; else nil.
func LossyReject(text []byte) *Reject {
	if f := strictjson.LongList(text, kg.MaxItems); f != nil {
		return &Reject{Pointer: f.Pointer, Reason: f.Reason}
	}
	var all []*Reject
	for _, f := range strictjson.Check(text) {
		all = append(all, &Reject{Pointer: f.Pointer, Reason: f.Reason, Found: f.Found})
	}
	return JoinRejects(all...)
}
