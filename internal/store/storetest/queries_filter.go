package storetest

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// field sets one field of a filter.
type field[F any] struct {
	name string
	set  func(g *graph, d random, f *F)
}

func eventFields() []field[store.EventFilter] {
	type f = store.EventFilter
	return []field[f]{
		{"ids", func(g *graph, d random, f *f) { f.IDs = g.ids(d, 8, kg.KindEvent) }},
		{"text", func(_ *graph, d random, f *f) { f.Text = ref(d.searchText()) }},
		{"time", func(_ *graph, d random, f *f) { f.Time = d.timeRange() }},
		{"firstAsserted", func(_ *graph, d random, f *f) { f.FirstAsserted = d.timeRange() }},
		{"precision", func(_ *graph, d random, f *f) { f.Precision = filterValues(d, 5, edtf.TimePrecisions()) }},
		{"participants", func(g *graph, d random, f *f) {
			for range d.between(1, 2) {
				f.Participants = append(f.Participants, g.participantFilter(d))
			}
		}},
		{"withoutActors", func(g *graph, d random, f *f) { f.WithoutActors = g.ids(d, 5, kg.KindActor) }},
		{"place", func(g *graph, d random, f *f) { f.Place = g.placeFilter(d, true) }},
		{"categories", func(_ *graph, d random, f *f) { f.Categories = filterValues(d, 4, kg.EventCategories.Values()[:6]) }},
		{"modes", func(_ *graph, d random, f *f) { f.Modes = filterValues(d, 3, modes()) }},
		{"codes", func(_ *graph, d random, f *f) {
			f.Codes = filterValues(d, 2, []store.CodeFilter{
				{Scheme: pick(d, schemes())}, {Scheme: pick(d, schemes()), Value: ref(pick(d, codes()))},
				{Scheme: pick(d, schemes()), StartsWith: ref(pick(d, codes()))},
			})
		}},
		{"modalities", func(_ *graph, d random, f *f) { f.Modalities = filterValues(d, 4, kg.Modalities.Values()) }},
		{"statuses", func(_ *graph, d random, f *f) { f.Statuses = filterValues(d, 5, kg.ClaimStatuses.Values()) }},
		{"killed", func(_ *graph, d random, f *f) { f.Killed = d.intRange(20) }},
		{"voices", func(_ *graph, d random, f *f) { f.Voices = d.intRange(4) }},
		{"sources", func(_ *graph, d random, f *f) {
			f.Sources = &store.SourceFilter{Documents: d.intRange(4), Datasets: d.intRange(2)}
			if d.chance(50) {
				f.Sources = &store.SourceFilter{Publishers: d.intRange(3), Voices: d.intRange(3)}
			}
		}},
		{"partOf", func(g *graph, d random, f *f) { f.PartOf = g.ids(d, 5, kg.KindEvent) }},
		{"hasParts", func(_ *graph, d random, f *f) { f.HasParts = ref(d.chance(50)) }},
		{"responses", func(_ *graph, d random, f *f) {
			f.Responses = &store.ResponseFilter{Exists: optional(d, 60, d.chance(50))}
			if d.chance(50) {
				f.Responses.Kinds = filterValues(d, 2, kg.ResponseKinds.Values())
			}
		}},
		{"respondsWith", func(_ *graph, d random, f *f) {
			f.RespondsWith = filterValues(d, 2, kg.ResponseKinds.Values()[:4])
		}},
		{"documents", func(g *graph, d random, f *f) { f.Documents = g.ids(d, 5, kg.KindDocument) }},
		{"publishers", func(g *graph, d random, f *f) { f.Publishers = g.ids(d, 5, kg.KindActor) }},
		{"claimants", func(g *graph, d random, f *f) { f.Claimants = g.ids(d, 5, kg.KindActor) }},
		{"datasets", func(_ *graph, d random, f *f) { f.Datasets = filterValues(d, 2, append(datasets(), "none")) }},
		{"disagreements", func(_ *graph, d random, f *f) { f.Disagreements = filterValues(d, 2, kg.Aspects.Values()) }},
		{"coding", func(_ *graph, d random, f *f) { f.Coding = filterValues(d, 2, kg.Codings.Values()) }},
	}
}

