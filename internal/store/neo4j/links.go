package neo4j

import (
	"context"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
	"casus/internal/store/trace"
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
	states := b.matchNodes("EventState", subjects) + where(b.inLayer("n"))
	values := "n.id, n._timeAsc, n._knownFrom, n._knownTo, n.status, n.modality"
	if err := b.streamChunks(ctx, states, "n", values, func(r *rows.Values) error {
		id, start, known := r.ID(), edtf.Instant(r.Whole()), r.Interval()
		status, modality := kg.ClaimStatus(r.Text()), kg.Modality(r.Text())
		if r.Err != nil {
			return r.Err
		}
		return to.State(id, store.LinkState{Interval: known, Start: start, Status: status, Modality: modality})
	}); err != nil {
		return err
	}
	if err := b.parts(ctx, subjects, to.Part); err != nil {
		return err
	}
	participations := b.matchNodes("Event", subjects) + "<-[r:PARTICIPATED_IN]-(a:Actor)" + where(b.inLayer("r"))
	values = "endNode(r).id, startNode(r).id, r.role, r.status, " + knownColumns
	if err := b.streamChunks(ctx, participations, "r", values, func(r *rows.Values) error {
		p := store.LinkParticipation{
			Event: r.ID(), Actor: r.ID(), Role: kg.ParticipantRole(r.Text()), Status: kg.ClaimStatus(r.Text()),
			Interval: r.Interval(),
		}
		if r.Err != nil {
			return r.Err
		}
		return to.Participation(p)
	}); err != nil {
		return err
	}
	affiliations := b.matchNodes("Affiliation", subjects) + "-[r:SUPPORTED]->()" + where(b.inLayer("r"))
	return b.streamChunks(ctx, affiliations, "r", "startNode(r).id, startNode(r).holder, startNode(r).counterpart,"+
		" startNode(r)._validEarliest, "+knownColumns, func(r *rows.Values) error {
		l := store.LinkAffiliation{ID: r.ID()}
		l.Holder, l.Counterpart = b.identities.ClassOf(r.ID()), b.identities.ClassOf(r.ID())
		l.Start, l.Interval = edtf.Instant(r.Whole()), r.Interval()
		if r.Err != nil {
			return r.Err
		}
		if !l.Start.Bounded() {
			l.Start = edtf.EndOfTime
		}
		return to.Affiliation(l)
	})
}

// knownColumns are the two values of rows.Values.Interval, of a relationship r.
var knownColumns = rows.KnownFrom("r") + ", " + rows.KnownTo("r")

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
	parts := b.matchNodes("Event", events) + "-[r:PART_OF]->(:Event)" + where(b.inLayer("r"))
	return b.streamChunks(ctx, parts, "r", "startNode(r).id, endNode(r).id, "+knownColumns, func(r *rows.Values) error {
		part, whole, known := r.ID(), r.ID(), r.Interval()
		if r.Err != nil {
			return r.Err
		}
		return yield(part, whole, known)
	})
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
	trace.Statement(ctx, cypher, params)
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
