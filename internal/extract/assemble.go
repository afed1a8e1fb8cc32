package extract

import (
	"slices"

	"casus/internal/extract/check"
	"casus/internal/extract/form"
	"casus/internal/extract/link"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

// reviewVersion is the version of the review file.
const reviewVersion = 1

// assemble puts the records together with their items for the review: actors and places, the document, events with
// their claims, ties. Parties that no record refers to are refused.
func (d *draft) assemble() *proposal.Proposal {
	p := &proposal.Proposal{Review: proposal.Review{
		Version: reviewVersion, Document: d.document.ID, Title: d.article.Title,
	}}
	d.useContainers()
	for _, party := range slices.Concat(d.ownPublisher(), d.parties) {
		if !party.used {
			d.refuse(party.list, party.index, "", fault(form.Unused), party.key)
			continue
		}
		d.addParty(p, party)
	}
	line := add(p, &d.document)
	p.Review.Items = append(p.Review.Items, proposal.Item{
		Record: line, Type: kg.KindDocument, ID: d.document.ID, Label: d.article.Title, Flags: d.docFlags,
		Suggestions: d.docs,
	})
	for _, e := range d.order {
		d.addEvent(p, e)
	}
	for _, t := range d.ties {
		line := add(p, &t.record)
		p.Review.Items = append(p.Review.Items, proposal.Item{
			Record: line, Type: kg.KindAffiliation, Label: t.label, Sentences: d.reference([]int{t.sentence}), Flags: t.flags,
		})
	}
	p.Refused = d.refused
	return p
}

// add adds a record and returns its line.
func add(p *proposal.Proposal, r proposal.Record) int {
	p.Records = append(p.Records, r)
	return len(p.Records)
}

func (d *draft) ownPublisher() []*party {
	if d.publisher == nil {
		return nil
	}
	return []*party{d.publisher}
}

// useContainers marks the places that used places lie in.
func (d *draft) useContainers() {
	byID := map[kg.ID]*party{}
	for _, p := range d.places {
		byID[p.id] = p
	}
	for _, p := range d.places {
		for at := p; at != nil && p.used; {
			at.used = true
			record, ok := at.record.(*proposal.Location)
			if !ok || len(record.Within) == 0 {
				break
			}
			at = byID[record.Within[0]]
		}
	}
}

func (d *draft) addParty(p *proposal.Proposal, party *party) {
	item := proposal.Item{
		Type: party.id.Kind(), ID: party.id, Label: party.names[0], Key: party.key, Known: party.known, Flags: party.flags,
		Suggestions: party.suggestions,
	}
	if party.names[1] != party.names[0] {
		item.Label += " (" + party.names[1] + ")"
	}
	if party.known == nil {
		item.Record = add(p, party.record)
	} else {
		item.Own = d.ownRecord(party)
	}
	p.Review.Items = append(p.Review.Items, item)
}

func (d *draft) addEvent(p *proposal.Proposal, e *event) {
	line := add(p, &e.record)
	for _, c := range e.claims {
		e.record.Claims = append(e.record.Claims, c.record)
	}
	e.flagUnstated()
	p.Review.Items = append(p.Review.Items, proposal.Item{
		Record: line, Type: kg.KindEvent, ID: e.record.ID, Label: e.form.Title, Key: e.form.Key,
		Sentences: d.reference(e.sentences), Known: e.known, Own: ownEvent(e), Flags: e.flags, Suggestions: e.suggestions,
	})
	for i, c := range e.claims {
		p.Review.Items = append(p.Review.Items, proposal.Item{
			Record: line, Claim: i + 1, Type: kg.KindClaim, Label: c.label, Sentences: d.reference(c.sentences),
			Manner: c.manner, Flags: c.flags,
		})
	}
}

// counts returns the numbers of the run.
func (d *draft) counts(p *proposal.Proposal) proposal.Counts {
	c := proposal.Counts{
		Sentences: len(d.sentences), Refused: len(p.Refused), Records: map[kg.NodeKind]int{}, Spans: d.spans,
		Flags: map[check.Code]int{},
	}
	for _, list := range d.answer.Raw {
		c.Entries += len(list)
	}
	for _, r := range p.Records {
		c.Records[r.Kind()]++
		switch r := r.(type) {
		case *proposal.Event:
			c.Claims += len(r.Claims)
		case *proposal.Affiliation:
			c.Claims += len(r.Claims)
		}
	}
	linked := map[kg.ID]bool{}
	for _, item := range p.Review.Items {
		if item.Known != (*link.Suggestion)(nil) {
			linked[item.Known.ID] = true
		}
		for _, f := range item.Flags {
			c.Flags[f.Code]++
		}
	}
	c.Links = len(linked)
	return c
}
