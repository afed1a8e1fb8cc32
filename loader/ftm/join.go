package ftm

import (
	"maps"
	"slices"
)

// EntityID returns the id of the entity that an object is a part of: its own id, which all fragments share, or the id
// of a paper's holder.
func (*Mapper) EntityID(row map[string]any) string {
	id, _ := row["id"].(string)
	if holder := firstHolder(row); holder != "" {
		return holder
	}
	return id
}

// firstHolder returns the first holder of a paper such as a passport; "" for any other entity.
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

// Join merges the fragments of an entity and the papers that it holds.
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
		return papers[0], nil // Map rejects it, since it has no holder
	}
	whole, err := mergeFragments(fragments)
	if err != nil {
		return nil, err
	}
	whole[papersKey] = papers
	return whole, nil
}

// mergeFragments merges the fragments of an entity: it combines their values and keeps the most specific schema, which
// must descend from all the others.
func mergeFragments(rows []map[string]any) (map[string]any, error) {
	whole := maps.Clone(rows[0])
	properties := map[string]any{}
	for i, row := range rows {
		fragment, ok := row["properties"].(map[string]any)
		if !ok {
			return nil, fault("/properties", "must be an object of lists")
		}
		for name, v := range fragment {
			list, _ := properties[name].([]any)
			properties[name] = append(list, asList(v)...) // the rows' own lists stay
		}
		if i == 0 {
			continue
		}
		before, _ := whole["schema"].(string)
		schema, _ := row["schema"].(string)
		switch {
		case descends(before, schema):
		case descends(schema, before):
			whole["schema"] = schema
		default:
			return nil, fault("/schema",
				"fragments of the entity %v have the schemata %s and %s, neither of which extends the other",
				row["id"], before, schema)
		}
		for name, v := range row {
			if s, _ := v.(string); slices.Contains(recordDateFields, name) {
				if known, _ := whole[name].(string); s > known {
					whole[name] = s
				}
			} else if name == "referents" || name == "datasets" {
				whole[name] = distinct(slices.Concat(asList(whole[name]), asList(v)))
			} else if _, known := whole[name]; !known {
				whole[name] = v
			}
		}
	}
	whole["properties"] = properties
	return whole, nil
}

func asList(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// distinct returns the list without duplicate strings.
func distinct(list []any) (all []any) {
	seen := map[string]bool{}
	for _, v := range list {
		s, text := v.(string)
		if !text || !seen[s] {
			all = append(all, v)
		}
		seen[s] = seen[s] || text
	}
	return all
}
