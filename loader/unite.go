package loader

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"casus/internal/kg"
)

// unite makes one of all records of one node, and of all that make one claim. Records that add to one another are united;
// two that give one field, or one claim's id, two contents are a reject that shows both.
func (l *load) unite(ctx context.Context) error {
	nodes := map[kg.ID]*item{}
	claims := map[kg.ID]*item{}
	var extras []extra
	for _, it := range l.live() {
		if !l.options.KeepText {
			for i := range it.batch.Documents {
				it.batch.Documents[i].Text = ""
			}
		}
		if it.hasNode() {
			if first, seen := nodes[it.id]; seen {
				same, fault := first.absorb(it)
				if fault != nil {
					if err := l.reject(it, *fault); err != nil {
						return err
					}
					continue
				}
				extras = append(extras, extra{it.batch, same})
				it.batch = kg.Batch{Claims: it.batch.Claims}
			} else {
				nodes[it.id] = it
			}
		}
		if err := l.uniteClaims(it, claims); err != nil {
			return err
		}
		it.dead = it.dead || it.batch.Size() == 0
	}
	return l.countExtras(ctx, extras)
}

// uniteClaims leaves out the claims that an earlier record makes too.
func (l *load) uniteClaims(it *item, seen map[kg.ID]*item) error {
	var own []kg.Claim
	for _, c := range it.batch.Claims {
		first, known := seen[c.ID]
		if !known {
			own = append(own, c)
			continue
		}
		if first.claim(c.ID).Digest() != c.Digest() {
			it.batch = kg.Batch{}
			return l.reject(it, Reject{Reason: fmt.Sprintf("%s has two contents: an earlier record, at %s:%d, gives it another one", c.ID, first.file, first.line), Other: string(first.json)})
		}
		l.report.Read++
		l.report.Unchanged++
		l.report.Same[kg.KindClaim]++
	}
	for _, c := range own {
		seen[c.ID] = it
	}
	it.batch.Claims = own
	return nil
}

// claim is one of the item's.
func (it *item) claim(id kg.ID) kg.Claim {
	for _, c := range it.batch.Claims {
		if c.ID == id {
			return c
		}
	}
	return kg.Claim{}
}

func (it *item) hasNode() bool { return it.batch.Size() > len(it.batch.Claims) }

func (l *load) live() []*item {
	var all []*item
	for _, it := range l.items {
		if !it.dead {
			all = append(all, it)
		}
	}
	return all
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
		if same = mine.Identities[0] == theirs.Identities[0]; !same {
			found = []kg.Disagreement{{Field: "decision", Kept: "one", Dropped: "another"}}
		}
	}
	if len(found) > 0 {
		d := found[0]
		return false, &Reject{
			Pointer: "/" + d.Field, Other: string(it.json),
			Reason: fmt.Sprintf("%s has two contents: of %s there are %q and, at %s:%d, %q", it.id, d.Field, value(theirs, d), it.file, it.line, value(mine, d)),
		}
	}
	return same, nil
}

// value is which of a disagreement's two values a batch gave; the kept one where that cannot be told.
func value(b *kg.Batch, d kg.Disagreement) string {
	shown := fmt.Sprintf("%+v", *b)
	if strings.Contains(shown, d.Dropped) && !strings.Contains(shown, d.Kept) {
		return d.Dropped
	}
	return d.Kept
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

// extra is a further record of a node.
type extra struct {
	batch kg.Batch
	same  bool
}

// countExtras counts further records of nodes: unchanged if the input or the store says all they say, else applied.
func (l *load) countExtras(ctx context.Context, extras []extra) error {
	var ids []kg.ID
	for _, e := range extras {
		if !e.same {
			ids = append(ids, nodeID(e.batch))
		}
	}
	stored := map[kg.ID]kg.Node{}
	if err := l.ask(ctx, ids, func(n kg.Node) { stored[n.NodeID()] = n }); err != nil {
		return err
	}
	for _, e := range extras {
		l.report.Read++
		id := nodeID(e.batch)
		if e.same || covers(stored[id], e.batch) {
			l.report.Unchanged++
			l.report.Same[id.Kind()]++
		} else {
			l.report.Applied++
			l.report.Changed[id.Kind()]++
		}
	}
	return nil
}

// nodeID is the id of a record's one node.
func nodeID(b kg.Batch) kg.ID {
	ids := slices.Concat(idsOf(b.Actors), idsOf(b.Locations), idsOf(b.Documents), idsOf(b.Releases), idsOf(b.Affiliations), idsOf(b.Identities))
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}

func idsOf[T kg.Identified](records []T) []kg.ID {
	var ids []kg.ID
	for _, r := range records {
		ids = append(ids, r.NodeID())
	}
	return ids
}

// covers says whether what is stored of a node says all that a record does.
func covers(stored kg.Node, b kg.Batch) bool {
	switch n := stored.(type) {
	case kg.Actor:
		return len(b.Actors) > 0 && addsNothing(n, b.Actors[0], kg.MergeActor)
	case kg.Location:
		return len(b.Locations) > 0 && addsNothing(n, b.Locations[0], kg.MergeLocation)
	case kg.Document:
		return len(b.Documents) > 0 && addsNothing(n, b.Documents[0], kg.MergeDocument)
	case kg.Affiliation:
		n.Claims = nil
		return len(b.Affiliations) > 0 && addsNothing(n, b.Affiliations[0], kg.MergeAffiliation)
	}
	return false
}

// addsNothing: the union is what was there.
func addsNothing[T any](stored, given T, merge func(a, b T) (T, []kg.Disagreement)) bool {
	united, _ := merge(stored, given)
	return reflect.DeepEqual(united, stored)
}
