package loader

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"casus/internal/kg"
)

// agreeOnNodes rejects records that give one field of a node another content than an earlier one. Records that add to one
// another agree. It comes before anything is united, so that a record is judged by what itself says.
func (l *load) agreeOnNodes(context.Context) error {
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
		if _, fault := first.absorb(it); fault != nil {
			if err := l.reject(it, *fault); err != nil {
				return err
			}
		}
	}
	return nil
}

// agreeOnClaims rejects records that give the claim of one id another content than an earlier one.
func (l *load) agreeOnClaims(context.Context) error {
	claims := map[kg.ID]claimed{}
	for _, it := range l.live() {
		if fault := contradicted(it, claims); fault != nil {
			if err := l.reject(it, *fault); err != nil {
				return err
			}
			continue
		}
		for _, c := range it.batch.Claims {
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
	claim kg.Claim
}

// contradicted says which of a record's claims an earlier record, or the record itself, makes with another content.
func contradicted(it *item, claims map[kg.ID]claimed) *Reject {
	own := map[kg.ID]claimed{}
	for _, c := range it.batch.Claims {
		first, seen := claims[c.ID]
		if !seen {
			first, seen = own[c.ID]
		}
		if !seen {
			own[c.ID] = claimed{it, c}
			continue
		}
		if first.claim.Digest() != c.Digest() {
			return &Reject{
				Pointer: pointerTo(it.json, string(c.ID)), Found: string(c.ID), Other: string(first.by.json),
				Reason: fmt.Sprintf("the claim has two contents: the record at %s:%d gives it another", first.by.file, first.by.line),
			}
		}
	}
	return nil
}

// copy is the item with nodes of its own, to unite others with.
func (it *item) copy() *item {
	c, b := *it, it.batch
	c.batch = kg.Batch{
		Actors: slices.Clone(b.Actors), Locations: slices.Clone(b.Locations), Documents: slices.Clone(b.Documents),
		Releases: slices.Clone(b.Releases), Affiliations: slices.Clone(b.Affiliations), Identities: slices.Clone(b.Identities),
	}
	return &c
}

// absorb unites another record of the same node with this one's; same: it says nothing that this does not.
func (it *item) absorb(other *item) (same bool, fault *Reject) {
	mine, theirs := &it.batch, &other.batch
	var found []kg.Disagreement
	switch {
	case len(theirs.Actors) > 0:
		same, found = absorb(mine.Actors, theirs.Actors, kg.MergeActor)
	case len(theirs.Locations) > 0:
		same, found = absorb(mine.Locations, theirs.Locations, kg.MergeLocation)
	case len(theirs.Documents) > 0:
		same, found = absorb(mine.Documents, theirs.Documents, kg.MergeDocument)
	case len(theirs.Releases) > 0:
		same, found = absorb(mine.Releases, theirs.Releases, kg.MergeRelease)
	case len(theirs.Affiliations) > 0:
		same, found = absorb(mine.Affiliations, theirs.Affiliations, kg.MergeAffiliation)
	case len(theirs.Identities) > 0:
		same = reflect.DeepEqual(mine.Identities, theirs.Identities)
		if !same {
			return false, &Reject{Other: string(it.json), Reason: fmt.Sprintf("%s has two contents: the record at %s:%d gives it another", it.id, it.file, it.line)}
		}
	}
	if len(found) > 0 {
		d := found[0]
		return false, &Reject{
			Pointer: "/" + d.Field, Other: string(it.json),
			Reason: fmt.Sprintf("%s has two contents: its %s is both %q and %q; see %s:%d", it.id, d.Field, d.Kept, d.Dropped, it.file, it.line),
		}
	}
	return same, nil
}

func absorb[T kg.Identified](mine, theirs []T, merge func(a, b T) (T, []kg.Disagreement)) (same bool, found []kg.Disagreement) {
	united, found := merge(mine[0], theirs[0])
	if len(found) > 0 {
		return false, found
	}
	same = reflect.DeepEqual(united, mine[0])
	mine[0] = united
	return same, nil
}
