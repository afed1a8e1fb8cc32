package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"cmp"
	"reflect"
	"slices"
)

// ChangeQuery asks what changed about events after one moment of knowledge and up to another.
type ChangeQuery struct {
	// View is that of the later moment: in it the filter is asked, and a state that ended after it has no end.
	View kg.View
	// From is the earlier moment. What became known at it is no change.
	From   edtf.Instant
	Filter *EventFilter
	// Window goes forward, from a Change's Position.
	Window Window
	Total  bool
}

// Change is one thing that changed about an event at a moment. Before is nil where the event appeared; Before and After
// are the same version where only edges changed.
type Change struct {
	Kind   ChangeKind
	Event  kg.ID
	At     edtf.Instant
	Before *kg.EventState
	After  kg.EventState
	// Because are the claims that became known at the moment and made the change, in claim order: those about the event
	// and, where an answer to it changed, those about the answer.
	Because []kg.ID
}

// Position is a change's place in the order of all: by moment, event and kind.
func (c Change) Position() Position {
	return Position{Int: int64(c.At), Text: string(c.Kind), ID: c.Event}
}

// CompareChanges orders the positions of changes: by moment, event and, in the order of ChangeKinds, kind.
func CompareChanges(a, b Position) int {
	rank := func(p Position) int { return slices.Index(ChangeKinds(), ChangeKind(p.Text)) }
	return cmp.Or(cmp.Compare(a.Int, b.Int), cmp.Compare(a.ID, b.ID), cmp.Compare(rank(a), rank(b)))
}

// EventVersion is what was held about one event at one moment. State is nil where the event was not there.
type EventVersion struct {
	State *kg.EventState
	// Edges need no figures, and no parts or announcements: what of these changes shows as a CLAIM.
	Edges kg.EventEdges
}

// ChangesAt compares what was held about an event just before a moment and from it on, and gives a change for each kind,
// in the order of their kinds. An event that appeared has no other change at that moment, and what was RETRACTED has no
// other STATUS. Edges are compared by what they say: another claim that says the same is no change of an edge. CLAIM is there
// where claims became known and changed nothing else. became lists the claims that became known at the moment by what they
// are about, in claim order.
func ChangesAt(event kg.ID, at edtf.Instant, before, after EventVersion, became map[kg.ID][]kg.ID) []Change {
	var all []Change
	if after.State == nil {
		return nil
	}
	add := func(changed bool, kind ChangeKind, because []kg.ID) {
		if changed {
			all = append(all, Change{Kind: kind, Event: event, At: at, Before: before.State, After: *after.State, Because: because})
		}
	}
	own := became[event]
	if before.State == nil {
		add(true, ChangeAppeared, own)
		return all
	}
	b, a := *before.State, *after.State
	before.Edges.SortEdges()
	after.Edges.SortEdges()
	retracted := b.Status != a.Status && a.Status == kg.StatusRetracted
	add(b.Status != a.Status && !retracted, ChangeStatus, own)
	add(b.Modality != a.Modality, ChangeModality, own)
	add(b.Time.EDTF != a.Time.EDTF, ChangeTime, own)
	add(!reflect.DeepEqual(b.Toll, a.Toll), ChangeToll, own)
	add(!slices.Equal(participantsIn(before), participantsIn(after)), ChangeParticipants, own)
	add(!slices.Equal(placesIn(before), placesIn(after)), ChangeLocations, own)
	answers, because := answerChanges(before, after, own, became)
	add(answers, ChangeResponse, because)
	add(retracted, ChangeRetracted, own)
	add(len(all) == 0 && len(own) > 0, ChangeClaim, own)
	return all
}

// What edges say, without the claims that say it.
type (
	heldParticipant struct {
		kg.Participant
		status kg.ClaimStatus
	}
	heldAnswer struct {
		by, to    kg.ID
		kind      kg.ResponseKind
		condition string
	}
)

func participantsIn(h EventVersion) []heldParticipant {
	all := make([]heldParticipant, len(h.Edges.Participations))
	for i, p := range h.Edges.Participations {
		all[i] = heldParticipant{kg.Participant{Actor: p.Actor, Role: p.Role, Side: p.Side, Capacity: p.Capacity, Representing: p.Representing}, p.Status}
	}
	return all
}

func placesIn(h EventVersion) []kg.Place {
	all := make([]kg.Place, len(h.Edges.Locations))
	for i, l := range h.Edges.Locations {
		all[i] = kg.Place{Location: l.Location, Role: l.Role, Precision: l.Precision}
	}
	return all
}

func answersIn(responses []kg.Response) []heldAnswer {
	all := make([]heldAnswer, len(responses))
	for i, r := range responses {
		all[i] = heldAnswer{r.By, r.To, r.Kind, r.Condition}
	}
	return all
}

// answerChanges says whether what an event answers, or what answers it, changed, and which claims did it.
func answerChanges(before, after EventVersion, own []kg.ID, became map[kg.ID][]kg.ID) (changed bool, because []kg.ID) {
	if !slices.Equal(answersIn(before.Edges.RespondsTo), answersIn(after.Edges.RespondsTo)) {
		changed, because = true, slices.Clone(own)
	}
	was, is := answersIn(before.Edges.Responses), answersIn(after.Edges.Responses)
	var by []kg.ID
	for _, r := range slices.Concat(was, is) {
		if !slices.Contains(was, r) || !slices.Contains(is, r) {
			by = append(by, r.by)
		}
	}
	slices.Sort(by)
	for _, id := range slices.Compact(by) {
		changed, because = true, append(because, became[id]...)
	}
	slices.Sort(because) // they became known at one moment, so this is claim order
	return changed, because
}
