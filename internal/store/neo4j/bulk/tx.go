package bulk

import (
	"context"
	"maps"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
)

// tx is the current batch. It returns no claims about a subject and ignores derived states, since only Finish
// computes these.
type tx struct {
	*Writer
	claims  []spooledClaim
	entries []kg.Checkpoint
}

var _ apply.Tx = (*tx)(nil)

// spooledClaim is a claim to be spooled.
type spooledClaim struct {
	id, subject kg.ID
	packed      []byte
	replaces    bool // an earlier record of the claim
}

func (t *tx) Actors(_ context.Context, ids []kg.ID) ([]kg.Actor, error) {
	return t.actors.find(ids), nil
}
func (t *tx) Locations(_ context.Context, ids []kg.ID) ([]kg.Location, error) {
	return t.locations.find(ids), nil
}
func (t *tx) Releases(_ context.Context, ids []kg.ID) ([]kg.Release, error) {
	return t.releases.find(ids), nil
}
func (t *tx) Affiliations(_ context.Context, ids []kg.ID) ([]kg.Affiliation, error) {
	return t.affiliations.find(ids), nil
}
func (t *tx) Identities(_ context.Context, ids []kg.ID) ([]kg.IdentityDecision, error) {
	return t.decisions.find(ids), nil
}

func (t *tx) Reviews(_ context.Context, ids []kg.ID) ([]kg.Review, error) {
	return t.reviews.find(ids), nil
}
func (t *tx) Corrections(_ context.Context, ids []kg.ID) ([]kg.Correction, error) {
	return t.corrections.find(ids), nil
}

func (t *tx) Documents(_ context.Context, ids []kg.ID) ([]kg.Document, error) {
	var found []kg.Document
	for _, id := range ids {
		d, known, err := t.documents.find(id)
		if err != nil {
			return nil, err
		}
		if known {
			found = append(found, d)
		}
	}
	return found, nil
}

func (t *tx) Claims(_ context.Context, ids []kg.ID) ([]kg.Claim, error) {
	var found []kg.Claim
	for _, id := range ids {
		where, known := t.places[hashOf(id)]
		if !known {
			continue
		}
		record, err := t.Writer.claims.at(where)
		if err != nil {
			return nil, err
		}
		c, err := unpack(string(record), claimFields)
		if err != nil {
			return nil, err
		}
		found = append(found, c)
	}
	return found, nil
}

func (t *tx) ClaimSubjects(ctx context.Context, ids []kg.ID) ([]apply.ClaimSubject, error) {
	claims, err := t.Claims(ctx, ids)
	return apply.SubjectsOfClaims(claims), err
}

func (t *tx) AllIdentities(context.Context) ([]kg.IdentityDecision, error) {
	all := maps.Clone(t.decisions.stored)
	maps.Copy(all, t.decisions.staged)
	return slices.Collect(maps.Values(all)), nil
}

func (t *tx) KnownEvents(_ context.Context, ids []kg.ID) ([]kg.ID, error) {
	return slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool {
		_, known := t.places[hashOf(id)]
		return !known
	}), nil
}

// Exclusive reports true: batches are applied one after another.
func (t *tx) Exclusive() bool { return true }

// LinksAbove includes the links that the batch has written.
func (t *tx) LinksAbove(_ context.Context, kind kg.NodeKind, ids []kg.ID) (apply.Links, error) {
	if kind == kg.KindDocument {
		return apply.LinksByRecord(ids, func(id kg.ID) []kg.ID {
			if original := t.documents.originalOf(id); original != "" {
				return []kg.ID{original}
			}
			return nil
		}), nil
	}
	return apply.LinksByRecord(ids, t.parentsOf), nil
}

// FewerThan returns false: the links are in memory, so that reading them costs little.
func (t *tx) FewerThan(context.Context, kg.NodeKind, int) (bool, error) { return false, nil }

func (t *tx) parentsOf(id kg.ID) []kg.ID {
	if l, staged := t.locations.staged[id]; staged {
		return l.Parents
	}
	return t.locations.stored[id].Parents
}

// LinksBelow returns the links of all locations: it is needed only if a stored location gets another parent. Documents
// cannot be listed.
func (t *tx) LinksBelow(_ context.Context, kind kg.NodeKind, _ []kg.ID) (apply.Links, error) {
	all := apply.Links{}
	if kind == kg.KindLocation {
		for id := range t.locations.stored {
			all[id] = t.parentsOf(id)
		}
	}
	return all, nil
}

func (t *tx) SyndicatedBy(context.Context, []kg.ID) ([]kg.ID, error)         { return nil, nil }
func (t *tx) SubjectsOf(_ context.Context, _, _, _ []kg.ID) ([]kg.ID, error) { return nil, nil }
func (t *tx) ClaimsAbout(context.Context, []kg.ID) ([]kg.Claim, error)       { return nil, nil }
func (t *tx) Lock(context.Context, []kg.ID) error                            { return nil }
func (t *tx) PutActors(_ context.Context, r []apply.Views[kg.Actor]) error {
	return t.actors.put(exactRecords(r))
}
func (t *tx) PutLocations(_ context.Context, r []apply.Views[kg.Location]) error {
	return t.locations.put(exactRecords(r))
}
func (t *tx) PutReleases(_ context.Context, r []kg.Release) error { return t.releases.put(r) }
func (t *tx) PutAffiliations(_ context.Context, r []kg.Affiliation) error {
	return t.affiliations.put(r)
}
func (t *tx) PutIdentities(_ context.Context, r []kg.IdentityDecision) error {
	return t.decisions.put(r)
}
func (t *tx) PutReviews(_ context.Context, r []kg.Review) error { return t.reviews.put(r) }
func (t *tx) PutCorrections(_ context.Context, r []kg.Correction) error {
	return t.corrections.put(r)
}

