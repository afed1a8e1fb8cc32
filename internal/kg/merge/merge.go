// Package merge merges the records of one node. The result does not depend on their order: lists are united and sorted,
// and of every other field all values are kept, with the sources that state them. The field has the value of most
// sources; among equals, the value of the earliest dated source; and only then the value that sorts first.
package merge

import (
	"cmp"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Kind has the rules for the nodes of one kind.
type Kind[T kg.Identified] struct {
	// lists returns a node with everything that has no sources, such as the united lists of two nodes.
	lists func(a, b *T) T
	// bare returns a node without values: with its lists or, unless whole is set, only with a name.
	bare func(v *T, whole bool) T
	// fields are sorted by name.
	fields     []field[T]
	provenance func(*T) *kg.Provenance
	// eraseText removes the text; nil for nodes without one.
	eraseText func(*T)
}

// The fields that date documents and releases.
const (
	publishedAt = "publishedAt"
	releasedAt  = "releasedAt"
)

// The kinds of nodes. A kind without a value in its vocabulary's sense, UNIDENTIFIED for actors and OTHER for
// affiliations, yields to any other; otherwise kinds sort in the order of the vocabulary.
var (
	Actors = &Kind[kg.Actor]{
		provenance: func(a *kg.Actor) *kg.Provenance { return &a.Provenance },
		lists: func(a, b *kg.Actor) kg.Actor {
			return kg.Actor{
				ID: a.ID, Kind: cmp.Or(a.Kind, b.Kind), Names: kg.MergeNames(a.Names, b.Names),
				Sectors:     kg.Union(strings.Compare, a.Sectors, b.Sectors),
				Identifiers: kg.Union(compareIdentifiers, a.Identifiers, b.Identifiers),
			}
		},
		bare: func(a *kg.Actor, whole bool) kg.Actor {
			if !whole {
				return kg.Actor{ID: a.ID, Kind: kg.ActorUnidentified, Names: a.Names[:min(1, len(a.Names))]}
			}
			return kg.Actor{
				ID: a.ID, Kind: kg.ActorUnidentified, Names: a.Names, Sectors: a.Sectors, Identifiers: a.Identifiers,
			}
		},
		fields: []field[kg.Actor]{
			textField("country", func(a *kg.Actor) *string { return &a.Country }),
			textField("description", func(a *kg.Actor) *string { return &a.Description }),
			termField("kind", &kg.ActorKinds, kg.ActorUnidentified, func(a *kg.Actor) *kg.ActorKind { return &a.Kind }),
		},
	}
	Locations = &Kind[kg.Location]{
		provenance: func(l *kg.Location) *kg.Provenance { return &l.Provenance },
		lists: func(a, b *kg.Location) kg.Location {
			return kg.Location{
				ID: a.ID, Kind: cmp.Or(a.Kind, b.Kind), Names: kg.MergeNames(a.Names, b.Names),
				Identifiers: kg.Union(compareIdentifiers, a.Identifiers, b.Identifiers),
				Parents:     kg.Union(cmp.Compare[kg.ID], a.Parents, b.Parents),
			}
		},
		bare: func(l *kg.Location, whole bool) kg.Location {
			if !whole {
				return kg.Location{ID: l.ID, Names: l.Names[:min(1, len(l.Names))]}
			}
			return kg.Location{ID: l.ID, Names: l.Names, Identifiers: l.Identifiers, Parents: l.Parents}
		},
		fields: []field[kg.Location]{
			boxField(),
			textField("country", func(l *kg.Location) *string { return &l.Country }),
			termField("kind", &kg.LocationKinds, "", func(l *kg.Location) *kg.LocationKind { return &l.Kind }),
			pointField(), radiusField(), shapeField(),
		},
	}
	// Documents keeps one text and one hash for a document, the ones that sort first: the loader rejects another text.
	Documents = &Kind[kg.Document]{
		eraseText:  func(d *kg.Document) { d.Text = "" },
		provenance: func(d *kg.Document) *kg.Provenance { return &d.Provenance },
		lists: func(a, b *kg.Document) kg.Document {
			return kg.Document{
				ID: a.ID, Titles: kg.MergeNames(a.Titles, b.Titles), SHA256: firstText(a.SHA256, b.SHA256),
				Text: firstText(a.Text, b.Text),
			}
		},
		bare: func(d *kg.Document, whole bool) kg.Document {
			if !whole {
				return kg.Document{ID: d.ID, Titles: d.Titles[:min(1, len(d.Titles))]}
			}
			return kg.Document{ID: d.ID, Titles: d.Titles, SHA256: d.SHA256, Text: d.Text}
		},
		fields: []field[kg.Document]{
			textField("language", func(d *kg.Document) *string { return &d.Language }),
			pointerField(publishedAt, func(d *kg.Document) **edtf.Time { return &d.PublishedAt }, formatTime, edtf.ParseTime),
			textField("publisher", func(d *kg.Document) *kg.ID { return &d.Publisher }),
			pointerField("retrievedAt", func(d *kg.Document) **edtf.Instant { return &d.RetrievedAt }, edtf.Instant.String,
				edtf.ParseInstant),
			textField("syndicates", func(d *kg.Document) *kg.ID { return &d.Syndicates }),
			textField("url", func(d *kg.Document) *string { return &d.URL }),
		},
	}
	Affiliations = &Kind[kg.Affiliation]{
		provenance: func(a *kg.Affiliation) *kg.Provenance { return &a.Provenance },
		lists: func(a, b *kg.Affiliation) kg.Affiliation {
			return kg.Affiliation{ID: a.ID, Type: cmp.Or(a.Type, b.Type)}
		},
		bare: func(a *kg.Affiliation, _ bool) kg.Affiliation {
			return kg.Affiliation{ID: a.ID, Type: kg.AffiliationOther}
		},
		fields: []field[kg.Affiliation]{
			termField("affiliationType", &kg.AffiliationTypes, kg.AffiliationOther,
				func(a *kg.Affiliation) *kg.AffiliationType { return &a.Type }),
			textField("counterpart", func(a *kg.Affiliation) *kg.ID { return &a.Counterpart }),
			textField("holder", func(a *kg.Affiliation) *kg.ID { return &a.Holder }),
			textField("position", func(a *kg.Affiliation) *string { return &a.Position }),
			pointerField("validTime", func(a *kg.Affiliation) **edtf.Time { return &a.ValidTime }, formatTime, edtf.ParseTime),
		},
	}
	// Releases lets a part yield to the whole, and keeps the first coding in the order of the vocabulary.
	Releases = &Kind[kg.Release]{
		provenance: func(r *kg.Release) *kg.Provenance { return &r.Provenance },
		lists: func(a, b *kg.Release) kg.Release {
			return kg.Release{ID: a.ID, Partial: a.Partial && b.Partial, Coding: kg.MergeCoding(a.Coding, b.Coding)}
		},
		bare: func(r *kg.Release, _ bool) kg.Release {
			return kg.Release{ID: r.ID, Partial: r.Partial, Coding: r.Coding}
		},
		fields: []field[kg.Release]{
			textField("name", func(r *kg.Release) *string { return &r.Name }),
			textField("release", func(r *kg.Release) *string { return &r.Release }),
			pointerField(releasedAt, func(r *kg.Release) **edtf.Time { return &r.ReleasedAt }, formatTime, edtf.ParseTime),
		},
	}
)

func compareIdentifiers(a, b kg.Identifier) int {
	return cmp.Or(cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Value, b.Value))
}

