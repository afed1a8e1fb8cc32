package eval

import (
	"slices"

	"casus/internal/edtf"
	"casus/internal/extract/anchor"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

// Coding is what records say about one document.
type Coding struct {
	Document, Syndicates kg.ID
	Title, SHA256        string

	actors, places []party
	events         []event
	ties           []proposal.Affiliation
	quotes         []claim
}

// party is an actor or a place that the records of a document refer to. One without a record has only its id.
type party struct {
	id     kg.ID
	names  []proposal.Name
	kind   string
	within []kg.ID
}

// event is an event of a document.
type event struct {
	proposal.Event
	time   edtf.Time
	claims []claim
	spans  []anchor.Range // of all claims
}

// claim is a claim about an event.
type claim struct {
	proposal.Claim
	spans []anchor.Range
}

// newClaim returns a claim with the parts of the text on which it rests.
func newClaim(record proposal.Claim) claim {
	c := claim{Claim: record}
	for _, s := range record.Spans {
		c.spans = append(c.spans, s.Range)
	}
	c.spans = merged(c.spans)
	return c
}

// addEvent adds an event. Two records of one event are one: their claims are put together.
func (c *Coding) addEvent(record proposal.Event) error {
	e := event{Event: record}
	if record.Time != "" {
		var err error
		if e.time, err = edtf.ParseTime(record.Time); err != nil {
			return err
		}
	}
	for _, r := range record.Claims {
		e.claims = append(e.claims, newClaim(r))
		e.spans = append(e.spans, e.claims[len(e.claims)-1].spans...)
	}
	i := slices.IndexFunc(c.events, func(o event) bool { return o.ID == e.ID })
	if i < 0 {
		c.events = append(c.events, e)
		i = len(c.events) - 1
	} else {
		c.events[i].claims = append(c.events[i].claims, e.claims...)
		c.events[i].spans = append(c.events[i].spans, e.spans...)
	}
	c.events[i].spans = merged(c.events[i].spans)
	for _, own := range e.claims {
		if own.Quote != nil && own.Quote.Direct {
			c.quotes = append(c.quotes, own)
		}
	}
	return nil
}

// claims returns the number of claims about events.
func (c *Coding) claims() (n int) {
	for _, e := range c.events {
		n += len(e.claims)
	}
	return n
}

// spans returns the parts of the text on which claims rest.
func (c *Coding) spans() (all []anchor.Range) {
	for _, e := range c.events {
		all = append(all, e.spans...)
	}
	return merged(all)
}

// references returns the actors and places that the records refer to, each once, in their order. A publisher that takes
// no part is not among them.
func (c *Coding) references() (ids []kg.ID) {
	add := func(all ...kg.ID) {
		for _, id := range all {
			if id != "" && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	parts := func(participants []proposal.Participant, places []proposal.Place) {
		for _, p := range participants {
			add(p.Actor, p.Representing)
		}
		for _, p := range places {
			add(p.Location)
		}
	}
	for _, e := range c.events {
		parts(e.Participants, e.Locations)
		for _, own := range e.claims {
			add(own.Claimants...)
			parts(own.Participants, own.Locations)
		}
	}
	for _, t := range c.ties {
		add(t.Holder, t.Counterpart)
	}
	return ids
}

// addParties sets the actors and places to the ones that are referred to, and the places that these lie in.
func (c *Coding) addParties(find func(id kg.ID) party) {
	ids := c.references()
	for i := 0; i < len(ids); i++ {
		p := find(ids[i])
		switch p.id.Kind() {
		case kg.KindActor:
			c.actors = append(c.actors, p)
		case kg.KindLocation:
			c.places = append(c.places, p)
		}
		for _, outer := range p.within {
			if !slices.Contains(ids, outer) {
				ids = append(ids, outer)
			}
		}
	}
}
