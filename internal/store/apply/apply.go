// Package apply implements the write of a batch for every engine: which records are merged, rejected, recomputed and
// locked, and in which order. An engine provides the primitive reads and writes of one transaction; Run decides
// everything else, so that all engines end with the same graph.
package apply

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// Tx is one write transaction of an engine. Reads see the transaction's own writes and leave out ids that are not
// stored. Lists of ids are distinct and sorted.
type Tx interface {
	// Exclusive reports whether the engine runs one write transaction at a time, so that reads stay valid without locks.
	Exclusive() bool

	Actors(ctx context.Context, ids []kg.ID) ([]kg.Actor, error)
	Locations(ctx context.Context, ids []kg.ID) ([]kg.Location, error)
	Documents(ctx context.Context, ids []kg.ID) ([]kg.Document, error)
	Releases(ctx context.Context, ids []kg.ID) ([]kg.Release, error)
	Affiliations(ctx context.Context, ids []kg.ID) ([]kg.Affiliation, error)
	Identities(ctx context.Context, ids []kg.ID) ([]kg.IdentityDecision, error)
	Claims(ctx context.Context, ids []kg.ID) ([]kg.Claim, error)
	// ClaimSubjects returns the subjects of stored claims, in any order.
	ClaimSubjects(ctx context.Context, ids []kg.ID) ([]ClaimSubject, error)

	// AllIdentities returns every stored decision; there are few.
	AllIdentities(ctx context.Context) ([]kg.IdentityDecision, error)
	// KnownEvents returns the ids that are events, that is subjects of a stored claim.
	KnownEvents(ctx context.Context, ids []kg.ID) ([]kg.ID, error)
	// SyndicatedBy returns the documents that directly reprint one of the documents.
	SyndicatedBy(ctx context.Context, documents []kg.ID) ([]kg.ID, error)
	// LinksAbove returns the links of the locations or documents, and of all above them. LinksBelow returns the links of
	// all below them. Both may leave out links that the transaction itself has written.
	LinksAbove(ctx context.Context, kind kg.NodeKind, ids []kg.ID) (Links, error)
	LinksBelow(ctx context.Context, kind kg.NodeKind, ids []kg.ID) (Links, error)
	// LocationsIn returns the locations whose records name one of the parents.
	LocationsIn(ctx context.Context, parents []kg.ID) ([]kg.ID, error)
	// SubjectsReferringTo returns the subjects that have an edge, in the EXACT view, to one of the actors, locations or
	// events, or a participant that represents one.
	SubjectsReferringTo(ctx context.Context, nodes []kg.ID) ([]kg.ID, error)
	// SubjectsOf returns the subjects of claims that rest on one of the documents, and of claims with one of the actors as
	// claimant or, through a document, as publisher.
	SubjectsOf(ctx context.Context, documents, actors []kg.ID) ([]kg.ID, error)
	// ClaimsAbout returns all claims about the subjects, with RecordedAt, in any order.
	ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error)

	// The Put methods insert or replace whole records, their search entries and the edges that are not derived (WITHIN,
	// PUBLISHED_BY, SYNDICATES, HOLDER ...). PutDerivedStates writes an affiliation's support.
	PutActors(ctx context.Context, records []Views[kg.Actor]) error
	PutLocations(ctx context.Context, records []Views[kg.Location]) error
	PutDocuments(ctx context.Context, records []kg.Document) error
	PutReleases(ctx context.Context, records []kg.Release) error
	PutAffiliations(ctx context.Context, records []kg.Affiliation) error
	PutIdentities(ctx context.Context, records []kg.IdentityDecision) error

	// LockClasses returns the stored identity classes and locks them until the transaction ends, so that no other
	// transaction changes them. If deciding is set, no other transaction writes until then.
	LockClasses(ctx context.Context, deciding bool) (kg.Identities, error)
	// PutClasses stores the class of each node, or deletes it if the class is "". The nodes are already stored, except
	// that an event is stored with its first claim, which may follow later in the transaction.
	PutClasses(ctx context.Context, class map[kg.ID]kg.ID) error

	// Lock write-locks nodes of any kind, including events, in the given order until the transaction ends. It also locks
	// ids that are not stored yet (an engine may write a placeholder, which no read of this interface returns), so that
	// results of reads after Lock stay valid.
	Lock(ctx context.Context, ids []kg.ID) error
	// InsertClaims stores new claims and their links (ABOUT, IN, ACCORDING_TO, CITES).
	InsertClaims(ctx context.Context, claims []kg.Claim) error
	// DeleteClaims deletes stored claims with their links and search entries, before InsertClaims, which may store claims
	// with the same ids. Their subjects are locked.
	DeleteClaims(ctx context.Context, claims []ClaimSubject) error
	// PutSpans writes the records of stored claims in which only the results of span checks have changed.
	PutSpans(ctx context.Context, claims []kg.Claim) error
	// PutDerivedStates replaces everything derived about each subject: its states, its edges and its claims' lifetimes.
	PutDerivedStates(ctx context.Context, states []DerivedState) error

	PutCheckpoint(ctx context.Context, c kg.Checkpoint) error
	// PutChangeSet appends an entry to the change log under the next revision, and deletes entries beyond
	// store.ChangeLogLength. It is the last write of a transaction, because the next writer of the log waits for its end.
	PutChangeSet(ctx context.Context, c store.ChangeSet) error
}

