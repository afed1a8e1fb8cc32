package outlet

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"sync"
)

// table lists the spellings of outlets that many data sets cite. A row has an outlet's name and one of its spellings: a
// name, or a domain with all below it. In place of an outlet's name, noOutlet marks a spelling that names none (a word
// for an unknown source, or a platform on which anyone publishes), and severalOutlets a name that several outlets have.
//
//go:embed outlets.csv
var table []byte

const (
	noOutlet       = "-"
	severalOutlets = "?"
)

// spellingTable is the table by spelling.
type spellingTable struct {
	// names are the outlets' names, by the slug of a spelling and by domain.
	names, domains map[string]string
	// unnamed and shared have the slugs of spellings that name no outlet, and that name several.
	unnamed, shared map[string]bool
	// platforms are domains.
	platforms map[string]bool
}

// spellings returns the table. A fault in the embedded file panics, which a test of this package would show.
var spellings = sync.OnceValue(func() spellingTable {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		panic(err)
	}
	t := spellingTable{
		map[string]string{}, map[string]string{}, map[string]bool{}, map[string]bool{}, map[string]bool{},
	}
	for _, row := range rows[1:] {
		t.add(row[0], row[1])
	}
	return t
})

func (t spellingTable) add(name, spelling string) {
	domain, isDomain := domainOf(spelling)
	switch {
	case name == noOutlet && isDomain:
		t.platforms[domain] = true
	case name == noOutlet:
		t.unnamed[slugOf(spelling)] = true
	case name == severalOutlets:
		t.shared[slugOf(spelling)] = true
	case isDomain:
		t.domains[domain], t.names[slugOf(name)] = name, name
	default:
		t.names[slugOf(spelling)], t.names[slugOf(name)] = name, name
	}
}

// nameOf returns the name of the outlet that owns a domain, or "".
func (t spellingTable) nameOf(domain string) string {
	for d := range parents(domain) {
		if name := t.domains[d]; name != "" {
			return name
		}
	}
	return ""
}

// isPlatform reports whether a domain is a platform's, or below one.
func (t spellingTable) isPlatform(domain string) bool {
	for d := range parents(domain) {
		if t.platforms[d] {
			return true
		}
	}
	return false
}
