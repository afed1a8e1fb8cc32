package proposal

import (
	"slices"

	"casus/internal/kg"
)

// IsPositive reports whether a claim asserts or confirms what it is about.
func (c *Claim) IsPositive() bool {
	return c.Stance != kg.StanceDenies && c.Stance != kg.StanceDisputes
}

// StatesOccurrence reports whether a claim takes the fields of its event's record: it asserts or confirms the
// OCCURRENCE.
func (c *Claim) StatesOccurrence() bool {
	return c.IsPositive() && (c.Aspect == "" || c.Aspect == kg.AspectOccurrence)
}

// Describe states in a claim what the record of an event says, where the claim says nothing.
func (c *Claim) Describe(e Event) {
	c.Titles, c.Category, c.Modality = e.Titles, e.Category, e.Modality
	if c.Time == "" {
		c.Time = e.Time
	}
	if c.Participants == nil {
		c.Participants = e.Participants
	}
	if c.Locations == nil {
		c.Locations = e.Locations
	}
}

// Unstated returns the fields of an event's record that none of its claims states, so that the graph will not have
// them.
func (e *Event) Unstated() (fields []string) {
	if len(e.Claims) == 0 || slices.ContainsFunc(e.Claims, func(c Claim) bool { return c.StatesOccurrence() }) {
		return nil
	}
	add := func(field string, has bool, isStated func(Claim) bool) {
		if has && !slices.ContainsFunc(e.Claims, isStated) {
			fields = append(fields, field)
		}
	}
	add("titles", len(e.Titles) > 0, func(c Claim) bool { return len(c.Titles) > 0 })
	add("category", e.Category != "" && e.Category != kg.CategoryOther,
		func(c Claim) bool { return c.Category == e.Category })
	add("modality", e.Modality != "" && e.Modality != kg.ModalityOccurred,
		func(c Claim) bool { return c.Modality == e.Modality })
	add("time", e.Time != "", func(c Claim) bool { return c.Time != "" })
	participants, locations := map[kg.ID]bool{}, map[kg.ID]bool{}
	for _, c := range e.Claims {
		for _, p := range c.Participants {
			participants[p.Actor] = true
		}
		for _, l := range c.Locations {
			locations[l.Location] = true
		}
	}
	never := func(Claim) bool { return false }
	add("participants", slices.ContainsFunc(e.Participants, func(p Participant) bool { return !participants[p.Actor] }),
		never)
	add("locations", slices.ContainsFunc(e.Locations, func(l Place) bool { return !locations[l.Location] }), never)
	add("partOf", len(e.PartOf) > 0, never)
	add("respondsTo", len(e.RespondsTo) > 0, never)
	add("announces", len(e.Announces) > 0, never)
	return fields
}
