package sqlite

import (
	"cmp"
	"context"

	"casus/internal/kg"
)

// readView runs answer in a view. If identity classes change meanwhile, the result may mix old and new classes, so it
// is computed again.
func readView[T any](ctx context.Context, s *Store, v kg.View, answer func(viewReader) (T, error)) (T, error) {
	for {
		identities, before, err := s.classes.current(ctx, s.read)
		if err != nil {
			var none T
			return none, err
		}
		found, err := answer(viewReader{s, ctx, v, identities.InView(v), identities.HasMerged(""), false})
		var after int64
		if e := s.read.QueryRowContext(ctx, classVersion).Scan(&after); e != nil {
			return found, cmp.Or(err, mapError(e, "read the identity version"))
		}
		if after == before {
			return found, err
		}
	}
}

// inLayer returns the condition that a row exists in the view. Without merged nodes every row does.
func (r viewReader) inLayer(alias string) clause {
	switch {
	case !r.hasMerged:
		return trueClause
	case r.view.Identity == kg.IdentityExact:
		return sqlOf(alias + ".layer <> 1")
	}
	return sqlOf(alias + ".layer <> 2")
}

// splitsMerged reports whether the view is EXACT and any nodes are merged.
func (r viewReader) splitsMerged() bool { return r.hasMerged && r.view.Identity == kg.IdentityExact }

// subjectIs returns the condition that a claim's subject is event or a member of its class.
func (r viewReader) subjectIs(claim, event string) clause {
	if !r.identities.HasMerged(kg.KindEvent) {
		return sqlOf(claim + ".subject = " + event)
	}
	return sqlOf(claim + ".subject IN (SELECT " + event + " UNION ALL SELECT m.id FROM identity_class m WHERE m.class = " +
		event + " AND m.id <> " + event + ")")
}

// subjectClass returns an expression for the class of a claim's subject.
func (r viewReader) subjectClass(claim string) string {
	if !r.identities.HasMerged(kg.KindEvent) {
		return claim + ".subject"
	}
	return "coalesce((SELECT m.class FROM identity_class m WHERE m.id = " + claim + ".subject), " + claim + ".subject)"
}

// memberTable returns a table asked (i, id) for the FROM of a source: every member of the class of each parent.
func (r viewReader) memberTable(ids []kg.ID) clause {
	var all [][2]any
	for i, id := range ids {
		for _, member := range r.identities.Members(id) {
			all = append(all, [2]any{i, member})
		}
	}
	return sqlOf("(SELECT value ->> 0 AS i, value ->> 1 AS id FROM json_each(?)) asked CROSS JOIN ", jsonOf(all))
}

// SameAs returns the identity classes of nodes and the decisions about them.
func (s *Store) SameAs(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.IdentityStatus, error) {
	if err := ctx.Err(); err != nil {
		return nil, mapError(err, "read decisions")
	}
	return readView(ctx, s, v, func(r viewReader) ([]kg.IdentityStatus, error) {
		list := idList(r.identities.Expand(ids))
		decisions, err := rows(ctx, s.read, scanRecord[kg.IdentityDecision],
			"SELECT record FROM identity_decision WHERE id IN (SELECT id FROM identity_decision WHERE a "+inJSONList+
				" UNION SELECT id FROM identity_decision WHERE b "+inJSONList+")", list, list)
		return r.identities.Statuses(r.identities.IDs(ids), decisions), err
	})
}
