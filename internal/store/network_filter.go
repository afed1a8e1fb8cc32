package store

import (
	"cmp"
	"slices"

	"casus/internal/kg"
)

// Unless a filter selects them, paths, networks, co-participation and the events around an event leave out events with
// parts, events that neither occurred nor are going on, and DENIED or RETRACTED events. Paths, networks and
// co-participation also leave out DENIED participations and the roles CLAIMANT and MENTIONED.

// Connecting returns the filter with these defaults for events.
func (f *EventFilter) Connecting() *EventFilter {
	n, defaults := EventFilter{}, f.ConnectingDefaults()
	if f != nil {
		n = *f
	}
	n.HasParts = cmp.Or(n.HasParts, defaults.HasParts)
	if defaults.Modalities != nil {
		n.Modalities = defaults.Modalities
	}
	if defaults.Statuses != nil {
		n.Statuses = defaults.Statuses
	}
	return &n
}

// ConnectingDefaults returns the defaults that apply to a filter. One does not apply if the filter has a condition on
// the same value (HasParts, Modalities, Statuses) anywhere, even under Not. IDs and PartOf change nothing.
func (f *EventFilter) ConnectingDefaults() (defaults EventFilter) {
	if !f.contains(func(f *EventFilter) bool { return f.HasParts != nil }) {
		defaults.HasParts = new(bool)
	}
	if !f.contains(func(f *EventFilter) bool { return f.Modalities != nil }) {
		defaults.Modalities = kg.HappenedModalities()
	}
	if !f.contains(func(f *EventFilter) bool { return f.Statuses != nil }) {
		defaults.Statuses = statusesExcept(kg.StatusDenied, kg.StatusRetracted)
	}
	return defaults
}

// ConnectingStatuses returns the statuses of participations that connect actors: all except DENIED, or nil, which means
// all, if a ParticipantFilter anywhere in the filter has Statuses.
func (f *EventFilter) ConnectingStatuses() []kg.ClaimStatus {
	hasStatuses := func(p ParticipantFilter) bool { return p.Statuses != nil }
	if f.contains(func(f *EventFilter) bool { return slices.ContainsFunc(f.Participants, hasStatuses) }) {
		return nil
	}
	return statusesExcept(kg.StatusDenied)
}

// ConnectingRoles returns the roles that connect actors: the given ones or, for nil, all except CLAIMANT and MENTIONED.
func ConnectingRoles(roles []kg.ParticipantRole) []kg.ParticipantRole {
	if roles != nil {
		return roles
	}
	return slices.DeleteFunc(kg.ParticipantRoles.Values(), func(r kg.ParticipantRole) bool {
		return r == kg.RoleClaimant || r == kg.RoleMentioned
	})
}

// SharedEvents returns the filter for the events that link two actors in a network of a filter and roles. With denied
// it also selects events that do not link them because they or a participation are DENIED.
func SharedEvents(f *EventFilter, roles []kg.ParticipantRole, a, b kg.ID, denied bool) *EventFilter {
	roles, statuses, events := ConnectingRoles(roles), f.ConnectingStatuses(), f.Connecting()
	if denied {
		statuses = nil
		if f.ConnectingDefaults().Statuses != nil {
			events.Statuses = statusesExcept(kg.StatusRetracted)
		}
	}
	both := EventFilter{
		Participants: []ParticipantFilter{
			{AnyOf: []kg.ID{a}, Roles: roles, Statuses: statuses},
			{AnyOf: []kg.ID{b}, Roles: roles, Statuses: statuses},
		},
		And: []EventFilter{*events},
	}
	if f != nil {
		both.Identity = f.Identity
	}
	return &both
}

// contains reports whether a condition holds for the filter or for a filter in it.
func (f *EventFilter) contains(holds func(*EventFilter) bool) bool {
	nested := func(n EventFilter) bool { return n.contains(holds) }
	return f != nil && (holds(f) || f.Not.contains(holds) || slices.ContainsFunc(f.And, nested) ||
		slices.ContainsFunc(f.Or, nested))
}

func statusesExcept(excluded ...kg.ClaimStatus) []kg.ClaimStatus {
	isExcluded := func(s kg.ClaimStatus) bool { return slices.Contains(excluded, s) }
	return slices.DeleteFunc(kg.ClaimStatuses.Values(), isExcluded)
}
