package neo4j

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
)

// Facets counts events by their values of fields. It queries the counts by value, and sorts and truncates them here.
func (s *Store) Facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	return readOverview(ctx, s, q.View, q.Filter, func(o overview) ([]store.Facet, error) {
		var selected selection
		if q.Sums != 0 {
			var err error
			if selected, err = o.selected(ctx, q.Sums); err != nil {
				return nil, err
			}
		}
		all := make([]store.Facet, len(q.Fields))
		for i, field := range q.Fields {
			var err error
			if all[i], err = o.newOverview().facet(ctx, field, q, selected); err != nil {
				return nil, err
			}
		}
		return all, nil
	})
}

// facet counts the events by their values of one field, and adds up the selected ones if sums are wanted.
func (o overview) facet(
	ctx context.Context, field store.FacetField, q store.FacetQuery, selected selection,
) (store.Facet, error) {
	keyed, err := o.facetRows(field)
	if err != nil {
		return store.Facet{}, err
	}
	value := "k"
	if field == store.FacetYear {
		value = "toString(k)"
	}
	counter := store.NewFacetCounter(field)
	if q.Sums != 0 {
		byValue := selected.ByValue()
		query := o.events + keyed + " RETURN n.id AS id, collect(DISTINCT " + value + ") AS keys"
		if err = o.addValues(ctx, selected, byValue, query, field.KeyOf); err == nil {
			err = byValue.Each(ctx, counter.Add)
		}
		return counter.Facet(q.Top), err
	}
	rows, err := o.query(ctx, o.events+keyed+" WITH k, count(*) AS events RETURN "+value+" AS key, events")
	if err != nil {
		return store.Facet{}, err
	}
	for _, r := range rows {
		value, err := column[string](r, "key")
		if err != nil {
			return store.Facet{}, err
		}
		events, err := column[int64](r, "events")
		if err != nil {
			return store.Facet{}, err
		}
		key, err := field.KeyOf(value)
		if err != nil {
			return store.Facet{}, err
		}
		counter.Add(key, int(events), sums.Part{})
	}
	return counter.Facet(q.Top), nil
}

// facetRows extends a query from events n to rows (n, k), one for each value k of a field. For years the value is a
// day.
func (o overview) facetRows(field store.FacetField) (string, error) {
	if n := field.SourceNumber(); n >= 0 {
		return " WITH n, toString(n." + rows.SourceProperties[n] + ") AS k", nil
	}
	switch field {
	case store.FacetCategory:
		return " WITH n, n.category AS k", nil
	case store.FacetModality:
		return " WITH n, n.modality AS k", nil
	case store.FacetStatus:
		return " WITH n, n.status AS k", nil
	case store.FacetYear: // by day, which yields few enough rows; the remainder is made positive before 1970
		at := "CASE WHEN n.nominal IS NULL THEN n._earliest ELSE datetime(toString(n.nominal) + 'T00:00:00Z').epochMillis END"
		return " WITH n, " + at + " AS day WITH n, CASE WHEN day < n._earliest THEN n._earliest ELSE day END AS at" +
			" WITH n, CASE at WHEN " + o.param(int64(edtf.BeginningOfTime)) + " THEN at" +
			" ELSE at - ((at % 86400000) + 86400000) % 86400000 END AS k", nil
	case store.FacetAdmin1: // once per place; an event has no value only if none of its places has one
		return " OPTIONAL MATCH " + o.eventPath("n") + "-[o:OCCURRED_AT]->(l:Location)" + where(o.isKnown("o")) +
			" WITH l, collect(DISTINCT n) AS there" + o.provincesOfPlace() +
			" UNWIND there AS n UNWIND CASE provinces WHEN [] THEN [null] ELSE provinces END AS province" +
			" WITH n, collect(DISTINCT province) AS provinces" +
			" UNWIND CASE provinces WHEN [] THEN [''] ELSE provinces END AS k WITH n, k", nil
	}
	v, err := o.linkedValue(field)
	return " OPTIONAL MATCH " + v.pattern + where(v.conditions) +
		" WITH DISTINCT n, coalesce(" + v.key + ", '') AS k WITH n, k", err
}

// linkedValue is a value that an event n has by a path.
type linkedValue struct {
	pattern string
	// known is the variable of the relationship or claim with the interval in which the value is known.
	known, key string
	conditions clause
}

// linkedValue returns the values of a field that events n have by a path.
func (o overview) linkedValue(field store.FacetField) (linkedValue, error) {
	claim := o.claimsPath(o.eventPath("n")) + "(c:Claim)"
	source, isSource := o.sourcePath("c", "d")
	switch field {
	case store.FacetActor:
		return linkedValue{o.eventPath("n") + "<-[p:PARTICIPATED_IN]-(a:Actor)", "p", "a.id", o.isKnown("p")}, nil
	case store.FacetLocation:
		return linkedValue{o.eventPath("n") + "-[o:OCCURRED_AT]->(l:Location)", "o", "l.id", o.isKnown("o")}, nil
	case store.FacetCountry:
		country := o.property("l", "country")
		return linkedValue{o.eventPath("n") + "-[o:OCCURRED_AT]->(l:Location)", "o", country,
			and(o.isKnown("o"), country+" <> ''")}, nil
	case store.FacetPublisher:
		return linkedValue{claim + source, "c", o.classExpression("d.publisher"),
			and(o.isLive("c"), isSource, "d.publisher <> ''")}, nil
	case store.FacetClaimant:
		return linkedValue{claim + "-[:ACCORDING_TO]->(a:Actor)", "c", o.classExpression("a.id"), o.isLive("c")}, nil
	case store.FacetDataset:
		return linkedValue{claim + "-[:OF_RELEASE]->(r:Release)", "c", "r.name", o.isLive("c")}, nil
	case store.FacetLanguage:
		return linkedValue{claim + source, "c", "d.language",
			and(o.isLive("c"), isSource, "d.language <> ''")}, nil
	}
	return linkedValue{}, kg.Errorf(kg.Internal, "no facet by %q", field)
}

// provincesOfPlace extends a query by the list provinces: the nearest provinces above a location l, on every path.
func (o overview) provincesOfPlace() string {
	kind := o.param(string(kg.LocationAdmin1))
	return " CALL (l) { MATCH up = (l)-[:WITHIN*0..]->(a:Location)" +
		where(o.property("a", "kind")+" = "+kind,
			"none(x IN nodes(up)[..-1] WHERE "+o.property("x", "kind")+" = "+kind+")",
			o.pathInLayer("relationships(up)")) +
		" RETURN collect(DISTINCT a.id) AS provinces }"
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
