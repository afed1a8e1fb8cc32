package disagree

import (
	"math"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/text"
)

// claim is a claim with its voices, whether it is MACHINE, and its positions.
type claim struct {
	*kg.Claim
	from, to  edtf.Instant
	voices    []kg.ID
	machine   bool
	positions []position
}

// position is what a claim says on one topic. Of TIME and FIGURES it is a range, of PLACE some locations, and of
// CHARACTERIZATION some words.
type position struct {
	topic Topic
	claim *claim
	// voices are those of the claim for which it is their latest on the topic.
	voices []kg.ID
	// denies is set if the position excludes its values or, if it has none, everything.
	denies, hasValue bool
	// every is set if the claim has the position on every topic of the aspect.
	every bool
	// planned is set if the claim describes something that did not happen and is not going on, as a plan.
	planned bool
	// low is in the range and high is not.
	low, high int64
	places    []kg.ID
	words     []string
	wording   int // the same number for positions whose words count as the same; set by numberWords
}

// describe sets the positions of a claim.
func (c *claim) describe() {
	if c.Stance == kg.StanceRetracts {
		return
	}
	says, positive := &c.Says, c.Positive()
	if c.Aspect == kg.AspectOccurrence {
		c.add(position{topic: Topic{Aspect: kg.AspectOccurrence}, denies: !positive})
	}
	if positive || c.Aspect == kg.AspectParticipation {
		for _, p := range says.Participants {
			t := Topic{Aspect: kg.AspectParticipation, Actor: p.Actor, Role: p.Role}
			if !slices.ContainsFunc(c.positions, func(o position) bool { return o.topic == t }) {
				c.add(position{topic: t, denies: !positive})
			}
		}
	}
	if positive || c.Aspect == kg.AspectTime {
		c.addTime()
	}
	if positive || c.Aspect == kg.AspectFigures {
		c.addFigures()
	}
	if positive || c.Aspect == kg.AspectPlace {
		c.addPlaces()
	}
	if c.Aspect == kg.AspectCharacterization {
		c.addWords()
	}
}

func (c *claim) add(p position) {
	p.claim = c
	c.positions = append(c.positions, p)
}

// rejects reports whether the values that a claim states are the ones that it denies. A claim that DISPUTES states what
// it says instead.
func (c *claim) rejects() bool { return c.Stance == kg.StanceDenies }

// planned reports whether a claim states that its event did not happen and is not going on.
func (c *claim) planned() bool {
	m := c.Says.Modality
	return m != "" && !slices.Contains(kg.HappenedModalities(), m)
}

func (c *claim) addTime() {
	topic := Topic{Aspect: kg.AspectTime}
	switch t := c.Says.Time; {
	case t != nil:
		c.add(position{topic: topic, denies: c.rejects(), hasValue: true, planned: c.planned(),
			low: int64(t.Earliest), high: max(int64(t.Latest), int64(t.Earliest)+1)})
	case !c.Positive():
		c.add(position{topic: topic, denies: true})
	}
}

func (c *claim) addFigures() {
	numbers := c.Says.Numbers()
	for _, n := range numbers {
		p := position{topic: Topic{Aspect: kg.AspectFigures, Quantity: n.Quantity}, denies: c.rejects(), hasValue: true,
			planned: c.planned(), high: math.MaxInt64}
		if n.Low != nil { // "at least", without a number
			p.low = int64(*n.Low)
		}
		if n.High != nil {
			p.high = max(p.low, int64(*n.High)) + 1
		}
		c.add(p)
	}
	if len(numbers) == 0 && !c.Positive() {
		c.add(position{topic: Topic{Aspect: kg.AspectFigures}, denies: true, every: true})
	}
}

// unknownPrecision is the geographic precision of a place that says nothing.
const unknownPrecision = 7

// addPlaces adds a position for each role of the claim's places. A claim that denies or disputes the PLACE lists where
// it was not.
func (c *claim) addPlaces() {
	for _, role := range kg.LocationRoles.Values() {
		var places []kg.ID
		for _, p := range c.Says.Places {
			if p.Role == role && p.Precision != unknownPrecision {
				places = append(places, p.Location)
			}
		}
		if len(places) > 0 {
			c.add(position{topic: Topic{Aspect: kg.AspectPlace, PlaceRole: role}, denies: !c.Positive(), hasValue: true,
				planned: c.planned(), places: places})
		}
	}
	if len(c.Says.Places) == 0 && !c.Positive() {
		c.add(position{topic: Topic{Aspect: kg.AspectPlace}, denies: true, every: true})
	}
}

// addWords adds the words of a CHARACTERIZATION: its titles or, without any, its quote with the translations. A denial
// has only titles, since it does not quote what it denies.
func (c *claim) addWords() {
	var words []string
	for _, t := range c.Says.Titles {
		words = append(words, text.Fold(t.Value))
	}
	if q := c.Quote; q != nil && len(words) == 0 && !c.rejects() {
		words = append(words, text.Fold(q.Text))
		for _, t := range q.Translations {
			words = append(words, text.Fold(t.Value))
		}
	}
	if len(words) > 0 || !c.Positive() {
		c.add(position{topic: Topic{Aspect: kg.AspectCharacterization}, denies: c.rejects() || len(words) == 0,
			hasValue: len(words) > 0, words: words})
	}
}
