package neo4j

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// maxCandidates is the largest number of event ids that are passed to a query as a list.
const maxCandidates = 2000

// candidates returns a clause that restricts events to the ids that can match the filter, if one of its conditions
// leaves at most maxCandidates of them. Otherwise it returns the clause always. The clause is redundant, but lets the
// engine start from these events instead of walking all events in the order of the list.
func (b *builder) candidates(ctx context.Context, s string, f *store.EventFilter) (clause, error) {
	if f == nil || f.IDs != nil || f.Text != nil { // these conditions list ids already
		return always, nil
	}
	for _, c := range b.candidatePaths(f) {
		inner := b.newQuery()
		condition := in(inner, "x.id", c.ids)
		if c.sets != nil {
			condition = isSetOf(inner, "e._disagreements", c.sets)
		}
		rows, err := inner.query(ctx, "MATCH "+c.pattern+where(condition)+
			" WITH DISTINCT e.id AS id LIMIT "+inner.param(int64(maxCandidates+1))+" RETURN id")
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

// maxFewClaims is the largest number of known claims for which a query starts from the claims.
const maxFewClaims = 400

// fewClaimsKnown reports whether at most maxFewClaims claims were known at the view's moment. It is then faster to
// start from these claims: a walk through all events would skip nearly all of them.
func (b *builder) fewClaimsKnown(ctx context.Context) (bool, error) {
	moment := int64(b.view.Moment())
	if b.view.KnownAt == nil || moment >= b.store.manyKnownAt.Load() {
		return false, nil
	}
	inner := b.newQuery()
	found, err := inner.query(ctx,
		"CALL () { "+knownClaims+" RETURN c LIMIT "+inner.param(int64(maxFewClaims+1))+" } RETURN count(c) AS claims")
	if err != nil || len(found) == 0 { // no row: the identity classes have changed
		return false, err
	}
	claims, err := column[int64](found[0], "claims")
	if err != nil || claims <= maxFewClaims {
		return err == nil, err
	}
	b.store.manyKnownAt.Store(moment) // a concurrent query may lower it again, which costs one more query
	return false, nil
}

const knownClaims = "MATCH (c:Claim) WHERE c._knownFrom <= $m AND c._idKey IS NOT NULL"

// eventsKnownAt matches the states n of the events about which any claim was known at the view's moment.
func (b *builder) eventsKnownAt() string {
	match := knownClaims + " MATCH (c)" + b.subjectPath("(e:Event)") + " WITH DISTINCT e"
	if b.hasMerged {
		return match + " MATCH (e)-[:HAS_STATE*0..1]->(n:EventState)"
	}
	return match + b.versionInView("e", "n")
}

// candidatePath matches events e on a path from a node x whose id is one of ids or, if sets is not nil, states e of
// which the disagreements are one of sets.
type candidatePath struct {
	pattern string
	ids     []kg.ID
	sets    []kg.Bits
}

// candidatePaths returns the conditions that may leave few events, the most selective ones first.
func (b *builder) candidatePaths(f *store.EventFilter) []candidatePath {
	var all []candidatePath
	add := func(pattern string, ids []kg.ID) {
		if ids != nil {
			all = append(all, candidatePath{pattern: pattern, ids: ids})
		}
	}
	add("(x:Document)<-[:IN|CITES]-(:Claim)"+b.subjectPath("(e:Event)"), f.Documents)
	add("(x:Event)<-[:PART_OF*1..]-(e:Event)", f.PartOf)
	for _, p := range f.Participants {
		add("(x:Actor)-[:PARTICIPATED_IN]->(e:Event)", p.AnyOf)
	}
	add("(x:Actor)<-[:ACCORDING_TO]-(:Claim)"+b.subjectPath("(e:Event)"), b.identities.Expand(f.Claimants))
	if sets := kg.Aspects.SetsWith(f.Disagreements); sets != nil {
		all = append(all, candidatePath{pattern: "(e:EventState)", sets: sets})
	}
	if f.Place != nil {
		add("(x:Location)<-[:WITHIN*0..]-(:Location)<-[:OCCURRED_AT]-(e:Event)", f.Place.Within)
	}
	return all
}

// indexStart returns a bound on the index that a list is read from, taken from the filter's time or the view's moment.
// Only events that cannot match lie outside of it: an absent key sorts last, and no event was first asserted after it
// became known.
func (b *builder) indexStart(s string, o store.EventOrder, f *store.EventFilter) clause {
	desc := o.Direction == store.Desc
	switch {
	case o.Field == store.EventsByFirstAsserted && desc && b.view.KnownAt != nil:
		return s + "._assertedEarliest <= $m"
	case o.Field == store.EventsByFirstAsserted, o.Field.IsNumber(), f == nil, f.Time == nil:
		return always
	}
	lo, hi := f.Time.Bounds()
	switch {
	case desc:
		return s + "._earliest <= " + b.param(int64(hi))
	case f.Time.Definitely():
		return s + "._timeAsc >= " + b.param(int64(lo))
	}
	return always
}
