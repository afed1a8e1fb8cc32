package record

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"

	"casus/internal/strictjson"
)

// Decode checks a record by itself and makes its node. Claims are only drafted, because they depend on other records.
// The record is filled as far as possible, even if it is rejected. Fields that a mapping made are decoded directly; if
// they may be invalid, the record's JSON is validated against the schema, which reports faults best.
func Decode(raw Raw) (Record, *Reject) {
	if raw.Fields != nil {
		if rec, fault, sure := decodeFields(raw); sure && fault == nil {
			return rec, nil
		}
	}
	return DecodeBySchema(raw)
}

// DecodeBySchema does the same as Decode, and always validates the record's JSON against the schema.
func DecodeBySchema(raw Raw) (Record, *Reject) {
	rec := Record{Type: raw.Type, JSON: raw.Text()}
	broken := CheckSchema(rec.Type, rec.JSON)
	domain, _ := rec.normalize(func(dst any) error { return decodeJSON(rec.JSON, dst) })
	if broken == nil && domain == nil {
		return rec, nil
	}
	for i := range rec.Drafts {
		domain = JoinRejects(domain, rec.Drafts[i].check().Except(domain))
	}
	if rec.Content != nil {
		domain = JoinRejects(domain, rec.Content.check().Except(domain))
	}
	if broken == nil {
		return rec, domain
	}
	// The faults that the schema does not detect have a pointer.
	return rec, JoinRejects(broken, domain.NotBelow(broken))
}

// CheckFields validates a record that was decoded without the schema. text returns its JSON.
func (rec *Record) CheckFields(text func() []byte) *Reject {
	if rec.JSON != nil {
		return nil
	}
	return CheckSchema(rec.Type, text())
}

// decodeFields decodes the fields that a mapping made. sure is false if the schema has to decide, and for rare types of
// records.
func decodeFields(raw Raw) (rec Record, fault *Reject, sure bool) {
	rec.Type = raw.Type
	switch raw.Type {
	case "identity", "release", "affiliation", "review", "correction":
		return rec, nil, false
	}
	fault, sure = rec.normalize(func(dst any) error {
		if !fill(dst, raw.Fields) {
			return errUnsure
		}
		return nil
	})
	return rec, fault, sure
}

var errUnsure = errors.New("the schema decides")

// decodeJSON decodes a record in which whole numbers may be written as 3.0.
func decodeJSON(text []byte, dst any) error {
	err := json.Unmarshal(text, dst)
	if bad := (*json.UnmarshalTypeError)(nil); errors.As(err, &bad) && strings.HasPrefix(bad.Value, "number") {
		reflect.ValueOf(dst).Elem().SetZero()
		err = json.Unmarshal(strictjson.RewriteWholeNumbers(text), dst)
	}
	return err
}

// normalize decodes the record with decode, and makes its node and the drafts of its claims.
func (rec *Record) normalize(decode func(any) error) (fault *Reject, sure bool) {
	switch rec.Type {
	case "actor":
		return decodeAs(decode, rec.setActor)
	case "location":
		return decodeAs(decode, rec.setLocation)
	case "document":
		return decodeAs(decode, rec.setDocument)
	case "release":
		return decodeAs(decode, rec.setRelease)
	case "identity":
		return decodeAs(decode, rec.setIdentity)
	case "event":
		return decodeAs(decode, rec.setEvent)
	case "affiliation":
		return decodeAs(decode, rec.setAffiliation)
	case "review":
		return decodeAs(decode, rec.setReview)
	case "correction":
		return decodeAs(decode, rec.setCorrection)
	}
	return decodeAs(decode, rec.setClaim)
}

// decodeAs decodes a record of a type and calls set with it.
func decodeAs[T any](decode func(any) error, set func(T) *Reject) (found *Reject, sure bool) {
	var r T
	switch err := decode(&r); {
	case errors.Is(err, errUnsure):
		return nil, false
	case err != nil:
		return JoinRejects(undecodable(err), set(r)), true
	}
	return set(r), true
}

// undecodable returns the Reject of a record that cannot be decoded. It has a pointer if the schema may allow the
// value.
func undecodable(err error) *Reject {
	bad := (*json.UnmarshalTypeError)(nil)
	if !errors.As(err, &bad) {
		return &Reject{Reason: "cannot decode the record: " + err.Error()}
	}
	number, ok := strings.CutPrefix(bad.Value, "number ")
	if !ok {
		return &Reject{Reason: "unexpected " + bad.Value + " in " + bad.Field}
	}
	r := &Reject{Reason: "too large a number", Found: number}
	if f, err := strconv.ParseFloat(number, 64); err == nil && f != math.Trunc(f) {
		r.Reason = "not a whole number"
	}
	if bad.Field != "" {
		r.Pointer = "/" + strings.ReplaceAll(bad.Field, ".", "/")
	}
	return r
}
