package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/kg"
	"casus/internal/store"
)

// Stats counts the stored nodes, edges and states.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	stats := store.Stats{Engine: "sqlite", SchemaVersion: s.version, Nodes: map[kg.NodeKind]int{},
		Edges: map[store.EdgeType]int{}}
	now := " WHERE known_to = 4611686018427387903" + exactOnly
	counts, err := rows(ctx, s.read, func(r *sql.Rows) (c struct {
		what string
		n    int
	}, err error) {
		err = r.Scan(&c.what, &c.n)
		return c, err
	}, `SELECT 'actor', count(*) FROM actor WHERE layer <> 1
UNION ALL SELECT 'location', count(*) FROM location WHERE layer <> 1
UNION ALL SELECT 'document', count(*) FROM document
UNION ALL SELECT 'release', count(*) FROM release
UNION ALL SELECT 'affiliation', count(*) FROM affiliation
UNION ALL SELECT 'identity', count(*) FROM identity_decision
UNION ALL SELECT 'review', count(*) FROM review
UNION ALL SELECT 'correction', count(*) FROM correction
UNION ALL SELECT 'claim', count(*) FROM claim
UNION ALL SELECT 'event', count(DISTINCT subject) FROM claim WHERE subject >= 'event:' AND subject < 'event;'
UNION ALL SELECT 'STATES', count(*) FROM event_state WHERE layer <> 1
UNION ALL SELECT 'WITHIN', count(*) FROM within WHERE layer <> 1
UNION ALL SELECT 'PARTICIPATED_IN', count(*) FROM participation`+now+`
UNION ALL SELECT 'OCCURRED_AT', count(*) FROM event_location`+now+`
UNION ALL SELECT 'PART_OF', count(*) FROM event_part`+now+`
UNION ALL SELECT 'RESPONDS_TO', count(*) FROM response`+now+`
UNION ALL SELECT 'ANNOUNCES', count(*) FROM announcement`+now+`
UNION ALL SELECT 'AFFILIATED_WITH', count(*) FROM affiliated`+now)
	for _, c := range counts {
		switch {
		case c.what == "STATES":
			stats.States = c.n
		case kg.ID(c.what+":").Kind() != "":
			stats.Nodes[kg.NodeKind(c.what)] = c.n
		default:
			stats.Edges[store.EdgeType(c.what)] = c.n
		}
	}
	return stats, err
}

// Properties reports that batches are serialised and that a first load builds indexes at its end.
func (s *Store) Properties() store.Properties {
	return store.Properties{ConcurrentWrites: 1, DeferredIndexes: true}
}
