package sqlite

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
)

var (
	affiliatedRows, affiliatedSums = newCheckedTable("affiliated",
		"affiliation, known_from, known_to, layer, record")
	participationRows, participationSums = newCheckedTable("participation",
		"event, actor, role, side, representing, status, known_from, known_to, layer, record")
	placeRows, placeSums = newCheckedTable("event_location",
		"event, location, role, known_from, known_to, layer, record")
	partRows, partSums         = newCheckedTable("event_part", "part, whole, known_from, known_to, layer, record")
	responseRows, responseSums = newCheckedTable("response",
		"answer, answered, kind, known_from, known_to, layer, record")
	announcementRows, announcementSums = newCheckedTable("announcement",
		"announcer, announced, known_from, known_to, layer, record")
)

func (t *tx) PutDerivedStates(ctx context.Context, states []apply.DerivedState) error {
	if err := t.dropHistories(ctx, states); err != nil {
		return err
	}
	for _, a := range states {
		for _, l := range a.Lifetimes {
			if err := t.setLifetime(ctx, l.Resolved); err != nil {
				return err
			}
		}
		put := t.putEvent
		if a.Subject.Kind() != kg.KindEvent {
			put = t.putAffiliated
		}
		if err := a.History.Each(func(layer apply.Layer, h kg.History) error { return put(ctx, layer, h) }); err != nil {
			return err
		}
	}
	if err := t.dropOldEntries(ctx); err != nil {
		return err
	}
	if err := t.putExactLifetimes(ctx, states); err != nil {
		return err
	}
	return t.flush(ctx)
}

// dropHistories deletes everything derived about subjects. A subject whose claims are all new has nothing to delete,
// unless it stands for a class.
func (t *tx) dropHistories(ctx context.Context, states []apply.DerivedState) error {
	var events, affiliations []kg.ID
	for _, a := range states {
		if !t.lostClaims[a.Subject] && !t.before.Merged(a.Subject) &&
			!slices.ContainsFunc(a.Claims, func(c kg.Claim) bool { return t.inserted[c.ID] == nil }) {
			continue
		}
		if a.Subject.Kind() == kg.KindEvent {
			events = append(events, a.Subject)
		} else {
			affiliations = append(affiliations, a.Subject)
		}
	}
	if err := t.deleteByIDs(ctx, affiliations, "DELETE FROM affiliated WHERE affiliation "+inJSONList); err != nil {
		return err
	}
	if err := t.deleteByIndexes(ctx, []string{"state_code_event", "participation_event", "event_location_event"}, events,
		"DELETE FROM event_state WHERE event "+inJSONList, "DELETE FROM state_code WHERE event "+inJSONList,
		"DELETE FROM participation WHERE event "+inJSONList, "DELETE FROM event_location WHERE event "+inJSONList,
		"DELETE FROM event_part WHERE part "+inJSONList, "DELETE FROM response WHERE answer "+inJSONList,
		"DELETE FROM announcement WHERE announcer "+inJSONList,
	); err != nil {
		return err
	}
	return t.readOldEntries(ctx, t.committedState(), events)
}

// putAffiliated inserts the versions of an affiliation's support.
func (t *tx) putAffiliated(ctx context.Context, layer apply.Layer, h kg.History) error {
	return putEdges(ctx, t, layer, affiliatedRows, h.Affiliated, func([]kg.ID) []any { return []any{string(h.Subject)} })
}

// putEvent inserts the states, edges and search entries of an event.
func (t *tx) putEvent(ctx context.Context, layer apply.Layer, h kg.History) error {
	event := string(h.Subject)
	for _, s := range h.States {
		if err := t.putState(ctx, event, layer, s); err != nil {
			return err
		}
	}
	for _, err := range []error{
		putEdges(ctx, t, layer, participationRows, h.Participations, func(p kg.Participation) []any {
			return []any{event, string(p.Actor), string(p.Role), string(p.Side), string(p.Representing), string(p.Status)}
		}),
		putEdges(ctx, t, layer, placeRows, h.Locations,
			func(l kg.EventLocation) []any { return []any{event, string(l.Location), string(l.Role)} }),
		putEdges(ctx, t, layer, partRows, h.Wholes,
			func(w kg.EventPart) []any { return []any{string(w.Part), string(w.Whole)} }),
		putEdges(ctx, t, layer, responseRows, h.RespondsTo,
			func(r kg.Response) []any { return []any{string(r.By), string(r.To), string(r.Kind)} }),
		putEdges(ctx, t, layer, announcementRows, h.Announces,
			func(a kg.Announcement) []any { return []any{string(a.By), string(a.Of)} }),
	} {
		if err != nil {
			return err
		}
	}
	return t.putEventSearch(ctx, h, layer)
}

// putEdges inserts versions of edges: the columns of each, its interval, and the edge as a record.
func putEdges[T any](
	ctx context.Context, t *tx, layer apply.Layer, to *table, versions []kg.Versioned[T], columns func(T) []any,
) error {
	for _, v := range versions {
		record, err := codec.Encode(v.Edge)
		if err != nil {
			return err
		}
		if err := t.add(ctx, to, append(columns(v.Edge), int64(v.KnownFrom), int64(v.KnownTo), int(layer),
			record)...); err != nil {
			return err
		}
	}
	return nil
}
