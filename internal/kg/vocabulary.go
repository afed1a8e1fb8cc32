package kg

import "slices"

// Vocabulary is a closed list of terms in a fixed order, the order of the API's schema. It cannot be changed.
type Vocabulary[T ~string] struct{ terms []T }

// NewVocabulary returns the vocabulary of the terms in their order.
func NewVocabulary[T ~string](terms ...T) Vocabulary[T] { return Vocabulary[T]{slices.Clone(terms)} }

// Values returns the terms in their order, in a new slice.
func (v Vocabulary[T]) Values() []T { return slices.Clone(v.terms) }

// Has reports whether term is in the vocabulary.
func (v Vocabulary[T]) Has(term T) bool { return v.Index(term) >= 0 }

// Index returns the position of term, from 0; -1 if it is not in the vocabulary.
func (v Vocabulary[T]) Index(term T) int { return slices.Index(v.terms, term) }
