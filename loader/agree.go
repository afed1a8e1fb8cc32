package loader

import (
	"context"
	"fmt"
	"reflect"

	"casus/internal/kg"
)

// agreeOnNodes rejects records that give one field of a node another content than an earlier one. Records that add to one
// another agree. It comes before anything is united, so that a record is judged by what itself says. Rows need not agree:
// a data set that says different things of an actor in two rows has two events all the same, and the report tells of the
// disagreement.
func (l *load) agreeOnNodes(context.Context) error {
	if l.mapper != nil {
		return nil
	}
	nodes := map[kg.ID]*item{} // what the records so far come to
	for _, it := range l.live() {
		if !it.hasNode() {
			continue
		}
		first, seen := nodes[it.id]
		if !seen {
			nodes[it.id] = it.copy()
			continue
		}
		before := first.copy()
		if _, found := first.absorb(it); len(found) > 0 {
			nodes[it.id] = before
			if err := l.reject(it, disagrees(before, it, found[0])); err != nil {
				return err
			}
		}
	}
	return nil
}

func disagrees(first, it *item, d kg.FieldConflict) Reject {
	at := first.first()
	r := Reject{Pointer: "/" + d.Field, Other: string(first.text())}
	r.Reason = fmt.Sprintf("%s has two contents: its %s is both %q and %q; see %s:%d", it.id, d.Field, d.Kept, d.Dropped, at.file, at.line)
	if it.typ == "identity" {
		r.Pointer, r.Reason = "", fmt.Sprintf("%s has two contents: the record at %s:%d gives it another", it.id, at.file, at.line)
	}
	return r
}

// agreeOnClaims rejects records that give the claim of one id another content than an earlier one.
func (l *load) agreeOnClaims(context.Context) error {
	claims := make(map[kg.ID]claimed, len(l.items))
	for _, it := range l.live() {
		if fault := contradicted(it, claims); fault != nil {
			if err := l.reject(it, *fault); err != nil {
				return err
			}
			continue
		}
		for i := range it.batch.Claims {
			c := &it.batch.Claims[i]
			if _, seen := claims[c.ID]; !seen {
				claims[c.ID] = claimed{it, c}
			}
		}
	}
	return nil
}

// claimed is a claim and the first record that makes it.
type claimed struct {
	by    *item
	claim *kg.Claim
}

// contradicted says which of a record's claims an earlier record, or the record itself, makes with another content.
func contradicted(it *item, claims map[kg.ID]claimed) *Reject {
	for i := range it.batch.Claims {
		c := &it.batch.Claims[i]
		first, seen := claims[c.ID]
		for j := range it.batch.Claims[:i] {
			if own := &it.batch.Claims[j]; !seen && own.ID == c.ID {
				first, seen = claimed{it, own}, true
			}
		}
		if !seen {
			continue
		}
		if _, same := kg.MergeClaim(*first.claim, *c); !same {
			return &Reject{
				Pointer: pointerTo(it.text(), string(c.ID)), Found: string(c.ID), Other: string(first.by.text()),
				Reason: fmt.Sprintf("the claim has two contents: the record at %s:%d gives it another", first.by.first().file, first.by.first().line),
			}
		}
	}
	return nil
}

// copy is the item with nodes of its own, to unite others with.
func (it *item) copy() *item {
	c := *it
	c.united, c.batch.Claims = false, nil
	c.ownNodes()
	return &c
}

// absorb unites another record of the same node with this one's. same: it says nothing that this does not; found: what
// the two do not agree on.
func (it *item) absorb(other *item) (same bool, found []kg.FieldConflict) {
	mine, theirs := &it.batch, &other.batch
	switch {
	case len(theirs.Actors) > 0:
		return absorb(mine.Actors, theirs.Actors, kg.MergeActor)
	case len(theirs.Locations) > 0:
		return absorb(mine.Locations, theirs.Locations, kg.MergeLocation)
	case len(theirs.Documents) > 0:
		return absorb(mine.Documents, theirs.Documents, kg.MergeDocument)
	case len(theirs.Releases) > 0:
		return absorb(mine.Releases, theirs.Releases, kg.MergeRelease)
	case len(theirs.Affiliations) > 0:
		return absorb(mine.Affiliations, theirs.Affiliations, kg.MergeAffiliation)
	}
	return absorb(mine.Identities, theirs.Identities, oneDecision)
}

// oneDecision unites two contents of one decision's id as stores do; but one load should give it only one.
func oneDecision(a, b kg.IdentityDecision) (kg.IdentityDecision, []kg.FieldConflict) {
	kept, _ := kg.MergeDecision(a, b)
	if reflect.DeepEqual(a, b) {
		return kept, nil
	}
	return kept, []kg.FieldConflict{{ID: a.ID, Field: "content"}}
}

func absorb[T kg.Identified](mine, theirs []T, merge func(a, b T) (T, []kg.FieldConflict)) (same bool, found []kg.FieldConflict) {
	united, found := merge(mine[0], theirs[0])
	same = reflect.DeepEqual(united, mine[0])
	mine[0] = united
	return same, found
}
