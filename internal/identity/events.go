package identity

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// readEvents returns the events as they are known now.
func readEvents(ctx context.Context, s store.Scanner, known decisionIndex) ([]candidate, error) {
	points, datasets := map[kg.ID]kg.Point{}, map[kg.ID]string{}
	for page, err := range store.Walk(ctx, s, kg.KindLocation, 0) {
		if err != nil {
			return nil, err
		}
		for _, l := range page.Locations {
			if l.Point != nil {
				points[l.ID] = *l.Point
			}
		}
	}
	for page, err := range store.Walk(ctx, s, kg.KindRelease, 0) {
		if err != nil {
			return nil, err
		}
		for _, r := range page.Releases {
			datasets[r.ID] = r.Name
		}
	}
	var all []candidate
	for page, err := range store.Walk(ctx, s, kg.KindEvent, 0) {
		if err != nil {
			return nil, err
		}
		for _, subject := range page.Subjects {
			if e, ok := newEventCandidate(subject, known, points, datasets); ok {
				all = append(all, e)
			}
		}
	}
	return all, nil
}

// newEventCandidate returns an event's candidate. It reports false if the event never had a state or was retracted.
func newEventCandidate(
	s store.SubjectRecord, known decisionIndex, points map[kg.ID]kg.Point, datasets map[kg.ID]string,
) (candidate, bool) {
	h := s.History
	if len(h.States) == 0 || h.States[len(h.States)-1].Status == kg.StatusRetracted {
		return candidate{}, false
	}
	now := h.States[len(h.States)-1]
	c := candidate{
		id: h.Subject, title: string(h.Subject), names: spellings(now.Titles), kind: string(now.Category),
		time: now.Time, codes: now.Codes,
		actors: map[kg.ID]bool{}, places: map[kg.ID]bool{}, related: map[kg.ID]bool{},
		datasets: map[string]bool{}, documents: map[kg.ID]bool{},
	}
	if len(now.Titles) > 0 {
		c.title = now.Titles[0].Value
	}
	if k := now.Toll.Killed; k != nil {
		c.killed = k.Best
	}
	for _, v := range h.Participations {
		if v.KnownTo == edtf.EndOfTime && v.Edge.Role != kg.RoleClaimant && v.Edge.Role != kg.RoleMentioned {
			c.actors[known.class(v.Edge.Actor)] = true
		}
	}
	for _, v := range h.Locations {
		if v.KnownTo == edtf.EndOfTime {
			c.places[known.class(v.Edge.Location)] = true
			if p, ok := points[v.Edge.Location]; ok {
				c.points = append(c.points, p)
			}
		}
	}
	for _, v := range h.Wholes {
		c.related[v.Edge.Whole] = true
	}
	for _, v := range h.RespondsTo {
		c.related[v.Edge.To] = true
	}
	for _, v := range h.Announces {
		c.related[v.Edge.Of] = true
	}
	for _, claim := range s.Claims {
		if d := datasets[claim.Release]; d != "" {
			c.datasets[d] = true
		}
		if claim.Document != "" {
			c.documents[claim.Document] = true
		}
	}
	c.keys = eventKeys(c)
	c.partition = c.kind + " " + c.time.Earliest.String()
	return c, true
}

const week = 7 * 24 * 60 * 60 * 1000 // milliseconds

// maxWeeks bounds the weeks that an event may span to get blocks.
const maxWeeks = 8

