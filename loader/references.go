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
func (l *load) refer(ctx context.Context) error {
	given := map[kg.ID]int{} // how many live records give an id
	for _, it := range l.live() {
		for _, id := range it.gives() {
			given[id]++
		}
	}
	stored := map[kg.ID]bool{}
	if err := l.askFor(ctx, l.open(given), stored); err != nil {
		return err
	}
	gone := map[kg.ID]*item{} // given by records that were rejected
	for again := true; again; {
		again = false
		for _, it := range l.live() {
			for _, id := range it.refersTo() {
				if given[id] > 0 || stored[id] {
					continue
				}
				if gone[id] != nil { // it may have been stored before
					if err := l.askFor(ctx, []kg.ID{id}, stored); err != nil {
						return err
					}
					if stored[id] {
						continue
					}
				}
				if err := l.reject(it, l.unknown(it, id, gone[id], given)); err != nil {
					return err
				}
				for _, lost := range it.gives() {
					given[lost]--
					gone[lost] = it
				}
				again = true
				break
			}
		}
	}
	for _, it := range l.live() {
		for _, c := range it.batch.Claims {
			for _, s := range c.Spans {
				l.report.Spans[s.State]++
			}
		}
	}
	return nil
}

// open lists what is referred to and not given, sorted.
func (l *load) open(given map[kg.ID]int) []kg.ID {
	wanted := map[kg.ID]bool{}
	for _, it := range l.live() {
		for _, id := range it.refersTo() {
			if given[id] == 0 {
				wanted[id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(wanted))
}

// askFor notes which of the ids are stored.
func (l *load) askFor(ctx context.Context, ids []kg.ID, stored map[kg.ID]bool) error {
	for id := range l.known.releases {
		stored[id] = true
	}
	return l.ask(ctx, ids, func(n kg.Node) { stored[n.NodeID()] = true })
}

func (l *load) unknown(it *item, id kg.ID, gone *item, given map[kg.ID]int) Reject {
	r := Reject{Pointer: pointerTo(it.json, string(id)), Found: string(id)}
	if gone != nil {
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

// gives lists the ids that a record makes known: its node, its events and its claims.
func (it *item) gives() []kg.ID {
	var ids []kg.ID
	if it.hasNode() {
		ids = append(ids, it.id)
	}
	for _, c := range it.batch.Claims {
		ids = append(ids, c.ID)
		if c.Subject.Kind() == kg.KindEvent {
			ids = append(ids, c.Subject)
		}
	}
	return ids
}

// refersTo lists the ids that a record needs and does not give itself.
func (it *item) refersTo() []kg.ID {
	var ids []kg.ID
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
	for _, c := range it.batch.Claims {
		ids = append(ids, c.References()...)
	}
	own := it.gives()
	ids = slices.DeleteFunc(ids, func(id kg.ID) bool { return id == "" || slices.Contains(own, id) })
	slices.Sort(ids)
	return slices.Compact(ids)
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
				if p, ok := find(v[key]); ok && key != "id" {
					return "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key) + p, true
				}
			}
		}
		return "", false
	}
	pointer, _ := find(value)
	return pointer
}
