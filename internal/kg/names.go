package kg

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/unicode/bidi"

	"casus/internal/text"
)

// NameKey returns the first primary name, else the first name, folded. Ids of nodes without one are derived from it.
func NameKey(names []Name) string {
	return text.Fold(firstName(names, func(Name) bool { return true }).Value)
}

// SortKey returns the key for sorting by name: the label in no language, folded and cut to the bytes that every store
// can index. Names that differ only after the cut are ordered by id.
func SortKey(names []Name) string { return CutText(text.Fold(BestName(names, "")), MaxSortKeyBytes) }

// BestName returns the value of the label in a language, "" for none; it is "" if there are no names.
func BestName(names []Name, language string) string {
	n, _ := bestName(names, language)
	return n.Value
}

// Name returns the label in a language (BCP 47, nil for none), or the id if there are no names.
func (a Actor) Name(language *string) string { return displayName(a.Names, language, string(a.ID)) }

// Name returns the label of the location, as Actor.Name does.
func (l Location) Name(language *string) string { return displayName(l.Names, language, string(l.ID)) }

// Title returns the label of the document, as Actor.Name does.
func (d Document) Title(language *string) string {
	return displayName(d.Titles, language, string(d.ID))
}

// Title returns the label of the event, as Actor.Name does.
func (e Event) Title(language *string) string { return displayName(e.Titles, language, string(e.ID)) }

// Summary returns the summary of the event in a language, chosen as a label, or nil if there is none.
func (e Event) Summary(language *string) *string {
	return nilIfEmpty(displayName(e.Summaries, language, ""))
}

// URL returns the page about the object in its scheme, or nil for an unknown scheme.
func (i Identifier) URL() *string {
	pages := map[string]string{"wikidata": "https://www.wikidata.org/wiki/", "geonames": "https://www.geonames.org/"}
	if page, ok := pages[i.Scheme]; ok {
		return nilIfEmpty(page + url.PathEscape(i.Value))
	}
	return nil
}

// TextDirection is the direction in which a text is written.
type TextDirection string

// The directions.
const (
	LeftToRight TextDirection = "LTR"
	RightToLeft TextDirection = "RTL"
)

// DirectionOf returns the direction of the first letter that has one, by rules P2 and P3 of Unicode Standard Annex 9,
// or LeftToRight if there is none.
func DirectionOf(s string) TextDirection {
	for _, r := range s {
		properties, _ := bidi.LookupRune(r)
		switch properties.Class() {
		case bidi.L:
			return LeftToRight
		case bidi.R, bidi.AL:
			return RightToLeft
		}
	}
	return LeftToRight
}

// Label is the name by which a node is shown.
type Label struct {
	Value string
	// Language is a BCP 47 tag; "" if unknown.
	Language  string
	Direction TextDirection
}

// MaxLabelLanguages is the largest number of languages of a label.
const MaxLabelLanguages = 20

// fallbackLanguage is the language of a label that has none of the requested ones.
const fallbackLanguage = "en"

// BestLabel returns the label of names: the first name in the first of the languages that has a name (BCP 47; "uk" also
// matches "uk-UA"), else in English, else the first name of all. Primary names come before others. Without names it is
// the fallback. It returns LIMIT_EXCEEDED for more than MaxLabelLanguages.
func BestLabel(names []Name, languages []string, fallback string) (Label, error) {
	if len(languages) > MaxLabelLanguages {
		return Label{}, Errorf(LimitExceeded, "a label in %d languages: at most %d are allowed", len(languages),
			MaxLabelLanguages)
	}
	n, ok := bestName(names, languages...)
	if !ok {
		n.Value = fallback
	}
	return Label{n.Value, n.Language, DirectionOf(n.Value)}, nil
}

// Label returns the label of the actor for the languages; see BestLabel. Without names it is the id.
func (a Actor) Label(languages []string) (Label, error) {
	return BestLabel(a.Names, languages, string(a.ID))
}

// Label returns the label of the location, as Actor.Label does.
func (l Location) Label(languages []string) (Label, error) {
	return BestLabel(l.Names, languages, string(l.ID))
}

// Label returns the label of the document, as Actor.Label does.
func (d Document) Label(languages []string) (Label, error) {
	return BestLabel(d.Titles, languages, string(d.ID))
}

// Label returns the label of the event, as Actor.Label does.
func (e Event) Label(languages []string) (Label, error) {
	return BestLabel(e.Titles, languages, string(e.ID))
}

// bestName returns the name that BestLabel chooses. found is false if there are no names.
func bestName(names []Name, languages ...string) (best Name, found bool) {
	for _, language := range append(slices.Clip(languages), fallbackLanguage) {
		isIn := func(n Name) bool { return sameLanguage(n.Language, language) }
		if language != "" && slices.ContainsFunc(names, isIn) {
			return firstName(names, isIn), true
		}
	}
	return firstName(names, func(Name) bool { return true }), len(names) > 0
}

// firstName returns the first primary name among some names, else the first of them.
func firstName(names []Name, among func(Name) bool) (first Name) {
	found := false
	for _, n := range names {
		switch {
		case !among(n):
		case n.Kind == NamePrimary || n.Kind == "":
			return n
		case !found:
			first, found = n, true
		}
	}
	return first
}

func displayName(names []Name, language *string, fallback string) string {
	requested := ""
	if language != nil {
		requested = *language
	}
	if best := BestName(names, requested); best != "" {
		return best
	}
	return fallback
}

func nilIfEmpty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// sameLanguage reports whether two BCP 47 tags have the same primary subtag, ignoring case.
func sameLanguage(a, b string) bool {
	return a != "" && strings.EqualFold(primarySubtag(a), primarySubtag(b))
}

func primarySubtag(tag string) string {
	primary, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return primary
}