// ClaimSubject is a claim and the node that it is about.
type ClaimSubject struct{ Claim, Subject kg.ID }

// SubjectsOfClaims returns the subjects of claims, for an engine that has the claims at hand.
func SubjectsOfClaims(claims []kg.Claim) []ClaimSubject {
	all := make([]ClaimSubject, len(claims))
	for i := range claims {
		all[i] = ClaimSubject{claims[i].ID, claims[i].Subject}
	}
	return all
}

// Run applies a batch within a transaction that the engine commits when err is nil and rolls back when it is not.
func Run(ctx context.Context, tx Tx, b kg.Batch) (kg.ApplyResult, error) {
	r := run{Tx: tx, batch: b, applied: kg.ApplyResult{
		Added: map[kg.NodeKind]int{}, Changed: map[kg.NodeKind]int{}, Unchanged: map[kg.NodeKind]int{},
	}}
	if err := b.Check(); err != nil {
		return kg.ApplyResult{}, err
	}
	for _, step := range []func(context.Context) error{
		r.lockClasses, r.putIdentities, r.putNodes, r.splitClaims, r.checkReferences, r.checkChains, r.findAffected,
		r.derive, r.putSpans, r.checkpoint, r.logRevision,
	} {
		if err := step(ctx); err != nil {
			return kg.ApplyResult{}, err
		}
	}
	return r.applied, nil
}

// run is the state of one Run.
type run struct {
	Tx
	batch   kg.Batch
	applied kg.ApplyResult

	newClaims          []kg.Claim     // claims that are not stored yet
	removals           []ClaimSubject // stored claims to remove
	spanUpdates        []kg.Claim     // stored claims whose spans may have been checked since
	voiceDocuments     map[kg.ID]bool // documents whose publisher, syndication or language changed
	changedLocations   []kg.ID        // stored locations whose change affects the events there
	datasetRenamed     bool           // a stored release has another dataset name
	classChanges       map[kg.ID]bool // nodes whose identity class is new or changed
	parentChanges      []kg.Location  // locations whose parents are new or changed
	syndicationChanges []kg.Document  // documents whose syndication is new or changed
	movedLocations     []kg.ID        // those of parentChanges that were stored before
	movedDocuments     []kg.ID        // those of syndicationChanges that were stored before
	affected           []kg.ID        // subjects to recompute, sorted
	// oldIdentities and identities are the identity classes before and after the batch.
	oldIdentities, identities kg.Identities
}

