package mapping

import (
	"cmp"
	"fmt"

	"casus/internal/kg"
	"casus/internal/text"
	"casus/loader/outlet"
)

// sourcesName is the place of the sources in a mapping file, and the variable with the ids of their documents.
const sourcesName = "sources"

// compileSources compiles the documents that a row cites or is about.
func (m *Mapping) compileSources(c *compiler, lets map[string]dependencies) error {
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
	lets[sourcesName] = c.columns.dependencies(sourcesName, lets)
	return c.declare(sourcesName, sourcesName)
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
		s, err := newSource(item)
		if err != nil {
			return all, ids, &Fault{sourcesName, err}
		}
		records, id := s.records(m.Name)
		if id == "" || seen[id] {
			continue
		}
		seen[id] = true
		all, ids = append(all, records...), append(ids, id)
	}
	return all, ids, nil
}

// source is one document that a row cites or is about, as the mapping states it.
type source struct {
	id, outlet, title, url, date, language, key string
}

func newSource(item any) (s source, err error) {
	fields, ok := item.(map[string]any)
	if !ok {
		return s, fmt.Errorf("a source is an object, not %T", item)
	}
	for name, field := range map[string]*string{
		"id": &s.id, "outlet": &s.outlet, "title": &s.title, "url": &s.url, "date": &s.date, "language": &s.language,
		"key": &s.key,
	} {
		if v := fields[name]; v != nil {
			if *field, ok = v.(string); !ok {
				return s, fmt.Errorf("%s is %T, not a text", name, v)
			}
		}
	}
	if textOrNil(s.outlet) == nil {
		s.outlet = ""
	}
	return s, nil
}

// records returns the records of a source's publisher, if it names one, and of its document, with the document's id.
// There are none if the source has neither outlet, title nor URL.
func (s source) records(dataset string) (all []Record, id string) {
	if s.outlet == "" && s.title == "" && s.url == "" {
		return nil, ""
	}
	publisher, named := outlet.Read(s.outlet, dataset)
	document := map[string]any{"type": "document", "titles": []any{s.titleFor(publisher)}}
	if named {
		all = append(all, outletRecord(publisher))
		document["publisher"] = string(publisher.ID)
	}
	id = s.documentID(publisher)
	document["id"] = id
	setDefault(document, "url", dropEmpty(s.url))
	setDefault(document, "publishedAt", dropEmpty(s.date))
	setDefault(document, "language", dropEmpty(s.language))
	return append(all, Record{Type: "document", Fields: document, Place: sourcesName}), id
}

// documentID returns the id that the mapping states, else one derived from the URL, else from outlet, date and title.
// Without a title the key tells documents of an outlet apart.
func (s source) documentID(publisher outlet.Outlet) string {
	switch {
	case s.id != "":
		return s.id
	case s.url != "":
		return string(kg.DeriveID(kg.KindDocument, "url", s.url))
	}
	by := cmp.Or(string(publisher.ID), text.Fold(s.outlet))
	if s.title != "" {
		return string(kg.DeriveID(kg.KindDocument, "cited", by, s.date, text.Fold(s.title)))
	}
	return string(kg.DeriveID(kg.KindDocument, "cited", by, s.date, "", s.key))
}

// titleFor returns the title of the document or, if it has none, its outlet and its key or date.
func (s source) titleFor(publisher outlet.Outlet) any {
	if s.title != "" || s.url != "" {
		return cmp.Or(s.title, s.url)
	}
	title := cmp.Or(publisher.Name, s.outlet)
	if s.key != "" {
		title += " on " + s.key
	} else if s.date != "" {
		title += ", " + s.date
	}
	return map[string]any{"value": title, "language": "en"}
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

// readOutlet returns the id and the name of the outlet that a text names; nil if it names none.
func readOutlet(s, dataset string) any {
	o, ok := outlet.Read(s, dataset)
	if !ok || textOrNil(s) == nil {
		return nil
	}
	return map[string]any{"id": string(o.ID), "name": o.Name}
}

// readCitations returns the items of a cell that cites articles.
func readCitations(cell string) (any, error) {
	all := []any{}
	if textOrNil(cell) == nil {
		return all, nil
	}
	items, err := outlet.Citations(cell)
	for _, c := range items {
		all = append(all, map[string]any{"outlet": c.Outlet, "date": c.Date, "title": c.Title})
	}
	return all, err
}
