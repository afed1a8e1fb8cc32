package kg

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// MergeNames returns the union of lists of names in canonical order: by kind, primary names first, then by language,
// script and value. Names with the same value and language are merged. The first kind in the vocabulary is kept, and
// the script that sorts first; an empty script yields to any other.
func MergeNames(lists ...[]Name) []Name {
	if len(lists) == 2 && len(lists[1]) <= fewNames && len(lists[0]) > fewNames {
		return addNames(lists[0], lists[1])
	}
	kept := slices.Concat(lists...)
	if len(kept) == 0 {
		return nil
	}
	// Names with the same value and language come together, in the order of their kinds.
	slices.SortFunc(kept, func(a, b Name) int {
		if a.Value != b.Value {
			return strings.Compare(a.Value, b.Value)
		}
		return cmp.Or(strings.Compare(a.Language, b.Language), cmp.Compare(nameRank(a.Kind), nameRank(b.Kind)),
			cmp.Compare(a.Kind, b.Kind))
	})
	n := 1
	for _, name := range kept[1:] {
		last := &kept[n-1]
		if name.Value != last.Value || name.Language != last.Language {
			kept[n] = name
			n++
			continue
		}
		if last.Script == "" || name.Script != "" && name.Script < last.Script {
			last.Script = name.Script
		}
	}
	kept = kept[:n]
	slices.SortFunc(kept, compareNames)
	return kept
}

// fewNames is the number of names up to which each is looked for by itself.
const fewNames = 4

// addNames merges a few names into a long list in canonical form, with the result of MergeNames.
func addNames(long, few []Name) []Name {
	kept := slices.Grow(slices.Clone(long), len(few))
	for _, n := range few {
		i := slices.IndexFunc(kept, func(k Name) bool { return k.Value == n.Value && k.Language == n.Language })
		switch {
		case i < 0:
			at, _ := slices.BinarySearchFunc(kept, n, compareNames)
			kept = slices.Insert(kept, at, n)
		case kept[i] != n:
			return MergeNames(slices.Concat(long, few))
		}
	}
	return kept
}

// nameRank returns the position of a kind in its vocabulary, -1 if it is not in it. An empty kind counts as PRIMARY.
func nameRank(k NameKind) int { return NameKinds.Index(cmp.Or(k, NamePrimary)) }

func compareNames(a, b Name) int {
	if a.Kind != b.Kind {
		if order := cmp.Compare(nameRank(a.Kind), nameRank(b.Kind)); order != 0 {
			return order
		}
	}
	for _, texts := range [][2]string{{a.Language, b.Language}, {a.Script, b.Script}, {a.Value, b.Value}} {
		if order := strings.Compare(texts[0], texts[1]); order != 0 {
			return order
		}
	}
	return cmp.Compare(a.Kind, b.Kind)
}

func negativeZero(f float64) bool { return f == 0 && math.Signbit(f) }

// Union returns the values of all lists, sorted and distinct; nil if there are none.
func Union[T comparable](compare func(a, b T) int, lists ...[]T) []T {
	all := slices.Concat(lists...)
	slices.SortFunc(all, compare)
	return slices.Compact(all)
}
