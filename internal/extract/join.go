package extract

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"casus/internal/extract/check"
	"casus/internal/extract/form"
	"casus/internal/extract/link"
	"casus/internal/extract/wording"
	"casus/internal/kg"
)

// join sets the ids of events to the known events that they certainly are.
func (d *draft) join(ctx context.Context) error {
	if d.Linker == nil {
		return nil
	}
	a := link.Article{
		OwnPart: d.ownPart(), SHA256: d.article.SHA256, Text: d.article.Text, Sentences: d.sentences, Alike: d.alike,
	}
	for _, e := range d.order {
		a.Events = append(a.Events, d.sought(e))
	}
	found, err := d.Linker.SameEvents(ctx, a)
	if err != nil {
		return err
	}
	for i, e := range d.order {
		e.joinTo(found[i])
	}
	return nil
}

// sought describes an event to the linker.
func (d *draft) sought(e *event) link.Event {
	s := link.Event{Category: e.record.Category, Modality: e.record.Modality, Time: e.time, Answers: d.answersOf(e)}
	isKnown := map[kg.ID]bool{}
	for _, p := range d.parties {
		isKnown[p.id] = p.known != nil
	}
	for _, p := range e.record.Participants {
		if isKnown[p.Actor] {
			s.Parts = append(s.Parts, link.Part{Actor: p.Actor, Role: p.Role})
		} else {
			s.HasNewActors = true
		}
	}
	for _, l := range e.record.Locations {
		if !isKnown[l.Location] {
			s.HasNewPlaces = true
		} else if !slices.Contains(s.Places, l.Location) {
			s.Places = append(s.Places, l.Location)
		}
	}
	for _, c := range e.claims {
		for _, span := range c.record.Spans {
			s.Ranges = append(s.Ranges, span.Range)
		}
		for _, f := range c.record.Figures {
			if f.Unit == "" && f.Best != nil {
				s.Figures = append(s.Figures, link.Figure{
					Kind: f.Type, Population: cmp.Or(f.Population, kg.PopulationTotal), Number: *f.Best,
				})
			}
		}
	}
	return s
}

// answersOf returns the responses of an event to others.
func (d *draft) answersOf(e *event) (all []link.Answer) {
	for _, f := range d.form.Links {
		if f.Event != e.form.Key || f.Kind == form.LinkAnnounces {
			continue
		}
		if to := slices.Index(d.order, d.events[f.Other]); to >= 0 && d.order[to] != e {
			all = append(all, link.Answer{Kind: kg.ResponseKind(f.Kind), To: to})
		}
	}
	return all
}

// joinTo takes the id of the known event, if one is certain, or else adds the suggestions.
func (e *event) joinTo(same link.SameEvents) {
	if e.known = same.Known; e.known != nil {
		e.ownID, e.record.ID = e.record.ID, e.known.ID
		e.flags = append(e.flags, check.NewFlag(check.SameEvent, wording.Values{
			"count": strconv.Itoa(len(e.claims)), "name": e.known.Name,
		}))
	} else if e.suggestions = same.Suggestions; len(e.suggestions) > 0 {
		count := strconv.Itoa(len(e.suggestions))
		e.flags = append(e.flags, check.NewFlag(check.SameEventUnsure, wording.Values{"count": count}))
	}
}
