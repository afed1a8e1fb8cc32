package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
	"casus/internal/text"
)

// NearCandidates implements store.SearchEngine.
func (s searcher) NearCandidates(ctx context.Context, groups [][]string) ([]store.NearCandidate, error) {
	b := s.newBuilder()
	b.params["words"], b.params["limit"] = text.LuceneGroups(groups)+" -"+rows.RetractedWord, store.MaxNearCandidates
	found, err := b.query(ctx, matchEntries+where(hasType("entry", s.types), b.entryInView("entry", b.hasKeys(groups)))+
		" RETURN entry.id AS id, coalesce("+b.property("entry", "_folded")+", []) AS names"+
		" ORDER BY entry._idKey LIMIT $limit")
	if err != nil {
		return nil, err
	}
	return readRows(found, func(r *neo4j.Record) (c store.NearCandidate, err error) {
		if c.ID, err = idOf(r); err == nil {
			c.Names, err = listOf[string](r, "names")
		}
		return c, err
	})
}

// hasKeys holds where the list ownWords has a key of each group.
func (b *builder) hasKeys(groups [][]string) clause {
	if !b.isExact() {
		return always
	}
	has := make([]clause, len(groups))
	for i, keys := range groups {
		has[i] = "any(word IN ownWords WHERE word IN " + b.param(keys) + ")"
	}
	return and(has...)
}

// NodesOf implements store.SearchEngine.
func (s searcher) NodesOf(ctx context.Context, ids []kg.ID) ([]kg.Node, error) {
	return s.newBuilder().nodes(ctx, ids)
}
