package sqlite

import (
	"context"
	"maps"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
)

// tx is one batch's transaction. It has the database to itself, so what it has read or written once it need not read
// again, and what was there before it can be read while its statements run.
type tx struct {
	*queue
	waiting waiting
	// What is known of records, by kind.
	actors       known[kg.Actor]
	locations    known[kg.Location]
	documents    known[kg.Document]
	releases     known[kg.Release]
	affiliations known[kg.Affiliation]
	identities   known[kg.IdentityDecision]
	claims       known[kg.Claim]
	// inserted are the new claims; their rows are written when it is known what becomes of them.
	inserted  map[kg.ID]*claimRow
	about     map[kg.ID][]*claimRow // the new claims by subject
	unwritten []*claimRow
	// words are what the text index gets, last of all.
	words []entryWords
	// layered says that some nodes are, or were, one.
	layered bool
	// fresh is what the transaction has put.
	fresh []kg.ID
	// made are the late indexes that were asked for, and whether they had to be made.
	made map[string]bool
	// The numbers given last.
	entries, places int64
}

var _ apply.Tx = (*tx)(nil)

func newTx(ctx context.Context, w *writer) (*tx, error) {
	t := &tx{
		waiting: waiting{},
		actors:  known[kg.Actor]{}, locations: known[kg.Location]{}, documents: known[kg.Document]{}, releases: known[kg.Release]{},
		affiliations: known[kg.Affiliation]{}, identities: known[kg.IdentityDecision]{}, claims: known[kg.Claim]{},
		inserted: map[kg.ID]*claimRow{}, about: map[kg.ID][]*claimRow{}, made: map[string]bool{},
	}
	err := w.remember(ctx)
	if err != nil {
		return nil, err
	}
	if t.entries, err = w.number(ctx, "search_entry"); err != nil {
		return nil, err
	}
	if t.places, err = w.number(ctx, "location"); err != nil {
		return nil, err
	}
	t.queue = newQueue(ctx, w)
	return t, nil
}

// old reads what was stored before the transaction. What it writes itself its methods know.
func (t *tx) old() querier {
	if t.before == nil {
		return t.queue
	}
	return t.before
}

// finish writes what still waits.
func (t *tx) finish(ctx context.Context) error {
	if err := t.writeClaims(ctx); err != nil {
		return err
	}
	t.stored.add(t.fresh)
	return t.writeWords(ctx)
}

// known is what a transaction has read or written of records of one kind; nil stands for one that is not stored.
type known[T kg.Identified] map[kg.ID]*T

// put keeps a record as it will be read. Text that is not UTF-8 is stored with other characters in place of what is none.
func (k known[T]) put(v T, record string) error {
	if strings.Contains(record, `\ufffd`) {
		var err error
		if v, err = codec.Decode[T](record); err != nil {
			return err
		}
	}
	k[v.NodeID()] = &v
	return nil
}

// stored says whether a record may be in the database.
func (k known[T]) stored(id kg.ID) bool {
	v, read := k[id]
	return !read || v != nil
}

// find gives the records of ids, reading those of which nothing is known.
func (k known[T]) find(ids []kg.ID, stored *stored, read func(list string) ([]T, error)) ([]T, error) {
	var unread []kg.ID
	for _, id := range ids {
		if _, ok := k[id]; ok {
			continue
		}
		if stored.may(id) {
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

// records finds records of a kind that has them in a table of that name.
func records[T kg.Identified](ctx context.Context, t *tx, k known[T], table string, ids []kg.ID) ([]T, error) {
	return k.find(ids, t.stored, func(list string) ([]T, error) {
		return rows(ctx, t.old(), record[T], "SELECT record FROM "+table+" WHERE id "+in, list)
	})
}

// byThemselves is the condition of rows that tell of nodes by themselves.
const byThemselves = " AND layer <> 1"

func (t *tx) Actors(ctx context.Context, ids []kg.ID) ([]kg.Actor, error) {
	return t.actors.find(ids, t.stored, func(list string) ([]kg.Actor, error) {
		return rows(ctx, t.old(), record[kg.Actor], "SELECT record FROM actor WHERE id "+in+byThemselves, list)
	})
}

func (t *tx) Locations(ctx context.Context, ids []kg.ID) ([]kg.Location, error) {
	return t.locations.find(ids, t.stored, func(list string) ([]kg.Location, error) {
		return rows(ctx, t.old(), record[kg.Location], "SELECT record FROM location WHERE id "+in+byThemselves, list)
	})
}

func (t *tx) Documents(ctx context.Context, ids []kg.ID) ([]kg.Document, error) {
	return records(ctx, t, t.documents, "document", ids)
}

func (t *tx) Releases(ctx context.Context, ids []kg.ID) ([]kg.Release, error) {
	return records(ctx, t, t.releases, "release", ids)
}

func (t *tx) Affiliations(ctx context.Context, ids []kg.ID) ([]kg.Affiliation, error) {
	return records(ctx, t, t.affiliations, "affiliation", ids)
}

func (t *tx) Identities(ctx context.Context, ids []kg.ID) ([]kg.IdentityDecision, error) {
	return records(ctx, t, t.identities, "identity_decision", ids)
}

func (t *tx) AllIdentities(ctx context.Context) ([]kg.IdentityDecision, error) {
	from := t.old()
	if len(t.identities) > 0 { // some may be new
		from = t.queue
	}
	return rows(ctx, from, record[kg.IdentityDecision], "SELECT record FROM identity_decision ORDER BY id")
}

func (t *tx) Claims(ctx context.Context, ids []kg.ID) ([]kg.Claim, error) {
	return t.claims.find(ids, t.stored, func(list string) ([]kg.Claim, error) {
		return rows(ctx, t.old(), storedClaim, "SELECT record, recorded_at FROM claim WHERE id "+in, list)
	})
}

func (t *tx) ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error) {
	all, err := t.claimsStored(ctx, slices.DeleteFunc(slices.Clone(subjects), func(id kg.ID) bool { return !t.stored.may(id) }))
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(c kg.Claim) bool { return t.inserted[c.ID] != nil })
	for i, c := range all {
		if now := t.claims[c.ID]; now != nil { // perhaps with other spans
			all[i] = *now
		}
	}
	all = slices.Grow(all, len(t.inserted))
	for _, id := range subjects {
		for _, c := range t.about[id] {
			all = append(all, c.claim)
		}
	}
	return all, nil
}

// claimsStored reads the claims about subjects as they were before the transaction; some of its own may be among them.
func (t *tx) claimsStored(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error) {
	if len(subjects) == 0 {
		return nil, nil
	}
	from := t.old()
	if made, err := t.need(ctx, "claim_subject"); err != nil {
		return nil, err
	} else if made {
		from = t.queue
	}
	return rows(ctx, from, storedClaim, "SELECT record, recorded_at FROM claim WHERE subject "+in, idList(subjects))
}

// find looks up ids, the transaction's own writes included, by indexes that a first load does without.
func (t *tx) find(ctx context.Context, indexes []string, query string, args ...any) ([]kg.ID, error) {
	if _, err := t.need(ctx, indexes...); err != nil {
		return nil, err
	}
	return rows(ctx, t.queue, scanID, query, args...)
}

func (t *tx) KnownEvents(ctx context.Context, ids []kg.ID) ([]kg.ID, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return t.about[id] == nil && !t.stored.may(id) })
	if len(ids) == 0 {
		return nil, nil
	}
	if err := t.writeClaims(ctx); err != nil {
		return nil, err
	}
	return t.find(ctx, []string{"claim_subject"}, "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM claim WHERE subject = value)", idList(ids))
}

