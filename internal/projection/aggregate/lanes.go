package aggregate

import (
	"slices"

	"casus/internal/store"
	"casus/internal/store/bucket"
)

// lanes are the groups that buckets are divided into.
type lanes struct {
	field store.FacetField
	// keys are those of the groups; bucket.Others is the last one if there is any other value.
	keys []string
	// of is the group of each code of the field; others is the group of the values without one of their own, or -1.
	of     []int32
	others int32
}

// weigher returns a function that reports whether a version is counted, or may only lie in a bucket.
type weigher func(scope) func(row, event uint32) (counted, possible bool)

// newLanes returns the groups of selected events: top values have groups of their own. Without a split there are none.
func (t *table) newLanes(split store.BucketSplit, top int, selected []selection, weigh weigher) *lanes {
	l := &lanes{field: store.FacetField(split), others: -1}
	if l.field == "" {
		return l
	}
	values, keyOf := t.facetKeys(l.field)
	keyNumber := func(code uint32) uint32 {
		if keyOf == nil {
			return code
		}
		return keyOf[code]
	}
	l.keys = append(slices.DeleteFunc(slices.Clone(values), func(key string) bool { return key == "" }), "")
	if len(l.keys)-1 > top {
		counted, possible := make([]int, len(values)), make([]int, len(values))
		t.weigh(l.field, selected, weigh, keyNumber, counted, possible)
		all := bucket.NewLanes(top)
		for i, value := range values {
			all.Add(value, counted[i], possible[i])
		}
		l.keys = append(all.Top(), "")
	}
	own := map[string]int32{}
	for i, key := range l.keys {
		own[key] = int32(i)
	}
	codes := len(keyOf)
	if keyOf == nil {
		codes = len(values)
	}
	l.of = make([]int32, codes)
	for code := range l.of {
		group, has := own[values[keyNumber(uint32(code))]]
		if !has {
			l.others = int32(len(own))
			group = l.others
		}
		l.of[code] = group
	}
	if l.others >= 0 {
		l.keys = append(l.keys, bucket.Others)
	}
	return l
}

// weigh counts the versions of each value of a field.
func (t *table) weigh(
	field store.FacetField, selected []selection, weigh weigher, keyNumber func(code uint32) uint32,
	counted, possible []int,
) {
	for _, s := range selected {
		codes, weight := t.facetValues(field, s.scope), weigh(s.scope)
		for i, row := range s.rows {
			isCounted, isPossible := weight(row, s.events[i])
			into := counted
			if !isCounted {
				if !isPossible {
					continue
				}
				into = possible
			}
			for _, code := range codes(row, s.events[i]) {
				into[keyNumber(code)]++
			}
		}
	}
}

// groups returns a function that returns the groups of a version, until the next call, each once.
func (l *lanes) groups(t *table, v scope) func(row, event uint32) []int32 {
	if l.field == "" {
		return nil
	}
	codes := t.facetValues(l.field, v)
	var found []int32
	return func(row, event uint32) []int32 {
		found = found[:0]
		for _, code := range codes(row, event) {
			if g := l.of[code]; g != l.others || !slices.Contains(found, g) {
				found = append(found, g)
			}
		}
		return found
	}
}