// Reviews and corrections have no effect before the imported graph is first opened: nothing reads them until then, and
// no claim has an original.

func (t *tx) Curated(context.Context) (corrections, reviews bool, err error) {
	return false, false, nil
}
func (t *tx) CorrectionsOf(context.Context, []kg.ID) ([]kg.Correction, error) {
	return nil, nil
}
func (t *tx) ReviewsOf(context.Context, []kg.ID) ([]kg.Review, error)     { return nil, nil }
func (t *tx) Originals(context.Context, []kg.ID) ([]kg.Claim, error)      { return nil, nil }
func (t *tx) PutOriginals(context.Context, []kg.Claim) error              { return nil }
func (t *tx) DeleteOriginals(context.Context, []apply.ClaimSubject) error { return nil }

// DeleteDecisions fails: a load takes no decision back.
func (t *tx) DeleteDecisions(_ context.Context, ids []kg.ID) error {
	return kg.Errorf(kg.BadInput, "a bulk load cannot take back %s", ids[0])
}

func (t *tx) PutDerivedStates(context.Context, []apply.DerivedState) error { return nil }

func (t *tx) LocationsIn(context.Context, []kg.ID) ([]kg.ID, error)         { return nil, nil }
func (t *tx) SubjectsReferringTo(context.Context, []kg.ID) ([]kg.ID, error) { return nil, nil }
func (t *tx) LockClasses(context.Context, bool) (kg.Identities, error) {
	return kg.Identities{}, nil
}

// PutClasses does nothing: merged nodes are computed when the imported graph is first opened.
func (t *tx) PutClasses(context.Context, map[kg.ID]kg.ID) error { return nil }

// exactRecords returns the records of the exact view, the only one here.
func exactRecords[T any](records []apply.Views[T]) []T {
	all := make([]T, len(records))
	for i, r := range records {
		all[i] = r.Exact
	}
	return all
}

func (t *tx) PutDocuments(_ context.Context, records []kg.Document) error {
	for _, d := range records {
		record, err := pack(t, d, documentFields)
		if err != nil {
			return err
		}
		t.documents.staged[d.ID] = stagedDocument{d, record}
	}
	return nil
}

func (t *tx) InsertClaims(_ context.Context, claims []kg.Claim) error {
	t.claims = slices.Grow(t.claims, len(claims))
	for _, c := range claims {
		record, err := pack(t, c, claimFields)
		if err != nil {
			return err
		}
		t.claims = append(t.claims, spooledClaim{id: c.ID, subject: c.Subject, packed: record})
	}
	return nil
}

// pack returns the bytes of a record, which are valid until the batch ends.
func pack[T kg.Identified](t *tx, record T, fields func(*wire, *T)) ([]byte, error) {
	from := len(t.packing)
	all, err := appendPacked(record, fields, t.packing)
	if err != nil {
		return nil, err
	}
	t.packing = all
	return all[from:], nil
}

// DeleteClaims fails: a spooled record stays.
func (t *tx) DeleteClaims(_ context.Context, claims []apply.ClaimSubject) error {
	return cannotRemove(claims[0].Subject)
}

func cannotRemove(subject kg.ID) error {
	return kg.Errorf(kg.BadInput, "a bulk load cannot remove claims, as of %s: load its release with casus load", subject)
}

// MoveClaims fails as DeleteClaims does.
func (t *tx) MoveClaims(_ context.Context, moves []apply.Move) error {
	return cannotRemove(moves[0].Subject)
}

// PutSpans spools the claims again.
func (t *tx) PutSpans(ctx context.Context, claims []kg.Claim) error {
	from := len(t.claims)
	err := t.InsertClaims(ctx, claims)
	for i := range t.claims[from:] {
		t.claims[from+i].replaces = true
	}
	return err
}

func (t *tx) PutCheckpoint(_ context.Context, c kg.Checkpoint) error {
	t.entries = append(t.entries, c)
	return nil
}

// commit stores the batch. After an error the writer is unusable.
func (t *tx) commit() error {
	t.actors.commit()
	t.locations.commit()
	t.releases.commit()
	t.affiliations.commit()
	t.decisions.commit()
	t.reviews.commit()
	t.corrections.commit()
	if err := t.documents.commit(); err != nil {
		return err
	}
	for _, c := range t.claims {
		id, subject := hashOf(c.id), hashOf(c.subject)
		where, err := t.Writer.claims.add(subject.partition(), c.packed)
		if err != nil {
			return err
		}
		if c.replaces {
			t.replaced[t.places[id]] = true
		}
		t.places[id] = where
		if c.subject.Kind() == kg.KindEvent {
			t.places[subject] = noPlace
		}
	}
	for _, c := range t.entries {
		if err := t.Writer.checkpoints.put(c); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) discard() {
	clear(t.actors.staged)
	clear(t.locations.staged)
	clear(t.releases.staged)
	clear(t.affiliations.staged)
	clear(t.decisions.staged)
	clear(t.reviews.staged)
	clear(t.corrections.staged)
	clear(t.documents.staged)
}

// checkImportable returns BAD_INPUT for a record that contains listDelimiter, which cannot be imported.
func checkImportable[T kg.Identified](record T) error {
	text, err := codec.Encode(record)
	if err == nil && strings.Contains(text, listDelimiter) {
		err = kg.Errorf(kg.BadInput, "%s contains U+FDD0, which is not a character and cannot be imported", record.NodeID())
	}
	return err
}

// PutChangeSet does nothing: the imported graph starts its own log when it is opened.
func (t *tx) PutChangeSet(context.Context, store.ChangeSet) error { return nil }
