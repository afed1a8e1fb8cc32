package curation

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Shown is the part of a store's graph that previews compare, in the RESOLVED view with all claims known.
type Shown struct {
	events map[kg.ID]*kg.EventState
	// fields are the values of nodes by field.
	fields map[kg.ID]map[string]string
	// merged are the nodes that another one stands for.
	merged map[kg.ID]bool
}

// Read reads that part of a store's graph.
func Read(t *testing.T, s store.Store) Shown {
	t.Helper()
	all := Shown{map[kg.ID]*kg.EventState{}, map[kg.ID]map[string]string{}, map[kg.ID]bool{}}
	for _, kind := range []kg.NodeKind{
		kg.KindActor, kg.KindLocation, kg.KindEvent, kg.KindDocument, kg.KindRelease, kg.KindAffiliation,
	} {
		for page, err := range store.Walk(t.Context(), s, kind, 0) {
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Releases {
				all.fields[r.ID] = map[string]string{
					"name": r.Name, "release": r.Release, "releasedAt": timeText(r.ReleasedAt),
				}
			}
			for _, d := range page.Documents {
				all.fields[d.ID] = map[string]string{
					"language": d.Language, "publishedAt": timeText(d.PublishedAt), "publisher": string(d.Publisher),
					"syndicates": string(d.Syndicates), "url": d.URL,
				}
			}
			for _, a := range page.Affiliations {
				all.fields[a.ID] = map[string]string{
					"affiliationType": string(a.Type), "counterpart": string(a.Counterpart), "holder": string(a.Holder),
					"position": a.Position, "validTime": timeText(a.ValidTime),
				}
				if a.Type == kg.AffiliationOther {
					all.fields[a.ID]["affiliationType"] = ""
				}
			}
			if slices.Contains([]kg.NodeKind{kg.KindActor, kg.KindLocation, kg.KindEvent}, kind) {
				all.readNodes(t, s, page.IDs(kind))
			}
		}
	}
	return all
}

func timeText(at *edtf.Time) string {
	if at == nil {
		return ""
	}
	return at.EDTF
}

// readNodes reads actors, places or events in the RESOLVED view.
func (s Shown) readNodes(t *testing.T, from store.Store, ids []kg.ID) {
	t.Helper()
	nodes, err := from.Nodes(t.Context(), kg.View{}, ids)
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range nodes {
		if n == nil || n.NodeID() != ids[i] {
			s.merged[ids[i]] = n != nil
			continue
		}
		switch n := n.(type) {
		case kg.Event:
			s.events[n.ID] = &n.EventState
		case kg.Actor:
			s.fields[n.ID] = map[string]string{"country": n.Country, "description": n.Description, "kind": string(n.Kind)}
			if n.Kind == kg.ActorUnidentified {
				s.fields[n.ID]["kind"] = ""
			}
		case kg.Location:
			s.fields[n.ID] = locationFields(n)
		}
	}
}

func locationFields(l kg.Location) map[string]string {
	fields := map[string]string{
		"country": l.Country, "kind": string(l.Kind), "point": "", "radiusKm": "", "box": "", "shape": string(l.Shape),
	}
	if l.Point != nil {
		fields["point"] = fmt.Sprintf("%v,%v", l.Point.Latitude, l.Point.Longitude)
	}
	if l.RadiusKm != 0 {
		fields["radiusKm"] = fmt.Sprint(l.RadiusKm)
	}
	if b := l.Box; b != nil {
		fields["box"] = fmt.Sprintf("%v,%v,%v,%v", b.West, b.South, b.East, b.North)
	}
	return fields
}

// Difference compares two readings of a store, before and after a batch that only has decisions.
func Difference(before, after Shown) (all store.Effects) {
	events := maps.Clone(before.events)
	maps.Copy(events, after.events)
	for _, id := range slices.Sorted(maps.Keys(events)) {
		a, b := before.events[id], after.events[id]
		if !after.merged[id] && eventText(a) != eventText(b) {
			all.Events = append(all.Events, store.Effect{Event: id, Before: a, After: b})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(after.fields)) {
		old, now := before.fields[id], after.fields[id]
		for _, field := range slices.Sorted(maps.Keys(now)) {
			if old != nil && old[field] != now[field] {
				all.Fields = append(all.Fields, kg.FieldChange{Node: id, Field: field, Before: old[field], After: now[field]})
			}
		}
	}
	return all
}

// eventText describes the values of an event that previews compare.
func eventText(s *kg.EventState) string {
	if s == nil {
		return "none"
	}
	text := fmt.Sprint(s.Status, s.Modality, s.Time.EDTF, kg.Aspects.In(s.Disagreements))
	for quantity, n := range s.Toll.Numbers() {
		text += fmt.Sprint(quantity, n.Agreed)
		for _, v := range []*int{n.Low, n.Best, n.High} {
			if text += " none"; v != nil {
				text += fmt.Sprint(" ", *v)
			}
		}
	}
	return text
}
