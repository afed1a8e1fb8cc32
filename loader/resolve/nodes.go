package resolve

import (
	"casus/internal/kg"
	"casus/internal/kg/merge"
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

// mergeNode merges another batch with the same node into mine, and reports whether that adds nothing.
func mergeNode(mine, theirs *kg.Batch) (same bool) {
	switch {
	case len(theirs.Actors) > 0:
		return mergeFirst(mine.Actors, theirs.Actors, merge.Actors.Merge)
	case len(theirs.Locations) > 0:
		return mergeFirst(mine.Locations, theirs.Locations, merge.Locations.Merge)
	case len(theirs.Documents) > 0:
		return mergeFirst(mine.Documents, theirs.Documents, merge.Documents.Merge)
	case len(theirs.Releases) > 0:
		return mergeFirst(mine.Releases, theirs.Releases, merge.Releases.Merge)
	case len(theirs.Affiliations) > 0:
		return mergeFirst(mine.Affiliations, theirs.Affiliations, merge.Affiliations.Merge)
	}
	switch { // CheckDecisions rejects different ones
	case len(theirs.Reviews) > 0:
		return mergeFirst(mine.Reviews, theirs.Reviews, withoutConflicts(kg.MergeReview))
	case len(theirs.Corrections) > 0:
		return mergeFirst(mine.Corrections, theirs.Corrections, withoutConflicts(kg.MergeCorrection))
	}
	return mergeFirst(mine.Identities, theirs.Identities, withoutConflicts(kg.MergeDecision))
}

func withoutConflicts[T any](merge func(a, b T) (T, []kg.FieldConflict)) func(a, b T) T {
	return func(a, b T) T {
		merged, _ := merge(a, b)
		return merged
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

func mergeFirst[T kg.Identified](mine, theirs []T, merge func(a, b T) T) (same bool) {
	merged := merge(mine[0], theirs[0])
	same = equalNodes(merged, mine[0])
	mine[0] = merged
	return same
}
