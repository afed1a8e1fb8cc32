package bulk

import (
	"bytes"
	"context"
	"iter"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
	"casus/internal/store/staging"
)

// tx is the current batch. It returns no claims about a subject and ignores derived states, since only Finish
// computes these.
type tx struct {
	*Writer
	*staging.Shared
	staging.Underived
	claims  []stagedClaim
	entries []kg.Checkpoint
}

var _ apply.Tx = (*tx)(nil)

func (t *tx) Actors(_ context.Context, ids []kg.ID) ([]kg.Actor, error) {
	return t.actors.Find(ids), nil
}
func (t *tx) Locations(_ context.Context, ids []kg.ID) ([]kg.Location, error) {
	return t.locations.Find(ids), nil
}
func (t *tx) Affiliations(_ context.Context, ids []kg.ID) ([]kg.Affiliation, error) {
	return t.affiliations.Find(ids), nil
}

// TiedTo looks at all nodes in memory; of documents only the ones with ties are.
func (t *tx) TiedTo(_ context.Context, sources []kg.Source) ([]kg.ID, error) {
	found := tiedTo(t.actors.All(), merge.Actors, sources)
	found = append(found, tiedTo(t.locations.All(), merge.Locations, sources)...)
	found = append(found, tiedTo(t.AllReleases(), merge.Releases, sources)...)
	found = append(found, tiedTo(t.affiliations.All(), merge.Affiliations, sources)...)
	for id, tied := range t.documents.tied {
		if slices.ContainsFunc(tied, func(s kg.Source) bool { return slices.Contains(sources, s) }) {
			found = append(found, id)
		}
	}
	return found, nil
}

func tiedTo[T kg.Identified](nodes iter.Seq[T], rules *merge.Kind[T], sources []kg.Source) (found []kg.ID) {
	for n := range nodes {
		if slices.ContainsFunc(rules.Tied(n), func(s kg.Source) bool { return slices.Contains(sources, s) }) {
			found = append(found, n.NodeID())
		}
	}
	return found
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
		c, known, err := t.Writer.claims.find(id)
		if err != nil {
			return nil, err
		}
		if known {
			found = append(found, c)
		}
	}
	return found, nil
}

func (t *tx) ClaimSubjects(ctx context.Context, ids []kg.ID) ([]apply.ClaimSubject, error) {
	claims, err := t.Claims(ctx, ids)
	return apply.SubjectsOfClaims(claims), err
}

func (t *tx) KnownEvents(_ context.Context, ids []kg.ID) ([]kg.ID, error) {
	return slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return !t.Writer.claims.has(id) }), nil
}

// ClaimsAbout returns none: Finish reads them.
func (t *tx) ClaimsAbout(context.Context, []kg.ID) ([]kg.Claim, error) { return nil, nil }

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

func (t *tx) parentsOf(id kg.ID) []kg.ID {
	l, _ := t.locations.Get(id)
	return l.Parents
}

// LinksBelow returns the links of all locations: it is needed only if a stored location gets another parent. Documents
// cannot be listed.
func (t *tx) LinksBelow(_ context.Context, kind kg.NodeKind, _ []kg.ID) (apply.Links, error) {
	all := apply.Links{}
	if kind == kg.KindLocation {
		for id := range t.locations.Stored() {
			all[id] = t.parentsOf(id)
		}
	}
	return all, nil
}

func (t *tx) PutActors(_ context.Context, r []apply.Views[kg.Actor]) error {
	return put(t.actors, apply.ExactOf(r))
}
func (t *tx) PutLocations(_ context.Context, r []apply.Views[kg.Location]) error {
	return put(t.locations, apply.ExactOf(r))
}
func (t *tx) PutAffiliations(_ context.Context, r []kg.Affiliation) error {
	return put(t.affiliations, r)
}

// put stages records that can be imported.
func put[T kg.Identified](to staging.Records[T], records []T) error {
	if err := checkImportable(records); err != nil {
		return err
	}
	to.Put(records)
	return nil
}

