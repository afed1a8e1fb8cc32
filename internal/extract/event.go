package extract

import (
	"context"
	"slices"
	"strconv"

	"casus/internal/edtf"
	"casus/internal/extract/check"
	"casus/internal/extract/form"
	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
	"casus/internal/kg"
	"casus/internal/text"
)

// addEvents accepts the events that have a claim, and then the links between them.
func (d *draft) addEvents(ctx context.Context) error {
	d.order = slices.DeleteFunc(d.order, func(e *event) bool {
		if len(e.claims) > 0 {
			return false
		}
		d.refuse("events", e.index, "", fault(form.Unclaimed), e.form.Key)
		delete(d.events, e.form.Key)
		return true
	})
	for _, e := range d.order {
		for _, c := range e.claims {
			e.sentences = append(e.sentences, c.sentences...)
		}
		slices.Sort(e.sentences)
		e.sentences = slices.Compact(e.sentences)
		f := e.form
		e.record = proposal.Event{
			Type: kg.KindEvent, ID: d.eventID(f.Key), Titles: []proposal.Name{{Value: text.Visible(f.Title), Language: "en"}},
			Category: f.Category, Modality: f.Modality, Document: d.document.ID,
		}
		d.addTime(e)
		d.addParticipants(e)
		d.addLocations(e)
		d.addOccurrence(e)
		e.flags = append(e.flags, check.Tense(f.Modality, e.time, d.article.Published, d.textsOf(e.sentences))...)
	}
	if err := d.join(ctx); err != nil {
		return err
	}
	for _, e := range d.order {
		d.addWhole(e)
	}
	for i := range d.form.Links {
		d.addLink(i)
	}
	return nil
}

// eventID returns the id of a new event: its key, and the beginning of the article's hash, so that two articles never
// make one event by chance.
func (d *draft) eventID(key string) kg.ID {
	slug := slugOf(key)
	if slug == "" {
		slug = "event"
	}
	base := kg.ID("event:" + slug + d.ownPart())
	id := base
	for n := 2; d.ids[id]; n++ {
		id = base + kg.ID("-"+strconv.Itoa(n))
	}
	d.ids[id] = true
	return id
}

// addTime adds the time, if it is EDTF, and compares it with the words for it.
func (d *draft) addTime(e *event) {
	f := e.form
	words := ""
	if f.TimeWords != nil {
		if found, ok := d.text.Stands(*f.TimeWords, d.rangesOf(e.sentences)); ok {
			words = found
		} else {
			e.flags = append(e.flags, check.NewFlag(check.TimeWordsAbsent, wording.Values{"words": *f.TimeWords}))
		}
	}
	if f.Time == nil {
		return
	}
	t, err := edtf.ParseTime(*f.Time)
	if err != nil {
		d.leaveOut("events", e.index, "/time", timeFault(err), *f.Time)
		return
	}
	e.time, e.record.Time = t, t.EDTF
	if f.TimeWords == nil && (t.Earliest.Bounded() || t.Latest.Bounded()) {
		e.flags = append(e.flags, check.NewFlag(check.TimeUnsupported, wording.Values{"time": t.EDTF}))
	}
	e.flags = append(e.flags, check.Weekday(words, t)...)
}

// addParticipants adds the participants whose actors were accepted.
func (d *draft) addParticipants(e *event) {
	for i, f := range e.form.Participants {
		field := "/participants/" + strconv.Itoa(i)
		p := d.actors[f.Actor]
		if p == nil {
			d.leaveOut("events", e.index, field+"/actor", fault(form.UnknownActor), f.Actor)
			continue
		}
		record := proposal.Participant{Actor: p.use(), Role: f.Role}
		if f.Representing != nil {
			switch behalf := d.actors[*f.Representing]; {
			case behalf == nil:
				d.leaveOut("events", e.index, field+"/representing", fault(form.UnknownActor), *f.Representing)
			case behalf.id == p.id:
				d.leaveOut("events", e.index, field+"/representing", fault(form.SameNode), *f.Representing)
			default:
				record.Representing = behalf.use()
			}
		}
		same := func(o proposal.Participant) bool { return o.Actor == record.Actor && o.Role == record.Role }
		if slices.ContainsFunc(e.record.Participants, same) {
			d.leaveOut("events", e.index, field, fault(form.RoleRepeated), f.Actor)
			continue
		}
		e.record.Participants = append(e.record.Participants, record)
		d.flagFar(e, p)
	}
}

// addLocations adds the places that were accepted.
func (d *draft) addLocations(e *event) {
	for i, f := range e.form.Locations {
		field := "/locations/" + strconv.Itoa(i)
		p := d.places[f.Place]
		if p == nil {
			d.leaveOut("events", e.index, field+"/place", fault(form.UnknownPlace), f.Place)
			continue
		}
		record := proposal.Place{Location: p.use(), Role: f.Role}
		if slices.Contains(e.record.Locations, record) {
			d.leaveOut("events", e.index, field, fault(form.RoleRepeated), f.Place)
			continue
		}
		e.record.Locations = append(e.record.Locations, record)
		d.flagFar(e, p)
	}
}

// flagFar flags a party that is not named near the sentences about an event.
func (d *draft) flagFar(e *event, p *party) {
	if !d.isNear(p, e.sentences) {
		e.flags = append(e.flags, check.NewFlag(check.PartyFar, wording.Values{"name": p.names[0]}))
	}
}
