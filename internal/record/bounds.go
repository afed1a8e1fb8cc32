package record

import (
	"strings"

	"casus/internal/kg"
)

// InvalidReject returns the Reject of a node or claim that breaks rules of the domain, or nil.
func InvalidReject(err error) *Reject {
	if err == nil {
		return nil
	}
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Reject
		for _, e := range several.Unwrap() {
			all = append(all, InvalidReject(e))
		}
		return JoinRejects(all...)
	}
	return BoundReject(err)
}

// BoundReject returns the Reject of a value that exceeds a bound, or nil. It shows only the beginning of a long text.
func BoundReject(err error) *Reject {
	if err == nil {
		return nil
	}
	r := &Reject{Reason: err.Error()}
	if bound := kg.BoundOf(err); bound != nil {
		r.Found, r.Pointer = Shorten(kg.CutText(bound.Value, ShownBytes), 60), pointerOf(bound.Field)
	}
	return r
}

// pointerOf returns the JSON pointer of a field of the domain in a record of the format; "" for the record.
func pointerOf(field string) string {
	field, _, _ = strings.Cut(field, ".")
	switch {
	case strings.Contains(field, " "):
		return ""
	case field == "places":
		field = "locations"
	case field == "wholes":
		field = "partOf"
	case field == "parents":
		field = "within"
	}
	return "/" + field
}
