package check

import "casus/internal/kg"

// item is a value of a subject under a unique key.
type item struct {
	key   string
	value any
}

func itemsOf[T any](values []T, key func(T) string) []item {
	items := make([]item, len(values))
	for i, v := range values {
		items[i] = item{key(v), v}
	}
	return items
}

// compare adds a break for every item that is only stored, only derived, or differs.
func (r *run) compare(what Invariant, id kg.ID, stored, derived []item) {
	expected := map[string]any{}
	for _, f := range derived {
		expected[f.key] = f.value
	}
	for _, s := range stored {
		e, ok := expected[s.key]
		if !ok {
			r.addBreak(what, id, "%s is stored, but does not follow from the claims (or is stored twice)", s.key)
			continue
		}
		delete(expected, s.key)
		if d := differences(s.value, e); d != "" {
			r.addBreak(what, id, "%s: %s", s.key, d)
		}
	}
	for _, f := range derived {
		if _, missing := expected[f.key]; missing {
			r.addBreak(what, id, "%s follows from the claims, but is not stored", f.key)
		}
	}
}
