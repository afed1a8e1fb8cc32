package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"sync"

	"casus/internal/kg"
)

// classes are the nodes that are one, kept from one call to the next. The version in the database tells whether they still
// are what is stored: another process may have decided otherwise.
type classes struct {
	sync.Mutex
	version int64
	one     kg.Identities
}

const classVersion = "SELECT version FROM identity_version"

// current gives the classes that are stored, and their version.
func (c *classes) current(ctx context.Context, db querier) (kg.Identities, int64, error) {
	found, err := rows(ctx, db, scanNumber, classVersion)
	if err != nil {
		return kg.Identities{}, 0, err
	}
	if len(found) != 1 {
		return kg.Identities{}, 0, kg.Errorf(kg.Internal, "the classes have %d versions", len(found))
	}
	if one, known := c.known(); known == found[0] {
		return one, known, nil
	}
	type member struct{ id, class kg.ID }
	members, err := rows(ctx, db, func(r *sql.Rows) (m member, err error) {
		err = r.Scan(&m.id, &m.class)
		return m, err
	}, "SELECT id, class FROM identity_class")
	if err != nil {
		return kg.Identities{}, 0, err
	}
	class := make(map[kg.ID]kg.ID, len(members))
	for _, m := range members {
		class[m.id] = m.class
	}
	one := kg.NewIdentities(class)
	c.Lock()
	defer c.Unlock()
	c.version, c.one = found[0], one
	return one, found[0], nil
}

// known returns the classes as they were last read.
func (c *classes) known() (kg.Identities, int64) {
	c.Lock()
	defer c.Unlock()
	return c.one, c.version
}

func scanNumber(r *sql.Rows) (n int64, err error) {
	err = r.Scan(&n)
	return n, err
}

// reads answers in a view. Where the classes change meanwhile the answer may be of two minds, and is made again.
func reads[T any](ctx context.Context, s *Store, v kg.View, answer func(reading) (T, error)) (T, error) {
	for {
		one, before, err := s.classes.current(ctx, s.read)
		if err != nil {
			var none T
			return none, err
		}
		found, err := answer(reading{s, ctx, v, one.InView(v), one.HasMerged("")})
		var after int64
		if e := s.read.QueryRowContext(ctx, classVersion).Scan(&after); e != nil {
			return found, cmp.Or(err, mapError(e, "ask for the classes"))
		}
		if after == before {
			return found, err
		}
	}
}

// layer says that a row is there in the view: where no nodes are one, all are.
func (r reading) layer(alias string) clause {
	switch {
	case !r.layered:
		return always
	case r.view.Identity == kg.IdentityExact:
		return sqlOf(alias + ".layer <> 1")
	}
	return sqlOf(alias + ".layer <> 2")
}

// apart says whether nodes that are one are read apart.
func (r reading) apart() bool { return r.layered && r.view.Identity == kg.IdentityExact }

// about says that a claim is about an event, or one of those that are one with it.
func (r reading) about(claim, event string) clause {
	if !r.one.HasMerged(kg.KindEvent) {
		return sqlOf(claim + ".subject = " + event)
	}
	return sqlOf(claim + ".subject IN (SELECT " + event + " UNION ALL SELECT m.id FROM identity_class m WHERE m.class = " + event + " AND m.id <> " + event + ")")
}

// subject is the class of a claim's subject.
func (r reading) subject(claim string) string {
	if !r.one.HasMerged(kg.KindEvent) {
		return claim + ".subject"
	}
	return "coalesce((SELECT m.class FROM identity_class m WHERE m.id = " + claim + ".subject), " + claim + ".subject)"
}

// asked makes a table asked (i, id) of parents, for the FROM of a source: each with those that are one with it.
func (r reading) asked(ids []kg.ID) clause {
	var all [][2]any
	for i, id := range ids {
		for _, member := range r.one.Members(id) {
			all = append(all, [2]any{i, member})
		}
	}
	return sqlOf("(SELECT value ->> 0 AS i, value ->> 1 AS id FROM json_each(?)) asked CROSS JOIN ", jsonOf(all))
}
