package storetest

import (
	"slices"

	"casus/internal/kg"
)

// claim returns the i-th claim. The first claims each define an event and refer to earlier ones; the others are about
// any event or affiliation.
func (g *graph) claim(d random, i int) kg.Claim {
	c := kg.Claim{
		ID: g.known[kg.KindClaim][i], Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, AssertedAt: *d.published(),
		// few voices, so some contradict themselves
		Claimants: distinctValues(d, 2, g.known[kg.KindActor][:min(5, g.actors)]),
	}
	events := g.known[kg.KindEvent]
	if i < g.events {
		c.Subject, events = events[i], events[:i]
	} else {
		c.Subject = pick(d, events)
		if d.chance(25) {
			c.Subject = pick(d, g.known[kg.KindAffiliation])
		}
		c.Stance = pick(d, append(kg.Stances.Values(), kg.StanceAsserts, kg.StanceAsserts))
		c.Aspect = pick(d, append(kg.Aspects.Values(), kg.AspectOccurrence, kg.AspectOccurrence, kg.AspectOccurrence,
			kg.AspectOccurrence))
	}
	if d.chance(75) {
		c.Document = pick(d, g.known[kg.KindDocument])
	}
	if d.chance(25) {
		c.Release = pick(d, g.known[kg.KindRelease])
		c.Cites = distinctValues(d, 2, g.known[kg.KindDocument])
		if d.chance(50) {
			c.Claimants = nil
		}
	}
	if d.chance(10) {
		c.Extractions = extractions(d.phrase(1), d.between(1, 9))
	}
	if d.chance(25) {
		c.Quote = g.quote(d)
	}
	if d.chance(25) {
		c.Note = d.phrase(4)
	}
	if d.chance(25) {
		g.addWithdrawal(d, &c)
	}
	if c.Subject.Kind() == kg.KindEvent {
		c.Says = g.statement(d, slices.DeleteFunc(slices.Clone(events), func(e kg.ID) bool { return e == c.Subject }))
	}
	return c
}

// addWithdrawal makes a claim withdraw or correct an earlier one about the same subject, mostly of the same voice.
func (g *graph) addWithdrawal(d random, c *kg.Claim) {
	earlier := slices.DeleteFunc(slices.Clone(g.batch.Claims), func(e kg.Claim) bool { return e.Subject != c.Subject })
	if len(earlier) == 0 {
		return
	}
	target := pick(d, earlier)
	if c.Stance != kg.StanceRetracts || d.chance(50) {
		c.Supersedes = []kg.ID{target.ID}
	}
	if d.chance(85) {
		c.Claimants, c.Document, c.Release = target.Claimants, target.Document, target.Release
	}
}

func (g *graph) quote(d random) *kg.Quote {
	q := kg.Quote{Text: d.phrase(5), Language: pick(d, languages()), Direct: d.chance(50)}
	if d.chance(70) {
		q.Speaker = pick(d, g.known[kg.KindActor])
	}
	if d.chance(30) {
		q.Addressee = pick(d, g.known[kg.KindActor])
	}
	if d.chance(40) {
		q.Translations = d.names(2)
	}
	return &q
}

// statement returns a statement with random fields. events are the ones it may refer to.
func (g *graph) statement(d random, events []kg.ID) kg.Statement {
	var s kg.Statement
	for _, field := range []struct {
		percent int
		set     func()
	}{
		{60, func() { s.Titles = d.names(2) }},
		{25, func() { s.Summaries = d.names(2) }},
		{60, func() { s.Category = pick(d, kg.EventCategories.Values()[:5]) }},
		{25, func() { s.Mode = pick(d, modes()) }},
		{30, func() { s.Codes = d.codes() }},
		{40, func() { s.Modality = pick(d, append(kg.Modalities.Values(), kg.ModalityOccurred, kg.ModalityOccurred)) }},
		{70, func() { s.Time = d.time() }},
		{30, func() { s.Nominal = d.nominal(s.Time) }},
		{40, func() { s.Figures = d.figures() }},
		{15, func() { s.Measures = d.measures() }},
		{65, func() { s.Participants = g.participants(d) }},
		{55, func() { s.Places = g.places(d) }},
		{35, func() { s.Wholes = distinctValues(d, 2, events) }},
		{30, func() { s.RespondsTo = d.responses(events) }},
		{20, func() { s.Announces = distinctValues(d, 2, events) }},
	} {
		if d.chance(field.percent) {
			field.set()
		}
	}
	return s
}

func (g *graph) participants(d random) []kg.Participant {
	all := make([]kg.Participant, d.between(1, 4))
	for i := range all {
		all[i] = kg.Participant{
			Actor: pick(d, g.known[kg.KindActor]), Role: pick(d, kg.ParticipantRoles.Values()),
			Side: pick(d, append(kg.Sides.Values(), "")),
		}
		if d.chance(25) {
			all[i].Representing = pick(d, g.known[kg.KindActor])
		}
		if d.chance(20) {
			all[i].Capacity = d.phrase(2)
		}
	}
	return all
}

func (g *graph) places(d random) []kg.Place {
	all := make([]kg.Place, d.between(1, 3))
	for i := range all {
		all[i] = kg.Place{Location: pick(d, g.known[kg.KindLocation]), Role: pick(d, kg.LocationRoles.Values()),
			Precision: d.IntN(8)}
	}
	return all
}

func (d random) responses(events []kg.ID) []kg.ResponseTo {
	var all []kg.ResponseTo
	for _, e := range distinctValues(d, 3, events) {
		r := kg.ResponseTo{To: e, Kind: pick(d, kg.ResponseKinds.Values()[:4])}
		if d.chance(20) {
			r.Condition = d.phrase(2)
		}
		all = append(all, r)
	}
	return all
}

func (d random) measures() []kg.Measure {
	all := make([]kg.Measure, d.between(1, 3))
	for i := range all {
		all[i] = kg.Measure{Name: pick(d, kg.MeasureNames.Values()), Value: float64(d.IntN(2000)-1000) / 64}
	}
	return all
}

func (d random) figures() []kg.Figure {
	all := make([]kg.Figure, d.between(1, 3))
	for i := range all {
		n := []int{d.IntN(20), d.IntN(20), d.IntN(20)}
		slices.Sort(n)
		f := kg.Figure{
			Kind: pick(d, append(kg.FigureKinds.Values(), kg.FigureKilled, kg.FigureKilled, kg.FigureKilled,
				kg.FigureWounded)),
			Population: pick(d, append(kg.Populations.Values(), kg.PopulationTotal)),
			Qualifier:  pick(d, kg.FigureQualifiers.Values()),
			Trend:      pick(d, append(kg.Trends.Values(), "")),
			Unit:       pick(d, []string{"", "", "", "", "tanks", "Tanks", "Чайки"}),
			Low:        optional(d, 40, n[0]), Best: optional(d, 80, n[1]), High: optional(d, 40, n[2]),
		}
		if f.Low == nil && f.Best == nil && f.High == nil {
			f.Qualifier = kg.QualifierVague
		}
		all[i] = f
	}
	return all
}
