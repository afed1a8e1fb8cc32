package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
)

// Changes lists the changes at moments at which a claim about a matching event or about a response to one became known.
func (s *Store) Changes(ctx context.Context, q store.ChangeQuery) (store.Page[store.Change], error) {
	if err := q.Window.Check(); err != nil {
		return store.Page[store.Change]{}, err
	}
	if err := ctx.Err(); err != nil {
		return store.Page[store.Change]{}, mapError(ctx, err, "read changes")
	}
	return readView(ctx, s, q.Filter.InView(q.View), func(b *builder) (store.Page[store.Change], error) {
		q := q
		q.View, q.Filter = b.view, store.ResolveEventFilter(b.identities, q.Filter)
		return b.changes(ctx, q)
	})
}

func (b *builder) changes(ctx context.Context, q store.ChangeQuery) (store.Page[store.Change], error) {
	candidates, err := b.candidates(ctx, "n", q.Filter)
	if err != nil {
		return store.Page[store.Change]{}, err
	}
	filter, err := b.events(ctx, "n", q.Filter)
	if err != nil {
		return store.Page[store.Change]{}, err
	}
	return store.ChangePage(ctx, q, &changes{
		builder: b, filter: filter, candidateIDs: candidates, unfiltered: q.Filter == nil && !b.hasMerged,
	})
}

// changes implements store.ChangeSource. candidateIDs restricts the search to few events, or is always. unfiltered is
// set if there is no filter, and tried once candidates were searched for.
type changes struct {
	*builder
	filter, candidateIDs clause
	unfiltered, tried    bool
}

// rareMatchSpan is the number of claims in one window above which probably few events match.
const rareMatchSpan = 4000

// knownInWindow holds for claims c that became known in a window. The condition on idKey is always true, but lets the
// engine use the index over both properties.
const knownInWindow = "c._knownFrom >= $from AND c._knownFrom <= $end AND c._idKey IS NOT NULL"

func (c *changes) Window(ctx context.Context, from, last edtf.Instant, span int) (edtf.Instant, error) {
	if span >= rareMatchSpan && c.candidateIDs == always && !c.unfiltered && !c.tried {
		c.tried = true
		if err := c.findCandidates(ctx); err != nil {
			return last, err
		}
	}
	if c.candidateIDs != always {
		return last, nil
	}
	found, err := c.store.query(ctx, "MATCH (c:Claim) WHERE "+knownInWindow+
		" RETURN c._knownFrom AS at ORDER BY c._knownFrom SKIP $span LIMIT 1",
		map[string]any{"from": int64(from), "end": int64(last), "span": int64(span)})
	if err != nil || len(found) == 0 {
		return last, err
	}
	at, err := column[int64](found[0], "at")
	return edtf.Instant(at), err
}

// findCandidates sets candidateIDs to the matching events if there are at most maxCandidates.
func (c *changes) findCandidates(ctx context.Context) error {
	found, err := c.query(ctx, "MATCH "+c.statePattern("n")+where(c.inView("n"), c.filter)+
		" RETURN n.id AS id LIMIT "+c.param(int64(maxCandidates+1)))
	if err != nil || len(found) > maxCandidates {
		return err
	}
	ids := make([]kg.ID, len(found))
	for i, r := range found {
		if ids[i], err = idOf(r); err != nil {
			return err
		}
	}
	c.candidateIDs = in(c.builder, "n.id", ids)
	return nil
}

func (c *changes) Moments(ctx context.Context, s store.KnowledgeWindow, limit int) ([]store.EventMoment, error) {
	c.params["from"], c.params["end"], c.params["limit"] = int64(s.From), int64(s.To), int64(limit)
	c.params["at"], c.params["event"] = int64(s.After.At), rows.SortKey(string(s.After.Event))
	sign := " > "
	if s.Inclusive {
		sign = " >= "
	}
	afterStart := "(at > $at OR at = $at AND n._idKey" + sign + "$event)"
	// An edge begins and ends only when a claim about its event becomes known.
	text := "MATCH (c:Claim) WHERE " + knownInWindow +
		" CALL (c) { MATCH (c)" + c.subjectPath("(e:Event)") + " RETURN e UNION" +
		" MATCH (c)" + c.subjectPath("(:Event)") + "-[r:RESPONDS_TO]->(e:Event)" +
		where("(r.knownFrom = c.knownFrom OR r.knownTo = c.knownFrom)", c.inLayer("r")) + " RETURN e }" +
		" WITH DISTINCT c._knownFrom AS at, e"
	if c.unfiltered { // without a filter every event that was known at the moment matches
		text += " WITH at, e AS n" + where(afterStart)
	} else {
		text += " MATCH (e)-[:HAS_STATE*0..1]->(n:EventState)" + where(c.inView("n"), afterStart, c.filter)
	}
	if c.candidateIDs != always {
		text = "MATCH " + c.statePattern("n") + where(c.candidateIDs, c.inView("n"), c.filter) +
			" WITH n MATCH (e:Event {id: n.id})" +
			" CALL (e) { MATCH " + c.claimsPath("(e)") + "(c:Claim)" +
			" WHERE c._knownFrom >= $from AND c._knownFrom <= $end RETURN c._knownFrom AS at" +
			" UNION MATCH (e)<-[r:RESPONDS_TO]-(:Event)" + where(c.inLayer("r")) +
			" UNWIND [" + rows.KnownFrom("r") + ", " + rows.KnownTo("r") + "] AS at" +
			" WITH at WHERE at >= $from AND at <= $end RETURN at }" +
			" WITH n, at WHERE " + afterStart
	}
	found, err := c.query(ctx, text+" RETURN at, n.id AS id ORDER BY at, n._idKey LIMIT $limit")
	if err != nil {
		return nil, err
	}
	all := make([]store.EventMoment, len(found))
	for i, r := range found {
		at, err := column[int64](r, "at")
		if err != nil {
			return nil, err
		}
		id, err := idOf(r)
		if err != nil {
			return nil, err
		}
		all[i] = store.EventMoment{At: edtf.Instant(at), Event: id}
	}
	return all, nil
}