// Reviews and corrections have no effect before the imported graph is first opened: nothing reads them until then, and
// no claim has an original.

func (t *tx) Curated(context.Context) (corrections, reviews bool, err error) {
	return false, false, nil
}
func (t *tx) CorrectionsOf(context.Context, []kg.ID) ([]kg.Correction, error) {
	return nil, nil
}
func (t *tx) Originals(context.Context, []kg.ID) ([]kg.Claim, error)      { return nil, nil }
func (t *tx) PutOriginals(context.Context, []kg.Claim) error              { return nil }
func (t *tx) DeleteOriginals(context.Context, []apply.ClaimSubject) error { return nil }

// DeleteDecisions fails: a bulk load cannot remove decisions.
func (t *tx) DeleteDecisions(_ context.Context, ids []kg.ID) error {
	return kg.Errorf(kg.BadInput, "a bulk load cannot remove the decision %s", ids[0])
}

func (t *tx) PutDocuments(_ context.Context, records []kg.Document) error {
	for _, d := range records {
		record, err := t.pack(d.ID, func(to []byte) ([]byte, error) { return codec.Append(to, d) })
		if err != nil {
			return err
		}
		t.documents.staged[d.ID] = stagedDocument{d, record}
		if tied := merge.Documents.Tied(d); len(tied) > 0 {
			t.documents.tied[d.ID] = tied
		} else if len(t.documents.tied) > 0 {
			delete(t.documents.tied, d.ID)
		}
	}
	return nil
}

func (t *tx) InsertClaims(_ context.Context, claims []kg.Claim) error {
	t.claims = slices.Grow(t.claims, len(claims))
	for _, c := range claims {
		packed, err := t.pack(c.ID, func(to []byte) ([]byte, error) { return appendClaim(to, c) })
		if err != nil {
			return err
		}
		t.claims = append(t.claims, stagedClaim{c.ID, c.Subject, packed})
	}
	return nil
}

// pack returns the bytes that are appended for a record, which are valid until the batch ends.
func (t *tx) pack(id kg.ID, add func([]byte) ([]byte, error)) ([]byte, error) {
	from := len(t.packing)
	all, err := add(t.packing)
	if err != nil {
		return nil, err
	}
	t.packing = all
	packed := all[from:]
	if bytes.Contains(packed, []byte(listDelimiter)) {
		return nil, cannotImport(id)
	}
	return packed, nil
}

// DeleteClaims fails: a spooled record stays.
func (t *tx) DeleteClaims(_ context.Context, claims []apply.ClaimSubject) error {
	return cannotRemove(claims[0].Subject)
}

func cannotRemove(subject kg.ID) error {
	return kg.Errorf(kg.BadInput,
		"a bulk load cannot remove claims, here about %s: load the release with casus load", subject)
}

// MoveClaims fails as DeleteClaims does.
func (t *tx) MoveClaims(_ context.Context, moves []apply.Move) error {
	return cannotRemove(moves[0].Subject)
}

// PutSpans spools the claims again, in place of the earlier records.
func (t *tx) PutSpans(ctx context.Context, claims []kg.Claim) error {
	return t.InsertClaims(ctx, claims)
}

func (t *tx) PutCheckpoint(_ context.Context, c kg.Checkpoint) error {
	t.entries = append(t.entries, c)
	return nil
}

// commit stores the batch. After an error the writer is unusable.
func (t *tx) commit() error {
	t.actors.Commit()
	t.locations.Commit()
	t.affiliations.Commit()
	t.Commit()
	if err := t.documents.commit(); err != nil {
		return err
	}
	for _, c := range t.claims {
		if err := t.Writer.claims.add(c); err != nil {
			return err
		}
	}
	for _, c := range t.entries {
		if err := t.checkpoints.put(c); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) discard() {
	t.actors.Discard()
	t.locations.Discard()
	t.affiliations.Discard()
	t.Discard()
	clear(t.documents.staged)
}
