package loader

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"maps"
	"reflect"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/record"
	"casus/internal/store"
	"casus/internal/store/codec"
	"casus/loader/changed"
	"casus/loader/entry"
	"casus/loader/report"
	"casus/loader/resolve"
)

// changedDocuments rejects the records of documents that the input changes; see package changed. Only the whole input
// shows which stored claims it lacks. So a record with something new about a document that had claims before the load
// waits until the input is read, unless its chunk is the last one. All files of a load are one input.
type changedDocuments struct {
	store   Store
	rejects *report.Rejects
	// off is set if the store had no documents before the load: none can be changed.
	off bool
	// curated is set if the store has corrections.
	curated bool
	// replace is the person who corrects changed documents, at the time of the corrections. If replace is "", the records
	// of changed documents are rejected.
	replace string
	at      edtf.Instant
	report  *report.Report
	// lenient leaves the claims that change a document out of their records, if others are left.
	lenient bool
	// runs are the runs that the input replaces: it may lack their claims. nil if there are none.
	runs *replacedRuns
	// complete is set when the whole input is read.
	complete bool
	input    *inputClaims
	// old maps the hash of a document's id to whether it had claims before the load.
	old  map[uint64]bool
	seed maphash.Seed
	// found are the changed documents, each with a new claim that changes it and a stored one that the input lacks.
	found map[kg.ID][2]kg.ID
	// corrected are the stored claims that corrections replace.
	corrected map[kg.ID]bool
}

// maxTrackedDocuments bounds changedDocuments.old, which then takes about 100 MB. Records of further documents wait for
// the end of the input, as if these had claims.
const maxTrackedDocuments = 4_000_000

func newChangedDocuments(st Store, rep *report.Report, rejects *report.Rejects, opt Options) *changedDocuments {
	return &changedDocuments{
		store: st, report: rep, rejects: rejects, replace: opt.Replace, at: opt.Now, lenient: opt.Lenient,
		input: newInputClaims(), old: map[uint64]bool{}, seed: maphash.MakeSeed(),
		found: map[kg.ID][2]kg.ID{}, corrected: map[kg.ID]bool{},
	}
}

// hasDocuments reports whether a store has any document.
func hasDocuments(ctx context.Context, st Store) (bool, error) {
	page, err := st.Scan(ctx, kg.KindDocument, "", 1)
	return len(page.Documents) > 0, err
}

// begin reads whether the store has corrections.
func (d *changedDocuments) begin(ctx context.Context) error {
	if d.off {
		return nil
	}
	page, err := d.store.Scan(ctx, kg.KindCorrection, "", 1)
	d.curated = len(page.Corrections) > 0
	return err
}

// addDocuments records which documents of a chunk are new.
func (d *changedDocuments) addDocuments(entries []*entry.Entry, from *resolve.Sources) {
	if d.off {
		return
	}
	for _, e := range entry.Live(entries) {
		for i := range e.Batch.Documents {
			if id := e.Batch.Documents[i].ID; !isStored(from, id) {
				d.setOld(id, false)
			}
		}
	}
}

func isStored(from *resolve.Sources, id kg.ID) bool {
	_, stored := from.StoredDocument(id)
	return stored
}

// setOld records whether a document had claims before the load. What is recorded first stays.
func (d *changedDocuments) setOld(id kg.ID, old bool) {
	key := maphash.String(d.seed, string(id))
	if _, known := d.old[key]; !known && len(d.old) < maxTrackedDocuments {
		d.old[key] = old
	}
}

// mayBeOld reports whether a document may have had claims before the load.
func (d *changedDocuments) mayBeOld(from *resolve.Sources, id kg.ID) bool {
	if d.off || !isStored(from, id) {
		return false
	}
	old, known := d.old[maphash.String(d.seed, string(id))]
	return old || !known
}

// compares reports whether a claim has to be compared with the stored ones.
func (d *changedDocuments) compares(c kg.Claim, from *resolve.Sources) bool {
	return c.Release == "" && c.Document != "" && d.mayBeOld(from, c.Document)
}

// pendingRecord is an entry that states something new about documents which had claims before the load.
type pendingRecord struct {
	*entry.Entry
	claims    []kg.Claim
	documents []kg.ID
}

