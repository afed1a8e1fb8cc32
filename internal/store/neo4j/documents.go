package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
)

// Documents lists documents.
func (s *Store) Documents(ctx context.Context, q store.DocumentQuery) ([]store.Page[kg.Document], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	return readView(ctx, s, q.View, func(b *builder) ([]store.Page[kg.Document], error) {
		q := q
		q.Filter = store.ResolveDocumentFilter(b.identities, q.Filter)
		return b.listDocuments(ctx, q)
	})
}

func (b *builder) listDocuments(ctx context.Context, q store.DocumentQuery) ([]store.Page[kg.Document], error) {
	match := "MATCH (n:Document)"
	if q.Scope != nil {
		if q.Scope.Relation != store.DocumentSyndicatedBy {
			return nil, relationError(q.Scope.Relation, "documents")
		}
		match = "MATCH (:Document {id: parent})<-[:SYNDICATES]-(n:Document)"
	}
	filter, err := b.documents(ctx, "n", q.Filter)
	if err != nil {
		return nil, err
	}
	byTitle, down := q.Order.Field == store.DocumentsByTitle, q.Order.Direction == store.Desc
	key := pick(down, "n._publishedEarliest", "n._publishedAsc")
	if byTitle {
		key = "n._titleKey"
	}
	return listPages(ctx, list{
		builder: b, match: match, where: and("n._titleKey IS NOT NULL", filter),
		key: key, text: byTitle, desc: down, indexed: q.Scope == nil,
		window: q.Window, total: q.Total, scope: q.Scope, columns: recordColumns("n._record"),
	}, b.documentDecoder())
}

func (b *builder) documentDecoder() func(*neo4j.Record) (kg.Document, error) {
	return func(r *neo4j.Record) (kg.Document, error) {
		d, err := recordOf[kg.Document](r)
		d = b.identities.Document(d)
		d.View = b.view
		return d, err
	}
}
