package review

import (
	"encoding/json"

	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
	"casus/internal/kg"
)

// resolveNodes finds the id of each accepted node: its own, the one of a known node, or the one of another item.
func (d *decider) resolveNodes() {
	for _, id := range d.sortedNodes() {
		n := d.nodes[id]
		if n.why != "" {
			continue
		}
		item := n.items[0]
		switch decision := item.Decision; {
		case decision.Own && item.Known != nil:
			d.undoLink(n, item)
		case decision.Known != "":
			d.follow(n, id)
		}
	}
	d.decideReprint()
	for i, r := range d.records { // only now, because others may be decided to be the same
		if n := d.nodes[r.Ref()]; n != nil && d.why[i] == "" {
			d.why[i] = n.why
			if n.why == "" && isParty(r.Kind()) && n.id != r.Ref() {
				d.why[i] = replaced
			}
		}
	}
}

// sortedNodes returns the ids of the nodes in the order of the records and links.
func (d *decider) sortedNodes() (ids []kg.ID) {
	seen := map[kg.ID]bool{}
	add := func(id kg.ID) {
		if d.nodes[id] != nil && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	for _, r := range d.records {
		add(r.Ref())
	}
	for _, item := range d.review.Items {
		if item.Record == 0 {
			add(item.ID)
		}
	}
	return ids
}

// OwnID returns the id that an item with Known has if it is not the known node, or "".
func OwnID(item proposal.Item) kg.ID {
	var own struct {
		ID kg.ID `json:"id"`
	}
	if json.Unmarshal(item.Own, &own) != nil {
		return ""
	}
	return own.ID
}

// undoLink sets the id of a node to its own, and adds the record that it has with it.
func (d *decider) undoLink(n *node, item proposal.Item) {
	id := OwnID(item)
	err := id.Check(item.Type)
	if err == nil && isParty(item.Type) {
		var r proposal.Record
		if r, err = decodeRecord(item.Own); err == nil {
			d.links = append(d.links, r)
		}
	}
	if err != nil {
		n.why = undecided
		d.fault(item, "/own", NewCause(OwnMissing, nil))
		return
	}
	n.id = id
}

// follow sets the id of a node to the one of the node that it is decided to be. That may be another new node of the
// proposal, and what that is decided to be.
func (d *decider) follow(n *node, id kg.ID) {
	seen := map[kg.ID]bool{id: true}
	target := n.items[0].Decision.Known
	for {
		if err := target.Check(id.Kind()); err != nil {
			n.why = undecided
			d.fault(n.items[0], "/known", NewCause(KnownInvalid, wording.Values{
				"node": string(target), "fault": err.Error(),
			}))
			return
		}
		other := d.nodes[target]
		if other == nil || other.items[0].Known != nil && other.items[0].Known.ID == target {
			n.id = target // a known node
			return
		}
		if seen[target] {
			n.why = undecided
			d.fault(n.items[0], "/known", NewCause(DecisionsCircle, wording.Values{
				"node": string(id), "other": string(target),
			}))
			return
		}
		seen[target] = true
		if why := status(other.items[0]); why != "" {
			n.id, n.why = target, why
			d.fall(placeOf(n.items[0]), "", missing(SameMissing, target, why), target)
			return
		}
		if next := other.items[0].Decision.Known; next != "" {
			target = next
			continue
		}
		n.id = target
		return
	}
}

// decideReprint sets the document that the article reprints.
func (d *decider) decideReprint() {
	item := d.item(place{record: d.document})
	document, _ := d.records[d.document-1].(*proposal.Document)
	switch decision := item.Decision; {
	case decision == nil:
	case decision.Own:
		document.Syndicates = ""
	case decision.Known == document.ID || decision.Known != "" && decision.Known.Check(kg.KindDocument) != nil:
		d.fault(item, "/known", causeOf(KnownItself, decision.Known))
		d.why[d.document-1] = undecided
	case decision.Known != "":
		document.Syndicates = decision.Known
	}
}
