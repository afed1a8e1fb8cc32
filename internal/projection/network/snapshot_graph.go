package network

import (
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/projection/snapshot"
)

// encode writes all versions of the graph's links, without outdated ones.
func (g *graph) encode(e *snapshot.Encoder) {
	for _, words := range vocabularies() {
		snapshot.EncodeStrings(e, words)
	}
	snapshot.EncodeStrings(e, g.actors.ids)
	snapshot.EncodeStrings(e, g.events.ids)
	var states, parts, participations, affiliations linkColumns
	var starts []edtf.Instant
	for i := range g.rows {
		event := uint32(i)
		for _, s := range append(slices.Clone(g.older[event]), g.rows[event].state) {
			if s.KnownFrom < s.KnownTo {
				states.add(s.Interval, event, 0, s.status, s.modality)
				starts = append(starts, s.start)
			}
		}
		for _, w := range g.wholes[event] {
			parts.add(w.known, event, w.event)
		}
		for _, p := range g.participationsOf(event) {
			participations.add(p.Interval, event, p.actor, p.status, p.role)
		}
	}
	states.encode(e)
	snapshot.EncodeNumbers(e, starts)
	parts.encode(e)
	participations.encode(e)
	var ids []kg.ID
	starts = nil
	for _, a := range g.affiliations {
		if a.KnownFrom < a.KnownTo {
			affiliations.add(a.Interval, a.a, a.b)
			ids, starts = append(ids, a.id), append(starts, a.start)
		}
	}
	affiliations.encode(e)
	snapshot.EncodeStrings(e, ids)
	snapshot.EncodeNumbers(e, starts)
}

// decodeGraph reads what encode wrote. It fails if columns do not fit together, or if the graph takes more than limit
// bytes.
func decodeGraph(d *snapshot.Decoder, limit int64) *graph {
	words := vocabularies()
	for _, own := range words {
		if !slices.Equal(snapshot.DecodeStrings[string](d), own) {
			d.Fail(errVocabularies)
			return nil
		}
	}
	g := newGraph()
	for _, id := range snapshot.DecodeStrings[kg.ID](d) {
		g.actor(id)
	}
	for _, id := range snapshot.DecodeStrings[kg.ID](d) {
		g.event(id)
	}
	actors, events := len(g.actors.ids), len(g.events.ids)
	statuses, modalities, roles := len(words[0]), len(words[1]), len(words[2])
	t := &linkBuffer{g: g, limit: limit, states: map[uint32][]state{}}

	states := decodeLinks(d, events, 1, statuses, modalities)
	starts := snapshot.DecodeNumbers[edtf.Instant](d)
	parts := decodeLinks(d, events, events)
	participations := decodeLinks(d, events, actors, statuses, roles)
	affiliations := decodeLinks(d, actors, actors)
	ids, begins := snapshot.DecodeStrings[kg.ID](d), snapshot.DecodeNumbers[edtf.Instant](d)
	if len(starts) != len(states.from) || len(ids) != len(affiliations.from) || len(begins) != len(ids) {
		d.Fail(errColumns)
	}
	if d.Err() != nil {
		return nil
	}
	for i, event := range states.a {
		status, modality := states.detail(i)
		t.addState(event, state{states.known(i), starts[i], status, modality})
	}
	for i, part := range parts.a {
		t.addPart(bufferedPart{part, whole{parts.b[i], parts.known(i)}})
	}
	for i, event := range participations.a {
		status, role := participations.detail(i)
		t.addParticipation(bufferedParticipation{
			event, participation{participations.known(i), participations.b[i], role, status},
		})
	}
	for i, id := range ids {
		t.addAffiliation(affiliation{affiliations.known(i), begins[i], id, affiliations.a[i], affiliations.b[i]})
	}
	if err := t.checkMemory(); err != nil {
		d.Fail(err)
		return nil
	}
	return t.build()
}
