package sqlite

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
	"casus/internal/store/sqlite/checksum"
)

// tx is the transaction of one batch. It excludes other writers, so it need not read again what it has read or
// written, and the state before it can be read while its statements run.
type tx struct {
	*queue
	pending pendingRows
	// sumBuffer is reused for the checksums of rows.
	sumBuffer []byte
	// Records read or written, by kind.
	actors       recordCache[kg.Actor]
	locations    recordCache[kg.Location]
	documents    recordCache[kg.Document]
	releases     recordCache[kg.Release]
	affiliations recordCache[kg.Affiliation]
	identities   recordCache[kg.IdentityDecision]
	claims       recordCache[kg.Claim]
	// inserted and newBySubject are the new claims. Their rows are written once their lifetimes are known.
	inserted     map[kg.ID]*claimRow
	newBySubject map[kg.ID][]*claimRow
	unwritten    []*claimRow
	// deleted are the deleted claims and lostClaims their subjects. Some of the claims may be inserted again.
	deleted, lostClaims map[kg.ID]bool
	// oldEntries are the search entries of events whose histories are being replaced, by event.
	oldEntries map[kg.ID][]oldEntry
	// words are the new rows of the text index, written last.
	words []entryWords
	// hasMerged is set if any nodes are, or were, merged, and before has the classes before the transaction.
	hasMerged bool
	before    kg.Identities
	// writtenIDs are the ids that the transaction has written.
	writtenIDs []kg.ID
	// builtIndexes has the deferred indexes checked so far, and whether each had to be built.
	builtIndexes map[string]bool
	// The highest row numbers in use.
	entries, places int64
}

var _ apply.Tx = (*tx)(nil)

// Exclusive reports false, although the transaction excludes other writers: apply.Run then locks as for any engine.
func (*tx) Exclusive() bool { return false }

func newTx(ctx context.Context, w *writer) (*tx, error) {
	t := &tx{
		pending: pendingRows{},
		actors:  recordCache[kg.Actor]{}, locations: recordCache[kg.Location]{}, documents: recordCache[kg.Document]{},
		releases:     recordCache[kg.Release]{},
		affiliations: recordCache[kg.Affiliation]{}, identities: recordCache[kg.IdentityDecision]{},
		claims:   recordCache[kg.Claim]{},
		inserted: map[kg.ID]*claimRow{}, newBySubject: map[kg.ID][]*claimRow{}, builtIndexes: map[string]bool{},
		deleted: map[kg.ID]bool{}, lostClaims: map[kg.ID]bool{},
	}
	err := w.resetIfStale(ctx)
	if err != nil {
		return nil, err
	}
	if t.entries, err = w.maxNumber(ctx, "search_entry"); err != nil {
		return nil, err
	}
	if t.places, err = w.maxNumber(ctx, "location"); err != nil {
		return nil, err
	}
	t.queue = newQueue(ctx, w)
	return t, nil
}

// committedState returns a querier of the state before the transaction or, if that cannot be read, of the current one.
func (t *tx) committedState() querier {
	if t.committed == nil {
		return t.queue
	}
	return t.committed
}

// finish writes the remaining rows.
func (t *tx) finish(ctx context.Context) error {
	if err := t.writeClaims(ctx); err != nil {
		return err
	}
	t.stored.add(t.writtenIDs)
	return t.writeWords(ctx)
}

// recordCache has the records of one kind that a transaction has read or written; nil for an id that is not stored.
type recordCache[T kg.Identified] map[kg.ID]*T

// put caches a record as it will be read: invalid UTF-8 is stored as replacement characters.
func (k recordCache[T]) put(v T, record string) error {
	if strings.Contains(record, `\ufffd`) {
		var err error
		if v, err = codec.Decode[T](record); err != nil {
			return err
		}
	}
	k[v.NodeID()] = &v
	return nil
}

// mayBeStored reports whether a record may be in the database.
func (k recordCache[T]) mayBeStored(id kg.ID) bool {
	v, read := k[id]
	return !read || v != nil
}

