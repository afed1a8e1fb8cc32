package neo4j

import (
	"context"
	"maps"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
	"casus/internal/text"
)

// Search finds nodes by words, ordered by (rank, id). The engine ranks by the folded names that a node stores.
func (s *Store) Search(ctx context.Context, q store.SearchQuery) (store.Page[store.Hit], error) {
	if err := q.Window.Check(); err != nil {
		return store.Page[store.Hit]{}, err
	}
	if len(q.Text) > store.MaxTextBytes {
		return store.Page[store.Hit]{}, kg.Errorf(kg.LimitExceeded,
			"the text to search for has %d bytes, of at most %d", len(q.Text), store.MaxTextBytes)
	}
	words := text.ParseQuery(q.Text)
	if words.Empty() {
		page := store.CutPage(q.Window, nil, func(store.Hit) store.Position { return store.Position{} })
		if q.Total {
			page.Total = new(int)
		}
		return page, nil
	}
	return readView(ctx, s, q.View, func(b *builder) (store.Page[store.Hit], error) {
		return store.SearchPage(ctx, q, searcher{b, q.Types, words})
	})
}

// searcher is the store.SearchEngine of a query.
type searcher struct {
	*builder
	types []store.NodeType
	words text.Query
}

// newBuilder returns a builder with parameters of its own, so that the statements of one search are always the same.
func (s searcher) newBuilder() *builder {
	b := *s.builder
	b.params = maps.Clone(b.params)
	return &b
}

// ExactHits implements store.SearchEngine.
func (s searcher) ExactHits(ctx context.Context, w store.Window, total bool) (store.Page[store.Hit], error) {
	b, words := s.newBuilder(), s.words
	b.params["words"], b.params["folded"] = text.Lucene(words)+" -"+rows.RetractedWord, words.Folded
	matches := where(hasType("entry", s.types), b.entryInView("entry", b.hasWords(words)))
	pages, err := listPages(ctx, list{
		builder: b, key: b.rank(), window: w, total: total, match: matchEntries + matches + " WITH entry AS n",
	}, func(r *neo4j.Record) (kg.ID, error) { id, err := column[string](r, "id"); return kg.ID(id), err })
	if err != nil {
		return store.Page[store.Hit]{}, err
	}
	return b.hits(ctx, words, pages[0])
}

const matchEntries = "CALL db.index.fulltext.queryNodes('search_words', $words) YIELD node AS entry"

// rank returns the rank of a node n by its stored folded names.
func (b *builder) rank() string {
	names := b.property("n", "_folded")
	return "CASE WHEN n:Claim THEN 2 WHEN any(name IN " + names + " WHERE name = $folded) THEN 0 " +
		"WHEN any(name IN " + names + " WHERE name STARTS WITH $folded) THEN 1 ELSE 2 END"
}

// hasType holds where an entry of the index has one of the types. No types mean any.
func hasType(entry string, types []store.NodeType) clause {
	if len(types) == 0 {
		return always
	}
	labels := make([]clause, len(types))
	for i, t := range types {
		labels[i] = entry + ":" + searchLabel(t)
	}
	return or(labels...)
}

// searchLabel returns the label that nodes of a type are indexed by. An event is indexed by each of its states.
func searchLabel(t store.NodeType) string {
	switch t {
	case store.TypeActor:
		return label(kg.KindActor)
	case store.TypeLocation:
		return label(kg.KindLocation)
	case store.TypeDocument:
		return label(kg.KindDocument)
	case store.TypeClaim:
		return label(kg.KindClaim)
	}
	return "EventState"
}

// entryInView holds where an entry matches in the view: a state that held, a claim that was known, or a node without
// versions. For a representative the index has the words of the whole class; in the EXACT view its own words must meet
// the condition own, which names them ownWords.
func (b *builder) entryInView(entry string, own clause) clause {
	known := "coalesce(" + entry + "._knownFrom <= $m AND ($m < " + entry + "._knownTo OR " + entry + ":Claim), true)"
	if !b.isExact() {
		return and(known, b.inLayer(entry))
	}
	return and(known, b.inLayer(entry), "("+entry+"._exactRecord IS NULL OR any(ownWords IN [split(coalesce("+entry+
		"._exactWords, ''), ' ')] WHERE "+own+"))")
}

// hasWords holds where the list ownWords matches a query.
func (b *builder) hasWords(words text.Query) clause {
	if !b.isExact() {
		return always
	}
	has := []clause{"all(word IN " + b.param(append([]string{}, words.Words...)) + " WHERE word IN ownWords)"}
	if words.Prefix != "" {
		has = append(has, "any(word IN ownWords WHERE word STARTS WITH "+b.param(words.Prefix)+")")
	}
	return and(has...)
}

// hits loads the nodes that a search found.
func (b *builder) hits(ctx context.Context, words text.Query, ids store.Page[kg.ID]) (store.Page[store.Hit], error) {
	page := store.Page[store.Hit]{
		Positions: ids.Positions, HasNext: ids.HasNext, HasPrevious: ids.HasPrevious, Total: ids.Total,
	}
	nodes, err := b.nodes(ctx, ids.Items)
	if err != nil {
		return store.Page[store.Hit]{}, err
	}
	page.Items = make([]store.Hit, len(nodes))
	for i, n := range nodes {
		if n == nil {
			return store.Page[store.Hit]{}, kg.Errorf(kg.Internal,
				"the search index contains %s, which is not stored", ids.Items[i])
		}
		names, rest := store.SearchTexts(n)
		page.Items[i] = store.Hit{Node: n, Matched: store.BestMatch(words, append(names, rest...))}
	}
	return page, nil
}
