package mapping

import (
	"errors"
	"slices"
	"strings"

	"casus/loader/values"
)

// Map returns a row's records. An error is a *Fault or joins several, one for each place that has one.
func (m *Mapping) Map(row map[string]any) ([]Record, error) { return m.MapNumbered(row, 0) }

// MapNumbered returns the records of the row with a number in its file, which is rowNumber in expressions. If the error
// is not nil, the records lack the fields that have a fault.
func (m *Mapping) MapNumbered(row map[string]any, number int) ([]Record, error) {
	row, err := m.rules.Apply(row, m.format)
	if err != nil {
		return nil, ruleFault(err)
	}
	scope := make(map[string]any, 3+len(m.let))
	scope["row"], scope[rowNumber], scope[costKey] = row, int64(number), &rowCost{}
	sources, faults := m.setVariables(scope)
	if all := errors.Join(faults...); errors.Is(all, errRowCost) {
		return nil, all
	}
	published, err := m.published.eval(scope)
	if err != nil {
		faults = append(faults, err)
	}
	all := slices.Grow(sources, len(m.records))
	for _, t := range m.records {
		made, err := t.build(scope, published)
		if err != nil {
			if faults = append(faults, err); errors.Is(err, errRowCost) {
				return nil, errors.Join(faults...)
			}
		}
		all = append(all, made...)
	}
	if len(all) > 0 {
		if all[0].Warnings, err = m.warn(scope); err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 {
		return all, m.withoutConsequences(errors.Join(faults...), scope)
	}
	return all, nil
}

// Subjects returns the ids of the events and affiliations that a row's claims are about, even if the row has faults
// elsewhere; nil if one of the ids cannot be made or the mapping has none.
func (m *Mapping) Subjects(row map[string]any) []string {
	row, err := m.rules.Apply(row, m.format)
	if err != nil {
		return nil
	}
	scope := map[string]any{"row": row, rowNumber: int64(0), costKey: &rowCost{}}
	m.setVariables(scope) // those with a fault have no value
	var all []string
	for _, t := range m.records {
		if !makesClaims(t.typ) {
			continue
		}
		name := "id"
		if t.typ == "claim" {
			name = "subject"
		}
		id := fieldValue(t.fields, name)
		if id == nil {
			return nil
		}
		if t.forEach(scope, func(inner map[string]any) error {
			v, err := id.eval(inner)
			s, _ := v.(string)
			all = append(all, s)
			return err
		}) != nil || slices.ContainsFunc(all, func(id string) bool { return id == "" || strings.HasSuffix(id, ":") }) {
			return nil
		}
	}
	return all
}

// warn returns the texts of the warnings that hold for a row.
func (m *Mapping) warn(scope map[string]any) ([]string, error) {
	var texts []string
	for _, w := range m.warnings {
		for _, condition := range w.conditions {
			if holds, err := condition.eval(scope); err != nil {
				return nil, err
			} else if holds == true {
				texts = append(texts, w.text)
			}
		}
	}
	return texts, nil
}

// withoutConsequences returns the faults of a row without those of expressions that use a variable with a fault.
func (m *Mapping) withoutConsequences(err error, scope map[string]any) error {
	var first []error
	for _, f := range flatten(err) {
		at := (*Fault)(nil)
		if !errors.As(f, &at) || !m.columns.usesMissing(at.Place, scope) {
			first = append(first, f)
		}
	}
	return errors.Join(first...)
}

// flatten returns the errors that an error joins, or the error itself.
func flatten(err error) []error {
	several, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range several.Unwrap() {
		all = append(all, flatten(e)...)
	}
	return all
}

// ruleFault returns the Fault of a cell that a rule cannot read.
func ruleFault(err error) error {
	if f := (*values.Fault)(nil); errors.As(err, &f) {
		return &Fault{valuePlace(f.Column), f.Err}
	}
	return err
}
