package mapping

import (
	"errors"
	"fmt"

	"casus/internal/kg"
	"casus/loader/outlet"
)

// compileSources compiles the documents that a row cites or is about.
func (m *Mapping) compileSources(c *compiler) error {
	for i, s := range m.Sources {
		v, err := c.object(fmt.Sprintf("%s[%d]", sourcesName, i), s)
		if err != nil {
			return err
		}
		m.sources = append(m.sources, v)
	}
	if m.sources == nil {
		return nil
	}
	return c.declare(sourcesName, sourcesName)
}

// setVariables adds the variables of a row to its scope, except faulty ones, and returns the records of its
// sources.
func (m *Mapping) setVariables(scope map[string]any) (sources []Record, faults []error) {
	for _, l := range m.let {
		v, err := l.eval(scope)
		if err != nil {
			if faults = append(faults, err); errors.Is(err, errRowCost) {
				return nil, faults
			}
			continue
		}
		scope[l.name] = v
	}
	if m.sources == nil {
		return nil, faults
	}
	sources, ids, err := m.sourceRecords(scope)
	if err != nil {
		return sources, append(faults, err)
	}
	scope[sourcesName] = ids
	return sources, faults
}

// sourceRecords returns the records of a row's sources: each document once and, before it, its publisher. ids are the
// documents' ids.
func (m *Mapping) sourceRecords(scope map[string]any) (all []Record, ids []string, err error) {
	found, err := m.sources.eval(scope)
	if err != nil {
		return nil, nil, err
	}
	items, _ := found.([]any)
	ids = []string{}
	seen := map[string]bool{}
	for _, item := range items {
		fields, _ := item.(map[string]any)
		if name, ok := fields["outlet"].(string); ok && textOrNil(name) == nil {
			delete(fields, "outlet")
		}
		s, err := outlet.NewSource(fields)
		if err != nil {
			return all, ids, &Fault{sourcesName, err}
		}
		document, publisher, id := s.Document(m.Name)
		if id == "" || seen[id] {
			continue
		}
		seen[id] = true
		if publisher.ID != "" {
			all = append(all, outletRecord(publisher))
		}
		all, ids = append(all, Record{Type: "document", Fields: document, Place: sourcesName}), append(ids, id)
	}
	return all, ids, nil
}

// outletRecord returns the record of an outlet, which is the same in every row that has this spelling of it.
func outletRecord(o outlet.Outlet) Record {
	names := []any{o.Name}
	if o.Alias != "" {
		names = append(names, map[string]any{"value": o.Alias, "kind": string(kg.NameAlias)})
	}
	return Record{Type: "actor", Place: sourcesName, Fields: map[string]any{
		"type": "actor", "id": string(o.ID), "kind": string(kg.ActorOrganization), "names": names,
	}}
}
