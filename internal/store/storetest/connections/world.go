// Package connections tests what connects actors by default, on whose behalf actors take part, and which responses a
// proposal has, on a small world whose expected results were worked out by hand. It is a part of the conformance suite.
package connections

import (
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// builder collects the claims of the world.
type builder struct {
	testing.TB
	kg.Batch
}

// time parses an EDTF value.
func (b *builder) time(value string) edtf.Time {
	t, err := edtf.ParseTime(value)
	if err != nil {
		b.Fatal(err)
	}
	return t
}

// claim adds a claim that the desk makes on a day in March 2025.
func (b *builder) claim(id, subject kg.ID, day string, change func(*kg.Claim)) {
	c := kg.Claim{
		ID: "claim:" + id, Subject: subject, Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
		Claimants: []kg.ID{"actor:desk"}, AssertedAt: b.time("2025-03-" + day),
	}
	if change != nil {
		change(&c)
	}
	b.Claims = append(b.Claims, c)
}

// event adds an event that becomes known on the 1st, with participants by name and role: "ann bob/HOST".
func (b *builder) event(name, time string, modality kg.Modality, participants string, change func(*kg.Claim)) {
	at := b.time(time)
	b.claim(kg.ID(name), "event:"+kg.ID(name), "01", func(c *kg.Claim) {
		c.Says = kg.Statement{Modality: modality, Time: &at, Participants: participantsOf(participants)}
		if change != nil {
			change(c)
		}
	})
}

func participantsOf(words string) (all []kg.Participant) {
	for _, w := range strings.Fields(words) {
		name, role, _ := strings.Cut(w, "/")
		p := kg.Participant{Actor: "actor:" + kg.ID(name), Role: kg.RoleParticipant}
		if role != "" {
			p.Role = kg.ParticipantRole(role)
		}
		all = append(all, p)
	}
	return all
}

func (b *builder) affiliation(name, holder, counterpart string, typ kg.AffiliationType, valid, day string) {
	a := kg.Affiliation{
		ID: "affiliation:" + kg.ID(name), Holder: "actor:" + kg.ID(holder), Counterpart: "actor:" + kg.ID(counterpart),
		Type: typ,
	}
	if valid != "" {
		t := b.time(valid)
		a.ValidTime = &t
	}
	b.Affiliations = append(b.Affiliations, a)
	b.claim(kg.ID(name), a.ID, day, nil)
}

// world returns the batches of the world.
func world(t testing.TB) kg.Batch {
	b := &builder{TB: t}
	for _, name := range strings.Fields(
		"ann bob cy desk envoy envoy-alias foe lawyer minister president press state",
	) {
		b.Actors = append(b.Actors, kg.Actor{
			ID: "actor:" + kg.ID(name), Kind: kg.ActorPerson, Names: []kg.Name{{Value: name}},
		})
	}
	b.RecordedAt = b.time("2025-04-01T00:00:00Z").Earliest

	// Ann meets bob in an event of each kind; the first five do not connect by default.
	b.event("war", "2025-01-01", "", "ann bob", nil)
	b.event("plan", "2025-01-02", kg.ModalityPlanned, "ann bob", nil)
	b.event("denied", "2025-01-03", "", "ann bob", nil)
	b.claim("denied-no", "event:denied", "02", func(c *kg.Claim) { c.Stance = kg.StanceDenies })
	b.claim("denied-back", "event:denied", "03", func(c *kg.Claim) {
		c.Stance, c.Supersedes = kg.StanceRetracts, []kg.ID{"claim:denied"}
	})
	b.claim("denied-list", "event:denied", "04", func(c *kg.Claim) {
		c.Stance, c.Claimants = kg.StanceDenies, []kg.ID{"actor:press"}
		c.Says.Participants = participantsOf("ann bob")
	})
	b.event("absent", "2025-01-04", "", "ann", func(c *kg.Claim) { c.Says.Titles = []kg.Name{{Value: "Absent"}} })
	b.claim("absent-not-bob", "event:absent", "02", func(c *kg.Claim) {
		c.Stance, c.Aspect, c.Says.Participants = kg.StanceDenies, kg.AspectParticipation, participantsOf("bob")
	})
	b.event("report", "2025-01-05", "", "ann bob/MENTIONED", nil)
	b.event("strike", "2025-01-06", "", "ann cy", func(c *kg.Claim) { c.Says.Wholes = []kg.ID{"event:war"} })
	b.event("going-on", "2025-01-07", kg.ModalityOngoing, "ann bob bob/HOST", nil)

	// The envoy spoke for the president in the first half of the year; the minister holds an office, at any time.
	b.affiliation("envoy", "envoy", "president", kg.AffiliationRepresentation, "2025-01/2025-06", "05")
	b.affiliation("office", "president", "state", kg.AffiliationOffice, "2020/..", "01")
	b.affiliation("minister", "minister", "state", kg.AffiliationOffice, "", "01")
	b.affiliation("lawyer", "lawyer", "president", kg.AffiliationEmployment, "", "01")
	b.event("talks-march", "2025-03-10", "", "envoy lawyer", nil)
	b.event("talks-august", "2025-08-10", "", "envoy foe", nil)
	b.event("talks-summer", "2025-06~/2025-07", "", "envoy", nil)
	b.event("talks-some-time", "XXXX", "", "envoy minister", nil)
	b.event("talks-alias", "2025-03-11", "", "envoy-alias", nil)
	b.event("talks-sent", "2025-08-11", "", "foe", func(c *kg.Claim) {
		c.Says.Participants[0].Representing = "actor:president"
	})

	// The offer announces a pause and a visit; the foe refuses the offer, and the pause itself responds to it.
	b.event("offer", "2025-03-01", "", "president/PROPOSER", func(c *kg.Claim) {
		c.Says.Announces = []kg.ID{"event:pause", "event:visit"}
	})
	b.event("pause", "2025-03-05", kg.ModalityProposed, "state", func(c *kg.Claim) {
		c.Says.RespondsTo = []kg.ResponseTo{{To: "event:offer", Kind: kg.ResponseFulfils}}
	})
	b.event("visit", "2025-03-06", kg.ModalityPlanned, "president", nil)
	b.event("idea", "2025-03-07", kg.ModalityProposed, "minister/PROPOSER", nil)
	b.event("refusal", "2025-03-02", "", "foe/SPEAKER", nil)
	b.claim("refuses", "event:refusal", "06", func(c *kg.Claim) {
		c.Says.RespondsTo = []kg.ResponseTo{{To: "event:offer", Kind: kg.ResponseRejects}}
	})
	return b.Batch
}
