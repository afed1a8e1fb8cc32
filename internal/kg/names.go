package kg

import (
	"net/url"
	"strings"

	"casus/internal/text"
)

// NameKey returns the best name in any language, folded. Ids of nodes without one are derived from it.
func NameKey(names []Name) string { return text.Fold(BestName(names, "")) }

// SortKey returns the key for sorting by name: the NameKey, cut to the bytes that every store can index. Names that
// differ only after the cut are ordered by id.
func SortKey(names []Name) string { return CutText(NameKey(names), MaxSortKeyBytes) }

// BestName returns the name to show. Names in the language come first (BCP 47; "uk" also matches "uk-UA"), then primary
// names, then the order of names. It returns "" if there are no names.
func BestName(names []Name, language string) string {
	best, score := "", -1
	for _, n := range names {
		s := 0
		if language != "" && sameLanguage(n.Language, language) {
			s += 2
		}
		if n.Kind == NamePrimary || n.Kind == "" {
			s++
		}
		if s > score {
			best, score = n.Value, s
		}
	}
	return best
}

// Name returns the best name in a language (BCP 47, nil for any), as BestName does, or the id if there is none.
func (a Actor) Name(language *string) string { return displayName(a.Names, language, string(a.ID)) }

// Name returns the best name of the location, as Actor.Name does.
func (l Location) Name(language *string) string { return displayName(l.Names, language, string(l.ID)) }

// Title returns the best title of the document, as Actor.Name does.
func (d Document) Title(language *string) string {
	return displayName(d.Titles, language, string(d.ID))
}

// Title returns the best title of the event, as Actor.Name does.
func (e Event) Title(language *string) string { return displayName(e.Titles, language, string(e.ID)) }

// Summary returns the best summary of the event in a language, or nil if there is none.
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
