// Package apply is the one way in which engines take in a batch: what is merged, refused, recomputed and locked, and in
// which order. An engine gives it the primitive reads and writes of one transaction; it decides everything else, so that
// all engines end with the same graph.
package apply

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// Tx is one write transaction of an engine. Reads see the transaction's own writes. Results hold what was found; ids
// that are not stored are simply absent. Lists of ids are distinct and sorted.
type Tx interface {
	Actors(ctx context.Context, ids []kg.ID) ([]kg.Actor, error)
	Locations(ctx context.Context, ids []kg.ID) ([]kg.Location, error)
	Documents(ctx context.Context, ids []kg.ID) ([]kg.Document, error)
	Releases(ctx context.Context, ids []kg.ID) ([]kg.Release, error)
	Affiliations(ctx context.Context, ids []kg.ID) ([]kg.Affiliation, error)
	Identities(ctx context.Context, ids []kg.ID) ([]kg.IdentityDecision, error)
	Claims(ctx context.Context, ids []kg.ID) ([]kg.Claim, error)

	// AllIdentities lists every decision stored; there are few.
	AllIdentities(ctx context.Context) ([]kg.IdentityDecision, error)
	// KnownEvents says which of the ids are events, that is subjects of a stored claim.
	KnownEvents(ctx context.Context, ids []kg.ID) ([]kg.ID, error)
	// SyndicatedBy lists the documents that directly reprint one of the given.
	SyndicatedBy(ctx context.Context, documents []kg.ID) ([]kg.ID, error)
	// LocationsIn lists the locations that lie directly in one of the given, as records say.
	LocationsIn(ctx context.Context, parents []kg.ID) ([]kg.ID, error)
	// SubjectsNaming lists the subjects of which an edge, read EXACT, leads to one of the actors, locations or events, or
	// has somebody represent one.
	SubjectsNaming(ctx context.Context, nodes []kg.ID) ([]kg.ID, error)
	// SubjectsOf lists the subjects of claims that rest on one of the documents, or that one of the actors is a claimant
	// of or, through a document, the publisher of.
	SubjectsOf(ctx context.Context, documents, actors []kg.ID) ([]kg.ID, error)
	// ClaimsAbout lists all claims about the subjects, with RecordedAt, in any order.
	ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error)

	// The Put methods insert or replace whole records, their search entries and the edges that are not derived (WITHIN,
	// PUBLISHED_BY, SYNDICATES, HOLDER ...). An affiliation's support comes by PutHistories.
	PutActors(ctx context.Context, records []Views[kg.Actor]) error
	PutLocations(ctx context.Context, records []Views[kg.Location]) error
	PutDocuments(ctx context.Context, records []kg.Document) error
	PutReleases(ctx context.Context, records []kg.Release) error
	PutAffiliations(ctx context.Context, records []kg.Affiliation) error
	PutIdentities(ctx context.Context, records []kg.IdentityDecision) error

	// LockClasses gives the classes that are stored and keeps them so until the transaction ends: no other one changes
	// them. One that is deciding has no other one beside it at all.
	LockClasses(ctx context.Context, deciding bool) (kg.Identities, error)
	// PutClasses stores the class of each node; of one that has none it forgets it. The nodes are stored, and an event is
	// with the first claim about it, which may be inserted later in the transaction.
	PutClasses(ctx context.Context, class map[kg.ID]kg.ID) error

	// Lock write-locks nodes of any kind, events among them, until the transaction ends, in the order given. One that is
	// not stored yet is locked too (an engine may make a placeholder, which no read of this interface finds); so what is
	// read after Lock stays true.
	Lock(ctx context.Context, ids []kg.ID) error
	// InsertClaims stores new claims and their links (ABOUT, IN, ACCORDING_TO, CITES).
	InsertClaims(ctx context.Context, claims []kg.Claim) error
	// PutSpans writes the records of stored claims of which nothing has changed but their spans' check.
	PutSpans(ctx context.Context, claims []kg.Claim) error
	// PutDerivedStates replaces all that follows about each subject: states, edges and, of each claim, its life.
	PutDerivedStates(ctx context.Context, accounts []DerivedState) error

	PutCheckpoint(ctx context.Context, c kg.Checkpoint) error
	// PutChangeSet adds an entry to the change log, under the next revision, and lets those go that are older than
	// kg.ChangesKept. It is the last that a transaction does: whoever writes the log next may have to wait for its end.
	PutChangeSet(ctx context.Context, c store.ChangeSet) error
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
		r.guardClasses, r.putIdentities, r.putNodes, r.sortOutClaims, r.checkReferences, r.checkCircles, r.findTouched, r.derive, r.putSpans, r.checkpoint, r.logRevision,
	} {
		if err := step(ctx); err != nil {
			return kg.ApplyResult{}, err
		}
	}
	return r.applied, nil
}

