// Package outlet reads the names of news outlets and other publishers as data sets write them, so that one outlet has
// one id in all of them: Reuters, "Reuters News", REUTERS and https://uk.reuters.com/a are actor:outlet:reuters. It
// also splits cells that cite several articles.
//
// Two spellings are one outlet if they have the same words or if outlets.csv lists both. Nothing else is concluded from
// a name: identity decisions join what remains.
package outlet

import (
	"strings"
	"unicode"

	"casus/internal/kg"
	"casus/internal/text"
)

// Prefix begins the id of every outlet.
const Prefix = "actor:outlet:"

// Outlet is a publisher.
type Outlet struct {
	ID kg.ID
	// Name is the name in the table, else the text as it was, or the domain of an address.
	Name string
	// Alias is the text, or the domain, if the table has another name for it; else "".
	Alias string
}

// maxSlugBytes bounds the slugs in ids. A longer one is replaced by its hash.
const maxSlugBytes = 200

// Read returns the outlet that a text names by its name, its domain or an address of one of its pages. It returns false
// if the text names none: if it is empty, a word such as Unknown, or a platform on which anyone publishes, such as
// Twitter. A name that several outlets have, such as Daily News, is another outlet in each data set; for all others the
// data set makes no difference.
func Read(s, dataset string) (Outlet, bool) {
	s = strings.Join(strings.Fields(s), " ")
	if domain, ok := domainOf(s); ok {
		return readDomain(domain)
	}
	slug, known := slugOf(s), spellings()
	switch name := known.names[slug]; {
	case slug == "" || known.unnamed[slug]:
		return Outlet{}, false
	case name != "":
		return listedOutlet(name, s), true
	case known.shared[slug] && dataset != "":
		return Outlet{ID: outletID(slug + ":" + slugOf(dataset)), Name: s}, true
	}
	return Outlet{ID: outletID(slug), Name: s}, true
}

// IsListed reports whether the table lists a text as a spelling of an outlet.
func IsListed(s string) bool {
	s = strings.TrimSpace(s)
	if domain, ok := domainOf(s); ok {
		return spellings().nameOf(domain) != ""
	}
	return spellings().names[slugOf(s)] != ""
}

func readDomain(domain string) (Outlet, bool) {
	known := spellings()
	if domain == "" || known.isPlatform(domain) {
		return Outlet{}, false
	}
	if name := known.nameOf(domain); name != "" {
		return listedOutlet(name, domain), true
	}
	return Outlet{ID: outletID(domain), Name: domain}, true
}

// listedOutlet returns the outlet with a name of the table, from a spelling of it.
func listedOutlet(name, spelling string) Outlet {
	o := Outlet{ID: outletID(slugOf(name)), Name: name}
	if text.Fold(spelling) != text.Fold(name) {
		o.Alias = spelling
	}
	return o
}

func outletID(slug string) kg.ID {
	if len(slug) > maxSlugBytes {
		_, slug, _ = strings.Cut(string(kg.DeriveID(kg.KindActor, slug)), ":")
	}
	return kg.ID(Prefix + slug)
}

// slugOf returns the words of a name, folded and joined by hyphens. Punctuation and white space separate words; symbols
// are parts of them, as in Canal+.
func slugOf(s string) string {
	return strings.Join(strings.FieldsFunc(text.Fold(s), func(r rune) bool {
		return unicode.IsPunct(r) || unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), "-")
}
