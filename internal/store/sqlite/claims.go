package sqlite

import (
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// Claims lists claims known in a view, withdrawn ones among them.
func (s *Store) Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	return reads(ctx, s, q.View, func(r reading) ([]store.Page[kg.Claim], error) {
		q := q
		q.Filter, q.Scope = store.ResolveClaimFilter(r.one, q.Filter), store.ResolveScope(r.one, q.Scope)
		return r.listClaims(q)
	})
}

func (r reading) listClaims(q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	hanging, err := claimsUnder(q.Scope)
	if err != nil {
		return nil, err
	}
	from, distinct := asked(q.Scope), ""
	if q.Scope != nil && q.Scope.Relation != store.DocumentClaims && slices.ContainsFunc(q.Scope.IDs, r.one.Merged) {
		from, distinct = r.asked(q.Scope.IDs), "DISTINCT " // one claim may be of two that are one
	}
	return listing[kg.Claim]{
		source: sqlOf("SELECT "+distinct+under(q.Scope)+" AS i, c.known_from AS k, c.id AS id FROM ").then(from, sqlOf("claim c WHERE "),
			plainly([]clause{r.known("c"), hanging, r.claims(q.Filter)})),
		desc: q.Order.Direction == store.Desc, window: q.Window, total: q.Total, scope: q.Scope,
		columns: sqlOf(", ").then(r.claimColumns()), record: sqlOf(" CROSS JOIN claim c ON c.id = picked.id"), scan: r.claimIn(),
	}.pages(r.ctx, r.read)
}

// claimsUnder says that claim c hangs under asked.id.
func claimsUnder(scope *store.Scope) (clause, error) {
	if scope == nil {
		return always, nil
	}
	switch scope.Relation {
	case store.SubjectClaims:
		return sqlOf("c.subject = asked.id"), nil
	case store.DocumentClaims:
		return sqlOf("(c.document = asked.id AND c.document <> '')"), nil
	case store.ActorClaims:
		return sqlOf("c.id IN (SELECT claim FROM claimant WHERE actor = asked.id UNION SELECT id FROM claim WHERE speaker = asked.id AND speaker <> '')"), nil
	}
	return always, noRelation(scope.Relation, "claims")
}

// claimColumns are what claimIn needs of claim c: of what withdrew it, what is known at the view's moment.
func (r reading) claimColumns() clause {
	return sqlOf(`c.record, c.recorded_at, (SELECT json_group_array(json_object('claim', w.id, 'from', w.known_from) ORDER BY w.known_from, w.id)
		FROM json_each(`+r.life("c", "withdrawn_by")+`) b JOIN claim w ON w.id = b.value WHERE `).then(r.known("w"),
		sqlOf("), coalesce((SELECT release.record FROM release WHERE release.id = c.release), '')"))
}

// claimIn scans a claim in the view.
func (r reading) claimIn() func() ([]any, func(kg.ID) (kg.Claim, error)) {
	return func() ([]any, func(kg.ID) (kg.Claim, error)) {
		var text, withdrawals, release string
		var recorded int64
		return []any{&text, &recorded, &withdrawals, &release}, func(kg.ID) (kg.Claim, error) {
			c, err := codec.Decode[kg.Claim](text)
			if err != nil {
				return c, err
			}
			c = r.one.Claim(c)
			c.View, c.RecordedAt, c.KnownTo = r.view, edtf.Instant(recorded), edtf.EndOfTime
			by, err := codec.Decode[[]withdrawal](withdrawals)
			for _, w := range by {
				c.WithdrawnBy = append(c.WithdrawnBy, w.Claim)
				c.KnownTo = min(c.KnownTo, w.From)
			}
			if err == nil && release != "" {
				c.Dataset = new(kg.Release)
				*c.Dataset, err = codec.Decode[kg.Release](release)
			}
			return c, err
		}
	}
}

// withdrawal is a claim that withdrew another, and from when it is known.
type withdrawal struct {
	Claim kg.ID        `json:"claim"`
	From  edtf.Instant `json:"from"`
}