// eventKeys returns the blocks of an event: each actor, place and square of a degree in each week in which it may have
// occurred. There are two grids of squares, shifted by half a degree, so that points near an edge share a square. An
// event with an open end has no blocks.
func eventKeys(c candidate) []string {
	if !c.time.Earliest.Bounded() || !c.time.Latest.Bounded() {
		return nil
	}
	first, end := int64(c.time.Earliest)/week, (int64(c.time.Latest)-1)/week
	if end-first >= maxWeeks {
		return nil
	}
	keys := map[string]bool{}
	for w := first; w <= end; w++ {
		for id := range c.actors {
			keys[fmt.Sprint(id, " ", w)] = true
		}
		for id := range c.places {
			keys[fmt.Sprint(id, " ", w)] = true
		}
		for _, p := range c.points {
			for _, shift := range []float64{0, 0.5} {
				keys[fmt.Sprint(shift, " ", math.Floor(p.Latitude+shift), " ", math.Floor(p.Longitude+shift), " ", w)] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(keys))
}

// eventReachKm is the largest distance in km between the reported places of one event.
const eventReachKm = 100

func compareEvents(a, b candidate) []Component {
	time := compareTimes(a.time, b.time)
	if time.Score == 0 {
		return nil
	}
	components := []Component{time}
	if len(a.places) > 0 && len(b.places) > 0 {
		if common := sharedKeys(a.places, b.places); len(common) > 0 {
			components = append(components, Component{"place", 1, 3, "both at " + string(common[0])})
		} else if far, ok := minDistance(a.points, b.points); ok {
			components = append(components, Component{"place", max(0, 1-far/eventReachKm), 3, fmt.Sprintf("%.1f km", far)})
		}
	}
	if len(a.actors) > 0 && len(b.actors) > 0 {
		common := sharedKeys(a.actors, b.actors)
		most := max(len(a.actors), len(b.actors))
		score, why := float64(len(common))/float64(most), fmt.Sprintf("%d of %d in common", len(common), most)
		components = append(components, Component{"actors", score, 3, why})
	}
	if len(components) == 1 {
		return nil
	}
	components = append(components, compareTypes(a, b)...)
	if score, why := bestMatch(a.names, b.names); score >= 0.3 {
		components = append(components, Component{"titles", score, 1, why})
	}
	if a.killed != nil && b.killed != nil && max(*a.killed, *b.killed) > 0 {
		less, more := min(*a.killed, *b.killed), max(*a.killed, *b.killed)
		why := fmt.Sprintf("%d, %d", *a.killed, *b.killed)
		components = append(components, Component{"killed", float64(less) / float64(more), 1, why})
	}
	// A document or data set that reports both events treats them as different.
	if common := sharedKeys(a.documents, b.documents); len(common) > 0 {
		components = append(components, Component{"document", 0, 6, "both in " + string(common[0])})
	}
	if len(a.datasets) > 0 && len(b.datasets) > 0 {
		if common := sharedKeys(a.datasets, b.datasets); len(common) > 0 {
			components = append(components, Component{"dataset", 0, 6, "both in " + common[0]})
		} else {
			components = append(components, Component{"dataset", 1, 0.5, "different data sets"})
		}
	}
	return components
}

// compareTimes scores the overlap of two times, 0 without any. Times of at most an hour may be up to six hours apart.
func compareTimes(a, b edtf.Time) Component {
	const hour, maxHours = 60 * 60 * 1000, 6
	common := min(a.Latest, b.Latest) - max(a.Earliest, b.Earliest)
	longer := max(a.Latest-a.Earliest, b.Latest-b.Earliest)
	c := Component{"time", 0, 3, a.EDTF + ", " + b.EDTF}
	switch {
	case longer <= hour:
		c.Score = max(0, 1-max(0, float64(-common))/(maxHours*hour))
	case common > 0:
		c.Score = 0.4 + 0.6*float64(common)/float64(longer)
	}
	return c
}

func compareTypes(a, b candidate) []Component {
	for _, x := range a.codes {
		for _, y := range b.codes {
			if x.Scheme == y.Scheme && x.Value == y.Value {
				return []Component{{"type", 1, 1, "both " + x.Scheme + " " + x.Value}}
			}
		}
	}
	if other := string(kg.CategoryOther); a.kind == other || b.kind == other {
		return nil
	}
	kind := compareKind(a, b, 1)
	kind.Name = "type"
	return []Component{kind}
}

// sharedKeys returns the keys of both maps, sorted.
func sharedKeys[K ~string](a, b map[K]bool) []K {
	var common []K
	for k := range a {
		if b[k] {
			common = append(common, k)
		}
	}
	slices.SortFunc(common, func(x, y K) int { return strings.Compare(string(x), string(y)) })
	return common
}

// minDistance returns the distance in km between the two nearest points; false if there are none.
func minDistance(a, b []kg.Point) (km float64, ok bool) {
	km = math.Inf(1)
	for _, p := range a {
		for _, q := range b {
			km, ok = min(km, kg.DistanceKm(p, q)), true
		}
	}
	return km, ok
}
