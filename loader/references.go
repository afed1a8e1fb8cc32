package loader

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/text"
	"casus/loader/fault"
)

// maxSuggestions is the number of rejects for which similar ids are suggested: each search compares all ids.
const maxSuggestions = 50

// resolveReferences rejects records that refer to an id that is neither in the input nor stored, or to a rejected
// record. While more input follows, a record with an unknown id that may follow is deferred.
func (l *chunkLoad) resolveReferences(ctx context.Context) error {
	r := resolver{chunkLoad: l, definitions: make(map[kg.ID]int, 2*len(l.records)), deferredIDs: map[kg.ID]bool{}}
	records := l.liveRecords()
	for _, rec := range records {
		for id := range rec.definedIDs {
			r.definitions[id]++
		}
	}
	others := map[kg.ID]bool{}
	for _, rec := range records {
		for id := range rec.references {
			if r.definitions[id] == 0 {
				others[id] = true
			}
		}
	}
	missing := slices.Sorted(maps.Keys(others))
	stored, err := l.storedIDs(ctx, missing)
	for first := true; err == nil && len(missing) > 0; first = false {
		missing = slices.DeleteFunc(missing, func(id kg.ID) bool { return stored[id] })
		if missing, err = r.dropAll(records, missing); err == nil && len(missing) > 0 && first {
			// Records may be dropped one after another, so all ids that this may concern are looked up at once.
			stored, err = l.storedIDs(ctx, slices.Sorted(maps.Keys(r.referrers)))
		}
	}
	return err
}

// dropAll drops the records that refer to the missing ids, and returns the ids that no record defines any more.
func (r *resolver) dropAll(records []*record, missing []kg.ID) (lost []kg.ID, err error) {
	if len(missing) > 0 && r.referrers == nil {
		r.referrers = map[kg.ID][]*record{}
		for _, rec := range records {
			for id := range rec.references {
				r.referrers[id] = append(r.referrers[id], rec)
			}
		}
	}
	for _, id := range missing {
		for _, rec := range r.referrers[id] {
			if rec.dropped {
				continue
			}
			more, err := r.drop(rec, id, missing)
			if err != nil {
				return nil, err
			}
			lost = append(lost, more...)
		}
	}
	slices.Sort(lost)
	return lost, nil
}

// resolver is one resolveReferences in progress.
type resolver struct {
	*chunkLoad
	definitions map[kg.ID]int       // how many live records define an id
	referrers   map[kg.ID][]*record // the records that refer to an id; nil until one is missing
	deferredIDs map[kg.ID]bool      // defined by deferred records
}

// drop rejects or defers a record that refers to a missing id, and returns the ids that no record defines any more.
func (r *resolver) drop(rec *record, id kg.ID, missing []kg.ID) (lost []kg.ID, err error) {
	live := map[*record]bool{}
	for _, row := range rec.rows {
		for _, other := range row.records {
			if !other.dropped {
				live[other] = true
			}
		}
	}
	_, rejected := r.rejectedIDs[id]
	if wait := !r.last && (!rejected || r.deferredIDs[id]); wait {
		r.deferRecord(rec)
	} else if err := r.reject(rec, *r.unknownReferences(rec, missing)); err != nil {
		return nil, err
	}
	for other := range live {
		if !other.dropped {
			continue
		}
		for id := range other.definedIDs {
			r.deferredIDs[id] = r.deferredIDs[id] || other.firstRow().state == deferred
			if r.definitions[id]--; r.definitions[id] == 0 {
				lost = append(lost, id)
			}
		}
	}
	return lost, nil
}

// deferRecord defers a record and every row that yields it until the rest of the input is loaded.
func (l *chunkLoad) deferRecord(rec *record) {
	rec.dropped = true
	for _, row := range rec.rows {
		if row.state == pending {
			row.state = deferred
		}
		for _, other := range row.records {
			other.dropped = other.dropped || other.hasNoRow()
		}
	}
}

