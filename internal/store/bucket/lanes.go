package bucket

import (
	"cmp"
	"slices"
)

// Others is the key of the group of events with any value that has no group of its own. No value is equal to it.
const Others = "\x00"

// Lanes chooses the values of a split that have groups of their own: first the values of most events in all buckets,
// then the values of most events that may lie in the buckets. Ties are broken by key. The group of events without a
// value is additional.
type Lanes struct {
	top    int
	values map[string]*laneEvents
}

type laneEvents struct{ counted, possible int }

// NewLanes returns lanes for a number of values with groups of their own.
func NewLanes(top int) *Lanes { return &Lanes{top, map[string]*laneEvents{}} }

// Add adds events of a value: a number that buckets count, and a number that may only lie in one.
func (l *Lanes) Add(key string, counted, possible int) {
	if key == "" || counted+possible == 0 {
		return
	}
	v := l.values[key]
	if v == nil {
		v = &laneEvents{}
		l.values[key] = v
	}
	v.counted += counted
	v.possible += possible
}

// Top returns the values that have groups of their own, the first one first.
func (l *Lanes) Top() []string {
	keys := make([]string, 0, len(l.values))
	for key := range l.values {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		x, y := l.values[a], l.values[b]
		if x.counted == 0 && y.counted == 0 {
			return cmp.Or(cmp.Compare(y.possible, x.possible), cmp.Compare(a, b))
		}
		return cmp.Or(cmp.Compare(y.counted, x.counted), cmp.Compare(a, b))
	})
	return keys[:min(l.top, len(keys))]
}

// Own returns the values of Top as a set.
func (l *Lanes) Own() map[string]bool {
	own := map[string]bool{}
	for _, key := range l.Top() {
		own[key] = true
	}
	return own
}

// GroupsOf returns the groups of events with some values, if own are the values that have groups of their own.
func GroupsOf(values []string, own map[string]bool) []string {
	if len(values) == 0 {
		return []string{""}
	}
	var groups []string
	others := false
	for _, v := range values {
		if v == "" || own[v] {
			groups = append(groups, v)
		} else {
			others = true
		}
	}
	if others {
		groups = append(groups, Others)
	}
	return groups
}
