package identity

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// candidate holds the compared properties of a node.
type candidate struct {
	id    kg.ID
	title string
	names []spelling
	// kind is the node's own kind, or an event's category.
	kind, country string
	identifiers   []kg.Identifier
	point         *kg.Point

	// The fields below are set for events only; actors and places are identity classes.
	time   edtf.Time
	actors map[kg.ID]bool
	places map[kg.ID]bool
	points []kg.Point
	codes  []kg.Code
	killed *int
	// datasets and documents are the sources of the event's claims.
	datasets  map[string]bool
	documents map[kg.ID]bool
	// related are the events that it is part of, responds to or announces.
	related map[kg.ID]bool

	// keys are the names of its blocks; partition divides a block that is too large.
	keys      []string
	partition string
}

// readCandidates returns the nodes of a kind in the order of their ids, and the function that compares two of them.
func readCandidates(
	ctx context.Context, s store.Scanner, kind kg.NodeKind, known decisionIndex,
) ([]candidate, func(a, b candidate) []Component, error) {
	var all []candidate
	switch kind {
	case kg.KindActor:
		for page, err := range store.Walk(ctx, s, kind, 0) {
			if err != nil {
				return nil, nil, err
			}
			for _, a := range page.Actors {
				all = append(all, newCandidate(a.ID, a.Names, string(a.Kind), a.Country, a.Identifiers))
			}
		}
		return all, compareActors, nil
	case kg.KindLocation:
		for page, err := range store.Walk(ctx, s, kind, 0) {
			if err != nil {
				return nil, nil, err
			}
			for _, l := range page.Locations {
				c := newCandidate(l.ID, l.Names, string(l.Kind), l.Country, l.Identifiers)
				c.point = l.Point
				all = append(all, c)
			}
		}
		return all, compareLocations, nil
	case kg.KindEvent:
		all, err := readEvents(ctx, s, known)
		return all, compareEvents, err
	}
	return nil, nil, kg.Errorf(kg.BadInput, "identity suggestions support %s, %s and %s, not %q",
		kg.KindActor, kg.KindLocation, kg.KindEvent, kind)
}

func newCandidate(id kg.ID, names []kg.Name, kind, country string, identifiers []kg.Identifier) candidate {
	c := candidate{
		id: id, title: string(id), names: spellings(names), kind: kind, country: country, identifiers: identifiers,
		partition: kind + " " + country,
	}
	if len(names) > 0 {
		c.title = names[0].Value
	}
	keys := map[string]bool{}
	for _, i := range identifiers {
		keys["id "+i.Scheme+" "+i.Value] = true
	}
	for _, n := range c.names {
		keys["name "+n.key] = true
		for _, word := range n.skeletons {
			keys["word "+word] = true
		}
	}
	c.keys = slices.Sorted(maps.Keys(keys))
	return c
}

// blocksOf returns the blocks of at least two nodes in the order of their keys, as indexes into all, and the number of
// blocks that were left out.
func blocksOf(all []candidate) (blocks [][]int, leftOut int) {
	members := map[string][]int{}
	for i, c := range all {
		for _, k := range c.keys {
			members[k] = append(members[k], i)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(members)) {
		block := members[k]
		if len(block) <= maxBlock {
			blocks = append(blocks, block)
			continue
		}
		parts := map[string][]int{}
		for _, i := range block {
			parts[all[i].partition] = append(parts[all[i].partition], i)
		}
		for _, key := range slices.Sorted(maps.Keys(parts)) {
			if part := parts[key]; len(part) <= maxBlock {
				blocks = append(blocks, part)
			} else {
				leftOut++
			}
		}
	}
	return slices.DeleteFunc(blocks, func(b []int) bool { return len(b) < 2 }), leftOut
}

func compareActors(a, b candidate) []Component {
	components := append(compareNames(a, b), compareIdentifiers(a, b)...)
	if len(components) == 0 {
		return nil
	}
	components = append(components, compareCountry(a, b)...)
	if unidentified := string(kg.ActorUnidentified); a.kind != unidentified && b.kind != unidentified {
		components = append(components, compareKind(a, b, 1))
	}
	return components
}

// locationReachKm is the largest distance in km between two points of one location, by kind.
var locationReachKm = map[string]float64{
	string(kg.LocationCountry):  1000,
	string(kg.LocationRegion):   300,
	string(kg.LocationWater):    300,
	string(kg.LocationAdmin1):   200,
	string(kg.LocationAdmin2):   60,
	string(kg.LocationCity):     25,
	string(kg.LocationFacility): 5,
}

func compareLocations(a, b candidate) []Component {
	components := append(compareNames(a, b), compareIdentifiers(a, b)...)
	if len(components) == 0 {
		return nil
	}
	if a.point != nil && b.point != nil {
		far, most := kg.DistanceKm(*a.point, *b.point), max(locationReachKm[a.kind], locationReachKm[b.kind])
		components = append(components, Component{"distance", max(0, 1-far/most), 3, fmt.Sprintf("%.1f km", far)})
	}
	return append(append(components, compareCountry(a, b)...), compareKind(a, b, 1))
}

func compareNames(a, b candidate) []Component {
	score, why := bestMatch(a.names, b.names)
	if score == 0 {
		return nil
	}
	return []Component{{"names", score, 3, why}}
}

// compareIdentifiers returns a high score with a large weight for a shared identifier, and a score of 0 for different
// identifiers of one scheme.
func compareIdentifiers(a, b candidate) []Component {
	against := ""
	for _, x := range a.identifiers {
		for _, y := range b.identifiers {
			switch {
			case x == y:
				return []Component{{"identifiers", 1, 12, "both " + x.Scheme + " " + x.Value}}
			case x.Scheme == y.Scheme:
				against = cmp.Or(against, fmt.Sprintf("%s %s, %s", x.Scheme, x.Value, y.Value))
			}
		}
	}
	if against == "" {
		return nil
	}
	return []Component{{"identifiers", 0, 4, against}}
}

func compareCountry(a, b candidate) []Component {
	switch {
	case a.country == "" || b.country == "":
		return nil
	case a.country == b.country:
		return []Component{{"country", 1, 1, "both " + a.country}}
	}
	return []Component{{"country", 0, 1, a.country + ", " + b.country}}
}

func compareKind(a, b candidate, weight float64) Component {
	if a.kind == b.kind {
		return Component{"kind", 1, weight, "both " + a.kind}
	}
	return Component{"kind", 0, weight, a.kind + ", " + b.kind}
}
