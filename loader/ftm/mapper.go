// Package ftm makes records of the extraction format of FollowTheMoney entities (https://followthemoney.tech): parties and what they own
// become actors, addresses places, documents documents; interval schemata become affiliations or events, each with a claim.
// docs/mappings.md has the table. What no record carries is counted by schema and property.
package ftm

import (
	"hash/maphash"
	"strings"

	"casus/internal/kg"
	"casus/loader/mapping"
	"casus/loader/table"
)

// Name is what the format is called.
const Name = "ftm"

// Mapper makes records of entities. Survey has to be told all of them first: only then is it known what a reference leads to, and
// which entities come in several fragments. Without it, references are taken for what their properties usually lead to.
type Mapper struct {
	// Dated says that claims without a date of their own get one elsewhere, from --published or a release.
	Dated bool
	// Changed is a date (EDTF) by which the files were there: the last resort for claims that no date of their entity tells the age
	// of. Empty: there is none, and such claims are rejected.
	Changed string

	seed          maphash.Seed
	targets       map[uint64]target
	positionNames map[uint64]string // names of positions, which say what somebody's office is
	countryNames  map[string]any    // English names of countries by their codes
}

// New makes a mapper.
func New() (*Mapper, error) {
	lands, err := mapping.EmbeddedTable("country-names.csv")
	if err != nil {
		return nil, err
	}
	return &Mapper{seed: maphash.MakeSeed(), targets: map[uint64]target{}, positionNames: map[uint64]string{}, countryNames: lands}, nil
}

// Key names the mapper among others, and the dataset where none is named.
func (*Mapper) Key() string { return Name }

// About tells what the mapper reads.
func (*Mapper) About() string { return "FollowTheMoney entities (JSON Lines, or one array)" }

// Options are how entities are written.
func (*Mapper) Options() table.Options { return table.Options{Format: "json"} }

// Columns are none: a fault's place is in the entity itself.
func (*Mapper) Columns(string) []string { return nil }

// Knows says whether an object looks like an entity.
func Knows(row map[string]any) bool {
	_, id := row["id"].(string)
	_, schema := row["schema"].(string)
	_, properties := row["properties"].(map[string]any)
	_, typed := row["type"]
	return id && schema && properties && !typed
}

// Survey remembers what an entity is.
func (m *Mapper) Survey(row map[string]any) {
	id, _ := row["id"].(string)
	name, _ := row["schema"].(string)
	s, known := schemata[name]
	if id == "" || !known || s.target == targetAbstract {
		return
	}
	at := m.hash(id)
	if _, seen := m.targets[at]; !seen || name != "Asset" { // of which a fragment may be whatever it is
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

// Part is what an object is a part of: an entity's id, which all its fragments have, or the holder whom a paper identifies.
func (*Mapper) Part(row map[string]any) string {
	id, _ := row["id"].(string)
	if holder := firstHolder(row); holder != "" {
		return holder
	}
	return id
}

// firstHolder is the first holder that a paper, such as a passport, names; empty of any other entity.
func firstHolder(row map[string]any) string {
	name, _ := row["schema"].(string)
	properties, _ := row["properties"].(map[string]any)
	if schemata[name].target != targetPaper || properties == nil {
		return ""
	}
	holders, err := texts(properties["holder"])
	if err != nil || len(holders) == 0 {
		return ""
	}
	return holders[0]
}

// Join makes one entity of its fragments and of the papers that it holds.
func (m *Mapper) Join(rows []map[string]any) (map[string]any, error) {
	var fragments, papers []map[string]any
	for _, row := range rows {
		if firstHolder(row) != "" {
			papers = append(papers, row)
		} else {
			fragments = append(fragments, row)
		}
	}
	if len(fragments) == 0 {
		return papers[0], nil // which Map finds to be without a holder
	}
	whole, err := mergeFragments(fragments)
	if err != nil {
		return nil, err
	}
	whole[papersKey] = papers
	return whole, nil
}

// papersKey is where a joined row keeps the papers of the entity. No JSON has it, since its value is no JSON value.
const papersKey = "\x00papers"

// Map makes the records of one entity. An error is a *mapping.Fault, whose place is a JSON pointer into the entity.
func (m *Mapper) Map(row map[string]any) ([]mapping.Record, error) {
	e, err := decode(row)
	if err != nil {
		return nil, err
	}
	b := &builder{Mapper: m, entity: e, schema: schemata[e.schema], notCarried: map[string]int{}}
	papers, _ := row[papersKey].([]map[string]any)
	if err := b.build(papers); err != nil {
		return nil, err
	}
	for name, n := range e.countNotCarried(b.carriedTexts()) {
		b.notCarried[name] += n
	}
	if len(b.records) == 0 {
		return nil, fault("", "the graph has no place for this %s", e.schema)
	}
	b.records[0].Left = b.notCarried
	return b.records, nil
}

// Subjects are the ids of what an entity's claims are about, before an @, whatever is wrong with it.
func (m *Mapper) Subjects(row map[string]any) []string {
	id, _ := row["id"].(string)
	if id == "" {
		return nil
	}
	return []string{"event:ftm:" + id, "affiliation:ftm:" + id}
}

// carriedTexts are the texts that the records hold.
func (b *builder) carriedTexts() (all []string) {
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			all = append(all, v)
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			for _, one := range v {
				walk(one)
			}
		}
	}
	for _, r := range b.records {
		walk(r.Fields)
	}
	return all
}

// nodeID is the id of the node that an entity becomes.
func nodeID(kind kg.NodeKind, id string) string { return string(kind) + ":ftm:" + slug(id) }

// countryLocation names a country's place, and makes its record.
func (m *Mapper) countryLocation(code string) (id string, fields map[string]any) {
	english, ok := m.countryNames[code].(string)
	n := any(map[string]any{"value": english, "language": "en"})
	if !ok {
		n = code
	}
	id = "location:ftm:country:" + strings.ToUpper(code)
	return id, map[string]any{"id": id, "kind": string(kg.LocationCountry), "names": []any{n}, "country": code}
}
