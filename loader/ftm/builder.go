package ftm

import "casus/loader/mapping"

// builder makes the records of one entity.
type builder struct {
	*Mapper
	*entity
	schema     schema
	records    []mapping.Record
	notCarried map[string]int
}

// addRecord adds a record, without its empty fields.
func (b *builder) addRecord(typ string, fields map[string]any) {
	for name, v := range fields {
		switch v := v.(type) {
		case nil:
			delete(fields, name)
		case string:
			if v == "" {
				delete(fields, name)
			}
		case []any:
			if len(v) == 0 {
				delete(fields, name)
			}
		}
	}
	fields["type"] = typ
	b.records = append(b.records, mapping.Record{Type: typ, Fields: fields})
}

func toList[T any](all []T) []any {
	list := make([]any, len(all))
	for i, v := range all {
		list[i] = v
	}
	return list
}

func optionalList(v string) []any {
	if v == "" {
		return nil
	}
	return []any{v}
}
