package neo4j

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// maxCandidates is how many events are worth naming one by one.
const maxCandidates = 2000

// candidates names the events that can match a filter at all, where one of its conditions leaves only few. It adds nothing to
// what the filter asks; but the engine, which would walk all events in the order of the list, then begins with these.
func (b *builder) candidates(ctx context.Context, s string, f *store.EventFilter) (clause, error) {
	if f == nil || f.IDs != nil || f.Text != nil { // these name events anyway
		return always, nil
	}
	for _, c := range b.candidatePaths(f) {
		inner := b.newQuery()
		rows, err := inner.query(ctx, "MATCH "+c.pattern+where(in(inner, "x.id", c.ids))+
			" WITH DISTINCT e LIMIT "+inner.param(int64(maxCandidates+1))+" RETURN e.id AS id")
		if err != nil {
			return never, err
		}
		if len(rows) > maxCandidates {
			continue
		}
		ids := make([]kg.ID, len(rows))
		for i, r := range rows {
			id, err := column[string](r, "id")
			if err != nil {
				return never, err
			}
			ids[i] = kg.ID(id)
		}
		return in(b, s+".id", ids), nil
	}
	return always, nil
}

// maxFewClaims is how many claims are few: so few that nearly all there is was not known yet.
const maxFewClaims = 400

// fewClaimsKnown says whether so little was known at the view's moment that it is best to begin with that: a walk through all events
// would pass over nearly all of them.
func (b *builder) fewClaimsKnown(ctx context.Context) (bool, error) {
	moment := int64(b.view.Moment())
	if b.view.KnownAt == nil || moment >= b.store.manyKnownAt.Load() {
		return false, nil
	}
	inner := b.newQuery()
	found, err := inner.query(ctx, "CALL () { "+knownClaims+" RETURN c LIMIT "+inner.param(int64(maxFewClaims+1))+" } RETURN count(c) AS claims")
	if err != nil || len(found) == 0 { // nothing at all: the classes are others by now
		return false, err
	}
	claims, err := column[int64](found[0], "claims")
	if err != nil || claims <= maxFewClaims {
		return err == nil, err
	}
	b.store.manyKnownAt.Store(moment) // two that ask at once may set it back, which costs a question
	return false, nil
}

const knownClaims = "MATCH (c:Claim) WHERE c.knownFrom <= $m AND c.idKey IS NOT NULL"

// eventsKnownAt matches the states, as n, of the events of which anything was known at the view's moment.
func (b *builder) eventsKnownAt() string {
	match := knownClaims + " MATCH (c)" + b.subjectPath("(e:Event)") + " WITH DISTINCT e"
	if b.hasMerged {
		return match + " MATCH (e)-[:HAS_STATE*0..1]->(n:EventState)"
	}
	return match + b.versionInView("e", "n")
}

// candidatePath are the events e on a path from a node x that is one of the ids.
type candidatePath struct {
	pattern string
	ids     []kg.ID
}

// candidatePaths lists the conditions that may leave few events, those that do most often first.
func (b *builder) candidatePaths(f *store.EventFilter) []candidatePath {
	var all []candidatePath
	add := func(pattern string, ids []kg.ID) {
		if ids != nil {
			all = append(all, candidatePath{pattern, ids})
		}
	}
	add("(x:Document)<-[:IN]-(:Claim)"+b.subjectPath("(e:Event)"), f.Documents)
	add("(x:Event)<-[:PART_OF*1..]-(e:Event)", f.PartOf)
	for _, p := range f.Participants {
		add("(x:Actor)-[:PARTICIPATED_IN]->(e:Event)", p.AnyOf)
	}
	add("(x:Actor)<-[:ACCORDING_TO]-(:Claim)"+b.subjectPath("(e:Event)"), b.identities.Expand(f.Claimants))
	if f.Place != nil {
		add("(x:Location)<-[:WITHIN*0..]-(:Location)<-[:OCCURRED_AT]-(e:Event)", f.Place.Within)
	}
	return all
}

// indexStart bounds the index that a list is read from, where the filter's time says where to begin, or the view's moment does.
// What it leaves out would be left out anyway: an absent key counts as the last of its order, and nothing was first asserted
// after the moment from which it is known.
func (b *builder) indexStart(s string, o store.EventOrder, f *store.EventFilter) clause {
	desc := o.Direction == store.Desc
	switch {
	case o.Field == store.EventsByFirstAsserted && desc && b.view.KnownAt != nil:
		return s + ".assertedEarliest <= $m"
	case o.Field == store.EventsByFirstAsserted, o.Field == store.EventsByKilled, f == nil, f.Time == nil:
		return always
	}
	lo, hi := f.Time.Bounds()
	switch {
	case desc:
		return s + ".earliest <= " + b.param(int64(hi))
	case f.Time.Definitely():
		return s + ".timeAsc >= " + b.param(int64(lo))
	}
	return always
}
