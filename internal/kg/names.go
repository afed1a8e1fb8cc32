package kg

import (
	"net/url"
	"strings"

	"casus/internal/text"
)

// NameKey is the sort key of a node by name: its best name without a language asked for, folded.
func NameKey(names []Name) string { return text.Fold(BestName(names, "")) }

// BestName picks the name to show: in the asked language (BCP 47; "uk" also meets "uk-UA") a primary name before other
// kinds, then as if no language were asked: the first primary name, else the first name; "" where there is none.
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

// Name is the actor's best name in a language (BCP 47; nil: none is asked for), as BestName picks it; its id where it has none.
func (a Actor) Name(language *string) string { return displayName(a.Names, language, string(a.ID)) }

// Name is the place's best name, as an actor's is.
func (l Location) Name(language *string) string { return displayName(l.Names, language, string(l.ID)) }

// Title is the document's best title, as an actor's name is.
func (d Document) Title(language *string) string {
	return displayName(d.Titles, language, string(d.ID))
}

// Title is the event's best title, as an actor's name is.
func (e Event) Title(language *string) string { return displayName(e.Titles, language, string(e.ID)) }

// Summary is the best of what is said of the event in a language; nil where nothing is.
func (e Event) Summary(language *string) *string {
	return nilIfEmpty(displayName(e.Summaries, language, ""))
}

// URL is the page that a scheme has about a thing, where it is known.
func (i Identifier) URL() *string {
	pages := map[string]string{"wikidata": "https://www.wikidata.org/wiki/", "geonames": "https://www.geonames.org/"}
	if page, ok := pages[i.Scheme]; ok {
		return nilIfEmpty(page + url.PathEscape(i.Value))
	}
	return nil
}

func displayName(names []Name, language *string, otherwise string) string {
	asked := ""
	if language != nil {
		asked = *language
	}
	if best := BestName(names, asked); best != "" {
		return best
	}
	return otherwise
}

func nilIfEmpty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// sameLanguage compares BCP 47 tags without regard to case, by their primary subtag.
func sameLanguage(a, b string) bool {
	return a != "" && strings.EqualFold(primarySubtag(a), primarySubtag(b))
}

func primarySubtag(tag string) string {
	primary, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return primary
}
