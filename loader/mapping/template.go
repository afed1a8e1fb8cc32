package mapping

import (
	"errors"
	"fmt"
	"strings"
)

// template makes records of one type: one, or with "each" one per element of a list, if the condition holds.
type template struct {
	typ, place string
	each, when value
	as         string
	fields     value
}

// build returns a template's records.
func (t template) build(scope map[string]any, published any) ([]Record, error) {
	var all []Record
	err := t.forEach(scope, func(inner map[string]any) error {
		made, fault := t.fields.eval(inner)
		record, ok := made.(map[string]any)
		if !ok {
			return fault // no field has a value
		}
		// An id without its last part would be the same for all such rows.
		if id, ok := record["id"].(string); ok && strings.HasSuffix(id, ":") {
			return errors.Join(fault, &Fault{t.place + ".id", fmt.Errorf("the id %q lacks its last part", id)})
		}
		record["type"] = t.typ
		if makesClaims(t.typ) && record["document"] == nil {
			setDefault(record, "assertedAt", published)
		}
		all = append(all, Record{Type: t.typ, Fields: record, Place: t.place})
		return fault
	})
	return all, err
}

// forEach calls f for each scope in which the template applies: with "each", one per element of the list, else scope
// itself; and only if the condition holds.
func (t template) forEach(scope map[string]any, f func(map[string]any) error) error {
	scopes := []map[string]any{scope}
	if t.each != nil {
		items, err := elements(t.each, scope)
		if err != nil {
			return err
		}
		scopes = nil
		for _, item := range items {
			scopes = append(scopes, withVariable(scope, t.as, item))
		}
	}
	var faults []error
	for _, inner := range scopes {
		if t.when != nil {
			if holds, err := t.when.eval(inner); err != nil {
				faults = append(faults, err)
				continue
			} else if holds != true {
				continue
			}
		}
		if err := f(inner); err != nil {
			if faults = append(faults, err); len(faults) > maxElementFaults {
				break
			}
		}
	}
	return errors.Join(faults...)
}

// iteration is an object with "each", which evaluates to a list with one object per element, or with "when".
type iteration struct {
	template
	place string
}

func (r iteration) eval(scope map[string]any) (any, error) {
	var all []any
	err := r.forEach(scope, func(inner map[string]any) error {
		v, err := r.fields.eval(inner)
		if v != nil {
			all = append(all, v)
		}
		return err
	})
	switch {
	case len(all) == 0:
		return nil, err
	case r.each == nil: // an object with a condition alone
		return all[0], err
	}
	return all, err
}

// maxElementFaults is the number of faulty elements of a list after which further faults are not looked for.
const maxElementFaults = 100

// makesClaims reports whether records of a type make claims, which need a date and a source.
func makesClaims(typ string) bool { return typ == "event" || typ == "affiliation" || typ == "claim" }

// setDefault sets a field that the record lacks, unless v is nil.
func setDefault(record map[string]any, field string, v any) {
	if _, own := record[field]; !own && v != nil {
		record[field] = v
	}
}

func withVariable(scope map[string]any, name string, value any) map[string]any {
	inner := make(map[string]any, len(scope)+1)
	for k, v := range scope {
		inner[k] = v
	}
	inner[name] = value
	return inner
}
