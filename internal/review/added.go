package review

import (
	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

// maxAdded bounds the events and claims that a person adds to a proposal.
const maxAdded = 1000

// add makes room for the events and claims that a person added, in the order of their items. Each has the place after
// those before it. Their contents are checked as edits are.
func (p *Proposal) add(ids map[kg.ID]int) error {
	added := 0
	for i, item := range p.review.Items {
		if item.Added == nil {
			continue
		}
		if added++; added > maxAdded {
			return kg.Errorf(kg.BadInput, "the review adds more than %d events and claims", maxAdded)
		}
		err := p.addClaim(item)
		if item.Claim == 0 {
			err = p.addEvent(item, ids)
		}
		if err != nil {
			return kg.Errorf(kg.BadInput, "item %d of the review: %w", i+1, err)
		}
	}
	return nil
}

// addEvent makes room for an added event, which has its id and document already.
func (p *Proposal) addEvent(item proposal.Item, ids map[kg.ID]int) error {
	if item.Type != kg.KindEvent {
		return kg.Errorf(kg.BadInput, "only events and claims can be added, not records of type %s", item.Type)
	}
	if item.Record != len(p.records)+1 {
		return kg.Errorf(kg.BadInput, "the added event is record %d, not %d", len(p.records)+1, item.Record)
	}
	if err := item.ID.Check(kg.KindEvent); err != nil {
		return err
	}
	if other, found := ids[item.ID]; found {
		return kg.Errorf(kg.BadInput, "the added event has the id of record %d: %s", other, item.ID)
	}
	ids[item.ID] = item.Record
	p.records = append(p.records, &proposal.Event{Type: kg.KindEvent, ID: item.ID, Document: p.documentRecord().ID})
	return nil
}

// addClaim makes room for an added claim of an event.
func (p *Proposal) addClaim(item proposal.Item) error {
	if item.Record < 1 || item.Record > len(p.records) || item.Type != kg.KindClaim ||
		p.records[item.Record-1].Kind() != kg.KindEvent {
		return kg.Errorf(kg.BadInput, "claims can be added to events alone")
	}
	if next := p.claims(item.Record) + 1; item.Claim != next {
		return kg.Errorf(kg.BadInput, "the added claim of record %d is claim %d, not %d", item.Record, next, item.Claim)
	}
	p.added[item.Record]++
	return nil
}

// claims returns the number of claims of a record, with added ones.
func (p *Proposal) claims(line int) int { return len(*claimsOf(p.records[line-1])) + p.added[line] }
