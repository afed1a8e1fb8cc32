package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// Claims lists the claims that are known in a view, including withdrawn ones.
func (s *Store) Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	return readView(ctx, s, q.View, func(b *builder) ([]store.Page[kg.Claim], error) {
		q := q
		q.Filter, q.Scope = store.ResolveClaimFilter(b.identities, q.Filter), store.ResolveScope(b.identities, q.Scope)
		return b.listClaims(ctx, q)
	})
}

func (b *builder) listClaims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	match, more, err := b.scopedClaims(q.Scope)
	if err != nil {
		return nil, err
	}
	filter, err := b.claims(ctx, "n", q.Filter)
	if err != nil {
		return nil, err
	}
	indexed := q.Scope == nil
	if indexed {
		extracted, err := b.onlyExtracted(ctx, q.Filter)
		if err != nil {
			return nil, err
		}
		if extracted {
			match, more, indexed = match+" USING INDEX n:Claim(_extracted)", isExtracted("n"), false
		}
	}
	return listPages(ctx, list{
		builder: b, match: match, where: and("n._knownFrom <= $m", more, filter),
		key: "n._knownFrom", desc: q.Order.Direction == store.Desc, indexed: indexed,
		window: q.Window, total: q.Total, scope: q.Scope,
		columns: b.claimColumns(),
	}, b.claimDecoder())
}

// scopedClaims matches the claims n of a parent.
func (b *builder) scopedClaims(scope *store.Scope) (match string, more clause, err error) {
	if scope == nil {
		return "MATCH (n:Claim)", always, nil
	}
	switch scope.Relation {
	case store.SubjectClaims:
		if b.identities.HasMerged(kg.KindEvent) {
			return "CALL (parent) { MATCH (n:Claim {subject: parent}) RETURN n UNION" +
				" MATCH (:Event {id: parent})<-[:MEMBER_OF]-(m:Event)" +
				" MATCH (n:Claim {subject: m.id}) RETURN n } WITH n", always, nil
		}
		return "MATCH (n:Claim)", "n.subject = parent", nil
	case store.DocumentClaims:
		return "MATCH (:Document {id: parent})<-[:IN]-(n:Claim)", always, nil
	case store.ActorClaims:
		if b.identities.HasMerged(kg.KindActor) {
			return "CALL (parent) { MATCH (:Actor {id: parent})<-[:MEMBER_OF*0..1]-(:Actor)<-[:ACCORDING_TO]-(n:Claim)" +
				" RETURN n UNION" +
				" MATCH (:Actor {id: parent})<-[:MEMBER_OF*0..1]-(m:Actor)" +
				" MATCH (n:Claim {speaker: m.id}) RETURN n } WITH n", always, nil
		}
		return "CALL (parent) { MATCH (:Actor {id: parent})<-[:ACCORDING_TO]-(n:Claim) RETURN n UNION" +
			" MATCH (n:Claim {speaker: parent}) RETURN n } WITH n", always, nil
	}
	return "", never, relationError(scope.Relation, "claims")
}

// claimColumns returns the columns that claimDecoder reads of a claim n. Only withdrawals by claims known at $m count.
func (b *builder) claimColumns() columns {
	return append(recordColumns("n._record"), columns{
		{"recordedAt", "n._recordedAt"},
		{"withdrawals", "COLLECT { UNWIND " + b.withdrawnBy("n") + " AS by" +
			" MATCH (w:Claim {id: by}) WHERE w._knownFrom <= $m" +
			" WITH w ORDER BY w._knownFrom, w.id RETURN {id: w.id, knownFrom: w._knownFrom} }"},
		{"releases", "COLLECT { MATCH (n)-[:OF_RELEASE]->(r:Release) RETURN r._record }"},
	}...)
}

// claimDecoder returns a decoder of claims read in the view.
func (b *builder) claimDecoder() func(*neo4j.Record) (kg.Claim, error) {
	return func(r *neo4j.Record) (kg.Claim, error) {
		c, err := recordOf[kg.Claim](r)
		if err != nil {
			return c, err
		}
		recorded, err := column[int64](r, "recordedAt")
		if err != nil {
			return c, err
		}
		c = b.identities.Claim(c)
		c.RecordedAt, c.KnownTo, c.View = edtf.Instant(recorded), edtf.EndOfTime, b.view
		withdrawals, err := rowsOf(r, "withdrawals")
		if err != nil {
			return c, err
		}
		for _, w := range withdrawals {
			id, err := field[string](w, "id")
			if err != nil {
				return c, err
			}
			from, err := field[int64](w, "knownFrom")
			if err != nil {
				return c, err
			}
			c.WithdrawnBy = append(c.WithdrawnBy, kg.ID(id))
			c.KnownTo = min(c.KnownTo, edtf.Instant(from))
		}
		releases, err := listOf[string](r, "releases")
		if err != nil || len(releases) == 0 {
			return c, err
		}
		release, err := codec.Decode[kg.Release](releases[0])
		c.Dataset = &release
		return c, err
	}
}
