package sqlite

import (
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// Claims lists the claims known in a view, withdrawn ones included.
func (s *Store) Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	return readView(ctx, s, q.View, func(r viewReader) ([]store.Page[kg.Claim], error) {
		q := q
		q.Filter, q.Scope = store.ResolveClaimFilter(r.identities, q.Filter), store.ResolveScope(r.identities, q.Scope)
		return r.listClaims(q)
	})
}

func (r viewReader) listClaims(q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	scope, err := claimScope(q.Scope)
	if err != nil {
		return nil, err
	}
	filter, err := r.claims(q.Filter)
	if err != nil {
		return nil, err
	}
	from, distinct := parentTable(q.Scope), ""
	if q.Scope != nil && q.Scope.Relation != store.DocumentClaims &&
		slices.ContainsFunc(q.Scope.IDs, r.identities.Merged) {
		from, distinct = r.memberTable(q.Scope.IDs), "DISTINCT " // a claim may have several members of one class
	}
	return listing[kg.Claim]{
		source: sqlOf("SELECT "+distinct+parentColumn(q.Scope)+" AS i, c.known_from AS k, c.id AS id FROM ").
			append(from, sqlOf("claim c WHERE "),
				combine([]clause{r.isKnown("c"), scope, filter})),
		desc: q.Order.Direction == store.Desc, window: q.Window, total: q.Total, scope: q.Scope,
		columns: sqlOf(", ").append(r.claimColumns()), record: sqlOf(" CROSS JOIN claim c ON c.id = picked.id"),
		scan: r.claimScanner(),
	}.pages(r.ctx, r.read)
}

// claimScope returns the condition that claim c belongs to the parent asked.id.
func claimScope(scope *store.Scope) (clause, error) {
	if scope == nil {
		return trueClause, nil
	}
	switch scope.Relation {
	case store.SubjectClaims:
		return sqlOf("c.subject = asked.id"), nil
	case store.DocumentClaims:
		return sqlOf("(c.document = asked.id AND c.document <> '')"), nil
	case store.ActorClaims:
		return sqlOf(`c.id IN (SELECT claim FROM claimant WHERE actor = asked.id
			UNION SELECT id FROM claim WHERE speaker = asked.id AND speaker <> '')`), nil
	}
	return trueClause, unknownRelation(scope.Relation, "claims")
}

// claimColumns returns the columns of claim c that claimScanner needs. Withdrawals are those known at the view's
// moment.
func (r viewReader) claimColumns() clause {
	by := r.lifetimeColumn("c", "withdrawn_by")
	return sqlOf(`c.record, c.recorded_at, CASE `+by+` WHEN '[]' THEN '[]' ELSE (
		SELECT json_group_array(json_object('claim', w.id, 'from', w.known_from) ORDER BY w.known_from, w.id)
		FROM json_each(`+by+`) b JOIN claim w ON w.id = b.value WHERE `).
		append(r.isKnown("w"),
			sqlOf(") END, coalesce((SELECT release.record FROM release WHERE release.id = c.release), '')"))
}

// claimScanner scans a claim as seen in the view. Claims of one release share its record.
func (r viewReader) claimScanner() func() ([]any, func(kg.ID) (kg.Claim, error)) {
	releases := map[string]*kg.Release{}
	return func() ([]any, func(kg.ID) (kg.Claim, error)) {
		var text, withdrawals, release string
		var recorded int64
		return []any{&text, &recorded, &withdrawals, &release}, func(kg.ID) (kg.Claim, error) {
			c, err := codec.Decode[kg.Claim](text)
			if err != nil {
				return c, err
			}
			c = r.identities.Claim(c)
			c.View, c.RecordedAt, c.KnownTo = r.view, edtf.Instant(recorded), edtf.EndOfTime
			if withdrawals != "[]" {
				by, err := codec.Decode[[]withdrawal](withdrawals)
				if err != nil {
					return c, err
				}
				for _, w := range by {
					c.WithdrawnBy = append(c.WithdrawnBy, w.Claim)
					c.KnownTo = min(c.KnownTo, w.From)
				}
			}
			if release == "" {
				return c, nil
			}
			if releases[release] == nil {
				decoded, err := codec.Decode[kg.Release](release)
				if err != nil {
					return c, err
				}
				releases[release] = &decoded
			}
			c.Dataset = releases[release]
			return c, nil
		}
	}
}

// withdrawal is a withdrawing claim and the moment from which it is known.
type withdrawal struct {
	Claim kg.ID        `json:"claim"`
	From  edtf.Instant `json:"from"`
}