// run is the work of one Run.
type run struct {
	Tx
	batch   kg.Batch
	applied kg.ApplyResult

	claims   []kg.Claim     // new ones
	spans    []kg.Claim     // stored ones, of whose spans more may be known now
	voiced   map[kg.ID]bool // documents whose publisher, syndication or language changed
	placed   []kg.ID        // stored locations of which a change is one of the events there
	renamed  bool           // a stored release is of a dataset of another name
	regroup  map[kg.ID]bool // nodes whose identity class is new or changed
	moved    []kg.Location  // locations whose parents are new or changed
	reprints []kg.Document  // documents whose syndication is new or changed
	touched  []kg.ID        // subjects to recompute, sorted
	// before and one are the nodes that are one, as they were and as they are now.
	before, one kg.Identities
}

func (r *run) putNodes(ctx context.Context) error {
	r.voiced = map[kg.ID]bool{}
	actors, err := merged(ctx, r, kg.KindActor, r.batch.Actors, r.Actors, kg.MergeActor, nil)
	if err != nil {
		return err
	}
	locations, err := merged(ctx, r, kg.KindLocation, r.batch.Locations, r.Locations, kg.MergeLocation, func(old, now kg.Location) {
		if !slices.Equal(old.Parents, now.Parents) {
			r.moved = append(r.moved, now)
		}
		if old.ID != "" && (!slices.Equal(old.Parents, now.Parents) || old.Kind != now.Kind || old.Country != now.Country || !reflect.DeepEqual(old.Point, now.Point)) {
			r.placed = append(r.placed, now.ID)
		}
	})
	if err != nil {
		return err
	}
	documents, err := merged(ctx, r, kg.KindDocument, r.batch.Documents, r.Documents, kg.MergeDocument, func(old, now kg.Document) {
		// Nothing that is stored rests on a document that was not.
		if old.ID != "" && (old.Publisher != now.Publisher || old.Syndicates != now.Syndicates || old.Language != now.Language) {
			r.voiced[now.ID] = true
		}
		if old.Syndicates != now.Syndicates {
			r.reprints = append(r.reprints, now)
		}
	})
	if err != nil {
		return err
	}
	releases, err := merged(ctx, r, kg.KindRelease, r.batch.Releases, r.Releases, kg.MergeRelease, func(old, now kg.Release) {
		r.renamed = r.renamed || old.ID != "" && old.Name != now.Name
	})
	if err != nil {
		return err
	}
	affiliations, err := merged(ctx, r, kg.KindAffiliation, r.batch.Affiliations, r.Affiliations, kg.MergeAffiliation, nil)
	if err != nil {
		return err
	}
	bothActors, err := r.twofoldActors(ctx, actors)
	if err != nil {
		return err
	}
	bothLocations, err := r.twofoldLocations(ctx, locations)
	if err != nil {
		return err
	}
	for _, write := range []func() error{ // one after another: nothing is sent after a write that failed
		func() error { return put(ctx, bothActors, r.PutActors) },
		func() error { return put(ctx, releases, r.PutReleases) },
		func() error { return put(ctx, bothLocations, r.PutLocations) },
		func() error { return put(ctx, documents, r.PutDocuments) },
		func() error { return put(ctx, affiliations, r.PutAffiliations) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// sortOutClaims keeps the claims that are not stored yet, and those whose spans were checked since.
func (r *run) sortOutClaims(ctx context.Context) error {
	stored, err := r.Claims(ctx, idsOf(r.batch.Claims, kg.Claim.NodeID))
	if err != nil {
		return err
	}
	known := make(map[kg.ID]*kg.Claim, len(stored))
	for i := range stored {
		known[stored[i].ID] = &stored[i]
	}
	added := make(map[kg.ID]*kg.Claim, len(r.batch.Claims))
	r.claims = make([]kg.Claim, 0, len(r.batch.Claims)) // added points into it
	for i := range r.batch.Claims {
		c := &r.batch.Claims[i]
		old, again := added[c.ID]
		if !again {
			old = known[c.ID]
		}
		if old == nil {
			r.claims = append(r.claims, *c)
			old = &r.claims[len(r.claims)-1]
			old.RecordedAt = r.batch.RecordedAt
			added[c.ID] = old
			r.applied.Added[kg.KindClaim]++
			r.applied.Written = append(r.applied.Written, c.ID)
			continue
		}
		merged, same := kg.MergeClaim(*old, *c)
		switch {
		case !same:
			r.applied.Conflicts = append(r.applied.Conflicts, kg.ClaimConflict{Stored: *old, Given: *c})
		case slices.Equal(merged.Spans, old.Spans):
			r.applied.Unchanged[kg.KindClaim]++
		case again:
			*old = merged
			r.applied.Unchanged[kg.KindClaim]++
		default:
			*old = merged
			r.spans = append(r.spans, *c)
		}
	}
	return nil
}

// putSpans writes what is known of the words of stored claims. They are read again under their subjects' locks.
func (r *run) putSpans(ctx context.Context) error {
	if len(r.spans) == 0 {
		return nil
	}
	if err := r.Lock(ctx, idsOf(r.spans, func(c kg.Claim) kg.ID { return c.Subject })); err != nil {
		return err
	}
	stored, err := r.Claims(ctx, idsOf(r.spans, kg.Claim.NodeID))
	if err != nil {
		return err
	}
	given := map[kg.ID]kg.Claim{}
	for _, c := range r.spans {
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
	return put(ctx, write, r.PutSpans)
}

// findTouched gathers the subjects whose claims are new or whose claims' voices may have changed.
func (r *run) findTouched(ctx context.Context) error {
	touched := map[kg.ID]bool{}
	for _, c := range r.claims {
		touched[c.Subject] = true
	}
	reprints := sorted(r.voiced)
	for len(reprints) > 0 {
		more, err := r.SyndicatedBy(ctx, reprints)
		if err != nil {
			return err
		}
		reprints = nil
		for _, id := range more {
			if !r.voiced[id] {
				r.voiced[id] = true
				reprints = append(reprints, id)
			}
		}
		slices.Sort(reprints)
	}
	if len(r.voiced) > 0 || len(r.regroup) > 0 {
		if err := r.Lock(ctx, sorted(r.voiced)); err != nil {
			return err
		}
		subjects, err := r.SubjectsOf(ctx, sorted(r.voiced), r.regrouped(kg.KindActor))
		if err != nil {
			return err
		}
		for _, id := range subjects {
			touched[id] = true
		}
	}
	if err := r.findNaming(ctx, touched); err != nil {
		return err
	}
	r.widen(touched)
	r.touched = sorted(touched)
	return nil
}

func (r *run) derive(ctx context.Context) error {
	if len(r.touched) == 0 {
		return r.putClasses(ctx)
	}
	if !alone(r.Tx) {
		if err := r.Lock(ctx, slices.Concat(r.documentsOfNew(), r.touched)); err != nil {
			return err
		}
	}
	if len(r.claims) > 0 {
		if err := r.InsertClaims(ctx, r.claims); err != nil {
			return err
		}
	}
	if err := r.putClasses(ctx); err != nil {
		return err
	}
	all, err := r.ClaimsAbout(ctx, r.touched)
	if err != nil || len(all) == 0 { // an engine that derives later tells of none
		return err
	}
	slices.SortFunc(all, kg.CompareClaims)
	book, err := r.voiceBook(ctx, all)
	if err != nil {
		return err
	}
	return r.PutDerivedStates(ctx, accounts(r.touched, all, book, r.one))
}

// documentsOfNew lists what new claims' voices depend on. A transaction that changes such a document locks it too, so one
// of the two sees the other's work.
func (r *run) documentsOfNew() []kg.ID {
	documents := map[kg.ID]bool{}
	for _, c := range r.claims {
		if c.Document != "" {
			documents[c.Document] = true
		}
	}
	return sorted(documents)
}

// voiceBook reads what the claims' voices depend on: their documents and all these reprint, and their releases.
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
		next := map[kg.ID]bool{}
		for _, d := range found {
			book.Documents[d.ID] = d
		}
		for _, d := range found {
			if _, have := book.Documents[d.Syndicates]; d.Syndicates != "" && !have {
				next[d.Syndicates] = true
			}
		}
		wanted = sorted(next)
	}
	found, err := r.Releases(ctx, sorted(releases))
	for _, rel := range found {
		book.Datasets[rel.ID] = rel.Name
	}
	return book, err
}

func (r *run) checkpoint(ctx context.Context) error {
	if r.batch.Checkpoint == nil {
		return nil
	}
	return r.PutCheckpoint(ctx, *r.batch.Checkpoint)
}

func sorted(set map[kg.ID]bool) []kg.ID { return slices.Sorted(maps.Keys(set)) }