// storedIDs returns the set of the ids that are stored.
func (l *chunkLoad) storedIDs(ctx context.Context, ids []kg.ID) (map[kg.ID]bool, error) {
	stored := map[kg.ID]bool{}
	for id := range l.storedReleases {
		stored[id] = true
	}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool {
		stored[id] = stored[id] || l.nodes.hasLoaded(id)
		return stored[id]
	})
	return stored, l.readNodes(ctx, ids, func(n kg.Node) { stored[n.NodeID()] = true })
}

// unknownReferences returns the Reject of a record that refers to missing ids, which are sorted.
func (r *resolver) unknownReferences(rec *record, missing []kg.ID) *Reject {
	var all []*Reject
	seen := map[kg.ID]bool{}
	for id := range rec.references {
		if _, found := slices.BinarySearch(missing, id); found && !seen[id] && len(all) <= fault.MaxMore {
			seen[id] = true
			unknown := r.unknownReference(rec, id, r.definitions)
			all = append(all, &unknown)
		}
	}
	return fault.Join(all...)
}

func (l *chunkLoad) unknownReference(rec *record, id kg.ID, definitions map[kg.ID]int) Reject {
	r := Reject{Pointer: pointerTo(rec.jsonText(), string(id)), Found: string(id)}
	if at, rejected := l.rejectedIDs[id]; rejected {
		r.Reason = fmt.Sprintf("it refers to a record that was rejected, at %s:%d", at.file, at.line)
		return r
	}
	r.Reason = "the id is neither in the input nor in the store"
	if l.report.Rejected < maxSuggestions {
		var near []string
		for other, n := range definitions {
			if n > 0 && other.Kind() == id.Kind() {
				near = append(near, string(other))
			}
		}
		r.Suggestion = text.Nearest(string(id), near)
	}
	return r
}

// definedIDs yields the ids that a record defines: of its node or event, and of its claims. A claim record does not
// define its subject.
func (rec *record) definedIDs(yield func(kg.ID) bool) {
	if (rec.hasNode() || rec.typ == "event") && !yield(rec.id) {
		return
	}
	for i := range rec.batch.Claims {
		if !yield(rec.batch.Claims[i].ID) {
			return
		}
	}
}

// declaredIDs returns the ids that a record, even an invalid one, tried to define.
func (rec *record) declaredIDs() []kg.ID {
	var r struct {
		ID     kg.ID `json:"id"`
		Claims []struct {
			ID kg.ID `json:"id"`
		} `json:"claims"`
	}
	ids := slices.Collect(rec.definedIDs)
	if json.Unmarshal(rec.jsonText(), &r) == nil {
		for _, c := range r.Claims {
			ids = append(ids, c.ID)
		}
	}
	ids = append(ids, r.ID)
	return slices.DeleteFunc(ids, func(id kg.ID) bool { return id == "" })
}

// references yields the ids that a record refers to and does not define. An id may be repeated.
func (rec *record) references(yield func(kg.ID) bool) {
	var room [24]kg.ID
	ids := room[:0]
	for _, l := range rec.batch.Locations {
		ids = append(ids, l.Parents...)
	}
	for _, d := range rec.batch.Documents {
		ids = append(ids, d.Publisher, d.Syndicates)
	}
	for _, a := range rec.batch.Affiliations {
		ids = append(ids, a.Holder, a.Counterpart)
	}
	for _, d := range rec.batch.Identities {
		ids = append(ids, d.A, d.B)
	}
	for i := range rec.batch.Claims {
		ids = rec.batch.Claims[i].AppendReferences(ids)
	}
	defines := rec.defines
	if len(rec.batch.Claims) > manyClaims {
		own := make(map[kg.ID]bool, len(rec.batch.Claims)+1)
		for id := range rec.definedIDs {
			own[id] = true
		}
		defines = func(id kg.ID) bool { return own[id] }
	}
	for _, id := range ids {
		if id != "" && !defines(id) && !yield(id) {
			return
		}
	}
}

// manyClaims is the number of claims of one record above which a set of their ids is worth its while.
const manyClaims = 16

func (rec *record) defines(id kg.ID) bool {
	for own := range rec.definedIDs {
		if own == id {
			return true
		}
	}
	return false
}

// pointerTo returns the JSON pointer to a text in a record, or "" if it is not there.
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
