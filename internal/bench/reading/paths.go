package main

import (
	"context"
	"fmt"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// shortest is one shortest path through events, of at most four hops from actor to actor. It leaves out nothing that paths
// leave out, which is to its advantage.
const shortest = `MATCH (a:Actor {id: $from}), (b:Actor {id: $to})
MATCH p = shortestPath((a)-[:PARTICIPATED_IN*..8]-(b)) RETURN [n IN nodes(p) | n.id] AS ids`

// measurePaths times the three best paths of at most four hops, and beside them Neo4j's one shortest between the same actors.
func (m *measuring) measurePaths(ctx context.Context) error {
	began := time.Now()
	all, err := m.networks.Network(ctx, store.NetworkQuery{MinWeight: 1, Limit: store.MaxNetworkNodes})
	if err != nil {
		return err
	}
	fmt.Printf("%d actors, %d links, read and weighed in %s\n\n", all.TotalNodes, all.TotalLinks, shown(time.Since(began)))
	from, err := edtf.ParseTime("2000")
	if err != nil {
		return err
	}
	fmt.Println("| pairs | p50 | p95 | shortestPath p50 | p95 | ratio p50 | p95 |\n| --- | --- | --- | --- | --- | --- | --- |")
	for _, c := range []struct {
		what   string
		among  int
		timely bool
		filter *store.EventFilter
	}{
		{"who meet most", 30, false, nil}, {"any", len(all.Nodes), false, nil}, {"any, in the order of time", len(all.Nodes), true, nil},
		{"any, with a filter", len(all.Nodes), false, &store.EventFilter{Time: &store.TimeRange{From: &from}}},
	} {
		var own, theirs times
		for turn := range m.turns + 10 {
			x, y := all.Nodes[m.IntN(c.among)].Actor, all.Nodes[m.IntN(c.among)].Actor
			if x == y {
				continue
			}
			var found []store.Path
			took, err := since(func() (err error) {
				found, err = m.networks.Paths(ctx, store.PathQuery{From: x, To: y, Limit: 3, MaxHops: 4, TimeRespecting: c.timely, Filter: c.filter})
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
			if !c.timely && len(found) > 0 && hops != len(found[0].Hops) {
				return kg.Errorf(kg.Internal, "from %s to %s there are %d hops, and by shortestPath %d", x, y, len(found[0].Hops), hops)
			}
		}
		if m.driver == nil {
			fmt.Printf("| %s | %s | %s | | | | |\n", c.what, shown(own.at(50)), shown(own.at(95)))
			continue
		}
		fmt.Printf("| %s | %s | %s | %s | %s | %s | %s |\n", c.what, shown(own.at(50)), shown(own.at(95)), shown(theirs.at(50)), shown(theirs.at(95)),
			ratio(own.at(50), theirs.at(50)), ratio(own.at(95), theirs.at(95)))
	}
	return nil
}

// shortest is how many hops Neo4j's shortest path has; 0: there is none.
func (m *measuring) shortest(ctx context.Context, from, to kg.ID) (int, error) {
	r, err := neo4j.ExecuteQuery(ctx, m.driver, shortest, map[string]any{"from": string(from), "to": string(to)}, neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithReadersRouting())
	if err != nil || len(r.Records) == 0 {
		return 0, err
	}
	ids, _, err := neo4j.GetRecordValue[[]any](r.Records[0], "ids")
	return len(ids) / 2, err
}
