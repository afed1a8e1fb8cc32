package extract

import (
	"slices"

	"casus/internal/extract/form"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

// addWhole adds the event that an event is a part of.
func (d *draft) addWhole(e *event) {
	if e.form.PartOf == nil {
		return
	}
	whole := d.events[*e.form.PartOf]
	if whole == nil || whole.record.ID == e.record.ID {
		d.refuse("events", e.index, "/partOf", "left out: no other accepted event has this key", *e.form.PartOf)
		return
	}
	e.record.PartOf = []kg.ID{whole.record.ID}
}

// addLink adds a link between two accepted events. Its condition must stand in the text.
func (d *draft) addLink(i int) {
	f := d.form.Links[i]
	e, other := d.events[f.Event], d.events[f.Other]
	switch {
	case e == nil:
		d.refuse("links", i, "/event", "no accepted event has this key", f.Event)
		return
	case other == nil || other.record.ID == e.record.ID:
		d.refuse("links", i, "/other", "no other accepted event has this key", f.Other)
		return
	}
	condition := ""
	if f.Condition != nil && f.Kind != form.LinkAnnounces {
		var ok bool
		if condition, ok = d.text.Stands(*f.Condition, d.rangesOf(e.sentences)); !ok {
			d.refuse("links", i, "/condition", "left out: "+notInText, *f.Condition)
		}
	}
	if f.Kind == form.LinkAnnounces {
		if f.Condition != nil {
			d.refuse("links", i, "/condition", "left out: an announcement has none", *f.Condition)
		}
		if !slices.Contains(e.record.Announces, other.record.ID) {
			e.record.Announces = append(e.record.Announces, other.record.ID)
		}
		return
	}
	r := proposal.Response{To: other.record.ID, Type: kg.ResponseKind(f.Kind), Condition: condition}
	if slices.Contains(e.record.RespondsTo, r) {
		d.refuse("links", i, "", "repeats an earlier link", "")
		return
	}
	e.record.RespondsTo = append(e.record.RespondsTo, r)
}
