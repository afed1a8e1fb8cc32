package relations

import (
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// TieQuery selects what joins two actors.
type TieQuery struct {
	View kg.View
	A, B kg.ID
	// Filter selects the events, not the affiliations. Roles are the roles that count, by default
	// store.ConnectingRoles.
	Filter *store.EventFilter
	Roles  []kg.ParticipantRole
	// Sums are the sums to compute.
	Sums sums.Set
}

// Check returns BAD_INPUT for an invalid query.
func (q TieQuery) Check() error {
	for _, id := range []kg.ID{q.A, q.B} {
		if err := id.Check(kg.KindActor); err != nil {
			return err
		}
	}
	return nil
}

// Tie is everything that joins two actors directly: their meetings, with Source and Target in the order of the query,
// and the affiliations of one with the other, by the start of their valid time and id.
type Tie struct {
	Meetings
	Affiliations []kg.ID
}

// Meetings describes the events that two actors share.
type Meetings struct {
	Source, Target kg.ID
	// Weight counts the selected events that they share.
	Weight int
	// First and Last are the earliest and latest shared events by start, ties by id; "" if none has a start.
	First, Last kg.ID
	// Statuses counts the events by status.
	Statuses StatusCounts
	// Sums are the sums over the shared events.
	sums.Sums
}

// StatusCounts counts shared events by Hop.Status. Denied also counts the events that do not link the actors because
// they or a participation are DENIED, unless the filter has a condition on that status; see store.EventFilter.
type StatusCounts struct{ Retracted, Denied, Disputed, Unverified, Corroborated, Confirmed int }

// Of returns the count of a status, which may be changed, or nil for "".
func (c *StatusCounts) Of(s kg.ClaimStatus) *int {
	switch s {
	case kg.StatusRetracted:
		return &c.Retracted
	case kg.StatusDenied:
		return &c.Denied
	case kg.StatusDisputed:
		return &c.Disputed
	case kg.StatusUnverified:
		return &c.Unverified
	case kg.StatusCorroborated:
		return &c.Corroborated
	case kg.StatusConfirmed:
		return &c.Confirmed
	}
	return nil
}
