package model

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/merge"
)

// FieldStatement is a value of a field of a node, with the sources that state it.
type FieldStatement struct {
	Field, Value      string
	Sources           []StatementSource
	Chosen, Undecided bool
}

// StatementSource is a source, and the view in which its document is read.
type StatementSource struct {
	kg.Source
	View kg.View
}

// Dataset returns the name of the source's data set, or nil.
func (s StatementSource) Dataset() *string {
	name := s.Source.Dataset()
	if name == "" {
		return nil
	}
	return &name
}

// NewFieldStatements returns the statements of a node that was read in a view.
func NewFieldStatements[T kg.Identified](rules *merge.Kind[T], n T, v kg.View) []FieldStatement {
	undecided := rules.Provenance(n).Undecided
	var all []FieldStatement
	for _, value := range rules.Values(n) {
		s := FieldStatement{
			Field: value.Field, Value: value.Value, Chosen: rules.Has(n, value),
			Undecided: slices.Contains(undecided, value.Field),
		}
		for _, source := range value.Sources {
			s.Sources = append(s.Sources, StatementSource{source, v})
		}
		all = append(all, s)
	}
	return all
}
