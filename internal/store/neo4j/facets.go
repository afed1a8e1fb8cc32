package neo4j

import (
	"context"
	"strconv"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Facets counts in columns kept in memory or, where these do not know what is asked for, orders and cuts in the model what the engine has
// counted by value.
func (s *Store) Facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	return s.columns.Facets(ctx, q, func(f *store.EventFilter) ([]store.Facet, error) {
		q.Filter = f
		return s.facets(ctx, q)
	})
}

func (s *Store) facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	return overviews(ctx, s, q.View, q.Filter, func(o overview) ([]store.Facet, error) {
		all := make([]store.Facet, len(q.Fields))
		for i, field := range q.Fields {
			var err error
			if all[i], err = o.beside().facet(ctx, field, q); err != nil {
				return nil, err
			}
		}
		return all, nil
	})
}

func (o overview) facet(ctx context.Context, field store.FacetField, q store.FacetQuery) (store.Facet, error) {
	keyed, err := o.keyed(field)
	if err != nil {
		return store.Facet{}, err
	}
	groups, value := "k", "k"
	if field == store.FacetYear {
		groups, value = "k, min(n.earliest) AS earliest", "toString(earliest)"
	}
	rows, err := o.read(ctx, o.events+keyed+o.toll(q.Killed)+" WITH "+groups+", count(*) AS events"+sums(q.Killed)+
		" RETURN "+value+" AS key, events"+sumNames(q.Killed))
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
			earliest, err := strconv.ParseInt(key, 10, 64)
			if err != nil {
				return store.Facet{}, kg.Errorf(kg.Internal, "read a year: %w", err)
			}
			key = store.YearKey(edtf.Instant(earliest))
		}
		events, toll, err := countIn(r, q.Killed)
		if err != nil {
			return store.Facet{}, err
		}
		counter.Add(key, events, toll)
	}
	return counter.Facet(q.Top), nil
}

// keyed goes on from events n to one row (n, k) for each of their values k of a field. Of years the value is a day.
func (o overview) keyed(field store.FacetField) (string, error) {
	each := func(links, key string, conditions ...clause) (string, error) {
		return " OPTIONAL MATCH " + links + where(conditions...) + " WITH DISTINCT n, coalesce(" + key + ", '') AS k WITH n, k", nil
	}
	place := o.eventOf("n") + "-[o:OCCURRED_AT]->(l:Location)"
	claim := o.claimsOf(o.eventOf("n")) + "(c:Claim)"
	switch field {
	case store.FacetCategory:
		return " WITH n, n.category AS k", nil
	case store.FacetModality:
		return " WITH n, n.modality AS k", nil
	case store.FacetStatus:
		return " WITH n, n.status AS k", nil
	case store.FacetYear: // by day, of which there are not so many; a day before 1970 does not begin with the next one
		return " WITH n, n.earliest - ((n.earliest % 86400000) + 86400000) % 86400000 AS k", nil
	case store.FacetActor:
		return each(o.eventOf("n")+"<-[p:PARTICIPATED_IN]-(a:Actor)", "a.id", o.known("p"))
	case store.FacetCountry:
		return each(place, o.own("l", "country"), o.known("o"), o.own("l", "country")+" <> ''")
	case store.FacetAdmin1: // of each place once; an event is without one where none of its places has one
		kind := o.param(string(kg.LocationAdmin1))
		return " OPTIONAL MATCH " + place + where(o.known("o")) + " WITH l, collect(DISTINCT n) AS there" +
			" CALL (l) { MATCH up = (l)-[:WITHIN*0..]->(a:Location)" +
			where(o.own("a", "kind")+" = "+kind, "none(x IN nodes(up)[..-1] WHERE "+o.own("x", "kind")+" = "+kind+")", o.layers("relationships(up)")) +
			" RETURN collect(DISTINCT a.id) AS provinces }" +
			" UNWIND there AS n UNWIND CASE provinces WHEN [] THEN [null] ELSE provinces END AS province" +
			" WITH n, collect(DISTINCT province) AS provinces UNWIND CASE provinces WHEN [] THEN [''] ELSE provinces END AS k WITH n, k", nil
	case store.FacetPublisher:
		return each(claim+"-[:IN]->(d:Document)", o.classOf("d.publisher"), o.live("c"), "d.publisher <> ''")
	case store.FacetClaimant:
		return each(claim+"-[:ACCORDING_TO]->(a:Actor)", o.classOf("a.id"), o.live("c"))
	case store.FacetDataset:
		return each(claim+"-[:OF_RELEASE]->(r:Release)", "r.name", o.live("c"))
	case store.FacetLanguage:
		return each(claim+"-[:IN]->(d:Document)", "d.language", o.live("c"), "d.language <> ''")
	}
	return "", kg.Errorf(kg.Internal, "no facet by %q", field)
}

// classOf is the class of the actor that an expression names.
func (b *builder) classOf(actor string) string {
	if !b.one.HasMerged(kg.KindActor) {
		return actor
	}
	classes := map[string]any{}
	for id, class := range b.one.Classes() {
		if id.Kind() == kg.KindActor && id != class {
			classes[string(id)] = string(class)
		}
	}
	return "coalesce(" + b.param(classes) + "[" + actor + "], " + actor + ")"
}