// check defers the entries of a chunk that state something new about a document with claims from before the load. If no
// more input follows, it rejects those of changed documents instead. stored are the claims that compares selects.
func (d *changedDocuments) check(
	ctx context.Context, entries []*entry.Entry, from *resolve.Sources, stored map[kg.ID]kg.Claim, last bool,
) error {
	if d.off {
		return nil
	}
	records, err := d.pending(entries, from, stored)
	if err != nil {
		return err
	}
	if records, err = d.withOldDocuments(ctx, records); err != nil || len(records) == 0 {
		return err
	}
	if !last && !d.complete {
		for _, r := range records {
			if err := d.input.addWaiting(r.claims); err != nil {
				return err
			}
			resolve.Defer(r.Entry)
		}
		return nil
	}
	var claims []kg.Claim
	for _, r := range records {
		claims = append(claims, r.claims...)
	}
	changes, err := d.find(ctx, claims)
	if err != nil {
		return err
	}
	for _, r := range records {
		if d.replace != "" {
			d.correct(r, changes)
		} else if err := d.rejectChanged(r, changes); err != nil {
			return err
		}
	}
	return nil
}

// pending returns the entries that state something new about documents which may be old, and records all ids that the
// chunk has or names in such documents.
func (d *changedDocuments) pending(
	entries []*entry.Entry, from *resolve.Sources, stored map[kg.ID]kg.Claim,
) ([]pendingRecord, error) {
	var records []pendingRecord
	for _, e := range entry.Live(entries) {
		r := pendingRecord{Entry: e}
		for i, c := range e.Batch.Claims {
			if !d.compares(c, from) {
				continue
			}
			if err := d.input.name(c.ID, c.Supersedes); err != nil {
				return nil, err
			}
			if old, known := stored[c.ID]; !known || !hasDerivedID(e, i) && !sameContent(old, c) {
				r.claims, r.documents = append(r.claims, c), append(r.documents, c.Document)
			}
		}
		for i := range e.Batch.Documents {
			given := &e.Batch.Documents[i]
			if old, found := from.StoredDocument(given.ID); found && d.mayBeOld(from, given.ID) && addsTo(old, *given) {
				r.documents = append(r.documents, given.ID)
			}
		}
		if len(r.documents) > 0 {
			records = append(records, r)
		}
	}
	return records, nil
}

// hasDerivedID reports whether a claim's id is derived from its content, so that a stored claim with it is the same.
func hasDerivedID(e *entry.Entry, claim int) bool {
	return len(e.Drafts) == len(e.Batch.Claims) && e.Drafts[claim].ID() == ""
}

func sameContent(stored, given kg.Claim) bool {
	_, same := kg.MergeClaim(stored, given)
	return same
}

// addsTo reports whether a document says more than the stored one.
func addsTo(stored, given kg.Document) bool {
	stored.View = kg.View{}
	merged := merge.Documents.Merge(stored, given)
	return !reflect.DeepEqual(merged, stored)
}

// withOldDocuments returns the records, and of each the claims, of documents that had claims before the load.
func (d *changedDocuments) withOldDocuments(ctx context.Context, records []pendingRecord) ([]pendingRecord, error) {
	unknown := map[kg.ID]bool{}
	for _, r := range records {
		for _, id := range r.documents {
			if _, known := d.old[maphash.String(d.seed, string(id))]; !known {
				unknown[id] = true
			}
		}
	}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(unknown)), lookupSize) {
		pages, err := d.store.Claims(ctx, store.ClaimQuery{
			View: exactView, Order: (*store.ClaimOrder)(nil).Normalize(),
			Scope: &store.Scope{Relation: store.DocumentClaims, IDs: ids}, Window: store.Window{Limit: 1},
		})
		if err != nil {
			return nil, err
		}
		for i, p := range pages {
			d.setOld(ids[i], len(p.Items) > 0)
			unknown[ids[i]] = len(p.Items) > 0
		}
	}
	isNew := func(id kg.ID) bool {
		old, known := d.old[maphash.String(d.seed, string(id))]
		return known && !old || !known && !unknown[id]
	}
	for i := range records {
		r := &records[i]
		r.documents = slices.DeleteFunc(r.documents, isNew)
		r.claims = slices.DeleteFunc(r.claims, func(c kg.Claim) bool { return isNew(c.Document) })
	}
	return slices.DeleteFunc(records, func(r pendingRecord) bool { return len(r.documents) == 0 }), nil
}

// finish is called when the whole input is read. It finds the documents that the waiting records change.
func (d *changedDocuments) finish(ctx context.Context) error {
	d.complete = true
	for claims, err := range d.input.waitingClaims() {
		if err != nil {
			return err
		}
		if _, err := d.find(ctx, claims); err != nil {
			return err
		}
	}
	return nil
}

