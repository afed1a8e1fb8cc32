package storetest

import (
	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store/storetest/maps"
)

func (g *graph) nodes(d random) {
	twice := func(i int) int { // every sixth is repeated
		if i%6 == 5 {
			return 2
		}
		return 1
	}
	for i := range g.actors {
		for range twice(i) {
			g.batch.Actors = append(g.batch.Actors, g.actor(d, i))
		}
	}
	for i := range g.locations {
		for range twice(i) {
			g.batch.Locations = append(g.batch.Locations, g.location(d, i))
		}
	}
	for i := range g.documents {
		for range twice(i) {
			g.batch.Documents = append(g.batch.Documents, g.document(d, i))
		}
	}
	for i := range g.releases {
		g.batch.Releases = append(g.batch.Releases, kg.Release{
			ID: g.known[kg.KindRelease][i], Name: pick(d, datasets()), Release: "1", ReleasedAt: optional(d, 70, *d.published()),
			Coding: pick(d, append(kg.Codings.Values(), "")),
		})
	}
	for i := range g.affiliations {
		counterparts := g.known[pick(d, []kg.NodeKind{kg.KindActor, kg.KindLocation})]
		a := kg.Affiliation{
			ID: g.known[kg.KindAffiliation][i], Holder: pick(d, g.known[kg.KindActor]), Counterpart: pick(d, counterparts),
			Type: pick(d, kg.AffiliationTypes.Values()[:4]), ValidTime: optional(d, 70, *d.time()),
		}
		g.batch.Affiliations = append(g.batch.Affiliations, a)
	}
	g.addSources()
}

// addSources sets the sources of nodes: none, one of some documents, or a data set.
func (g *graph) addSources() {
	sources := []kg.Source{"", "", kg.DatasetSource(datasets()[0]), kg.DatasetSource("unknown")}
	for _, id := range g.known[kg.KindDocument][:min(4, g.documents)] {
		sources = append(sources, kg.Source(id))
	}
	at := func(i int) kg.Source { return sources[i*5%len(sources)] }
	for i, a := range g.batch.Actors {
		g.batch.Actors[i] = merge.Actors.From(a, at(i))
	}
	for i, l := range g.batch.Locations {
		g.batch.Locations[i] = merge.Locations.From(l, at(i))
	}
	for i, d := range g.batch.Documents {
		g.batch.Documents[i] = merge.Documents.From(d, at(i))
	}
	for i, a := range g.batch.Affiliations {
		g.batch.Affiliations[i] = merge.Affiliations.From(a, at(i))
	}
}

// decisions generates identity decisions. One in five reverses another, or is older and has no effect.
func (g *graph) decisions(d random) {
	for i := range g.identities {
		one := kg.IdentityDecision{ID: g.known[kg.KindIdentity][i], Same: d.chance(85), DecidedBy: "a test",
			DecidedAt: noon(d.between(1, 5))}
		if i > 0 && d.chance(20) {
			other := pick(d, g.batch.Identities)
			one.A, one.B, one.Same = other.B, other.A, !other.Same
		} else {
			one.A, one.B = g.pair(d)
		}
		g.batch.Identities = append(g.batch.Identities, one)
	}
}

// pair returns two nodes that a decision can be about.
func (g *graph) pair(d random) (a, b kg.ID) {
	from := g.known[pick(d, []kg.NodeKind{kg.KindActor, kg.KindActor, kg.KindLocation, kg.KindEvent, kg.KindEvent})]
	i := d.IntN(len(from))
	return from[i], from[(i+d.between(1, len(from)-1))%len(from)]
}

// decision returns a later decision than all others, that two nodes are the same.
func (g *graph) decision(d random, id kg.ID) kg.IdentityDecision {
	one := kg.IdentityDecision{ID: id, Same: true, DecidedBy: "a test", DecidedAt: noon(6)}
	one.A, one.B = g.pair(d)
	return one
}

func (g *graph) actor(d random, i int) kg.Actor {
	return kg.Actor{
		ID: g.known[kg.KindActor][i], Kind: kg.ActorKinds.Values()[i%4], Names: d.names(3, kg.NameKinds.Values()...),
		Country: pick(d, append(countries(), "")), Sectors: distinctValues(d, 2, modes()), Identifiers: d.identifiers(),
	}
}

// location lies only in places made before it, so that there are no cycles. The first are countries, the next
// first-level administrative divisions.
func (g *graph) location(d random, i int) kg.Location {
	l := kg.Location{
		ID: g.known[kg.KindLocation][i], Kind: pick(d, kg.LocationKinds.Values()),
		Names: d.names(3, kg.NameKinds.Values()...), Country: pick(d, append(countries(), "")),
		Point: optional(d, 80, d.point()), Identifiers: d.identifiers(),
	}
	if i < 2 {
		l.Kind = kg.LocationCountry
		return l
	}
	if i < 6 {
		l.Kind = kg.LocationAdmin1
	}
	l.Parents = distinctValues(d, 2, g.known[kg.KindLocation][:i])
	return maps.WithExtent(l, i)
}

// point returns a point near the Black Sea, near the antimeridian, at a pole, or anywhere.
func (d random) point() kg.Point {
	around := func(latitude, longitude float64) kg.Point {
		p := kg.Point{Latitude: latitude + 4*d.Float64() - 2, Longitude: longitude + 4*d.Float64() - 2}
		if p.Longitude > 180 {
			p.Longitude -= 360
		}
		return p
	}
	switch d.IntN(8) {
	case 0, 1, 2:
		return around(45, 34)
	case 3, 4, 5:
		return around(66, 180)
	case 6:
		return pick(d, []kg.Point{{Latitude: 90}, {Latitude: -90}, {Longitude: 180}, {Longitude: -180}, {}})
	}
	return kg.Point{Latitude: 180*d.Float64() - 90, Longitude: 360*d.Float64() - 180}
}

// document may reprint an earlier one.
func (g *graph) document(d random, i int) kg.Document {
	doc := kg.Document{
		ID: g.known[kg.KindDocument][i], Titles: d.names(2), Language: pick(d, languages()),
		PublishedAt: optional(d, 80, *d.published()),
	}
	if d.chance(80) {
		doc.Publisher = pick(d, g.known[kg.KindActor])
	}
	if i > 0 && d.chance(30) {
		doc.Syndicates = pick(d, g.known[kg.KindDocument][:i])
	}
	return doc
}
