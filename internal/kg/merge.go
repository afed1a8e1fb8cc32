package kg

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus/internal/edtf"
)

// Several records of one node are merged by rules that do not depend on the order of loading: lists are united and
// sorted, an empty value yields to any other, and of two different values, the one that sorts first is kept and the
// other is reported. MergeClaim merges only the spans of claims.

// MergeActor merges two records of one actor. The kind UNIDENTIFIED yields to any other; otherwise the order of the
// vocabulary decides.
func MergeActor(a, b Actor) (Actor, []FieldConflict) {
	m := merger{id: a.ID}
	return Actor{
		ID:          a.ID,
		Kind:        mergeKind(&m, ActorKinds, ActorUnidentified, a.Kind, b.Kind),
		Names:       MergeNames(a.Names, b.Names),
		Country:     m.text("country", a.Country, b.Country),
		Sectors:     union(cmp.Compare[string], a.Sectors, b.Sectors),
		Identifiers: union(compareIdentifiers, a.Identifiers, b.Identifiers),
		Description: m.text("description", a.Description, b.Description),
	}, m.conflicts
}

// MergeLocation merges two records of one location.
func MergeLocation(a, b Location) (Location, []FieldConflict) {
	m := merger{id: a.ID}
	return Location{
		ID:          a.ID,
		Kind:        mergeKind(&m, LocationKinds, "", a.Kind, b.Kind),
		Names:       MergeNames(a.Names, b.Names),
		Point:       mergePointer(&m, "point", plainPoint(a.Point), plainPoint(b.Point), formatPoint),
		Country:     m.text("country", a.Country, b.Country),
		Identifiers: union(compareIdentifiers, a.Identifiers, b.Identifiers),
		Parents:     union(cmp.Compare[ID], a.Parents, b.Parents),
	}, m.conflicts
}

// MergeDocument merges two records of one document.
func MergeDocument(a, b Document) (Document, []FieldConflict) {
	m := merger{id: a.ID}
	return Document{
		ID:          a.ID,
		URL:         m.text("url", a.URL, b.URL),
		Titles:      MergeNames(a.Titles, b.Titles),
		Language:    m.text("language", a.Language, b.Language),
		Publisher:   ID(m.text("publisher", string(a.Publisher), string(b.Publisher))),
		PublishedAt: mergePointer(&m, "publishedAt", a.PublishedAt, b.PublishedAt, edtf.Time.String),
		RetrievedAt: mergePointer(&m, "retrievedAt", a.RetrievedAt, b.RetrievedAt, edtf.Instant.String),
		SHA256:      m.text("sha256", a.SHA256, b.SHA256),
		Text:        m.text("text", a.Text, b.Text),
		Syndicates:  ID(m.text("syndicates", string(a.Syndicates), string(b.Syndicates))),
	}, m.conflicts
}

// MergeAffiliation merges two records of one affiliation.
func MergeAffiliation(a, b Affiliation) (Affiliation, []FieldConflict) {
	m := merger{id: a.ID}
	return Affiliation{
		ID:          a.ID,
		Holder:      ID(m.text("holder", string(a.Holder), string(b.Holder))),
		Counterpart: ID(m.text("counterpart", string(a.Counterpart), string(b.Counterpart))),
		Type:        mergeKind(&m, AffiliationTypes, AffiliationOther, a.Type, b.Type),
		Position:    m.text("position", a.Position, b.Position),
		ValidTime:   mergePointer(&m, "validTime", a.ValidTime, b.ValidTime, edtf.Time.String),
	}, m.conflicts
}

// MergeRelease merges two records of one release. A part yields to the whole.
func MergeRelease(a, b Release) (Release, []FieldConflict) {
	m := merger{id: a.ID}
	return Release{
		ID:         a.ID,
		Name:       m.text("name", a.Name, b.Name),
		Release:    m.text("release", a.Release, b.Release),
		ReleasedAt: mergePointer(&m, "releasedAt", a.ReleasedAt, b.ReleasedAt, edtf.Time.String),
		Partial:    a.Partial && b.Partial,
		Coding:     mergeCoding(a.Coding, b.Coding),
	}, m.conflicts
}

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

// plainPoint returns a point without negative zeros, which engines order before zero.
func plainPoint(p *Point) *Point {
	if p == nil || !negativeZero(p.Latitude) && !negativeZero(p.Longitude) {
		return p
	}
	plain := *p
	for _, f := range []*float64{&plain.Latitude, &plain.Longitude} {
		if negativeZero(*f) {
			*f = 0
		}
	}
	return &plain
}

func negativeZero(f float64) bool { return f == 0 && math.Signbit(f) }

func formatPoint(p Point) string { return fmt.Sprintf("%v,%v", p.Latitude, p.Longitude) }

func compareIdentifiers(a, b Identifier) int {
	return cmp.Or(cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Value, b.Value))
}

// union returns the values of all lists, sorted and distinct; nil if there are none.
func union[T comparable](compare func(a, b T) int, lists ...[]T) []T {
	all := slices.Concat(lists...)
	slices.SortFunc(all, compare)
	return slices.Compact(all)
}

// merger collects the conflicts between two records of one node.
type merger struct {
	id        ID
	conflicts []FieldConflict
}

// text merges two values of a field: an empty value yields, else the one that sorts first is kept.
func (m *merger) text(field, a, b string) string {
	kept, dropped := a, b
	switch {
	case a == b || b == "":
		return a
	case a == "":
		return b
	case strings.Compare(b, a) < 0:
		kept, dropped = b, a
	}
	m.conflicts = append(m.conflicts, FieldConflict{ID: m.id, Field: field, Kept: kept, Dropped: dropped})
	return kept
}

// mergeKind merges two kinds. An empty kind yields to any other, and so does the kind yields. Otherwise the first in
// the vocabulary is kept.
func mergeKind[K ~string](m *merger, kinds Vocabulary[K], yields, a, b K) K {
	kept, dropped := a, b
	switch {
	case a == b || b == "":
		return a
	case a == "":
		return b
	case b == yields:
		return a
	case a == yields:
		return b
	case kinds.Index(b) < kinds.Index(a):
		kept, dropped = b, a
	}
	m.conflicts = append(m.conflicts, FieldConflict{ID: m.id, Field: "kind", Kept: string(kept), Dropped: string(dropped)})
	return kept
}

// mergePointer merges two values of a field like text, by their formatted values.
func mergePointer[T any](m *merger, field string, a, b *T, format func(T) string) *T {
	switch {
	case b == nil:
		return a
	case a == nil:
		return b
	}
	if m.text(field, format(*a), format(*b)) == format(*a) {
		return a
	}
	return b
}