func actorFields() []field[store.ActorFilter] {
	type f = store.ActorFilter
	return []field[f]{
		{"ids", func(g *graph, d random, f *f) { f.IDs = g.ids(d, 6, kg.KindActor) }},
		{"text", func(_ *graph, d random, f *f) { f.Text = ref(d.searchText()) }},
		{"kinds", func(_ *graph, d random, f *f) { f.Kinds = filterValues(d, 2, kg.ActorKinds.Values()[:5]) }},
		{"countries", func(_ *graph, d random, f *f) { f.Countries = filterValues(d, 2, countries()) }},
		{"identifiers", func(_ *graph, d random, f *f) { f.Identifiers = d.identifierFilters() }},
		{"inEvents", func(g *graph, d random, f *f) { f.InEvents = g.eventFilter(d, 1) }},
		{"inEvents EXACT", func(g *graph, d random, f *f) {
			f.InEvents = g.eventFilter(d, 1)
			f.InEvents.Identity = ref(kg.IdentityExact)
		}},
	}
}

func locationFields() []field[store.LocationFilter] {
	type f = store.LocationFilter
	return []field[f]{
		{"ids", func(g *graph, d random, f *f) { f.IDs = g.ids(d, 6, kg.KindLocation) }},
		{"text", func(_ *graph, d random, f *f) { f.Text = ref(d.searchText()) }},
		{"kinds", func(_ *graph, d random, f *f) { f.Kinds = filterValues(d, 2, kg.LocationKinds.Values()) }},
		{"place", func(g *graph, d random, f *f) { f.Place = g.placeFilter(d, false) }},
		{"identifiers", func(_ *graph, d random, f *f) { f.Identifiers = d.identifierFilters() }},
	}
}

func documentFields() []field[store.DocumentFilter] {
	type f = store.DocumentFilter
	return []field[f]{
		{"ids", func(g *graph, d random, f *f) { f.IDs = g.ids(d, 6, kg.KindDocument) }},
		{"text", func(_ *graph, d random, f *f) { f.Text = ref(d.searchText()) }},
		{"publishers", func(g *graph, d random, f *f) { f.Publishers = g.ids(d, 6, kg.KindActor) }},
		{"languages", func(_ *graph, d random, f *f) { f.Languages = filterValues(d, 2, languages()) }},
		{"published", func(_ *graph, d random, f *f) { f.Published = d.timeRange() }},
	}
}

func claimFields() []field[store.ClaimFilter] {
	type f = store.ClaimFilter
	return []field[f]{
		{"subjects", func(g *graph, d random, f *f) { f.Subjects = g.ids(d, 6, kg.KindEvent, kg.KindAffiliation) }},
		{"documents", func(g *graph, d random, f *f) { f.Documents = g.ids(d, 6, kg.KindDocument) }},
		{"publishers", func(g *graph, d random, f *f) { f.Publishers = g.ids(d, 6, kg.KindActor) }},
		{"claimants", func(g *graph, d random, f *f) { f.Claimants = g.ids(d, 6, kg.KindActor) }},
		{"speakers", func(g *graph, d random, f *f) { f.Speakers = g.ids(d, 6, kg.KindActor) }},
		{"stances", func(_ *graph, d random, f *f) { f.Stances = filterValues(d, 2, kg.Stances.Values()) }},
		{"aspects", func(_ *graph, d random, f *f) { f.Aspects = filterValues(d, 2, kg.Aspects.Values()) }},
		{"asserted", func(_ *graph, d random, f *f) { f.Asserted = d.timeRange() }},
		{"hasQuote", func(_ *graph, d random, f *f) { f.HasQuote = ref(d.chance(50)) }},
		{"directQuote", func(_ *graph, d random, f *f) { f.DirectQuote = ref(d.chance(50)) }},
		{"hasFigures", func(_ *graph, d random, f *f) { f.HasFigures = ref(d.chance(50)) }},
		{"text", func(_ *graph, d random, f *f) { f.Text = ref(d.searchText()) }},
	}
}

