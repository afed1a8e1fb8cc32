package review

import (
	"encoding/json"
	"slices"

	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
	"casus/internal/kg"
)

// node is an actor, place or event that records of the proposal refer to by an id.
type node struct {
	items []proposal.Item
	// why is why it is not loaded, or "".
	why State
	// id is the id that references get, or of the node that it is decided to be and that is not loaded.
	id kg.ID
}

// decider carries out the decisions about a proposal.
type decider struct {
	*Proposal
	out Outcome
	// records are copies of the records, with edits; nil for ones that are not loaded. why are the reasons.
	records []proposal.Record
	why     []State
	// claims are the reasons why claims are not loaded, by record and claim, both from 1; "" for ones that are.
	claims map[place]State
	// links are the records of links that a person undid.
	links []proposal.Record
	nodes map[kg.ID]*node
}

// Decide returns what the decisions make of the proposal.
func (p *Proposal) Decide(by Signature) (Outcome, error) {
	d := &decider{
		Proposal: p, why: make([]State, len(p.records)), claims: map[place]State{}, nodes: map[kg.ID]*node{},
	}
	d.count()
	for i, r := range p.records {
		if err := d.copyRecord(i+1, r); err != nil {
			return Outcome{}, err
		}
	}
	d.addNodes()
	d.resolveNodes()
	if why := d.why[p.document-1]; why != "" {
		d.dropAll(why)
		return d.out, nil
	}
	d.dropClaims()
	d.dropEvents()
	d.rewrite()
	d.noteUnstated()
	d.dropUnused()
	d.collect()
	var err error
	d.out.Reviews, d.out.Counts.Claims, err = reviews(d.out.Records, p.documentRecord(), by)
	return d.out, err
}

// item returns the item of a place.
func (d *decider) item(at place) proposal.Item {
	if i, found := d.items[at]; found {
		return d.review.Items[i]
	}
	return proposal.Item{Record: at.record, Claim: at.claim}
}

// status returns why an item is not loaded by its own decision, or "".
func status(item proposal.Item) State {
	switch {
	case item.Decision == nil:
		return undecided
	case item.Decision.Verdict == proposal.Reject:
		return rejected
	}
	return ""
}

func (d *decider) count() {
	for _, item := range d.review.Items {
		switch status(item) {
		case undecided:
			d.out.Counts.Undecided++
		case rejected:
			d.out.Counts.Rejected++
		default:
			d.out.Counts.Accepted++
			if len(item.Decision.Edited) > 0 {
				d.out.Counts.Edited++
			}
		}
	}
}

// fault reports a decision that cannot be carried out, whose item is then undecided.
func (d *decider) fault(item proposal.Item, field string, cause Cause) {
	d.out.Faults = append(d.out.Faults, Fault{item.Record, item.Claim, item.ID, field, cause})
}

// fall reports that an accepted item, or a field of one, is not loaded.
func (d *decider) fall(at place, field string, cause Cause, because kg.ID) {
	item := d.item(at)
	if at.record > 0 && item.Type == "" {
		item.Type = d.Proposal.records[at.record-1].Kind()
	}
	d.out.Fallen = append(d.out.Fallen, Fallen{at.record, at.claim, item.Type, item.Label, field, cause, because})
}

// copyRecord copies a record, with the claims that a person added, and carries out the edits of it and its claims.
func (d *decider) copyRecord(line int, r proposal.Record) error {
	made, err := clone(r)
	if err != nil {
		return err
	}
	item := d.item(place{record: line})
	d.why[line-1] = status(item)
	if edited := contentOf(item); edited != nil {
		if r, broken := editRecord(made, edited); broken != nil {
			d.fault(item, broken.field, broken.Cause)
			d.why[line-1] = undecided
		} else {
			followEdit(made, r)
			made = r
		}
	}
	if made.Kind() == kg.KindEvent {
		claims := append(*claimsOf(made), make([]proposal.Claim, d.added[line])...)
		*claimsOf(made) = claims
		for i := range claims {
			at := place{record: line, claim: i + 1}
			item := d.item(at)
			d.claims[at] = status(item)
			if edited := contentOf(item); edited != nil {
				if c, broken := d.editClaim(claims[i], edited); broken != nil {
					d.fault(item, broken.field, broken.Cause)
					d.claims[at] = undecided
				} else {
					claims[i] = c
				}
			}
		}
	}
	d.records = append(d.records, made)
	return nil
}

// contentOf returns what replaces the record or claim of an item: what a person edited, else what a person added; nil
// if there is neither.
func contentOf(item proposal.Item) json.RawMessage {
	if item.Decision != nil && len(item.Decision.Edited) > 0 {
		return item.Decision.Edited
	}
	if status(item) == "" {
		return item.Added
	}
	return nil
}

// addNodes adds the nodes of all records and links.
func (d *decider) addNodes() {
	add := func(id kg.ID, item proposal.Item, why State) {
		n := d.nodes[id]
		if n == nil {
			n = &node{id: id, why: why}
			d.nodes[id] = n
		}
		if len(n.items) > 0 && (n.why != why || !sameNode(n.items[0].Decision, item.Decision)) {
			n.why = undecided
			d.fault(item, "", causeOf(DecisionsDiffer, id))
		}
		n.items = append(n.items, item)
	}
	for i, r := range d.records {
		if r.Ref() != "" && r.Kind() != kg.KindDocument {
			add(r.Ref(), d.item(place{record: i + 1}), d.why[i])
		}
	}
	for _, item := range d.review.Items {
		if item.Record == 0 {
			add(item.ID, item, status(item))
		}
	}
}

// sameNode reports whether two accepted items are decided to be the same node.
func sameNode(a, b *proposal.Decision) bool {
	return a == nil || b == nil || a.Known == b.Known && a.Own == b.Own
}

// dropAll reports that nothing is loaded because the document is not.
func (d *decider) dropAll(why State) {
	cause := NewCause(DocumentMissing, wording.Values{"state": string(why)})
	for _, item := range d.review.Items {
		if status(item) == "" && item.Record != d.document {
			d.fall(placeOf(item), "", cause, d.documentRecord().ID)
		}
	}
}

// refer returns the id that a reference gets, and why the node with it is not loaded, or "".
func (d *decider) refer(id kg.ID) (final kg.ID, why State) {
	if n := d.nodes[id]; n != nil {
		return n.id, n.why
	}
	return id, ""
}

// firstMissing returns the first of the ids that is not loaded, and why.
func (d *decider) firstMissing(ids ...kg.ID) (id kg.ID, why State) {
	for _, id := range ids {
		if final, why := d.refer(id); why != "" {
			return final, why
		}
	}
	return "", ""
}

// collect collects the records that are loaded, in their order: nodes of undone links first.
func (d *decider) collect() {
	for _, r := range d.links {
		d.out.Records, d.out.Lines = append(d.out.Records, r), append(d.out.Lines, 0)
	}
	for i, r := range d.records {
		if d.why[i] == "" {
			d.out.Records, d.out.Lines = append(d.out.Records, r), append(d.out.Lines, i+1)
		}
	}
	d.out.Counts.Records = len(d.out.Records)
	slices.SortStableFunc(d.out.Faults, func(a, b Fault) int { return a.Record - b.Record })
}
