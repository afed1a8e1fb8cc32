package intake

import (
	"context"
	"maps"
	"slices"

	"casus/internal/effects"
	"casus/internal/kg"
	"casus/internal/review"
	"casus/internal/store"
	"casus/loader"
)

// Result is what a submission changes, or has changed.
type Result struct {
	// Loaded reports whether it is loaded.
	Loaded bool `json:"loaded"`
	// Revision is the graph's revision after it was loaded, or the one for which the effects were computed.
	Revision int64           `json:"revision"`
	Counts   review.Counts   `json:"counts"`
	Faults   []review.Fault  `json:"faults"`
	Fallen   []review.Fallen `json:"fallen"`
	Rejects  []Reject        `json:"rejects"`
	Report   loader.Report   `json:"report"`
	// Reviews are the ids of the reviews of the loaded claims.
	Reviews []kg.ID  `json:"reviews"`
	Effects Effects  `json:"effects"`
	Merged  []Merged `json:"merged"`
}

// Reject is a record that the loader refuses. Record is its line in the proposal, or 0.
type Reject struct {
	Record  int    `json:"record"`
	Pointer string `json:"pointer"`
	review.Cause
	Found string `json:"found,omitempty"`
}

// Effects are the changes of the graph.
type Effects struct {
	// Events are new, gain claims, or change their status, modality, time, toll or disagreements.
	Events    []Event            `json:"events"`
	Fields    []effects.Field    `json:"fields"`
	Undecided []kg.FieldConflict `json:"undecided"`
}

// Event is the change of an event.
type Event struct {
	effects.Event
	ClaimsBefore int `json:"claimsBefore"`
	ClaimsAdded  int `json:"claimsAdded"`
}

// Merged is a node that is shown as another one than before.
type Merged struct {
	Node          kg.ID `json:"node"`
	ShownAsBefore kg.ID `json:"shownAsBefore"`
	ShownAs       kg.ID `json:"shownAs"`
}

// show returns the effects of a trial.
func (d *Desk) show(ctx context.Context, t trial) (shown Effects, err error) {
	shown = Effects{Events: []Event{}, Fields: []effects.Field{}, Undecided: append([]kg.FieldConflict{}, t.undecided...)}
	for _, f := range t.effects.Fields {
		shown.Fields = append(shown.Fields, effects.NewField(f))
	}
	added, err := d.addedClaims(ctx, t)
	if err != nil {
		return shown, err
	}
	changed := map[kg.ID]store.Effect{}
	for _, e := range t.effects.Events {
		changed[e.Event] = e
	}
	ids := slices.Sorted(maps.Keys(added))
	for id := range changed {
		if _, gains := added[id]; !gains {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	nodes, err := d.store.Nodes(ctx, kg.View{}, ids)
	if err != nil {
		return shown, err
	}
	counts, err := d.store.ClaimCounts(ctx, kg.View{}, ids)
	if err != nil {
		return shown, err
	}
	for i, id := range ids {
		effect, differs := changed[id]
		if e, ok := nodes[i].(kg.Event); ok && !differs {
			effect = store.Effect{Event: id, Before: &e.EventState, After: &e.EventState}
		} else if !differs {
			continue // an event whose claims are all forgotten
		}
		c := counts[i]
		shown.Events = append(shown.Events, Event{
			effects.NewEvent(effect), c.Asserts + c.Confirms + c.Denies + c.Disputes + c.Retracts + c.Withdrawn, added[id],
		})
	}
	return shown, nil
}

// addedClaims returns the number of claims that each event gains, by the id of its class.
func (d *Desk) addedClaims(ctx context.Context, t trial) (map[kg.ID]int, error) {
	var ids, subjects []kg.ID
	for _, c := range t.batch.Claims {
		if c.Subject.Kind() == kg.KindEvent && !t.forgotten[c.ID] {
			ids, subjects = append(ids, c.ID), append(subjects, c.Subject)
		}
	}
	stored, err := d.store.Nodes(ctx, kg.View{Identity: kg.IdentityExact}, ids)
	if err != nil {
		return nil, err
	}
	classes, err := d.store.Nodes(ctx, kg.View{}, subjects)
	if err != nil {
		return nil, err
	}
	added, seen := map[kg.ID]int{}, map[kg.ID]bool{}
	for i, id := range ids {
		if stored[i] != nil || seen[id] {
			continue
		}
		seen[id] = true
		if classes[i] != nil {
			added[classes[i].NodeID()]++
		} else {
			added[subjects[i]]++
		}
	}
	return added, nil
}

// merged returns the nodes that are shown as another one because of the identity decisions of a batch.
func (d *Desk) merged(ctx context.Context, b kg.Batch) ([]Merged, error) {
	all := []Merged{}
	if len(b.Identities) == 0 {
		return all, nil
	}
	before, err := store.Decisions(ctx, d.store)
	if err != nil {
		return all, err
	}
	isNew := func(i kg.IdentityDecision) bool {
		return !slices.ContainsFunc(before, func(o kg.IdentityDecision) bool { return o.ID == i.ID })
	}
	after := slices.Clone(before)
	for _, i := range b.Identities {
		if isNew(i) {
			after = append(after, i)
		}
	}
	old, now := kg.NewIdentities(kg.Classes(before)), kg.NewIdentities(kg.Classes(after))
	nodes := maps.Clone(old.Classes())
	maps.Copy(nodes, now.Classes())
	for _, id := range slices.Sorted(maps.Keys(nodes)) {
		if from, to := old.ClassOf(id), now.ClassOf(id); from != to {
			all = append(all, Merged{id, from, to})
		}
	}
	return all, nil
}
