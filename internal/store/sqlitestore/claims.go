package sqlitestore

import (
	"context"

	"casus/internal/kg"
)

// Claims lists claims known in a view, withdrawn ones among them.
func (s *Store) Claims(ctx context.Context, q kg.ClaimQuery) ([]kg.Page[kg.Claim], error) {
	r := s.in(ctx, q.View)
	hanging, err := claimsUnder(q.Scope)
	if err != nil {
		return nil, err
	}
	return listing[kg.Claim]{
		source: sqlOf("SELECT "+under(q.Scope)+" AS i, c.known_from AS k, c.id AS id FROM ").then(asked(q.Scope), sqlOf("claim c WHERE "),
			plainly([]clause{r.known("c"), hanging, r.claims(q.Filter)})),
		desc: q.Order.Direction == kg.Desc, window: q.Window, total: q.Total, scope: q.Scope,
		columns: sqlOf(", ").then(r.claimColumns()), record: sqlOf(" CROSS JOIN claim c ON c.id = picked.id"), scan: claimIn(q.View),
	}.pages(ctx, s.read)
}

// claimsUnder says that claim c hangs under asked.id.
func claimsUnder(scope *kg.Scope) (clause, error) {
	if scope == nil {
		return always, nil
	}
	switch scope.Relation {
	case kg.SubjectClaims:
		return sqlOf("c.subject = asked.id"), nil
	case kg.DocumentClaims:
		return sqlOf("(c.document = asked.id AND c.document <> '')"), nil
	case kg.ActorClaims:
		return sqlOf("c.id IN (SELECT claim FROM claimant WHERE actor = asked.id UNION SELECT id FROM claim WHERE speaker = asked.id AND speaker <> '')"), nil
	}
	return always, noRelation(scope.Relation, "claims")
}

// claimColumns are what claimIn needs of claim c: of what withdrew it, what is known at the view's moment.
func (r reading) claimColumns() clause {
	return sqlOf(`c.record, c.recorded_at, (SELECT json_group_array(json_object('claim', w.id, 'from', w.known_from) ORDER BY w.known_from, w.id)
		FROM json_each(c.withdrawn_by) b JOIN claim w ON w.id = b.value WHERE `).then(r.known("w"),
		sqlOf("), coalesce((SELECT release.record FROM release WHERE release.id = c.release), '')"))
}

// claimIn scans a claim in a view.
func claimIn(v kg.View) func() ([]any, func(kg.ID) (kg.Claim, error)) {
	return func() ([]any, func(kg.ID) (kg.Claim, error)) {
		var text, withdrawals, release string
		var recorded int64
		return []any{&text, &recorded, &withdrawals, &release}, func(kg.ID) (kg.Claim, error) {
			c, err := decode[kg.Claim](text)
			if err != nil {
				return c, err
			}
			c.View, c.RecordedAt, c.KnownTo = v, kg.Instant(recorded), kg.EndOfTime
			by, err := decode[[]withdrawal](withdrawals)
			for _, w := range by {
				c.WithdrawnBy = append(c.WithdrawnBy, w.Claim)
				c.KnownTo = min(c.KnownTo, w.From)
			}
			if err == nil && release != "" {
				c.Dataset = new(kg.Release)
				*c.Dataset, err = decode[kg.Release](release)
			}
			return c, err
		}
	}
}

// withdrawal is a claim that withdrew another, and from when it is known.
type withdrawal struct {
	Claim kg.ID      `json:"claim"`
	From  kg.Instant `json:"from"`
}
