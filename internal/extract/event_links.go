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
	switch {
	case whole == nil:
		d.leaveOut("events", e.index, "/partOf", fault(form.UnknownEvent), *e.form.PartOf)
		return
	case whole.record.ID == e.record.ID:
		d.leaveOut("events", e.index, "/partOf", fault(form.SameNode), *e.form.PartOf)
		return
	}
	e.record.PartOf = []kg.ID{whole.record.ID}
}

// addLink adds a link between two accepted events. Its condition must stand in the text: without it, the link would
// state more.
func (d *draft) addLink(i int) {
	f := d.form.Links[i]
	e, other := d.events[f.Event], d.events[f.Other]
	switch {
	case e == nil:
		d.refuse("links", i, "/event", fault(form.UnknownEvent), f.Event)
		return
	case other == nil:
		d.refuse("links", i, "/other", fault(form.UnknownEvent), f.Other)
		return
	case other.record.ID == e.record.ID:
		d.refuse("links", i, "/other", fault(form.SameNode), f.Other)
		return
	}
	condition := ""
	if f.Condition != nil && f.Kind != form.LinkAnnounces {
		var ok bool
		if condition, ok = d.text.Stands(*f.Condition, d.rangesOf(e.sentences)); !ok {
			d.refuse("links", i, "/condition", fault(form.WordsAbsent), *f.Condition)
			return
		}
	}
	if f.Kind == form.LinkAnnounces {
		if f.Condition != nil {
			d.leaveOut("links", i, "/condition", fault(form.NeedlessCondition), *f.Condition)
		}
		if slices.Contains(e.record.Announces, other.record.ID) {
			d.refuse("links", i, "", fault(form.Repeated), "")
			return
		}
		e.record.Announces = append(e.record.Announces, other.record.ID)
		return
	}
	r := proposal.Response{To: other.record.ID, Type: kg.ResponseKind(f.Kind), Condition: condition}
	if slices.Contains(e.record.RespondsTo, r) {
		d.refuse("links", i, "", fault(form.Repeated), "")
		return
	}
	e.record.RespondsTo = append(e.record.RespondsTo, r)
}
