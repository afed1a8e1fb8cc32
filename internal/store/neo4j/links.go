package neo4j

import (
	"context"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Links streams the states, participations, parts and affiliations that networks are built from.
func (s *Store) Links(ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, to store.LinkSink) error {
	return s.streamView(ctx, kg.View{Identity: mode}, func(b *builder) error { return b.links(ctx, subjects, to) })
}

// streamView runs an answer that cannot be repeated, since its rows are passed on at once. It returns CONFLICT if the
// identity classes changed meanwhile.
func (s *Store) streamView(ctx context.Context, v kg.View, answer func(*builder) error) error {
	if _, err := s.identities.current(ctx, s.query); err != nil {
		return err
	}
	identities, version := s.identities.cached()
	if err := answer(newBuilder(s, v, identities, version)); err != nil {
		return err
	}
	if _, err := s.identities.current(ctx, s.query); err != nil {
		return err
	}
	if _, now := s.identities.cached(); now != version {
		return kg.Errorf(kg.Conflict, "identity classes changed during the query; retry")
	}
	return nil
}

func (b *builder) links(ctx context.Context, subjects []kg.ID, to store.LinkSink) error {
	s := b.store
	states := b.matchNodes("EventState", subjects) + where(b.inLayer("n")) +
		" RETURN n.id AS id, n.timeAsc AS start, n.knownFrom AS from, n.knownTo AS to, n.status AS status," +
		" n.modality AS modality"
	if err := s.stream(ctx, states, b.params, func(r *neo4j.Record) error {
		id, err := idOf(r)
		if err != nil {
			return err
		}
		known, start, err := intervalOf(r)
		if err != nil {
			return err
		}
		status, err := column[string](r, "status")
		if err != nil {
			return err
		}
		modality, err := column[string](r, "modality")
		if err != nil {
			return err
		}
		return to.State(id, store.LinkState{
			Interval: known, Start: start, Status: kg.ClaimStatus(status), Modality: kg.Modality(modality),
		})
	}); err != nil {
		return err
	}
	if err := b.parts(ctx, subjects, to.Part); err != nil {
		return err
	}
	participations := b.matchNodes("Event", subjects) + "<-[r:PARTICIPATED_IN]-(a:Actor)" + where(b.inLayer("r")) +
		" RETURN n.id AS id, a.id AS other, r.role AS role, r.status AS status, 0 AS start, r.knownFrom AS from," +
		" r.knownTo AS to"
	if err := s.stream(ctx, participations, b.params, func(r *neo4j.Record) error {
		id, other, known, _, err := linkOf(r)
		if err != nil {
			return err
		}
		role, err := column[string](r, "role")
		if err != nil {
			return err
		}
		status, err := column[string](r, "status")
		if err != nil {
			return err
		}
		return to.Participation(store.LinkParticipation{
			Interval: known, Event: id, Actor: other, Role: kg.ParticipantRole(role), Status: kg.ClaimStatus(status),
		})
	}); err != nil {
		return err
	}
	affiliations := b.matchNodes("Affiliation", subjects) + "-[r:SUPPORTED]->()" + where(b.inLayer("r")) +
		" RETURN n.id AS id, n.holder AS holder, n.counterpart AS other," +
		" n.validEarliest AS start, r.knownFrom AS from, r.knownTo AS to"
	return s.stream(ctx, affiliations, b.params, func(r *neo4j.Record) error {
		var l store.LinkAffiliation
		var err error
		if l.ID, l.Counterpart, l.Interval, l.Start, err = linkOf(r); err != nil {
			return err
		}
		holder, err := column[string](r, "holder")
		if err != nil {
			return err
		}
		l.Holder, l.Counterpart = b.identities.ClassOf(kg.ID(holder)), b.identities.ClassOf(l.Counterpart)
		if !l.Start.Bounded() {
			l.Start = edtf.EndOfTime
		}
		return to.Affiliation(l)
	})
}

// matchNodes matches the nodes n of a label with the given ids, each once, or all for nil.
func (b *builder) matchNodes(label string, ids []kg.ID) string {
	if ids == nil {
		return "MATCH (n:" + label + ")"
	}
	unique := stringsOf(ids)
	slices.Sort(unique)
	b.params["ids"] = slices.Compact(unique)
	return "UNWIND $ids AS id MATCH (n:" + label + " {id: id})"
}

// parts streams the wholes of events, each with the interval in which that is known.
func (b *builder) parts(ctx context.Context, events []kg.ID, yield func(_, _ kg.ID, known kg.Interval) error) error {
	query := b.matchNodes("Event", events) + "-[r:PART_OF]->(w:Event)" + where(b.inLayer("r")) +
		" RETURN n.id AS id, w.id AS other, 0 AS start, r.knownFrom AS from, r.knownTo AS to"
	return b.store.stream(ctx, query, b.params, func(r *neo4j.Record) error {
		id, other, known, _, err := linkOf(r)
		if err != nil {
			return err
		}
		return yield(id, other, known)
	})
}

// linkOf decodes a link: its ends, the interval in which it is known, and its start, which only affiliations have.
func linkOf(r *neo4j.Record) (id, other kg.ID, known kg.Interval, start edtf.Instant, err error) {
	if id, err = idOf(r); err != nil {
		return id, other, known, start, err
	}
	name, err := column[string](r, "other")
	if err != nil {
		return id, other, known, start, err
	}
	known, start, err = intervalOf(r)
	return id, kg.ID(name), known, start, err
}

// intervalOf decodes the interval in which a link or state is known, and its start.
func intervalOf(r *neo4j.Record) (known kg.Interval, start edtf.Instant, err error) {
	if known, err = knownOf(r); err != nil {
		return known, start, err
	}
	n, err := column[int64](r, "start")
	return known, edtf.Instant(n), err
}

// knownOf decodes an interval of knowledge.
func knownOf(r *neo4j.Record) (known kg.Interval, err error) {
	from, err := column[int64](r, "from")
	if err != nil {
		return known, err
	}
	to, err := column[int64](r, "to")
	return kg.Interval{KnownFrom: edtf.Instant(from), KnownTo: edtf.Instant(to)}, err
}

// EventIDs streams the ids of matching events.
func (s *Store) EventIDs(ctx context.Context, v kg.View, f *store.EventFilter, emit func(kg.ID) error) error {
	return s.streamView(ctx, f.InView(v), func(b *builder) error {
		return b.eventIDs(ctx, store.ResolveEventFilter(b.identities, f), emit)
	})
}

func (b *builder) eventIDs(ctx context.Context, f *store.EventFilter, emit func(kg.ID) error) error {
	filter, err := b.events(ctx, "n", f)
	if err != nil {
		return err
	}
	candidates, err := b.candidates(ctx, "n", f)
	if err != nil {
		return err
	}
	ids := "MATCH " + b.statePattern("n") + where(candidates, b.inView("n"), filter) + " RETURN n.id AS id"
	return b.store.stream(ctx, ids, b.params, func(r *neo4j.Record) error {
		id, err := idOf(r)
		if err != nil {
			return err
		}
		return emit(id)
	})
}

// stream passes rows on one by one, and stops at the first error of each. The driver does not retry it, since rows have
// been passed on by then.
func (s *Store) stream(
	ctx context.Context, cypher string, params map[string]any, each func(*neo4j.Record) error,
) error {
	if err := ctx.Err(); err != nil {
		return mapError(ctx, err, "query")
	}
	session := s.driver.Reader().NewSession(ctx, s.sessionConfig(neo4j.AccessModeRead))
	defer func() { _ = session.Close(context.WithoutCancel(ctx)) }() // the query reports errors
	var result neo4j.ResultWithContext
	err := s.driver.Read(ctx, func() (err error) {
		result, err = session.Run(ctx, cypher, params, deadline(ctx))
		return err
	})
	if err != nil {
		return mapError(ctx, err, "query")
	}
	for result.Next(ctx) {
		if err := each(result.Record()); err != nil {
			return err
		}
	}
	return mapError(ctx, result.Err(), "read the rows")
}
