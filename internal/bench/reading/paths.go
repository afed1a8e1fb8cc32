package main

import (
	"context"
	"fmt"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/relations"
)

// shortest is one shortest path through events, of at most four hops from actor to actor. Unlike Casus' paths it
// excludes no events, which makes it faster.
const shortest = `MATCH (a:Actor {id: $from}), (b:Actor {id: $to})
MATCH p = shortestPath((a)-[:PARTICIPATED_IN*..8]-(b)) RETURN [n IN nodes(p) | n.id] AS ids`

// measurePaths measures the three best paths of at most four hops against Neo4j's single shortest path between the
// same actors.
func (m *runner) measurePaths(ctx context.Context) error {
	began := time.Now()
	all, err := m.networks.Network(ctx, relations.NetworkQuery{MinWeight: 1, Limit: relations.MaxNetworkNodes})
	if err != nil {
		return err
	}
	fmt.Printf("%d actors, %d links, loaded in %s\n\n", all.TotalNodes, all.TotalLinks, format(time.Since(began)))
	from, err := edtf.ParseTime("2000")
	if err != nil {
		return err
	}
	fmt.Println("| pairs | p50 | p95 | shortestPath p50 | p95 | ratio p50 | p95 |\n" +
		"| --- | --- | --- | --- | --- | --- | --- |")
	for _, c := range []struct {
		what           string
		among          int
		timeRespecting bool
		filter         *store.EventFilter
	}{
		{"who meet most", 30, false, nil}, {"any", len(all.Nodes), false, nil},
		{"any, in the order of time", len(all.Nodes), true, nil},
		{"any, with a filter", len(all.Nodes), false, &store.EventFilter{Time: &store.TimeRange{From: &from}}},
	} {
		var own, theirs times
		for turn := range m.turns + 10 {
			x, y := all.Nodes[m.IntN(c.among)].Actor, all.Nodes[m.IntN(c.among)].Actor
			if x == y {
				continue
			}
			var found []relations.Path
			took, err := since(func() (err error) {
				found, err = m.networks.Paths(ctx, relations.PathQuery{From: x, To: y, Limit: 3, MaxHops: 4,
					TimeRespecting: c.timeRespecting, Filter: c.filter})
				return err
			})
			if err != nil {
				return err
			}
			if turn >= 10 {
				own = append(own, took)
			}
			if m.driver == nil {
				continue
			}
			hops := 0
			if took, err = since(func() (err error) { hops, err = m.shortest(ctx, x, y); return err }); err != nil {
				return err
			}
			if turn >= 10 {
				theirs = append(theirs, took)
			}
			if !c.timeRespecting && len(found) > 0 && hops != len(found[0].Hops) {
				return kg.Errorf(kg.Internal, "from %s to %s: %d hops, shortestPath returns %d", x, y, len(found[0].Hops), hops)
			}
		}
		if m.driver == nil {
			fmt.Printf("| %s | %s | %s | | | | |\n", c.what, format(own.at(50)), format(own.at(95)))
			continue
		}
		fmt.Printf("| %s | %s | %s | %s | %s | %s | %s |\n", c.what, format(own.at(50)), format(own.at(95)),
			format(theirs.at(50)), format(theirs.at(95)),
			ratio(own.at(50), theirs.at(50)), ratio(own.at(95), theirs.at(95)))
	}
	return nil
}

// shortest returns the number of hops of Neo4j's shortest path, or 0 if there is no path.
func (m *runner) shortest(ctx context.Context, from, to kg.ID) (int, error) {
	r, err := neo4j.ExecuteQuery(ctx, m.driver, shortest, map[string]any{"from": string(from), "to": string(to)},
		neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithReadersRouting())
	if err != nil || len(r.Records) == 0 {
		return 0, err
	}
	ids, _, err := neo4j.GetRecordValue[[]any](r.Records[0], "ids")
	return len(ids) / 2, err
}
