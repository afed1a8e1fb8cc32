package record

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"cmp"
	"slices"
)

// toStatement returns the statement of a claim.
func (s *statement) toStatement(pointer string) (kg.Statement, *Reject) {
	at, fault := s.Time.parse(pointer + "/time")
	if fault != nil {
		return kg.Statement{}, fault
	}
	made := kg.Statement{
		Titles: kgNames(s.Titles), Summaries: kgNames(s.Summaries), Category: s.Category, Mode: s.Mode,
		Codes: s.Codes, Modality: s.Modality, Time: at, Nominal: s.Nominal, Wholes: s.PartOf, RespondsTo: s.RespondsTo,
		Announces: s.Announces,
		Measures:  plainMeasures(s.Measures),
	}
	made.Figures = slices.Grow(made.Figures, len(s.Figures))
	made.Participants = slices.Grow(made.Participants, len(s.Participants))
	made.Places = slices.Grow(made.Places, len(s.Locations))
	for _, f := range s.Figures {
		f.Population, f.Qualifier = cmp.Or(f.Population, kg.PopulationTotal), cmp.Or(f.Qualifier, kg.QualifierExact)
		made.Figures = append(made.Figures, f)
	}
	for _, p := range s.Participants {
		made.Participants = append(made.Participants, kg.Participant{
			Actor: p.Actor, Role: cmp.Or(p.Role, kg.RoleParticipant), Side: p.Side, Capacity: p.Capacity,
			Representing: p.Representing,
		})
	}
	for _, p := range s.Locations {
		role := cmp.Or(p.Role, kg.LocationRoleVenue)
		made.Places = append(made.Places, kg.Place{Location: p.Location, Role: role, Precision: p.Precision})
	}
	return made, nil
}

// plainMeasures returns the measures with 0 for -0.
func plainMeasures(all []kg.Measure) []kg.Measure {
	if !slices.ContainsFunc(all, func(m kg.Measure) bool { return m.Value == 0 }) {
		return all
	}
	all = slices.Clone(all)
	for i := range all {
		all[i].Value += 0 // -0 + 0 is 0
	}
	return all
}

// check returns a Reject if the statement breaks a rule of the domain.
func (s statement) check() *Reject {
	says, fault := s.toStatement("")
	if fault != nil {
		return fault
	}
	probe := kg.Claim{
		ID: "claim:any", Subject: "event:any", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
		AssertedAt: edtf.Time{EDTF: "2000", Latest: 1}, Says: says,
	}
	return InvalidReject(probe.Check())
}
