// Package ftm converts FollowTheMoney entities (https://followthemoney.tech) to records of the extraction format.
// Parties and assets become actors, addresses locations, documents documents; interval schemata become affiliations or
// events, each with a claim. docs/mappings.md has the table. Values that no record carries are counted by schema and
// property.
package ftm

import (
	"hash/maphash"
	"strings"

	"casus/internal/kg"
	"casus/loader/mapping"
	"casus/loader/table"
)

// Name is the name of the format.
const Name = "ftm"

// Mapper converts entities to records. Survey must see all entities first, so that the targets of references are known.
// Without it, a reference is assumed to have its property's usual target.
type Mapper struct {
	// DatedElsewhere is set if claims without a date get one from --published or a release.
	DatedElsewhere bool
	// ModTime is the date (EDTF) at which the files were last changed. It dates claims of entities without any date; if it
	// is empty, such claims are rejected.
	ModTime string

	seed          maphash.Seed
	targets       map[uint64]target
	positionNames map[uint64]string // names of posts by hash, for the offices of their holders
	countryNames  map[string]any    // English names by country code
}

// New returns a Mapper.
func New() (*Mapper, error) {
	names, err := mapping.EmbeddedTable("country-names.csv")
	if err != nil {
		return nil, err
	}
	return &Mapper{
		seed: maphash.MakeSeed(), targets: map[uint64]target{}, positionNames: map[uint64]string{}, countryNames: names,
	}, nil
}

// Key returns the mapper's name, which is also the default name of the data set.
func (*Mapper) Key() string { return Name }

// About returns a description of the format.
func (*Mapper) About() string { return "FollowTheMoney entities (JSON Lines, or one array)" }

// Options returns how files of entities are read.
func (*Mapper) Options() table.Options { return table.Options{Format: "json"} }

// Columns returns nil, since the place of a fault is in the entity itself.
func (*Mapper) Columns(string) []string { return nil }

// IsEntity reports whether an object looks like an entity.
func IsEntity(row map[string]any) bool {
	_, id := row["id"].(string)
	_, schema := row["schema"].(string)
	_, properties := row["properties"].(map[string]any)
	_, typed := row["type"]
	return id && schema && properties && !typed
}

// Survey records the target of an entity.
func (m *Mapper) Survey(row map[string]any) {
	id, _ := row["id"].(string)
	name, _ := row["schema"].(string)
	s, known := schemata[name]
	if id == "" || !known || s.target == targetAbstract {
		return
	}
	at := m.hash(id)
	if _, seen := m.targets[at]; !seen || name != "Asset" { // a fragment of an entity of any target may be an Asset
		m.targets[at] = s.target
	}
	if name == "Position" {
		properties, _ := row["properties"].(map[string]any)
		if names, err := texts(properties["name"]); err == nil && len(names) > 0 {
			m.positionNames[at] = names[0]
		}
	}
}

func (m *Mapper) hash(id string) uint64 { return maphash.String(m.seed, id) }

// countryLocation returns the id and the record of a country.
func (m *Mapper) countryLocation(code string) (id string, fields map[string]any) {
	english, ok := m.countryNames[code].(string)
	n := any(map[string]any{"value": english, "language": "en"})
	if !ok {
		n = code
	}
	id = "location:ftm:" + countryPrefix + strings.ToUpper(code)
	return id, map[string]any{"id": id, "kind": string(kg.LocationCountry), "names": []any{n}, "country": code}
}
