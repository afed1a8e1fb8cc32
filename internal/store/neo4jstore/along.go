package neo4jstore

import (
	"encoding/json"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
)

// along makes columns of what is read along with an event n, and what reads them. It does so where events have the states
// of the view themselves and no nodes are one.
func (b *builder) along(asked kg.Along) (columns string, read func(*neo4j.Record, *kg.Event) error) {
	if asked == (kg.Along{}) || !b.latest() || b.layered {
		return "", func(*neo4j.Record, *kg.Event) error { return nil }
	}
	end := ""
	if asked.Ends {
		end = ", x.record"
	}
	if asked.Edges&kg.WantParticipations != 0 {
		columns += ", COLLECT { MATCH (n)<-[r:PARTICIPATED_IN]-(x:Actor)" + where(b.known("r")) + " RETURN [r.record" + end + "] } AS participations"
	}
	if asked.Edges&kg.WantLocations != 0 {
		columns += ", COLLECT { MATCH (n)-[r:OCCURRED_AT]->(x:Location)" + where(b.known("r")) + " RETURN [r.record" + end + "] } AS locations"
	}
	if asked.Claims {
		columns += ", COUNT { MATCH (n)<-[:ABOUT]-(c:Claim) WHERE c.knownFrom <= $m } AS claims"
	}
	ends := map[string]kg.Node{} // by their record: some are at the end of many edges
	return columns, func(r *neo4j.Record, e *kg.Event) error {
		a := &kg.ReadAlong{Asked: asked}
		e.Along = a
		if asked.Edges&kg.WantParticipations != 0 {
			if err := readPairs(r, "participations", &a.Edges.Participations, &a.Ends, ends, func(record string) (kg.Node, error) {
				n, err := decodeActor(record)
				n.View = b.view
				return n, err
			}); err != nil {
				return err
			}
		}
		if asked.Edges&kg.WantLocations != 0 {
			if err := readPairs(r, "locations", &a.Edges.Locations, &a.Ends, ends, func(record string) (kg.Node, error) {
				n, err := decodeLocation(record)
				n.View = b.view
				return n, err
			}); err != nil {
				return err
			}
		}
		a.Edges.SortEdges()
		if !asked.Claims {
			return nil
		}
		n, err := column[int64](r, "claims")
		a.Claims = int(n)
		return err
	}
}

// readPairs reads a column of edges, each perhaps with its other end.
func readPairs[T any](r *neo4j.Record, name string, edges *[]T, into *[]kg.Node, known map[string]kg.Node, decode func(string) (kg.Node, error)) error {
	pairs, err := listOf[[]any](r, name)
	if err != nil {
		return err
	}
	for _, pair := range pairs {
		record, err := as[string](pair[0], name)
		if err != nil {
			return err
		}
		var edge T
		if err := json.Unmarshal([]byte(record), &edge); err != nil {
			return kg.Errorf(kg.Internal, "a stored edge of %s: %w", name, err)
		}
		*edges = append(*edges, edge)
		if len(pair) == 1 {
			continue
		}
		end, err := as[string](pair[1], name)
		if err != nil {
			return err
		}
		if _, is := known[end]; !is {
			if known[end], err = decode(end); err != nil {
				return err
			}
		}
		*into = append(*into, known[end])
	}
	return nil
}