// find returns the records of ids and reads the ones that are not cached.
func (k recordCache[T]) find(ids []kg.ID, stored *storedIDs, read func(list string) ([]T, error)) ([]T, error) {
	var unread []kg.ID
	for _, id := range ids {
		if _, ok := k[id]; ok {
			continue
		}
		if stored.mayContain(id) {
			unread = append(unread, id)
		} else {
			k[id] = nil
		}
	}
	if len(unread) > 0 {
		found, err := read(idList(unread))
		if err != nil {
			return nil, err
		}
		for _, id := range unread {
			k[id] = nil
		}
		for _, v := range found {
			k[v.NodeID()] = &v
		}
	}
	all := make([]T, 0, len(ids))
	for _, id := range ids {
		if v := k[id]; v != nil {
			all = append(all, *v)
		}
	}
	return all, nil
}

// records returns records of a kind that has a table of its own.
func records[T kg.Identified](ctx context.Context, t *tx, k recordCache[T], table string, ids []kg.ID) ([]T, error) {
	return k.find(ids, t.stored, func(list string) ([]T, error) {
		return rows(ctx, t.committedState(), scanRecord[T], "SELECT record FROM "+table+" WHERE id "+inJSONList, list)
	})
}

// exactOnly is the condition for rows that belong to the exact view.
const exactOnly = " AND layer <> 1"

func (t *tx) Actors(ctx context.Context, ids []kg.ID) ([]kg.Actor, error) {
	return t.actors.find(ids, t.stored, func(list string) ([]kg.Actor, error) {
		return rows(ctx, t.committedState(), scanRecord[kg.Actor], "SELECT record FROM actor WHERE id "+inJSONList+exactOnly,
			list)
	})
}

func (t *tx) Locations(ctx context.Context, ids []kg.ID) ([]kg.Location, error) {
	return t.locations.find(ids, t.stored, func(list string) ([]kg.Location, error) {
		return rows(ctx, t.committedState(), scanRecord[kg.Location],
			"SELECT record FROM location WHERE id "+inJSONList+exactOnly, list)
	})
}

func (t *tx) Documents(ctx context.Context, ids []kg.ID) ([]kg.Document, error) {
	return records(ctx, t, t.documents, "document", ids)
}

func (t *tx) Releases(ctx context.Context, ids []kg.ID) ([]kg.Release, error) {
	return records(ctx, t, t.releases, "release", ids)
}

func (t *tx) DatasetReleases(ctx context.Context, datasets []string) ([]kg.Release, error) {
	return rows(ctx, t.queue, scanRecord[kg.Release],
		"SELECT record FROM release WHERE name "+inJSONList, idList(datasets))
}

func (t *tx) TiedTo(ctx context.Context, sources []kg.Source) ([]kg.ID, error) {
	return rows(ctx, t.queue, scanID, "SELECT DISTINCT node FROM tie WHERE source "+inJSONList, idList(sources))
}

func (t *tx) Affiliations(ctx context.Context, ids []kg.ID) ([]kg.Affiliation, error) {
	return records(ctx, t, t.affiliations, "affiliation", ids)
}

func (t *tx) Identities(ctx context.Context, ids []kg.ID) ([]kg.IdentityDecision, error) {
	return records(ctx, t, t.identities, "identity_decision", ids)
}

func (t *tx) AllIdentities(ctx context.Context) ([]kg.IdentityDecision, error) {
	from := t.committedState()
	if len(t.identities) > 0 { // may include uncommitted decisions
		from = t.queue
	}
	return rows(ctx, from, scanRecord[kg.IdentityDecision], "SELECT record FROM identity_decision ORDER BY id")
}

func (t *tx) Claims(ctx context.Context, ids []kg.ID) ([]kg.Claim, error) {
	return t.claims.find(ids, t.stored, func(list string) ([]kg.Claim, error) {
		return rows(ctx, t.committedState(), scanClaim, "SELECT record, recorded_at FROM claim WHERE id "+inJSONList, list)
	})
}

// ClaimSubjects reads the claims as before the transaction.
func (t *tx) ClaimSubjects(ctx context.Context, ids []kg.ID) ([]apply.ClaimSubject, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return !t.stored.mayContain(id) })
	return rows(ctx, t.committedState(), func(r *sql.Rows) (c apply.ClaimSubject, err error) {
		return c, r.Scan(&c.Claim, &c.Subject)
	}, "SELECT id, subject FROM claim WHERE id "+inJSONList, idList(ids))
}

