package neo4j

import (
	"context"
	"strconv"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Facets counts events by their values of fields. It queries the counts by value, and sorts and truncates them here.
func (s *Store) Facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	return readOverview(ctx, s, q.View, q.Filter, func(o overview) ([]store.Facet, error) {
		all := make([]store.Facet, len(q.Fields))
		for i, field := range q.Fields {
			var err error
			if all[i], err = o.newOverview().facet(ctx, field, q); err != nil {
				return nil, err
			}
		}
		return all, nil
	})
}

func (o overview) facet(ctx context.Context, field store.FacetField, q store.FacetQuery) (store.Facet, error) {
	keyed, err := o.facetRows(field)
	if err != nil {
		return store.Facet{}, err
	}
	value := "k"
	if field == store.FacetYear {
		value = "toString(k)"
	}
	rows, err := o.query(ctx, o.events+keyed+o.tollColumn(q.Killed)+
		" WITH k, count(*) AS events"+tollSumColumns(q.Killed)+
		" RETURN "+value+" AS key, events"+tollSumNames(q.Killed))
	if err != nil {
		return store.Facet{}, err
	}
	counter := store.NewFacetCounter(field)
	for _, r := range rows {
		key, err := column[string](r, "key")
		if err != nil {
			return store.Facet{}, err
		}
		if field == store.FacetYear {
			day, err := strconv.ParseInt(key, 10, 64)
			if err != nil {
				return store.Facet{}, kg.Errorf(kg.Internal, "read a year: %w", err)
			}
			key = store.YearKeyAt(edtf.Instant(day))
		}
		events, toll, err := readCount(r, q.Killed)
		if err != nil {
			return store.Facet{}, err
		}
		counter.Add(key, events, toll)
	}
	return counter.Facet(q.Top), nil
}

// facetRows extends a query from events n to rows (n, k), one for each value k of a field. For years the value is a
// day.
func (o overview) facetRows(field store.FacetField) (string, error) {
	each := func(links, key string, conditions ...clause) (string, error) {
		return " OPTIONAL MATCH " + links + where(conditions...) +
			" WITH DISTINCT n, coalesce(" + key + ", '') AS k WITH n, k", nil
	}
	place := o.eventPath("n") + "-[o:OCCURRED_AT]->(l:Location)"
	claim := o.claimsPath(o.eventPath("n")) + "(c:Claim)"
	switch field {
	case store.FacetCategory:
		return " WITH n, n.category AS k", nil
	case store.FacetModality:
		return " WITH n, n.modality AS k", nil
	case store.FacetStatus:
		return " WITH n, n.status AS k", nil
	case store.FacetYear: // by day, which yields few enough rows; the remainder is made positive before 1970
		at := "CASE WHEN n.nominal IS NULL THEN n.earliest ELSE datetime(n.nominal + 'T00:00:00Z').epochMillis END"
		return " WITH n, " + at + " AS day WITH n, CASE WHEN day < n.earliest THEN n.earliest ELSE day END AS at" +
			" WITH n, CASE at WHEN " + o.param(int64(edtf.BeginningOfTime)) + " THEN at" +
			" ELSE at - ((at % 86400000) + 86400000) % 86400000 END AS k", nil
	case store.FacetActor:
		return each(o.eventPath("n")+"<-[p:PARTICIPATED_IN]-(a:Actor)", "a.id", o.isKnown("p"))
	case store.FacetCountry:
		return each(place, o.property("l", "country"), o.isKnown("o"), o.property("l", "country")+" <> ''")
	case store.FacetAdmin1: // once per place; an event has no value only if none of its places has one
		kind := o.param(string(kg.LocationAdmin1))
		return " OPTIONAL MATCH " + place + where(o.isKnown("o")) + " WITH l, collect(DISTINCT n) AS there" +
			" CALL (l) { MATCH up = (l)-[:WITHIN*0..]->(a:Location)" +
			where(o.property("a", "kind")+" = "+kind,
				"none(x IN nodes(up)[..-1] WHERE "+o.property("x", "kind")+" = "+kind+")",
				o.pathInLayer("relationships(up)")) +
			" RETURN collect(DISTINCT a.id) AS provinces }" +
			" UNWIND there AS n UNWIND CASE provinces WHEN [] THEN [null] ELSE provinces END AS province" +
			" WITH n, collect(DISTINCT province) AS provinces" +
			" UNWIND CASE provinces WHEN [] THEN [''] ELSE provinces END AS k WITH n, k", nil
	case store.FacetPublisher:
		return each(claim+"-[:IN]->(d:Document)", o.classExpression("d.publisher"), o.isLive("c"), "d.publisher <> ''")
	case store.FacetClaimant:
		return each(claim+"-[:ACCORDING_TO]->(a:Actor)", o.classExpression("a.id"), o.isLive("c"))
	case store.FacetDataset:
		return each(claim+"-[:OF_RELEASE]->(r:Release)", "r.name", o.isLive("c"))
	case store.FacetLanguage:
		return each(claim+"-[:IN]->(d:Document)", "d.language", o.isLive("c"), "d.language <> ''")
	}
	return "", kg.Errorf(kg.Internal, "no facet by %q", field)
}

// classExpression returns an expression for the class of the actor that actor evaluates to.
func (b *builder) classExpression(actor string) string {
	if !b.identities.HasMerged(kg.KindActor) {
		return actor
	}
	classes := map[string]any{}
	for id, class := range b.identities.Classes() {
		if id.Kind() == kg.KindActor && id != class {
			classes[string(id)] = string(class)
		}
	}
	return "coalesce(" + b.param(classes) + "[" + actor + "], " + actor + ")"
}
