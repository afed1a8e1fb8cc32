package ftm

import (
	"casus/internal/kg"
	"casus/loader/mapping"
)

// Map returns the records of an entity. An error is a *mapping.Fault, whose place is a JSON pointer into the entity.
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
		return nil, fault("", "the graph cannot represent this %s", e.schema)
	}
	b.records[0].NotCarried = b.notCarried
	return b.records, nil
}

// Subjects returns the ids of the events and affiliations that an entity's claims may be about, up to an @, even if the
// entity has faults.
func (m *Mapper) Subjects(row map[string]any) []string {
	id, _ := row["id"].(string)
	if id == "" {
		return nil
	}
	return []string{nodeID(kg.KindEvent, id), nodeID(kg.KindAffiliation, id)}
}
