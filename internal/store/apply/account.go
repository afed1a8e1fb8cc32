package apply

import (
	"reflect"
	"slices"

	"casus/internal/kg"
)

// Layer says in which readings something that is stored is seen.
type Layer int

// The layers. What both readings have alike is stored once.
const (
	Both Layer = iota
	// Resolved: where nodes that are one are read as one.
	Resolved
	// Exact: where nodes are read apart.
	Exact
)

// Views is a record as it is read in either way.
type Views[T any] struct {
	Exact T
	// Resolved is another record in its place where classes are read; nil where that is the same.
	Resolved *T
	// Hidden: it is not there where classes are read; another one stands for its class.
	Hidden bool
}

// Each calls see with each reading of the record that has to be stored.
func (t Views[T]) Each(see func(Layer, T) error) error {
	switch {
	case t.Hidden:
		return see(Exact, t.Exact)
	case t.Resolved == nil:
		return see(Both, t.Exact)
	}
	if err := see(Exact, t.Exact); err != nil {
		return err
	}
	return see(Resolved, *t.Resolved)
}

// LayersOf gives the values of a record's readings, each with where it is there.
func LayersOf[T any, V comparable](t Views[T], values func(T) []V) map[V]Layer {
	all := map[V]Layer{}
	for _, v := range values(t.Exact) {
		if all[v] = Both; t.Hidden || t.Resolved != nil {
			all[v] = Exact
		}
	}
	if t.Resolved != nil {
		for _, v := range values(*t.Resolved) {
			if _, there := all[v]; there {
				all[v] = Both
			} else {
				all[v] = Resolved
			}
		}
	}
	return all
}

// DerivedState is all that follows about one subject.
type DerivedState struct {
	Subject kg.ID
	// Claims are the subject's own, in claim order.
	Claims []kg.Claim
	// History follows from them and, in its Resolved, from those about the subject's class. Lives are not told here.
	History Views[kg.History]
	// Lifetimes are what became of Claims, in their order.
	Lifetimes []ClaimLifetimes
}

// ClaimLifetimes is what became of a claim where classes are read, and where nodes are read apart.
type ClaimLifetimes struct{ Resolved, Exact kg.ClaimLifetime }

// Equal says whether it is the same.
func (l ClaimLifetimes) Equal() bool {
	return l.Resolved.KnownTo == l.Exact.KnownTo && slices.Equal(l.Resolved.WithdrawnBy, l.Exact.WithdrawnBy)
}

// accounts derives what follows about subjects, which are whole classes. claims are in claim order.
func accounts(subjects []kg.ID, claims []kg.Claim, voices kg.VoiceBook, one kg.Identities) []DerivedState {
	about := map[kg.ID][]kg.Claim{}
	for _, c := range claims {
		about[c.Subject] = append(about[c.Subject], c)
	}
	all := make([]DerivedState, 0, len(subjects))
	lives := map[kg.ID]kg.ClaimLifetime{} // where classes are read, if they are others
	for _, subject := range subjects {
		a := DerivedState{Subject: subject, Claims: about[subject]}
		a.History.Exact = kg.Derive(subject, a.Claims, voices)
		a.History.Hidden = one.Hidden(subject)
		if !a.History.Hidden {
			a.History.Resolved = resolved(a, about, voices, one)
		}
		if h := a.History.Resolved; h != nil {
			for _, l := range h.Lifetimes {
				lives[l.Claim] = l
			}
		}
		all = append(all, a)
	}
	for i := range all {
		a := &all[i]
		for _, l := range a.History.Exact.Lifetimes {
			other, is := lives[l.Claim]
			if !is {
				other = l
			}
			a.Lifetimes = append(a.Lifetimes, ClaimLifetimes{Resolved: other, Exact: l})
		}
	}
	return all
}

// resolved is what follows about a subject's class, where that is not the same.
func resolved(a DerivedState, about map[kg.ID][]kg.Claim, voices kg.VoiceBook, one kg.Identities) *kg.History {
	if !one.Affects(a.Claims, voices) {
		return nil
	}
	var claims []kg.Claim
	for _, member := range one.Members(a.Subject) {
		claims = append(claims, about[member]...)
	}
	h := one.DeriveResolved(a.Subject, claims, voices)
	if !one.Merged(a.Subject) && reflect.DeepEqual(h, a.History.Exact) {
		return nil
	}
	return &h
}
