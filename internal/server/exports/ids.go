package exports

import (
	"context"
	"reflect"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/unknown"
)

// checkIDs checks the form of every id in a filter. Decoding from JSON does not check it; the API's ID scalar does.
func checkIDs(f store.EventFilter) error {
	return eachID(reflect.ValueOf(f), func(id kg.ID) error { return id.Check() })
}

// RequireIDs returns NOT_FOUND, with the nearest ids, if no node has one of the ids in a filter.
func RequireIDs(ctx context.Context, s store.Reader, f *store.EventFilter) error {
	var ids []kg.ID
	if err := eachID(reflect.ValueOf(f), func(id kg.ID) error { ids = append(ids, id); return nil }); err != nil {
		return err
	}
	return unknown.Require(ctx, s, ids)
}

// eachID calls do for each id in a value.
func eachID(v reflect.Value, do func(kg.ID) error) error {
	switch v.Kind() {
	case reflect.String:
		if id, ok := v.Interface().(kg.ID); ok {
			return do(id)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return eachID(v.Elem(), do)
		}
	case reflect.Slice:
		for _, item := range v.Seq2() {
			if err := eachID(item, do); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for f, field := range v.Fields() {
			if f.IsExported() {
				if err := eachID(field, do); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