func (t *tx) SyndicatedBy(ctx context.Context, documents []kg.ID) ([]kg.ID, error) {
	return t.find(ctx, []string{"document_syndicates"}, "SELECT id FROM document WHERE syndicates <> '' AND syndicates "+in, idList(documents))
}

func (t *tx) LocationsIn(ctx context.Context, parents []kg.ID) ([]kg.ID, error) {
	return t.find(ctx, []string{"within_parent"}, "SELECT DISTINCT child FROM within WHERE parent "+in+byThemselves, idList(parents))
}

// namingIndexes are of edges by where they lead.
var namingIndexes = []string{
	"participation_actor", "participation_representing", "event_location_location", "event_part_whole", "response_answered", "announcement_announced",
}

func (t *tx) SubjectsNaming(ctx context.Context, nodes []kg.ID) ([]kg.ID, error) {
	return t.find(ctx, namingIndexes, `WITH named (id) AS MATERIALIZED (SELECT value FROM json_each(?))
SELECT event FROM named CROSS JOIN participation ON actor = id WHERE layer <> 1
UNION SELECT event FROM named CROSS JOIN participation ON representing = id AND representing <> '' WHERE layer <> 1
UNION SELECT event FROM named CROSS JOIN event_location ON location = id WHERE layer <> 1
UNION SELECT part FROM named CROSS JOIN event_part ON whole = id WHERE layer <> 1
UNION SELECT answer FROM named CROSS JOIN response ON answered = id WHERE layer <> 1
UNION SELECT announcer FROM named CROSS JOIN announcement ON announced = id WHERE layer <> 1`, idList(nodes))
}

// LockClasses need keep nobody off: the transaction has the database to itself.
func (t *tx) LockClasses(ctx context.Context, _ bool) (kg.Identities, error) {
	one, _, err := t.classes.current(ctx, t.queue)
	t.layered = one.HasMerged("")
	return one, err
}

func (t *tx) PutClasses(ctx context.Context, class map[kg.ID]kg.ID) error {
	t.layered = true
	ids := slices.Sorted(maps.Keys(class))
	if err := t.deleteOf(ctx, ids, "DELETE FROM identity_class WHERE id "+in); err != nil {
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

// SubjectsOf follows reprints too: a reprint speaks with the voice of its original's publisher.
func (t *tx) SubjectsOf(ctx context.Context, documents, actors []kg.ID) ([]kg.ID, error) {
	if err := t.writeClaims(ctx); err != nil {
		return nil, err
	}
	return t.find(ctx, []string{"document_publisher", "document_syndicates", "claim_document"}, `
WITH RECURSIVE
  published (id) AS (
    SELECT id FROM document WHERE publisher `+in+`
    UNION SELECT d.id FROM document d JOIN published p ON d.syndicates = p.id WHERE d.syndicates <> ''),
  resting (id) AS (SELECT value FROM json_each(?) UNION SELECT id FROM published)
SELECT subject FROM claim JOIN resting ON claim.document = resting.id WHERE claim.document <> ''
UNION SELECT subject FROM claim WHERE id IN (SELECT claim FROM claimant WHERE actor `+in+`)`,
		idList(actors), idList(documents), idList(actors))
}

// Lock needs do nothing: the transaction has the database to itself.
func (t *tx) Lock(context.Context, []kg.ID) error { return nil }

func (t *tx) PutCheckpoint(ctx context.Context, c kg.Checkpoint) error {
	return t.exec(ctx, "INSERT INTO checkpoint (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", c.Key, c.Value)
}