func (r *run) putNodes(ctx context.Context) error {
	r.voiceDocuments = map[kg.ID]bool{}
	actors, err := mergeRecords(ctx, r, kg.KindActor, r.batch.Actors, r.Actors, kg.MergeActor, nil)
	if err != nil {
		return err
	}
	locations, err := mergeRecords(
		ctx, r, kg.KindLocation, r.batch.Locations, r.Locations, kg.MergeLocation, r.noteLocation)
	if err != nil {
		return err
	}
	documents, err := mergeRecords(
		ctx, r, kg.KindDocument, r.batch.Documents, r.Documents, kg.MergeDocument, r.noteDocument)
	if err != nil {
		return err
	}
	releases, err := mergeRecords(
		ctx, r, kg.KindRelease, r.batch.Releases, r.Releases, kg.MergeRelease, r.noteRelease)
	if err != nil {
		return err
	}
	affiliations, err := mergeRecords(
		ctx, r, kg.KindAffiliation, r.batch.Affiliations, r.Affiliations, kg.MergeAffiliation, nil)
	if err != nil {
		return err
	}
	bothActors, err := r.actorViews(ctx, actors)
	if err != nil {
		return err
	}
	bothLocations, err := r.locationViews(ctx, locations)
	if err != nil {
		return err
	}
	for _, write := range []func() error{ // in sequence: nothing is sent after a failed write
		func() error { return writeAny(ctx, bothActors, r.PutActors) },
		func() error { return writeAny(ctx, releases, r.PutReleases) },
		func() error { return writeAny(ctx, bothLocations, r.PutLocations) },
		func() error { return writeAny(ctx, documents, r.PutDocuments) },
		func() error { return writeAny(ctx, affiliations, r.PutAffiliations) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// noteLocation records what the change of a location affects. old is the zero value for a new one.
func (r *run) noteLocation(old, now kg.Location) {
	moved := !slices.Equal(old.Parents, now.Parents)
	if moved {
		r.parentChanges = append(r.parentChanges, now)
	}
	if moved && old.ID != "" {
		r.movedLocations = append(r.movedLocations, now.ID)
	}
	if old.ID == "" {
		return
	}
	if moved || old.Kind != now.Kind || old.Country != now.Country || !reflect.DeepEqual(old.Point, now.Point) {
		r.changedLocations = append(r.changedLocations, now.ID)
	}
}

// noteDocument records what the change of a document affects. No stored claim rests on a new document.
func (r *run) noteDocument(old, now kg.Document) {
	reprints := old.Syndicates != now.Syndicates
	if old.ID != "" && (reprints || old.Publisher != now.Publisher || old.Language != now.Language) {
		r.voiceDocuments[now.ID] = true
	}
	if reprints {
		r.syndicationChanges = append(r.syndicationChanges, now)
	}
	if reprints && old.ID != "" {
		r.movedDocuments = append(r.movedDocuments, now.ID)
	}
}

// noteRelease records a new dataset name of a stored release.
func (r *run) noteRelease(old, now kg.Release) {
	r.datasetRenamed = r.datasetRenamed || old.ID != "" && old.Name != now.Name
}

// splitClaims separates new claims and stored claims with new span checks from unchanged ones and conflicts.
func (r *run) splitClaims(ctx context.Context) error {
	removed, err := r.findRemovals(ctx)
	if err != nil {
		return err
	}
	ids := slices.DeleteFunc(idsOf(r.batch.Claims, kg.Claim.NodeID), func(id kg.ID) bool { return removed[id] })
	stored, err := r.Claims(ctx, ids)
	if err != nil {
		return err
	}
	known := make(map[kg.ID]*kg.Claim, len(stored))
	for i := range stored {
		known[stored[i].ID] = &stored[i]
	}
	added := make(map[kg.ID]*kg.Claim, len(r.batch.Claims))
	r.newClaims = make([]kg.Claim, 0, len(r.batch.Claims)) // added points into it
	for i := range r.batch.Claims {
		c := &r.batch.Claims[i]
		old, repeated := added[c.ID]
		if !repeated {
			old = known[c.ID]
		}
		if old == nil {
			r.newClaims = append(r.newClaims, *c)
			old = &r.newClaims[len(r.newClaims)-1]
			old.RecordedAt = r.batch.RecordedAt
			added[c.ID] = old
			if removed[c.ID] {
				r.applied.Changed[kg.KindClaim]++
				r.applied.Removed--
			} else {
				r.applied.Added[kg.KindClaim]++
			}
			r.applied.Written = append(r.applied.Written, c.ID)
			continue
		}
		merged, same := kg.MergeClaim(*old, *c)
		switch {
		case !same:
			r.applied.Conflicts = append(r.applied.Conflicts, kg.ClaimConflict{Stored: *old, Given: *c})
		case slices.Equal(merged.Spans, old.Spans):
			r.applied.Unchanged[kg.KindClaim]++
		case repeated:
			*old = merged
			r.applied.Unchanged[kg.KindClaim]++
		default:
			*old = merged
			r.spanUpdates = append(r.spanUpdates, *c)
		}
	}
	return nil
}

// findRemovals reads the stored claims that the batch removes, and returns the set of their ids.
func (r *run) findRemovals(ctx context.Context) (map[kg.ID]bool, error) {
	if len(r.batch.Removals) == 0 {
		return nil, nil
	}
	var err error
	if r.removals, err = r.ClaimSubjects(ctx, idsOf(r.batch.Removals, func(id kg.ID) kg.ID { return id })); err != nil {
		return nil, err
	}
	removed := make(map[kg.ID]bool, len(r.removals))
	for _, c := range r.removals {
		removed[c.Claim] = true
		r.applied.Written = append(r.applied.Written, c.Claim)
	}
	r.applied.Removed = len(r.removals)
	return removed, nil
}

// checkRemovals rejects a batch that removes a claim which another claim about the same subject names.
func (r *run) checkRemovals(about []kg.Claim) error {
	if len(r.removals) == 0 {
		return nil
	}
	removed := map[kg.ID]bool{}
	for _, c := range r.removals {
		removed[c.Claim] = true
	}
	for _, c := range about {
		delete(removed, c.ID)
	}
	for _, c := range about {
		if i := slices.IndexFunc(c.Supersedes, func(id kg.ID) bool { return removed[id] }); i >= 0 {
			return kg.Errorf(kg.BadInput, "unknown references: %s refers to %s, which would be removed", c.ID, c.Supersedes[i])
		}
	}
	return nil
}

// putSpans writes the span checks of stored claims, which it reads again under their subjects' locks.
func (r *run) putSpans(ctx context.Context) error {
	if len(r.spanUpdates) == 0 {
		return nil
	}
	if err := r.Lock(ctx, idsOf(r.spanUpdates, func(c kg.Claim) kg.ID { return c.Subject })); err != nil {
		return err
	}
	stored, err := r.Claims(ctx, idsOf(r.spanUpdates, kg.Claim.NodeID))
	if err != nil {
		return err
	}
	given := map[kg.ID]kg.Claim{}
	for _, c := range r.spanUpdates {
		given[c.ID] = c
	}
	var write []kg.Claim
	for _, old := range stored {
		merged, same := kg.MergeClaim(old, given[old.ID])
		switch {
		case !same:
			r.applied.Conflicts = append(r.applied.Conflicts, kg.ClaimConflict{Stored: old, Given: given[old.ID]})
		case slices.Equal(merged.Spans, old.Spans):
			r.applied.Unchanged[kg.KindClaim]++
		default:
			write = append(write, merged)
			r.applied.Changed[kg.KindClaim]++
			r.applied.Written = append(r.applied.Written, old.ID)
		}
	}
	return writeAny(ctx, write, r.PutSpans)
}

// findAffected collects the subjects of new claims and of claims whose voices may have changed.
func (r *run) findAffected(ctx context.Context) error {
	affected := map[kg.ID]bool{}
	for i := range r.newClaims {
		affected[r.newClaims[i].Subject] = true
	}
	for _, c := range r.removals {
		affected[c.Subject] = true
	}
	reprints := sorted(r.voiceDocuments)
	for len(reprints) > 0 {
		more, err := r.SyndicatedBy(ctx, reprints)
		if err != nil {
			return err
		}
		reprints = nil
		for _, id := range more {
			if !r.voiceDocuments[id] {
				r.voiceDocuments[id] = true
				reprints = append(reprints, id)
			}
		}
		slices.Sort(reprints)
	}
	if len(r.voiceDocuments) > 0 || len(r.classChanges) > 0 {
		if err := r.Lock(ctx, sorted(r.voiceDocuments)); err != nil {
			return err
		}
		subjects, err := r.SubjectsOf(ctx, sorted(r.voiceDocuments), r.changedClassIDs(kg.KindActor))
		if err != nil {
			return err
		}
		for _, id := range subjects {
			affected[id] = true
		}
	}
	if err := r.addReferringSubjects(ctx, affected); err != nil {
		return err
	}
	r.addClassMembers(affected)
	r.affected = sorted(affected)
	return nil
}

func (r *run) derive(ctx context.Context) error {
	if len(r.affected) == 0 {
		return r.putClasses(ctx)
	}
	if !r.Exclusive() {
		if err := r.Lock(ctx, slices.Concat(r.documentsOfNewClaims(), r.affected)); err != nil {
			return err
		}
	}
	if err := writeAny(ctx, r.removals, r.DeleteClaims); err != nil {
		return err
	}
	if len(r.newClaims) > 0 {
		if err := r.InsertClaims(ctx, r.newClaims); err != nil {
			return err
		}
	}
	if err := r.putClasses(ctx); err != nil {
		return err
	}
	all, err := r.ClaimsAbout(ctx, r.affected)
	if err != nil || len(all) == 0 && len(r.removals) == 0 { // the bulk writer, which derives later, returns no claims
		return err
	}
	if err := r.checkRemovals(all); err != nil {
		return err
	}
	slices.SortFunc(all, kg.CompareClaims)
	book, err := r.voiceBook(ctx, all)
	if err != nil {
		return err
	}
	return r.PutDerivedStates(ctx, deriveStates(r.affected, all, book, r.identities))
}

// documentsOfNewClaims returns the documents that the new claims' voices depend on. A transaction that changes such a
// document locks it too, so that one of the two sees the other's writes.
func (r *run) documentsOfNewClaims() []kg.ID {
	documents := map[kg.ID]bool{}
	for _, c := range r.newClaims {
		if c.Document != "" {
			documents[c.Document] = true
		}
	}
	return sorted(documents)
}

// voiceBook reads the records that the claims' voices depend on: their documents, the originals of reprints, and their
// releases.
func (r *run) voiceBook(ctx context.Context, claims []kg.Claim) (kg.VoiceBook, error) {
	book := kg.VoiceBook{Documents: map[kg.ID]kg.Document{}, Datasets: map[kg.ID]string{}}
	documents, releases := map[kg.ID]bool{}, map[kg.ID]bool{}
	for _, c := range claims {
		if c.Document != "" {
			documents[c.Document] = true
		}
		if c.Release != "" {
			releases[c.Release] = true
		}
	}
	for wanted := sorted(documents); len(wanted) > 0; {
		found, err := r.Documents(ctx, wanted)
		if err != nil {
			return book, err
		}
		var originals []kg.ID
		for _, d := range found {
			d.Text = "" // not part of any derivation
			book.Documents[d.ID] = d
			if d.Syndicates != "" {
				originals = append(originals, d.Syndicates)
			}
		}
		above, err := r.linksAbove(ctx, originals, book.Documents)
		if err != nil {
			return book, err
		}
		next := map[kg.ID]bool{}
		for _, id := range slices.Concat(originals, slices.Collect(maps.Keys(above))) {
			if _, have := book.Documents[id]; !have {
				next[id] = true
			}
		}
		wanted = sorted(next)
	}
	found, err := r.Releases(ctx, sorted(releases))
	for _, rel := range found {
		book.Datasets[rel.ID] = rel.Name
	}
	return book.WithOriginals(), err
}

// linksAbove returns the links of the documents that are not read yet, and of all above them.
func (r *run) linksAbove(ctx context.Context, ids []kg.ID, read map[kg.ID]kg.Document) (Links, error) {
	unread := map[kg.ID]bool{}
	for _, id := range ids {
		if _, have := read[id]; !have {
			unread[id] = true
		}
	}
	if len(unread) == 0 {
		return nil, nil
	}
	return r.LinksAbove(ctx, kg.KindDocument, sorted(unread))
}

func (r *run) checkpoint(ctx context.Context) error {
	if r.batch.Checkpoint == nil {
		return nil
	}
	return r.PutCheckpoint(ctx, *r.batch.Checkpoint)
}

func sorted(set map[kg.ID]bool) []kg.ID { return slices.Sorted(maps.Keys(set)) }
