package store

import (
	"cmp"
	"reflect"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// ChangeQuery selects the changes of events after one moment of knowledge and up to another.
type ChangeQuery struct {
	// View is the view of the later moment. The filter is evaluated in it, and a state that ended after it has no end.
	View kg.View
	// From is the earlier moment, exclusive.
	From   edtf.Instant
	Filter *EventFilter
	// Window starts after a Change's Position, forward only.
	Window Window
	Total  bool
}

// Change is one kind of change of an event at a moment. Before is nil if the event appeared. Before and After are the
// same version if only edges changed.
type Change struct {
	Kind   ChangeKind
	Event  kg.ID
	At     edtf.Instant
	Before *kg.EventState
	After  kg.EventState
	// Because are the claims that made the change, in claim order: claims that became known at the moment about the event
	// and, if a response to it changed, about the response.
	Because []kg.ID
}

// Position returns the position of a change in the order of CompareChanges.
func (c Change) Position() Position {
	return Position{Int: int64(c.At), Text: string(c.Kind), ID: c.Event}
}

// CompareChanges compares the positions of changes by moment, event and kind, in the order of ChangeKinds.
func CompareChanges(a, b Position) int {
	rank := func(p Position) int { return ChangeKinds.Index(ChangeKind(p.Text)) }
	return cmp.Or(cmp.Compare(a.Int, b.Int), cmp.Compare(a.ID, b.ID), cmp.Compare(rank(a), rank(b)))
}

// EventVersion is the state and the edges of an event at one moment. State is nil if the event did not exist.
type EventVersion struct {
	State *kg.EventState
	// Edges may lack figures, parts and announcements, whose changes count as CLAIM.
	Edges kg.EventEdges
}

// ChangesAt compares the versions of an event just before a moment and at it, and returns one change for each kind, in
// the order of kinds. An event that appeared has no other change, and RETRACTED replaces STATUS. Edges are compared
// without their claims, so a further claim for an edge does not change it. CLAIM stands for claims that became known
// and changed nothing else. newClaims holds the claims that became known at the moment, by subject and in claim order.
func ChangesAt(
	event kg.ID, at edtf.Instant, before, after EventVersion, newClaims map[kg.ID][]kg.ID,
) []Change {
	var all []Change
	if after.State == nil {
		return nil
	}
	add := func(changed bool, kind ChangeKind, because []kg.ID) {
		if changed {
			all = append(all, Change{
				Kind: kind, Event: event, At: at, Before: before.State, After: *after.State, Because: because,
			})
		}
	}
	own := newClaims[event]
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
	add(!slices.Equal(participantKeys(before), participantKeys(after)), ChangeParticipants, own)
	add(!slices.Equal(placeKeys(before), placeKeys(after)), ChangeLocations, own)
	responses, because := responseChanges(before, after, own, newClaims)
	add(responses, ChangeResponse, because)
	add(retracted, ChangeRetracted, own)
	add(len(all) == 0 && len(own) > 0, ChangeClaim, own)
	return all
}

// The keys compare edges without their claims.
type (
	participantKey struct {
		kg.Participant
		status kg.ClaimStatus
	}
	responseKey struct {
		by, to    kg.ID
		kind      kg.ResponseKind
		condition string
	}
)

func participantKeys(h EventVersion) []participantKey {
	all := make([]participantKey, len(h.Edges.Participations))
	for i, p := range h.Edges.Participations {
		all[i] = participantKey{kg.Participant{
			Actor: p.Actor, Role: p.Role, Side: p.Side, Capacity: p.Capacity, Representing: p.Representing,
		}, p.Status}
	}
	return all
}

func placeKeys(h EventVersion) []kg.Place {
	all := make([]kg.Place, len(h.Edges.Locations))
	for i, l := range h.Edges.Locations {
		all[i] = kg.Place{Location: l.Location, Role: l.Role, Precision: l.Precision}
	}
	return all
}

func responseKeys(responses []kg.Response) []responseKey {
	all := make([]responseKey, len(responses))
	for i, r := range responses {
		all[i] = responseKey{r.By, r.To, r.Kind, r.Condition}
	}
	return all
}

// responseChanges reports whether the responses from or to an event changed, and returns the claims that made the
// change.
func responseChanges(
	before, after EventVersion, own []kg.ID, newClaims map[kg.ID][]kg.ID,
) (changed bool, because []kg.ID) {
	if !slices.Equal(responseKeys(before.Edges.RespondsTo), responseKeys(after.Edges.RespondsTo)) {
		changed, because = true, slices.Clone(own)
	}
	was, is := responseKeys(before.Edges.Responses), responseKeys(after.Edges.Responses)
	var by []kg.ID
	for _, r := range slices.Concat(was, is) {
		if !slices.Contains(was, r) || !slices.Contains(is, r) {
			by = append(by, r.by)
		}
	}
	slices.Sort(by)
	for _, id := range slices.Compact(by) {
		changed, because = true, append(because, newClaims[id]...)
	}
	slices.Sort(because) // they became known at one moment, so this is claim order
	return changed, because
}

// ChangeKind is the part of an event that changed at a moment of knowledge.
type ChangeKind string

// The values of ChangeKind.
const (
	ChangeAppeared     ChangeKind = "APPEARED"
	ChangeStatus       ChangeKind = "STATUS"
	ChangeModality     ChangeKind = "MODALITY"
	ChangeTime         ChangeKind = "TIME"
	ChangeToll         ChangeKind = "TOLL"
	ChangeParticipants ChangeKind = "PARTICIPANTS"
	ChangeLocations    ChangeKind = "LOCATIONS"
	ChangeResponse     ChangeKind = "RESPONSE"
	ChangeRetracted    ChangeKind = "RETRACTED"
	ChangeClaim        ChangeKind = "CLAIM"
)

// ChangeKinds are the values of ChangeKind in their fixed order.
var ChangeKinds = kg.NewVocabulary(
	ChangeAppeared, ChangeStatus, ChangeModality, ChangeTime, ChangeToll, ChangeParticipants, ChangeLocations,
	ChangeResponse, ChangeRetracted, ChangeClaim,
)
