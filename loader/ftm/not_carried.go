package ftm

import (
	"slices"
	"strings"
)

// countNotCarried counts the values that no record carries, by schema and property. carried are the texts in the
// records: a part of a name or an address counts as carried if one of them contains it.
func (e *entity) countNotCarried(carried []string) map[string]int {
	whole := make([]string, len(carried))
	for i, text := range carried {
		whole[i] = words(text)
	}
	all := map[string]int{}
	for name, n := range e.extra {
		all[name] += n
	}
	for name := range e.recordDates {
		if !e.used[propertyValue{property: name}] {
			all[name]++
		}
	}
	for name, values := range e.properties {
		for _, v := range values {
			part := words(v)
			in := slices.Contains(partialNames, name) && part != "  " &&
				slices.ContainsFunc(whole, func(text string) bool { return strings.Contains(text, part) })
			if !in && !e.used[propertyValue{name, v}] {
				all[e.schema+"."+name]++
			}
		}
	}
	return all
}

// carriedTexts returns all strings in the records.
func (b *builder) carriedTexts() (all []string) {
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			all = append(all, v)
		case []any:
			for _, item := range v {
				walk(item)
			}
		case map[string]any:
			for _, item := range v {
				walk(item)
			}
		}
	}
	for _, r := range b.records {
		walk(r.Fields)
	}
	return all
}
