package sqlite

import (
	"context"
	"database/sql"
	"hash/maphash"
	"sync"

	"casus/internal/kg"
)

// storedIDs is the set of ids written since the store was empty. An id that is not in it is not stored, so a first
// load need not look it up. It is valid until another connection writes.
type storedIDs struct {
	seed maphash.Seed
	ids  map[uint64]struct{} // hashes; a collision costs a needless lookup
	// version is SQLite's data_version, which changes when another connection writes.
	version int64
}

// maxStoredIDs bounds the set, at about 20 bytes an id. Larger loads continue without it.
const maxStoredIDs = 4_000_000

// mayContain reports whether id may have been stored when the transaction began (no false negatives).
func (s *storedIDs) mayContain(id kg.ID) bool {
	if s == nil {
		return true
	}
	_, found := s.ids[maphash.String(s.seed, string(id))]
	return found
}

// add records the ids of a transaction that is about to commit.
func (s *storedIDs) add(ids []kg.ID) {
	if s == nil {
		return
	}
	for _, id := range ids {
		s.ids[maphash.String(s.seed, string(id))] = struct{}{}
	}
}

// identityCache caches the identity classes between calls. A version stored in the database shows whether they are
// stale, since another process may have changed them.
type identityCache struct {
	sync.Mutex
	version    int64
	identities kg.Identities
}

const classVersion = "SELECT version FROM identity_version"

// current returns the stored classes and their version.
func (c *identityCache) current(ctx context.Context, db querier) (kg.Identities, int64, error) {
	found, err := rows(ctx, db, scanNumber, classVersion)
	if err != nil {
		return kg.Identities{}, 0, err
	}
	if len(found) != 1 {
		return kg.Identities{}, 0, kg.Errorf(kg.Internal, "the identity classes have %d versions", len(found))
	}
	if identities, known := c.cached(); known == found[0] {
		return identities, known, nil
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
	identities := kg.NewIdentities(class)
	c.Lock()
	defer c.Unlock()
	c.version, c.identities = found[0], identities
	return identities, found[0], nil
}

// cached returns the classes as last read.
func (c *identityCache) cached() (kg.Identities, int64) {
	c.Lock()
	defer c.Unlock()
	return c.identities, c.version
}
