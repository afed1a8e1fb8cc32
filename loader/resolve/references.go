package resolve

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/text"
	"casus/loader/entry"
	"casus/loader/report"
)

// maxSuggestions is the number of rejects for which similar ids are suggested: each search compares all ids.
const maxSuggestions = 50

// ReferenceChecker finds the entries of a chunk that refer to unknown ids.
type ReferenceChecker struct {
	Store Store
	// HasLoaded reports whether the load has stored a node recently.
	HasLoaded func(kg.ID) bool
	Sources   *Sources
	Rejects   *report.Rejects
	// Last is set if no input follows that may define an id.
	Last bool
	// Lenient leaves claims that refer to a missing id out of their entries, if others are left.
	Lenient bool
}

// Check rejects entries that refer to an id that is neither in the input nor stored, or to a rejected record. While
// more input follows, an entry with an unknown id that may follow is deferred.
func (c ReferenceChecker) Check(ctx context.Context, entries []*entry.Entry) error {
	r := resolver{
		ReferenceChecker: c, definitions: make(map[kg.ID]int, 2*len(entries)), deferredIDs: map[kg.ID]bool{},
	}
	entries = entry.Live(entries)
	for _, e := range entries {
		for id := range e.DefinedIDs {
			r.definitions[id]++
		}
	}
	others := map[kg.ID]bool{}
	for _, e := range entries {
		for id := range e.References {
			if r.definitions[id] == 0 {
				others[id] = true
			}
		}
	}
	missing := slices.Sorted(maps.Keys(others))
	stored, err := c.storedIDs(ctx, missing)
	for first := true; err == nil && len(missing) > 0; first = false {
		missing = slices.DeleteFunc(missing, func(id kg.ID) bool { return stored[id] })
		if missing, err = r.dropAll(entries, missing); err == nil && len(missing) > 0 && first {
			// Entries may be dropped one after another, so all ids that this may concern are looked up at once.
			stored, err = c.storedIDs(ctx, slices.Sorted(maps.Keys(r.referrers)))
		}
	}
	return err
}

// dropAll drops the entries that refer to the missing ids, and returns the ids that no entry defines any more.
func (r *resolver) dropAll(entries []*entry.Entry, missing []kg.ID) (lost []kg.ID, err error) {
	if len(missing) > 0 && r.referrers == nil {
		r.referrers = map[kg.ID][]*entry.Entry{}
		for _, e := range entries {
			for id := range e.References {
				r.referrers[id] = append(r.referrers[id], e)
			}
			if r.Lenient {
				r.addOwnReferrers(e)
			}
		}
	}
	for _, id := range missing {
		for _, e := range r.referrers[id] {
			if e.Dropped {
				continue
			}
			more, err := r.drop(e, id, missing)
			if err != nil {
				return nil, err
			}
			lost = append(lost, more...)
		}
	}
	slices.Sort(lost)
	return lost, nil
}

// resolver is one Check in progress.
type resolver struct {
	ReferenceChecker
	definitions map[kg.ID]int            // how many live entries define an id
	referrers   map[kg.ID][]*entry.Entry // the entries that refer to an id; nil until one is missing
	deferredIDs map[kg.ID]bool           // defined by deferred entries
	dropped     int                      // the number of references of claims that were left out
}

// drop rejects or defers an entry that refers to a missing id, and returns the ids that no entry defines any more.
func (r *resolver) drop(e *entry.Entry, id kg.ID, missing []kg.ID) (lost []kg.ID, err error) {
	live := map[*entry.Entry]bool{}
	for _, row := range e.Rows {
		for _, other := range row.Entries {
			if !other.Dropped {
				live[other] = true
			}
		}
	}
	wait := r.mayFollow(id)
	if r.Lenient && !wait {
		if wait = r.hasFollowing(e, missing); !wait {
			if gone, done := r.dropClaims(e, missing); done {
				return gone, nil
			}
		}
	}
	if wait {
		Defer(e)
	} else if err := r.Rejects.Entry(e, *r.unknownReferences(e, missing)); err != nil {
		return nil, err
	}
	for other := range live {
		if !other.Dropped {
			continue
		}
		for id := range other.DefinedIDs {
			r.deferredIDs[id] = r.deferredIDs[id] || other.FirstRow().State == entry.Deferred
			if r.definitions[id]--; r.definitions[id] == 0 {
				lost = append(lost, id)
			}
		}
	}
	return lost, nil
}

// mayFollow reports whether later input, or a deferred record, may define a missing id.
func (r *resolver) mayFollow(id kg.ID) bool {
	_, rejected := r.Rejects.Place(id)
	return !r.Last && (!rejected || r.deferredIDs[id])
}

// storedIDs returns the set of the ids that are stored.
func (c ReferenceChecker) storedIDs(ctx context.Context, ids []kg.ID) (map[kg.ID]bool, error) {
	stored := maps.Clone(c.Sources.stored)
	ids = slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool {
		stored[id] = stored[id] || c.HasLoaded(id)
		return stored[id]
	})
	if err := Nodes(ctx, c.Store, ids, func(n kg.Node) { stored[n.NodeID()] = true }); err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(ids, func(id kg.ID) bool { return stored[id] })
	return stored, forgotten(ctx, c.Store, ids, func(id kg.ID) { stored[id] = true })
}

// unknownReferences returns the Reject of a record that refers to missing ids, which are sorted.
func (r *resolver) unknownReferences(e *entry.Entry, missing []kg.ID) *record.Reject {
	var all []*record.Reject
	seen := map[kg.ID]bool{}
	for id := range e.References {
		if _, found := slices.BinarySearch(missing, id); found && !seen[id] && len(all) <= record.MaxMore {
			seen[id] = true
			all = append(all, r.unknownReference(record.PointerTo(e.Text(), string(id)), id))
		}
	}
	return record.JoinRejects(all...)
}

// unknownReference returns the Reject of a missing id at a pointer.
func (r *resolver) unknownReference(pointer string, id kg.ID) *record.Reject {
	return unknownReference(r.Rejects, r.dropped, pointer, id, func(id kg.ID) (similar []string) {
		for other, n := range r.definitions {
			if n > 0 && other.Kind() == id.Kind() {
				similar = append(similar, string(other))
			}
		}
		return similar
	})
}

// unknownReference returns the Reject of a missing id at a pointer, after some claims were dropped. similar returns the
// ids that may be meant.
func unknownReference(
	rejects *report.Rejects, dropped int, pointer string, id kg.ID, similar func(kg.ID) []string,
) *record.Reject {
	fault := &record.Reject{Pointer: pointer, Found: string(id)}
	if at, rejected := rejects.Place(id); rejected {
		fault.Reason = fmt.Sprintf("it refers to a record that was rejected, at %s:%d", at.File, at.Line)
		return fault
	}
	fault.Reason = "the id is neither in the input nor in the store"
	if rejects.Count()+dropped < maxSuggestions {
		fault.Suggestion = text.Nearest(string(id), similar(id))
	}
	return fault
}
