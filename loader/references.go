package loader

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/internal/kg"
)

// suggested is for how many unknown references a near id is looked for: each look goes over all ids.
const suggested = 50

// refer rejects records that refer to what is neither in the input nor stored, and those that refer to a rejected record.
// While more input is to come, a record that refers to what may come with it is put aside.
func (l *load) refer(ctx context.Context) error {
	r := referring{load: l, given: make(map[kg.ID]int, 2*len(l.items)), delayed: map[kg.ID]bool{}}
	items := l.live()
	for _, it := range items {
		for id := range it.gives {
			r.given[id]++
		}
	}
	others := map[kg.ID]bool{}
	for _, it := range items {
		for id := range it.refersTo {
			if r.given[id] == 0 {
				others[id] = true
			}
		}
	}
	missing := slices.Sorted(maps.Keys(others))
	for len(missing) > 0 {
		stored, err := l.storedOf(ctx, missing)
		if err != nil {
			return err
		}
		missing = slices.DeleteFunc(missing, func(id kg.ID) bool { return stored[id] })
		if missing, err = r.dropAll(items, missing); err != nil {
			return err
		}
	}
	return nil
}

// dropAll drops what refers to the missing ids, and lists what is not given any more once these are out.
func (r *referring) dropAll(items []*item, missing []kg.ID) (lost []kg.ID, err error) {
	if len(missing) > 0 && r.by == nil {
		r.by = map[kg.ID][]*item{}
		for _, it := range items {
			for id := range it.refersTo {
				r.by[id] = append(r.by[id], it)
			}
		}
	}
	for _, id := range missing {
		for _, it := range r.by[id] {
			if it.dead {
				continue
			}
			more, err := r.drop(it, id)
			if err != nil {
				return nil, err
			}
			lost = append(lost, more...)
		}
	}
	slices.Sort(lost)
	return lost, nil
}

// referring is the work of one refer.
type referring struct {
	*load
	given   map[kg.ID]int     // how many live records give an id
	by      map[kg.ID][]*item // what refers to an id; nil until something is missing
	delayed map[kg.ID]bool    // given by what was put aside
}

// drop rejects or puts aside what refers to a missing id, and lists the ids that nobody gives then.
func (r *referring) drop(it *item, id kg.ID) (lost []kg.ID, err error) {
	before := map[*item]bool{}
	for _, u := range it.units {
		for _, other := range u.items {
			if !other.dead {
				before[other] = true
			}
		}
	}
	_, gone := r.gone[id]
	if wait := !r.last && (!gone || r.delayed[id]); wait {
		r.delay(it)
	} else if err := r.reject(it, r.unknown(it, id, r.given)); err != nil {
		return nil, err
	}
	for other := range before {
		if !other.dead {
			continue
		}
		for id := range other.gives {
			r.delayed[id] = r.delayed[id] || other.first().state == deferred
			if r.given[id]--; r.given[id] == 0 {
				lost = append(lost, id)
			}
		}
	}
	return lost, nil
}

// delay puts a record aside, and with it every unit that gives it, until all else is loaded.
func (l *load) delay(it *item) {
	it.dead = true
	for _, u := range it.units {
		if u.state == waiting {
			u.state = deferred
		}
		for _, other := range u.items {
			other.dead = other.dead || other.out()
		}
	}
}

// storedOf says which of the ids are stored.
func (l *load) storedOf(ctx context.Context, ids []kg.ID) (map[kg.ID]bool, error) {
	stored := map[kg.ID]bool{}
	for id := range l.stored {
		stored[id] = true
	}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool {
		stored[id] = stored[id] || l.seen.has(id)
		return stored[id]
	})
	return stored, l.ask(ctx, ids, func(n kg.Node) { stored[n.NodeID()] = true })
}

func (l *load) unknown(it *item, id kg.ID, given map[kg.ID]int) Reject {
	r := Reject{Pointer: pointerTo(it.text(), string(id)), Found: string(id)}
	if gone, rejected := l.gone[id]; rejected {
		r.Reason = fmt.Sprintf("it refers to a record that was rejected, at %s:%d", gone.file, gone.line)
		return r
	}
	r.Reason = "it refers to what is neither in the input nor in the store"
	if l.report.Rejected < suggested {
		var near []string
		for other, n := range given {
			if n > 0 && other.Kind() == id.Kind() {
				near = append(near, string(other))
			}
		}
		r.Suggestion = nearest(string(id), near)
	}
	return r
}

// gives goes through the ids that a record makes known: its node, its event and its claims. A claim that stands alone is
// about something that another record gives.
func (it *item) gives(yield func(kg.ID) bool) {
	if (it.hasNode() || it.typ == "event") && !yield(it.id) {
		return
	}
	for i := range it.batch.Claims {
		if !yield(it.batch.Claims[i].ID) {
			return
		}
	}
}

// would lists the ids that a record, which may not even be sound, would make known.
func (it *item) would() []kg.ID {
	var r struct {
		ID     kg.ID `json:"id"`
		Claims []struct {
			ID kg.ID `json:"id"`
		} `json:"claims"`
	}
	ids := slices.Collect(it.gives)
	if json.Unmarshal(it.text(), &r) == nil {
		for _, c := range r.Claims {
			ids = append(ids, c.ID)
		}
	}
	ids = append(ids, r.ID)
	return slices.DeleteFunc(ids, func(id kg.ID) bool { return id == "" })
}

// refersTo goes through the ids that a record needs and does not give itself, some of them perhaps several times.
func (it *item) refersTo(yield func(kg.ID) bool) {
	var room [24]kg.ID
	ids := room[:0]
	for _, l := range it.batch.Locations {
		ids = append(ids, l.Parents...)
	}
	for _, d := range it.batch.Documents {
		ids = append(ids, d.Publisher, d.Syndicates)
	}
	for _, a := range it.batch.Affiliations {
		ids = append(ids, a.Holder, a.Counterpart)
	}
	for _, d := range it.batch.Identities {
		ids = append(ids, d.A, d.B)
	}
	for i := range it.batch.Claims {
		ids = it.batch.Claims[i].AppendReferences(ids)
	}
	for _, id := range ids {
		if id != "" && !it.hasGiven(id) && !yield(id) {
			return
		}
	}
}

func (it *item) hasGiven(id kg.ID) bool {
	for own := range it.gives {
		if own == id {
			return true
		}
	}
	return false
}

// pointerTo finds where in a record a text stands; "" where it does not.
func pointerTo(record []byte, text string) string {
	var value any
	if json.Unmarshal(record, &value) != nil {
		return ""
	}
	var find func(v any) (string, bool)
	find = func(v any) (string, bool) {
		switch v := v.(type) {
		case string:
			return "", v == text
		case []any:
			for i, element := range v {
				if p, ok := find(element); ok {
					return fmt.Sprintf("/%d%s", i, p), true
				}
			}
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				if p, ok := find(v[key]); ok {
					return "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key) + p, true
				}
			}
		}
		return "", false
	}
	pointer, _ := find(value)
	return pointer
}