// contextParts read the versions r about events id that hold at any time from $first to $last. The states come first.
var contextParts = []contextPart{
	{"MATCH (:Event {id: id})-[:HAS_STATE*0..1]->(r:EventState)", "r._record AS record",
		func(r *neo4j.Record, _ *store.ChangeContext, h *kg.History) error {
			state, err := recordOf[kg.EventState](r)
			h.States = append(h.States, state)
			return err
		}},
	contextEdges("MATCH (:Event {id: id})<-[r:PARTICIPATED_IN]-(:Actor)", rows.Participations,
		func(h *kg.History) *[]kg.Versioned[kg.Participation] { return &h.Participations }),
	contextEdges("MATCH (:Event {id: id})-[r:OCCURRED_AT]->(:Location)", rows.Places,
		func(h *kg.History) *[]kg.Versioned[kg.EventLocation] { return &h.Locations }),
	contextEdges("MATCH (:Event {id: id})-[r:RESPONDS_TO]->(:Event)", rows.Responses,
		func(h *kg.History) *[]kg.Versioned[kg.Response] { return &h.RespondsTo }),
	{"MATCH (:Event {id: id})<-[r:RESPONDS_TO]-(:Event)", rows.Responses.List("r") + " AS edge",
		func(r *neo4j.Record, g *store.ChangeContext, _ *kg.History) error {
			v, err := readVersion(r, rows.Responses)
			if err == nil {
				g.AddResponse(v)
			}
			return err
		}},
}

type contextPart struct {
	match, values string
	read          func(*neo4j.Record, *store.ChangeContext, *kg.History) error
}

func contextEdges[T any](match string, edge rows.Edge[T], list func(*kg.History) *[]kg.Versioned[T]) contextPart {
	read := versionReader(edge, list)
	return contextPart{match, edge.List("r") + " AS edge",
		func(r *neo4j.Record, _ *store.ChangeContext, h *kg.History) error { return read(r, h) }}
}

func (c *changes) Context(ctx context.Context, moments []store.EventMoment) (g store.ChangeContext, err error) {
	first, last := store.MomentRange(moments)
	seen := map[kg.ID]bool{}
	var ids []string
	for _, m := range moments {
		if !seen[m.Event] {
			ids, seen[m.Event] = append(ids, string(m.Event)), true
		}
	}
	b := c.newQuery()
	b.params["ids"], b.params["first"], b.params["last"] = ids, rows.Datetime(first), rows.Datetime(last)
	for i, part := range contextParts {
		if i == 1 { // the states have been read
			b.params["ids"] = stringsOf(g.ComparedEvents(moments))
		}
		found, err := b.query(ctx, "UNWIND $ids AS id "+part.match+
			where("r.knownFrom <= $last AND (r.knownTo IS NULL OR $first < r.knownTo)", b.inLayer("r"))+
			" RETURN id, "+part.values+", "+intervalColumns+" ORDER BY id, r.knownFrom")
		if err != nil {
			return g, err
		}
		for _, r := range found {
			id, err := idOf(r)
			if err != nil {
				return g, err
			}
			if err := part.read(r, &g, g.History(id)); err != nil {
				return g, err
			}
		}
	}
	b.params["ids"] = stringsOf(b.identities.Expand(g.ClaimSubjects(moments)))
	found, err := b.query(ctx, "UNWIND $ids AS subject MATCH (c:Claim {subject: subject})"+
		" WHERE c.knownFrom >= $first AND c.knownFrom <= $last"+
		" RETURN subject, c.id AS id, c._knownFrom AS at ORDER BY at, c._idKey")
	if err != nil {
		return g, err
	}
	for _, r := range found {
		if err := addClaimChange(r, b.identities, &g); err != nil {
			return g, err
		}
	}
	return g, nil
}

func addClaimChange(r *neo4j.Record, identities kg.Identities, g *store.ChangeContext) error {
	subject, err := column[string](r, "subject")
	if err != nil {
		return err
	}
	id, err := idOf(r)
	if err != nil {
		return err
	}
	at, err := column[int64](r, "at")
	g.AddClaim(edtf.Instant(at), identities.ClassOf(kg.ID(subject)), id)
	return err
}
