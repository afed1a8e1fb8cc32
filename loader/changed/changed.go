// Package changed finds the documents that an input changes: about which it states something other than the store,
// without naming the stored claims in supersedes. It is pure: claims in, changes out.
package changed

import (
	"slices"
	"strings"

	"casus/internal/kg"
)

// Group is what versions of one statement have in common: the document that they are in, and who says there what about
// which subject.
type Group struct {
	Document, Subject kg.ID
	Aspect            kg.Aspect
	Stance            kg.Stance
	// Claimants are the ids of the claimants, sorted, one a line.
	Claimants string
}

// GroupOf returns the group of a claim. ok is false for a claim that cannot change a document: a row of a release,
// which the rules of releases compare, and a claim without a document.
func GroupOf(c kg.Claim) (g Group, ok bool) {
	if c.Release != "" || c.Document == "" {
		return Group{}, false
	}
	g = Group{Document: c.Document, Subject: c.Subject, Aspect: c.Aspect, Stance: c.Stance}
	switch len(c.Claimants) {
	case 0:
	case 1:
		g.Claimants = string(c.Claimants[0])
	default:
		ids := make([]string, len(c.Claimants))
		for i, id := range c.Claimants {
			ids[i] = string(id)
		}
		slices.Sort(ids)
		g.Claimants = strings.Join(slices.Compact(ids), "\n")
	}
	return g, true
}

// Change is a claim of the input that the store lacks, and the claims of its group that the input would have to name in
// supersedes: the store has them, and the input does not. A stored claim with the id of New and other content is one.
type Change struct {
	New     kg.Claim
	Missing []kg.Claim
}

// Stored has all stored claims about the subjects of an input's claims, as they were loaded.
type Stored struct {
	Claims []kg.Claim
	// Forgotten are those of Claims that a correction forgets. An input may lack them.
	Forgotten map[kg.ID]bool
}

// Find returns a Change for each of the given claims that changes its document, in their order. named reports whether a
// claim of the whole input, of which given may be a part, has an id or names it in supersedes. An input that only adds
// claims, or only omits some, changes nothing.
//
// The claims that a named claim supersedes count as named. So an input with the third version of a statement need not
// name the first, which the second one superseded.
func Find(given []kg.Claim, stored Stored, named func(kg.ID) bool) []Change {
	known := make(map[kg.ID]*kg.Claim, len(stored.Claims))
	groups := map[Group][]*kg.Claim{}
	superseded := stored.superseded(named)
	for i := range stored.Claims {
		c := &stored.Claims[i]
		known[c.ID] = c
		if g, ok := GroupOf(*c); ok && !named(c.ID) && !superseded[c.ID] && !stored.Forgotten[c.ID] {
			groups[g] = append(groups[g], c)
		}
	}
	var changes []Change
	for _, c := range given {
		g, ok := GroupOf(c)
		old := known[c.ID]
		if !ok || old != nil && same(*old, c) {
			continue
		}
		change := Change{New: c}
		if old != nil {
			change.Missing = append(change.Missing, *old)
		}
		for _, s := range groups[g] {
			change.Missing = append(change.Missing, *s)
		}
		if len(change.Missing) > 0 {
			changes = append(changes, change)
		}
	}
	return changes
}

// same reports whether two records of one claim state the same.
func same(stored, given kg.Claim) bool {
	_, ok := kg.MergeClaim(stored, given)
	return ok
}

// superseded returns the claims that named claims supersede, directly or through others. Forgotten claims supersede
// none.
func (s Stored) superseded(named func(kg.ID) bool) map[kg.ID]bool {
	superseded := map[kg.ID]bool{}
	for more := true; more; {
		more = false
		for _, c := range s.Claims {
			if len(c.Supersedes) == 0 || s.Forgotten[c.ID] || !superseded[c.ID] && !named(c.ID) {
				continue
			}
			for _, id := range c.Supersedes {
				more = more || !superseded[id]
				superseded[id] = true
			}
		}
	}
	return superseded
}
