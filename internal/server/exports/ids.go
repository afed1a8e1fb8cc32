package exports

import (
	"reflect"

	"casus/internal/kg"
	"casus/internal/store"
)

// checkIDs checks the form of every id in a filter. Decoding from JSON does not check it; the API's ID scalar does.
func checkIDs(f store.EventFilter) error { return checkValue(reflect.ValueOf(f)) }

func checkValue(v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		if id, ok := v.Interface().(kg.ID); ok {
			return id.Check()
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return checkValue(v.Elem())
		}
	case reflect.Slice:
		for _, item := range v.Seq2() {
			if err := checkValue(item); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for f, field := range v.Fields() {
			if f.IsExported() {
				if err := checkValue(field); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
