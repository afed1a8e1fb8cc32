package neo4j

import (
	"context"
	"fmt"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cluster"
	"casus/internal/store/neo4j/rows"
)

// Clusters clusters events on a map. It queries the counts by place and clusters them here.
func (s *Store) Clusters(ctx context.Context, q store.ClusterQuery) ([]store.Cluster, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	return readOverview(ctx, s, q.View, q.Filter, func(o overview) ([]store.Cluster, error) {
		keys, err := o.splitKeys(q.SplitBy)
		if err != nil {
			return nil, err
		}
		if q.Sums != 0 {
			return o.sumClusters(ctx, q, keys)
		}
		return o.countClusters(ctx, q, keys)
	})
}

// countClusters reads the number of events at each place.
func (o overview) countClusters(ctx context.Context, q store.ClusterQuery, keys string) ([]store.Cluster, error) {
	found, err := o.query(ctx, o.events+" WITH n MATCH "+o.eventPath("n")+"-[o:OCCURRED_AT]->(l:Location)"+
		where(o.hasPoint())+" WITH n, min("+firstPlace+") AS at"+
		" WITH at[2] AS place, at[3] AS precision, "+keys+" AS keys, count(*) AS events, min(n._idKey) AS event"+
		" MATCH (l:Location {id: place}) RETURN place, precision, keys, "+o.mapPlaceColumns("l")+", events, event")
	if err != nil {
		return nil, err
	}
	counted, err := readRows(found, func(r *neo4j.Record) (row cluster.Row, err error) {
		if row.Placed, err = placed(r); err != nil {
			return row, err
		}
		if row.At, err = readMapPlace(r); err != nil {
			return row, err
		}
		if row.Keys, err = o.keysOf(r, q.SplitBy); err != nil {
			return row, err
		}
		event, err := column[string](r, "event")
		if err != nil {
			return row, err
		}
		row.Event = kg.ID(rows.FromSortKey(event))
		events, err := column[int64](r, "events")
		row.Events = int(events)
		return row, err
	})
	if err != nil {
		return nil, err
	}
	return cluster.Count(q, counted)
}

// sumClusters reads one row for each event, because what an event contributes to a sum depends on others.
func (o overview) sumClusters(ctx context.Context, q store.ClusterQuery, keys string) ([]store.Cluster, error) {
	found, err := o.query(ctx, o.events+" WITH n, head(COLLECT { MATCH "+o.eventPath("n")+
		"-[o:OCCURRED_AT]->(l:Location)"+where(o.hasPoint())+" RETURN "+firstPlace+" AS at ORDER BY at LIMIT 1 }) AS at"+
		" RETURN coalesce(at[2], '') AS place, coalesce(at[3], 0) AS precision, "+keys+" AS keys, "+o.selectedColumns())
	if err != nil {
		return nil, err
	}
	events, err := readRows(found, newSelectedReader().read)
	if err != nil {
		return nil, err
	}
	places := map[kg.ID]bool{}
	counted, err := readRows(found, func(r *neo4j.Record) (row cluster.Row, err error) {
		if row.Placed, err = placed(r); err != nil {
			return row, err
		}
		if row.Place != "" {
			places[row.Place] = true
		}
		if row.Event, err = idOf(r); err != nil {
			return row, err
		}
		row.Keys, err = o.keysOf(r, q.SplitBy)
		return row, err
	})
	if err != nil {
		return nil, err
	}
	if err := o.locate(ctx, counted, places); err != nil {
		return nil, err
	}
	selected, err := store.NewEventSums(ctx, q.Sums, events, o.wholesOf)
	if err != nil {
		return nil, err
	}
	return cluster.Sum(ctx, q, counted, selected)
}

// firstPlace is a list for a place o of an event, with location l, the smallest of which is the event's first one on a
// map: the rank of its role, its sort key, its id, and its stated precision.
var firstPlace = "[" + roleRank("o.role") + ", l._idKey, l.id, " + statedPrecision + "]"

// statedPrecision is the precision that the claims about a place o of an event state, 0 if they do not.
const statedPrecision = "coalesce(o.precision, 0)"

// placed reads where events are, without the location.
func placed(r *neo4j.Record) (p cluster.Placed, err error) {
	place, err := column[string](r, "place")
	if err != nil {
		return p, err
	}
	precision, err := column[int64](r, "precision")
	return cluster.Placed{Place: kg.ID(place), Precision: int(precision)}, err
}

// keysOf reads the values of a split.
func (b *builder) keysOf(r *neo4j.Record, split store.BucketSplit) ([]string, error) {
	keys, err := listOf[string](r, "keys")
	if split.ByClaims() {
		keys = b.uniqueClasses(keys)
	}
	return keys, err
}

// locate sets where rows at places are.
func (b *builder) locate(ctx context.Context, counted []cluster.Row, places map[kg.ID]bool) error {
	ids, at := make([]kg.ID, 0, len(places)), make(map[kg.ID]store.MapPlace, len(places))
	for id := range places {
		ids = append(ids, id)
	}
	q := b.newQuery()
	found, err := q.query(ctx, q.matchNodes("Location", ids)+" RETURN n.id AS id, "+q.mapPlaceColumns("n"))
	if err != nil {
		return err
	}
	for _, r := range found {
		id, err := idOf(r)
		if err != nil {
			return err
		}
		if at[id], err = readMapPlace(r); err != nil {
			return err
		}
	}
	for i, row := range counted {
		counted[i].At = at[row.Place]
	}
	return nil
}

// mapPlaceColumns are the columns of a location that readMapPlace reads.
func (b *builder) mapPlaceColumns(l string) string {
	return b.property(l, "_latitude") + " AS latitude, " + b.property(l, "_longitude") + " AS longitude, " +
		b.property(l, "kind") + " AS kind, coalesce(" + b.property(l, "country") + ", '') AS country, coalesce(" +
		b.property(l, "_extentKm") + ", 0.0) AS extent"
}

func readMapPlace(r *neo4j.Record) (at store.MapPlace, err error) {
	if at.Point, err = readPoint(r); err != nil {
		return at, err
	}
	kind, err := column[string](r, "kind")
	if err != nil {
		return at, err
	}
	at.Kind = kg.LocationKind(kind)
	if at.Country, err = column[string](r, "country"); err != nil {
		return at, err
	}
	at.ExtentKm, err = column[float64](r, "extent")
	return at, err
}

// roleRank returns the rank of a location's role in the order of kg.SortEdges.
func roleRank(role string) string {
	rank := "CASE " + role
	for i, r := range kg.LocationRoles.Values() {
		rank += fmt.Sprintf(" WHEN '%s' THEN %d", r, i)
	}
	return rank + " END"
}