// combine sets two random fields, or one of them twice.
func combine[F any](g *graph, d random, fields []field[F]) *F {
	var f F
	for range 2 {
		pick(d, fields).set(g, d, &f)
	}
	return &f
}

// eventFilter returns one or two fields, or filters nested to a depth.
func (g *graph) eventFilter(d random, depth int) *store.EventFilter {
	var f store.EventFilter
	if depth == 0 || d.chance(30) {
		for range d.between(1, 2) {
			pick(d, eventFields()).set(g, d, &f)
		}
		return &f
	}
	if d.chance(25) {
		pick(d, eventFields()).set(g, d, &f)
	}
	for range d.IntN(2) {
		f.And = append(f.And, *g.eventFilter(d, depth-1))
	}
	for range d.IntN(5) {
		f.Or = append(f.Or, *g.eventFilter(d, depth-1))
	}
	if d.chance(40) {
		f.Not = g.eventFilter(d, depth-1)
	}
	return &f
}

func (g *graph) participantFilter(d random) store.ParticipantFilter {
	var p store.ParticipantFilter
	if d.chance(40) {
		p.AnyOf = g.ids(d, 5, kg.KindActor)
	}
	if d.chance(20) {
		p.Representing = g.ids(d, 5, kg.KindActor)
	}
	if d.chance(25) {
		p.Roles = filterValues(d, 5, kg.ParticipantRoles.Values())
	}
	if d.chance(25) {
		p.Kinds = filterValues(d, 2, kg.ActorKinds.Values()[:4])
	}
	if d.chance(20) {
		p.Countries = filterValues(d, 2, countries())
	}
	if d.chance(15) {
		p.Sides = filterValues(d, 1, kg.Sides.Values())
	}
	if d.chance(15) {
		p.Statuses = filterValues(d, 2, kg.ClaimStatuses.Values())
	}
	return p
}

func (g *graph) placeFilter(d random, roles bool) *store.PlaceFilter {
	var p store.PlaceFilter
	if d.chance(40) {
		p.Within = g.ids(d, 5, kg.KindLocation)
	}
	if d.chance(30) {
		at := d.point()
		p.Near = &store.NearFilter{Latitude: at.Latitude, Longitude: at.Longitude,
			Km: pick(d, []float64{1, 50, 200, 1000, 8000, 30000})}
	}
	if d.chance(30) {
		a, b := d.point(), d.point()
		p.Box = &store.BoxFilter{West: a.Longitude, South: min(a.Latitude, b.Latitude), East: b.Longitude,
			North: max(a.Latitude, b.Latitude)}
	}
	if d.chance(30) {
		p.Countries = filterValues(d, 2, countries())
	}
	if roles && d.chance(30) {
		p.Roles = filterValues(d, 2, kg.LocationRoles.Values())
	}
	return &p
}

func (d random) identifierFilters() []store.IdentifierFilter {
	return filterValues(d, 6, []store.IdentifierFilter{
		{Scheme: pick(d, schemes()), Value: pick(d, codes())}, {Scheme: pick(d, schemes()), Value: pick(d, codes())},
		{Scheme: pick(d, schemes()), Value: pick(d, codes())}, {Scheme: "none", Value: "1"},
	})
}

func (d random) timeRange() *store.TimeRange {
	for {
		r := store.TimeRange{From: optional(d, 75, *d.time()), To: optional(d, 75, *d.time())}
		if d.chance(60) {
			r.Certainty = ref(pick(d, store.Certainties.Values()))
		}
		if lo, hi := r.Bounds(); lo < hi {
			return &r
		}
	}
}

func (d random) intRange(most int) *store.IntRange {
	low := d.IntN(most)
	return &store.IntRange{Min: optional(d, 60, low), Max: optional(d, 60, low+d.IntN(most))}
}