func (t *tx) ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error) {
	all, err := t.committedClaims(ctx, slices.DeleteFunc(slices.Clone(subjects),
		func(id kg.ID) bool { return !t.stored.mayContain(id) }))
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(c kg.Claim) bool { return t.inserted[c.ID] != nil || t.deleted[c.ID] })
	for i, c := range all {
		if now := t.claims[c.ID]; now != nil { // its spans may have changed
			all[i] = *now
		}
	}
	all = slices.Grow(all, len(t.inserted))
	for _, id := range subjects {
		for _, c := range t.newBySubject[id] {
			all = append(all, c.claim)
		}
	}
	return all, nil
}

const selectClaimsAbout = "SELECT record, recorded_at FROM claim WHERE subject " + inJSONList

// committedClaims reads the claims about subjects as before the transaction, but may include some of its own.
func (t *tx) committedClaims(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error) {
	if len(subjects) == 0 {
		return nil, nil
	}
	from := t.committedState()
	if made, err := t.ensureIndexes(ctx, "claim_subject"); err != nil {
		return nil, err
	} else if made {
		from = t.queue
	}
	query, args := selectClaimsAbout, []any{idList(subjects)}
	if len(t.deleted) > 0 { // decoding them would take long
		query, args = query+" AND id NOT "+inJSONList, append(args, idList(slices.Sorted(maps.Keys(t.deleted))))
	}
	return rows(ctx, from, scanClaim, query, args...)
}

// ensureIndexes builds the named deferred indexes that are missing, before they are used. It reports whether it built
// any: those are visible only to this transaction until it commits.
func (t *tx) ensureIndexes(ctx context.Context, names ...string) (made bool, err error) {
	for _, name := range names {
		if _, checked := t.builtIndexes[name]; !checked {
			existing, err := rows(ctx, t.committedState(), scanID,
				"SELECT name FROM sqlite_schema WHERE type = 'index' AND name = ?", name)
			if err != nil {
				return false, err
			}
			if t.builtIndexes[name] = len(existing) == 0; t.builtIndexes[name] {
				if err := t.exec(ctx, indexDefinitions()[name]); err != nil {
					return false, err
				}
			}
		}
		made = made || t.builtIndexes[name]
	}
	return made, nil
}

// find looks up ids by deferred indexes. It sees the transaction's own writes.
func (t *tx) find(ctx context.Context, indexes []string, query string, args ...any) ([]kg.ID, error) {
	if _, err := t.ensureIndexes(ctx, indexes...); err != nil {
		return nil, err
	}
	return rows(ctx, t.queue, scanID, query, args...)
}

func (t *tx) KnownEvents(ctx context.Context, ids []kg.ID) ([]kg.ID, error) {
	ids = slices.DeleteFunc(slices.Clone(ids),
		func(id kg.ID) bool { return t.newBySubject[id] == nil && !t.stored.mayContain(id) })
	if len(ids) == 0 {
		return nil, nil
	}
	if err := t.writeClaims(ctx); err != nil {
		return nil, err
	}
	return t.find(ctx, []string{"claim_subject"},
		"SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM claim WHERE subject = value)"+
			" OR EXISTS (SELECT 1 FROM original WHERE subject = value)", idList(ids))
}

func (t *tx) SyndicatedBy(ctx context.Context, documents []kg.ID) ([]kg.ID, error) {
	return t.find(ctx, []string{"document_syndicates"},
		"SELECT id FROM document WHERE syndicates <> '' AND syndicates "+inJSONList, idList(documents))
}

func (t *tx) LocationsIn(ctx context.Context, parents []kg.ID) ([]kg.ID, error) {
	return t.find(ctx, []string{"within_parent"}, "SELECT DISTINCT child FROM within WHERE parent "+inJSONList+exactOnly,
		idList(parents))
}