// firstText returns the text that sorts first; an empty one yields.
func firstText(a, b string) string {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// Merge merges two records of one node. A record merged with itself is in canonical form. Unless b adds no value to a,
// Decide has to be called with the dates of the sources, if Tied returns any.
func (k *Kind[T]) Merge(a, b T) T {
	merged := k.lists(&a, &b)
	pm, pa, pb := k.provenance(&merged), k.provenance(&a), k.provenance(&b)
	if isPlain(pa) && isPlain(pb) && pa.Source == pb.Source && k.agree(&a, &b) {
		theirs := k.copyValues(&merged, &b)
		if own := k.copyValues(&merged, &a); own || theirs {
			pm.Source = pa.Source
		}
		return merged
	}
	own := k.values(&a)
	all, corrected := unite(own, k.values(&b)), latest(pa.Corrected, pb.Corrected)
	if slices.EqualFunc(all, own, equalValues) && slices.Equal(corrected, pa.Corrected) {
		k.copyValues(&merged, &a)
		*pm = *pa
		if len(all) == 0 {
			pm.Source = ""
		}
		k.erase(&merged)
		return merged
	}
	k.state(&merged, all, corrected)
	k.erase(&merged)
	return merged
}

// isPlain reports whether one source states one value of each field, and none is corrected.
func isPlain(p *kg.Provenance) bool { return len(p.Values)+len(p.Corrected) == 0 }

// state sets the values and corrections of a node, and its fields by them, as far as they do not depend on dates.
func (k *Kind[T]) state(v *T, all []kg.FieldValue, corrected []kg.FieldCorrection) {
	p := k.provenance(v)
	if *p = (kg.Provenance{Values: all, Corrected: corrected}); len(corrected) == 0 {
		p.Source, p.Values = compact(all)
	}
	k.choose(v, all, nil)
}

// agree reports whether no field has different values in two records.
func (k *Kind[T]) agree(a, b *T) bool {
	for i := range k.fields {
		if f := &k.fields[i]; f.has(a) && f.has(b) && !f.same(a, b) {
			return false
		}
	}
	return true
}

// copyValues copies the values of from, and reports whether there are any.
func (k *Kind[T]) copyValues(to, from *T) (copied bool) {
	for i := range k.fields {
		if f := &k.fields[i]; f.has(from) {
			f.copy(to, from)
			copied = true
		}
	}
	return copied
}

// From returns a node all of whose values are stated by one source.
func (k *Kind[T]) From(v T, s kg.Source) T {
	p := k.provenance(&v)
	if *p = (kg.Provenance{}); slices.ContainsFunc(k.fields, func(f field[T]) bool { return f.has(&v) }) {
		p.Source = s
	}
	return v
}
