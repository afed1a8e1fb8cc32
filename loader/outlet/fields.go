package outlet

import "casus/loader/values"

// Fields returns the id and the name of the outlet that a cell names, as an object for expressions; nil if it names
// none.
func Fields(cell, dataset string) any {
	o, ok := Read(cell, dataset)
	if !ok || values.Missing(cell) {
		return nil
	}
	return map[string]any{"id": string(o.ID), "name": o.Name}
}

// CitationFields returns the items of a cell that cites articles, as a list of objects for expressions with outlet,
// date and title.
func CitationFields(cell string) (any, error) {
	all := []any{}
	if values.Missing(cell) {
		return all, nil
	}
	items, err := Citations(cell)
	for _, c := range items {
		all = append(all, map[string]any{"outlet": c.Outlet, "date": c.Date, "title": c.Title})
	}
	return all, err
}
