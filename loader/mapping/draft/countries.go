package draft

import (
	"strings"
	"sync"

	"casus/loader/mapping"
)

// countryTables returns the embedded tables of countries.
var countryTables = sync.OnceValues(func() (codes, names map[string]any) {
	codes, codesErr := mapping.EmbeddedTable("countries.csv")
	names, namesErr := mapping.EmbeddedTable("country-names.csv")
	if codesErr != nil || namesErr != nil { // cannot happen: the tables are embedded
		return nil, nil
	}
	return codes, names
})

// countryOf returns the alpha-2 code of an alpha-2 or alpha-3 code; "" if it is none.
func countryOf(code string) string {
	codes, names := countryTables()
	code = strings.ToUpper(code)
	if names[code] != nil {
		return code
	}
	alpha2, _ := codes[code].(string)
	return alpha2
}
