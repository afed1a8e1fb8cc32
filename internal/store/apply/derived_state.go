package apply

import (
	"reflect"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/disagree"
)

// Layer is the set of views in which a stored value is visible.
type Layer int

// The layers. A value that is the same in both views is stored once.
const (
	Both Layer = iota
	// Resolved is the view in which each identity class is one node.
	Resolved
	// Exact is the view without identity decisions.
	Exact
)

// Views is a record in the two views.
type Views[T any] struct {
	Exact T
	// Resolved replaces Exact in the RESOLVED view; nil if it is the same.
	Resolved *T
	// Hidden reports that the record is absent in the RESOLVED view, where another one stands for its class.
	Hidden bool
}

// ExactOf returns the records of the exact view.
func ExactOf[T any](records []Views[T]) []T {
	all := make([]T, len(records))
	for i, r := range records {
		all[i] = r.Exact
	}
	return all
}

// Each calls f with each version of the record that has to be stored.
func (t Views[T]) Each(f func(Layer, T) error) error {
	switch {
	case t.Hidden:
		return f(Exact, t.Exact)
	case t.Resolved == nil:
		return f(Both, t.Exact)
	}
	if err := f(Exact, t.Exact); err != nil {
		return err
	}
	return f(Resolved, *t.Resolved)
}

// LayersOf returns the values of a record in its two views, each with its layer.
func LayersOf[T any, V comparable](t Views[T], values func(T) []V) map[V]Layer {
	all := map[V]Layer{}
	for _, v := range values(t.Exact) {
		if all[v] = Both; t.Hidden || t.Resolved != nil {
			all[v] = Exact
		}
	}
	if t.Resolved != nil {
		for _, v := range values(*t.Resolved) {
			if _, found := all[v]; found {
				all[v] = Both
			} else {
				all[v] = Resolved
			}
		}
	}
	return all
}

// DerivedState is everything derived about one subject.
type DerivedState struct {
	Subject kg.ID
	// Claims are the claims about the subject itself, in claim order.
	Claims []kg.Claim
	// History is derived from Claims and, in its Resolved, from the claims about the subject's class. Use Lifetimes for
	// the lifetimes of claims.
	History Views[kg.History]
	// Lifetimes are parallel to Claims.
	Lifetimes []ClaimLifetimes
}

// ClaimLifetimes is the lifetime of a claim in the two views.
type ClaimLifetimes struct{ Resolved, Exact kg.ClaimLifetime }

// Equal reports whether the lifetimes are the same in both views.
func (l ClaimLifetimes) Equal() bool {
	return l.Resolved.KnownTo == l.Exact.KnownTo && slices.Equal(l.Resolved.WithdrawnBy, l.Exact.WithdrawnBy)
}

// deriveStates derives the states of subjects, which must contain all members of each class. claims are in claim order.
func deriveStates(
	subjects []kg.ID, claims []kg.Claim, voices kg.VoiceBook, parents disagree.Parents, identities kg.Identities,
) []DerivedState {
	about := map[kg.ID][]kg.Claim{}
	for _, c := range claims {
		about[c.Subject] = append(about[c.Subject], c)
	}
	all := make([]DerivedState, 0, len(subjects))
	resolved := map[kg.ID]kg.ClaimLifetime{} // lifetimes in the RESOLVED view where they may differ
	for _, subject := range subjects {
		a := DerivedState{Subject: subject, Claims: about[subject]}
		a.History.Exact = disagree.Derive(subject, a.Claims, voices, parents)
		a.History.Hidden = identities.Hidden(subject)
		if !a.History.Hidden {
			a.History.Resolved = resolvedHistory(a, about, voices, parents, identities)
		}
		if h := a.History.Resolved; h != nil {
			for _, l := range h.Lifetimes {
				resolved[l.Claim] = l
			}
		}
		all = append(all, a)
	}
	for i := range all {
		a := &all[i]
		for _, l := range a.History.Exact.Lifetimes {
			lifetimes := ClaimLifetimes{Resolved: l, Exact: l}
			if r, found := resolved[l.Claim]; found {
				lifetimes.Resolved = r
			}
			a.Lifetimes = append(a.Lifetimes, lifetimes)
		}
	}
	return all
}

// resolvedHistory returns the history of a subject's class, or nil if it equals the subject's own.
func resolvedHistory(
	a DerivedState, about map[kg.ID][]kg.Claim, voices kg.VoiceBook, parents disagree.Parents, identities kg.Identities,
) *kg.History {
	if !identities.Merged(a.Subject) && !disagree.Affects(identities, a.Claims, voices, parents) {
		return nil
	}
	var claims []kg.Claim
	for _, member := range identities.Members(a.Subject) {
		claims = append(claims, about[member]...)
	}
	h := disagree.DeriveResolved(identities, a.Subject, claims, voices, parents)
	if !identities.Merged(a.Subject) && reflect.DeepEqual(h, a.History.Exact) {
		return nil
	}
	return &h
}