// namingIndexes are the indexes of edges by their target.
var namingIndexes = []string{
	"participation_actor", "participation_representing", "event_location_location", "event_part_whole",
	"response_answered", "announcement_announced",
}

func (t *tx) SubjectsReferringTo(ctx context.Context, nodes []kg.ID) ([]kg.ID, error) {
	return t.find(ctx, namingIndexes, `WITH named (id) AS MATERIALIZED (SELECT value FROM json_each(?))
SELECT event FROM named CROSS JOIN participation ON actor = id WHERE layer <> 1
UNION SELECT event FROM named CROSS JOIN participation ON representing = id AND representing <> '' WHERE layer <> 1
UNION SELECT event FROM named CROSS JOIN event_location ON location = id WHERE layer <> 1
UNION SELECT part FROM named CROSS JOIN event_part ON whole = id WHERE layer <> 1
UNION SELECT answer FROM named CROSS JOIN response ON answered = id WHERE layer <> 1
UNION SELECT announcer FROM named CROSS JOIN announcement ON announced = id WHERE layer <> 1`, idList(nodes))
}

// LockClasses returns the identity classes. It needs no lock: the transaction excludes other writers.
func (t *tx) LockClasses(ctx context.Context, _ bool) (kg.Identities, error) {
	identities, _, err := t.classes.current(ctx, t.queue)
	t.hasMerged, t.before = identities.HasMerged(""), identities
	return identities, err
}

func (t *tx) PutClasses(ctx context.Context, class map[kg.ID]kg.ID) error {
	t.hasMerged = true
	ids := slices.Sorted(maps.Keys(class))
	if err := t.deleteByIDs(ctx, ids, "DELETE FROM identity_class WHERE id "+inJSONList); err != nil {
		return err
	}
	for _, id := range ids {
		if class[id] != "" {
			if err := t.add(ctx, classRows, string(id), string(class[id])); err != nil {
				return err
			}
		}
	}
	if err := t.flush(ctx); err != nil {
		return err
	}
	return t.exec(ctx, "UPDATE identity_version SET version = version + 1")
}

// SubjectsOf returns the subjects of claims that are in or cite the documents, are of the releases, are by the actors,
// or are in or cite documents that the actors published. The latter include reprints, which have the voice of the
// original's publisher.
func (t *tx) SubjectsOf(ctx context.Context, documents, actors, releases []kg.ID) ([]kg.ID, error) {
	if err := t.writeClaims(ctx); err != nil {
		return nil, err
	}
	indexes := []string{"document_publisher", "document_syndicates", "claim_document"}
	if len(releases) > 0 {
		indexes = append(indexes, "claim_release")
	}
	return t.find(ctx, indexes, `
WITH RECURSIVE
  published (id) AS (
    SELECT id FROM document WHERE publisher `+inJSONList+`
    UNION SELECT d.id FROM published p CROSS JOIN document d ON d.syndicates = p.id WHERE d.syndicates <> ''),
  resting (id) AS (SELECT value FROM json_each(?) UNION SELECT id FROM published)
SELECT subject FROM resting CROSS JOIN claim ON claim.document = resting.id WHERE claim.document <> ''
UNION SELECT subject FROM claim WHERE id IN (SELECT claim FROM citation WHERE document IN resting)
UNION SELECT subject FROM claim WHERE release `+inJSONList+` AND release <> ''
UNION SELECT subject FROM claim WHERE id IN (SELECT claim FROM claimant WHERE actor `+inJSONList+`)`,
		idList(actors), idList(documents), idList(releases), idList(actors))
}

// Lock does nothing: the transaction excludes other writers.
func (t *tx) Lock(context.Context, []kg.ID) error { return nil }

func (t *tx) PutCheckpoint(ctx context.Context, c kg.Checkpoint) error {
	if c.Value == "" {
		return t.exec(ctx, "DELETE FROM checkpoint WHERE key = ?", c.Key)
	}
	return t.exec(ctx,
		"INSERT INTO checkpoint (key, value, checksum) VALUES (?, ?, ?) "+
			"ON CONFLICT (key) DO UPDATE SET value = excluded.value, checksum = excluded.checksum",
		c.Key, c.Value, checksum.Of(c.Key, c.Value))
}
