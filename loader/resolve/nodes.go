package resolve

import (
	"casus/internal/kg"
	"reflect"
	"slices"
)

// cloneNodes returns a batch with copies of its nodes, which may then be changed.
func cloneNodes(b kg.Batch) kg.Batch {
	b.Actors, b.Locations = slices.Clone(b.Actors), slices.Clone(b.Locations)
	b.Documents, b.Releases = slices.Clone(b.Documents), slices.Clone(b.Releases)
	b.Affiliations, b.Identities = slices.Clone(b.Affiliations), slices.Clone(b.Identities)
	b.Reviews, b.Corrections = slices.Clone(b.Reviews), slices.Clone(b.Corrections)
	return b
}

// withoutLists returns copies of a batch's nodes without their lists, which never conflict and may be long.
func withoutLists(b kg.Batch) kg.Batch {
	b = cloneNodes(b)
	for i := range b.Actors {
		b.Actors[i].Names, b.Actors[i].Identifiers, b.Actors[i].Sectors = nil, nil, nil
	}
	for i := range b.Locations {
		b.Locations[i].Names, b.Locations[i].Identifiers, b.Locations[i].Parents = nil, nil, nil
	}
	for i := range b.Documents {
		b.Documents[i].Titles = nil
	}
	return b
}

// mergeNode merges another batch with the same node into mine. It reports whether that adds nothing, and returns the
// fields in which the two differ.
func mergeNode(mine, theirs *kg.Batch) (same bool, found []kg.FieldConflict) {
	switch {
	case len(theirs.Actors) > 0:
		return mergeFirst(mine.Actors, theirs.Actors, kg.MergeActor)
	case len(theirs.Locations) > 0:
		return mergeFirst(mine.Locations, theirs.Locations, kg.MergeLocation)
	case len(theirs.Documents) > 0:
		return mergeFirst(mine.Documents, theirs.Documents, kg.MergeDocument)
	case len(theirs.Releases) > 0:
		return mergeFirst(mine.Releases, theirs.Releases, kg.MergeRelease)
	case len(theirs.Affiliations) > 0:
		return mergeFirst(mine.Affiliations, theirs.Affiliations, kg.MergeAffiliation)
	}
	switch {
	case len(theirs.Reviews) > 0:
		return mergeFirst(mine.Reviews, theirs.Reviews, strictly(kg.MergeReview))
	case len(theirs.Corrections) > 0:
		return mergeFirst(mine.Corrections, theirs.Corrections, strictly(kg.MergeCorrection))
	}
	return mergeFirst(mine.Identities, theirs.Identities, strictly(kg.MergeDecision))
}

// strictly returns a function that merges like a store does, but reports any difference: one load should state a
// decision only once.
func strictly[T kg.Identified](merge func(a, b T) (T, []kg.FieldConflict)) func(a, b T) (T, []kg.FieldConflict) {
	return func(a, b T) (T, []kg.FieldConflict) {
		merged, _ := merge(a, b)
		if reflect.DeepEqual(a, b) {
			return merged, nil
		}
		return merged, []kg.FieldConflict{{ID: a.NodeID(), Field: "content"}}
	}
}

// equalNodes reports whether two nodes are equal. A longer list of names is different without a comparison of all.
func equalNodes[T kg.Identified](a, b T) bool {
	if lengthOf(a) != lengthOf(b) {
		return false
	}
	return reflect.DeepEqual(a, b)
}

func lengthOf(node any) int {
	switch n := node.(type) {
	case kg.Actor:
		return len(n.Names)
	case kg.Location:
		return len(n.Names)
	case kg.Document:
		return len(n.Titles)
	}
	return 0
}

func mergeFirst[T kg.Identified](
	mine, theirs []T, merge func(a, b T) (T, []kg.FieldConflict),
) (same bool, found []kg.FieldConflict) {
	merged, found := merge(mine[0], theirs[0])
	same = equalNodes(merged, mine[0])
	mine[0] = merged
	return same, found
}