// find returns the changes that claims make, by their ids, and records the changed documents.
func (d *changedDocuments) find(ctx context.Context, claims []kg.Claim) (map[kg.ID]changed.Change, error) {
	changes := map[kg.ID]changed.Change{}
	for given := range slices.Chunk(claims, claimsPerPass) {
		stored, err := d.storedClaims(ctx, given)
		if err != nil {
			return nil, err
		}
		named, err := d.input.named(stored)
		if err != nil {
			return nil, err
		}
		forgotten, err := d.forgotten(ctx, stored)
		if err != nil {
			return nil, err
		}
		replaceable, err := d.runs.replaceable(ctx, stored)
		if err != nil {
			return nil, err
		}
		for id, found := range replaceable {
			forgotten[id] = forgotten[id] || found && !named(id)
		}
		for _, c := range changed.Find(given, changed.Stored{Claims: stored, Forgotten: forgotten}, named) {
			changes[c.New.ID] = c
			if _, known := d.found[c.New.Document]; !known {
				d.found[c.New.Document] = [2]kg.ID{c.New.ID, c.Missing[0].ID}
			}
		}
	}
	return changes, nil
}

// storedClaims returns the stored claims that are about the subjects of claims and in their documents.
func (d *changedDocuments) storedClaims(ctx context.Context, claims []kg.Claim) ([]kg.Claim, error) {
	subjects, documents := map[kg.ID]bool{}, map[kg.ID]bool{}
	for i := range claims {
		subjects[claims[i].Subject], documents[claims[i].Document] = true, true
	}
	var stored []kg.Claim
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(subjects)), subjectsPerQuery) {
		about, err := d.store.ClaimsAbout(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, c := range about {
			if c.Release == "" && documents[c.Document] {
				stored = append(stored, c)
			}
		}
	}
	return stored, nil
}

// rejectChanged rejects a record of a changed document. The Reject shows both versions. If the record itself changes
// nothing, it shows which claim of the document does.
func (d *changedDocuments) rejectChanged(r pendingRecord, changes map[kg.ID]changed.Change) error {
	if dropped, err := d.dropChanged(r, changes); dropped || err != nil {
		return err
	}
	var fault *record.Reject
	for _, c := range r.claims {
		if change, found := changes[c.ID]; found {
			conflict, err := changeReject(change)
			if err != nil {
				return err
			}
			fault = record.JoinRejects(fault, conflict)
		}
	}
	for _, id := range r.documents {
		if change, found := d.found[id]; found && fault == nil {
			fault = &record.Reject{
				Code: kg.Conflict, Found: string(id),
				Reason: fmt.Sprintf("the input changes %s: it has %s, and lacks the stored %s", id, change[0], change[1]),
			}
		}
	}
	if fault == nil {
		return nil
	}
	return d.rejects.Entry(r.Entry, *fault)
}

// changeReject returns the Reject of a claim that changes its document.
func changeReject(c changed.Change) (*record.Reject, error) {
	other := c.Missing[0]
	stored, err := codec.Encode(other)
	if err != nil {
		return nil, kg.Errorf(kg.Internal, "show the stored %s: %w", other.ID, err)
	}
	if other.ID == c.New.ID {
		return &record.Reject{
			Code: kg.Conflict, Found: string(c.New.ID), Other: stored, Differs: record.CompareClaims(c.New, other),
			Reason: fmt.Sprintf("the claim is stored with a different content, which stays: the input changes %s",
				c.New.Document),
		}, nil
	}
	return &record.Reject{
		Code: kg.Conflict, Found: string(c.New.ID), Other: stored, Differs: record.CompareClaims(c.New, other),
		Reason: fmt.Sprintf("the input changes %s: it lacks the stored %s, and does not name it in supersedes",
			c.New.Document, other.ID),
	}, nil
}

// dropChanged leaves the claims that change a document out of a record, if Options.Lenient is set. It returns false if
// the record has to be rejected, because no claim would be left.
func (d *changedDocuments) dropChanged(r pendingRecord, changes map[kg.ID]changed.Change) (dropped bool, err error) {
	if !d.lenient {
		return false, nil
	}
	faults, found := make([]*record.Reject, len(r.Drafts)), false
	for i := range r.Batch.Claims {
		change, isChange := changes[r.Batch.Claims[i].ID]
		if !isChange || i >= len(faults) {
			continue
		}
		if faults[i], err = changeReject(change); err != nil {
			return false, err
		}
		faults[i].Pointer, found = r.Drafts[i].Pointer(), true
	}
	return !found || r.DropClaims(faults), nil
}

func (d *changedDocuments) close() error {
	return errors.Join(d.input.ids.Close(), d.input.waiting.Close())
}
