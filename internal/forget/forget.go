// Package forget forgets the claims of a load, a document, a release or a subject by corrections, restores them by
// removing these corrections, and erases them for good.
package forget

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/ledger"
)

// Store is the part of store.Store that is needed.
type Store interface {
	ledger.Reader
	store.Scanner
	Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error)
	Preview(ctx context.Context, b kg.Batch) (store.Effects, error)
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
	Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error)
	ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error)
	Compact(ctx context.Context) error
	Curations(ctx context.Context, claims []kg.ID) ([]kg.Curation, error)
}

// Order names the claims to forget, who forgets them, when and why.
type Order struct {
	// Target is the id of a load of the ledger, a document, a release, an event, an affiliation or a claim.
	Target string
	By     string
	At     edtf.Instant
	Why    string
	// Purge also erases the contents of the claims, with those of their corrections, and the text of a document. They
	// cannot be restored, and are not stored again before the order is taken back.
	Purge bool
	// DryRun counts, previews how events change, and writes nothing.
	DryRun bool
	// Progress, if not nil, is called with the number of claims that are done.
	Progress func(done int)
}

// Result counts claims and their subjects.
type Result struct {
	// Claims are forgotten by this order, or restored. Kept are claims of a load or release that another one brought too.
	Claims, Kept int
	// Erased counts the claims whose contents were erased.
	Erased int
	// Subjects are the events and affiliations of the claims.
	Subjects map[kg.ID]bool
	// Effects are of a dry run with at most MaxPreviewed claims.
	Effects store.Effects
	// preview is the batch of a dry run.
	preview kg.Batch
}

// MaxPreviewed is the number of claims of which a dry run shows how events change.
const MaxPreviewed = 20_000

// readEffects previews a dry run.
func (r *Result) readEffects(ctx context.Context, st Store, o Order) (err error) {
	if o.DryRun && r.Claims > 0 && r.Claims <= MaxPreviewed {
		r.Effects, err = st.Preview(ctx, r.preview)
	}
	return err
}

// batchSize is the number of claims that are forgotten in one transaction.
const batchSize = 1000

// exact is the view without identity decisions.
var exact = kg.View{Identity: kg.IdentityExact}

// correctionID returns the id of the correction by which an order forgets a claim. The same order has the same ids, so
// repeating it changes nothing, and each order can be taken back by itself.
func correctionID(target string, claim kg.ID) kg.ID {
	return kg.DeriveID(kg.KindCorrection, "forget", target, string(claim))
}

// Load forgets the claims that a load brought, except ones that another load brought too, unless that one is undone or
// forgotten. Interrupted, it can be started again. It returns CONFLICT for a load that repeats another.
func Load(ctx context.Context, st Store, l ledger.Load, o Order) (Result, error) {
	if l.Repeats != "" {
		return Result{}, kg.Errorf(kg.Conflict, "%s repeats %s and brought nothing else: undo %s", l.ID, l.Repeats, l.Repeats)
	}
	kept, err := broughtByOthers(ctx, st, l.ID)
	if err != nil {
		return Result{}, err
	}
	if l.Undone != nil { // continue with the same corrections
		o.By, o.At, o.Why = l.Undone.By, edtf.Instant(l.Undone.At), l.Undone.Why
	}
	o.Target = l.ID
	if !o.DryRun && l.Undone == nil {
		l.Undone = &ledger.Act{By: o.By, At: ledger.Moment(o.At), Why: o.Why}
		if err := put(ctx, st, l); err != nil {
			return Result{}, err
		}
	}
	found, err := run(ctx, st, ledger.Claims(ctx, st, l.ID), kept, o)
	if err != nil || o.DryRun {
		return found, err
	}
	l.Undone.Claims = max(l.Undone.Claims, found.Claims)
	if o.Purge {
		l.Purged = &ledger.Act{By: o.By, At: ledger.Moment(o.At), Why: o.Why, Claims: found.Erased}
		if err := st.Compact(ctx); err != nil {
			return found, err
		}
	}
	return found, put(ctx, st, l)
}

func put(ctx context.Context, st Store, l ledger.Load) error {
	entry, err := ledger.Entry(l)
	if err == nil {
		_, err = st.Apply(ctx, kg.Batch{Ledger: []kg.Checkpoint{entry}})
	}
	return err
}

// broughtByOthers returns the claims of a load that other standing loads brought too.
func broughtByOthers(ctx context.Context, st Store, load string) (*ledger.Set, error) {
	own, kept := ledger.NewSet(), ledger.NewSet()
	for ids, err := range ledger.Claims(ctx, st, load) {
		if err != nil {
			return nil, err
		}
		own.Add(ids)
	}
	all, err := ledger.All(ctx, st)
	if err != nil {
		return nil, err
	}
	for _, other := range all {
		if other.ID == load || !other.Stands() {
			continue
		}
		for ids, err := range ledger.Claims(ctx, st, other.ID) {
			if err != nil {
				return nil, err
			}
			kept.Add(slices.DeleteFunc(ids, func(id kg.ID) bool { return !own.Has(id) }))
		}
	}
	return kept, nil
}

// Target forgets the claims of a document, of a release, about an event or an affiliation, or one claim. Of a release
// it forgets what the release states, except rows that another release states too, unless that one is forgotten. A
// purge leaves an entry in the ledger. It returns NOT_FOUND if the store has no claim of the target.
func Target(ctx context.Context, st Store, o Order) (Result, error) {
	sources := []iter.Seq2[[]kg.ID, error]{
		claimsOf(ctx, st, kg.ID(o.Target)), forgottenBy(ctx, st, o.Target), // a purge may follow
	}
	kept := ledger.NewSet()
	if id := kg.ID(o.Target); id.Kind() == kg.KindRelease {
		loads, err := loadsOf(ctx, st, id)
		if err == nil {
			kept, err = loads.kept(ctx, st)
		}
		if err == nil && !o.DryRun {
			err = loads.mark(ctx, st, o)
		}
		if err != nil {
			return Result{}, err
		}
		sources = append(sources, loads.claims(ctx, st))
	}
	claims := func(yield func([]kg.ID, error) bool) {
		for _, all := range sources {
			for ids, err := range all {
				if !yield(ids, err) || err != nil {
					return
				}
			}
		}
	}
	found, err := run(ctx, st, claims, kept, o)
	if err == nil && o.Purge && !o.DryRun && kg.ID(o.Target).Kind() == kg.KindDocument {
		err = eraseText(ctx, st, o)
	}
	switch {
	case err != nil:
		return found, err
	case found.Claims+found.Kept == 0:
		return found, kg.Errorf(kg.NotFound, "the store has no claim of %s", o.Target)
	case !o.Purge || o.DryRun:
		return found, nil
	}
	entry, err := ledger.PurgeEntry(ledger.Purge{
		Target: o.Target, Act: ledger.Act{By: o.By, At: ledger.Moment(o.At), Why: o.Why, Claims: found.Erased},
	})
	if err == nil {
		_, err = st.Apply(ctx, kg.Batch{Ledger: []kg.Checkpoint{entry}})
	}
	if err == nil {
		err = st.Compact(ctx)
	}
	return found, err
}

// eraseText erases the text of a document.
func eraseText(ctx context.Context, st Store, o Order) error {
	c := o.correction(kg.ID(o.Target))
	c.Node, c.Field = kg.ID(o.Target), kg.TextField
	_, err := st.Apply(ctx, kg.Batch{Removals: []kg.ID{c.ID}, Corrections: []kg.Correction{c}})
	return err
}

// claimsOf iterates over the claims of a target, some at a time.
func claimsOf(ctx context.Context, st Store, target kg.ID) iter.Seq2[[]kg.ID, error] {
	switch target.Kind() {
	case kg.KindDocument:
		return claimsIn(ctx, st, target)
	case kg.KindRelease:
		return func(yield func([]kg.ID, error) bool) {
			for page, err := range store.Walk(ctx, st, kg.KindClaim, batchSize) {
				claims := slices.DeleteFunc(page.Claims, func(c kg.Claim) bool { return c.Release != target })
				if !yield(idsOf(claims), err) || err != nil {
					return
				}
			}
		}
	case kg.KindEvent, kg.KindAffiliation:
		return func(yield func([]kg.ID, error) bool) {
			claims, err := st.ClaimsAbout(ctx, []kg.ID{target})
			yield(idsOf(claims), err)
		}
	}
	return func(yield func([]kg.ID, error) bool) { yield([]kg.ID{target}, nil) }
}

// claimsIn iterates over the claims in a document.
func claimsIn(ctx context.Context, st Store, document kg.ID) iter.Seq2[[]kg.ID, error] {
	return func(yield func([]kg.ID, error) bool) {
		q := store.ClaimQuery{
			View: exact, Order: (*store.ClaimOrder)(nil).Normalize(), Window: store.Window{Limit: store.MaxPageSize},
			Scope: &store.Scope{Relation: store.DocumentClaims, IDs: []kg.ID{document}},
		}
		for {
			pages, err := st.Claims(ctx, q)
			if err != nil {
				yield(nil, err)
				return
			}
			page := pages[0]
			if !yield(idsOf(page.Items), nil) || !page.HasNext {
				return
			}
			q.Window.After = &page.Positions[len(page.Positions)-1]
		}
	}
}

// forgottenBy iterates over the claims that an order for the target has forgotten, a page at a time.
func forgottenBy(ctx context.Context, st Store, target string) iter.Seq2[[]kg.ID, error] {
	return func(yield func([]kg.ID, error) bool) {
		for page, err := range store.Walk(ctx, st, kg.KindCorrection, batchSize) {
			var ids []kg.ID
			for _, c := range page.Corrections {
				if c.Claim != "" && c.ID == correctionID(target, c.Claim) {
					ids = append(ids, c.Claim)
				}
			}
			if !yield(ids, err) || err != nil {
				return
			}
		}
	}
}

func idsOf(claims []kg.Claim) []kg.ID {
	ids := make([]kg.ID, len(claims))
	for i := range claims {
		ids[i] = claims[i].ID
	}
	return ids
}

// run forgets claims except kept ones. Claims that another order has forgotten are forgotten by this order too, so that
// either can be taken back alone.
func run(
	ctx context.Context, st Store, claims iter.Seq2[[]kg.ID, error], kept *ledger.Set, o Order,
) (Result, error) {
	found := Result{Subjects: map[kg.ID]bool{}}
	seen := ledger.NewSet()
	for ids, err := range claims {
		if err != nil {
			return found, err
		}
		ids = slices.Compact(slices.Sorted(slices.Values(ids)))
		ids = slices.DeleteFunc(ids, seen.Has)
		seen.Add(ids)
		for chunk := range slices.Chunk(ids, batchSize) {
			if err := forgetSome(ctx, st, slices.Clone(chunk), kept, o, &found); err != nil {
				return found, err
			}
			if o.Progress != nil {
				o.Progress(found.Claims + found.Kept)
			}
		}
	}
	return found, found.readEffects(ctx, st, o)
}

func forgetSome(ctx context.Context, st Store, ids []kg.ID, kept *ledger.Set, o Order, found *Result) error {
	n := len(ids)
	ids = slices.DeleteFunc(ids, kept.Has)
	found.Kept += n - len(ids)
	stored, err := storedClaims(ctx, st, ids)
	if err != nil || len(stored) == 0 {
		return err
	}
	b := kg.Batch{}
	for _, id := range slices.Sorted(maps.Keys(stored)) {
		found.Claims++
		found.Subjects[stored[id].Subject] = true
		c := o.correction(id)
		c.Claim = id
		b.Corrections = append(b.Corrections, c)
		if o.Purge { // it replaces the correction that only forgets
			b.Removals = append(b.Removals, c.ID)
		}
	}
	if o.Purge && !o.DryRun {
		contents, err := correctedContents(ctx, st, slices.Sorted(maps.Keys(stored)))
		if err != nil {
			return err
		}
		b.Removals = append(b.Removals, contents...)
		found.Erased += len(stored)
	}
	if o.DryRun {
		if found.Claims <= MaxPreviewed {
			found.preview.Corrections = append(found.preview.Corrections, b.Corrections...)
		}
		return nil
	}
	_, err = st.Apply(ctx, b)
	return err
}

// correction returns the correction of an order that forgets or erases a claim or a text.
func (o Order) correction(id kg.ID) kg.Correction {
	return kg.Correction{
		ID: correctionID(o.Target, id), By: o.By, At: o.At, Erases: o.Purge, Why: cmp.Or(o.Why, "forgotten with "+o.Target),
	}
}

// correctedContents returns the corrections that give one of the claims a content.
func correctedContents(ctx context.Context, st Store, claims []kg.ID) (ids []kg.ID, err error) {
	curations, err := st.Curations(ctx, claims)
	for _, v := range curations {
		for _, c := range v.Corrections {
			if c.Content != nil {
				ids = append(ids, c.ID)
			}
		}
	}
	return ids, err
}

// storedClaims returns the ids that are stored claims, forgotten ones included.
func storedClaims(ctx context.Context, st Store, ids []kg.ID) (map[kg.ID]kg.Claim, error) {
	stored := map[kg.ID]kg.Claim{}
	nodes, err := st.Nodes(ctx, exact, ids)
	if err != nil {
		return nil, err
	}
	for _, n := range nodes {
		if c, ok := n.(kg.Claim); ok {
			stored[c.ID] = c
		}
	}
	others := slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return stored[id].ID != "" })
	for chunk := range slices.Chunk(others, batchSize) {
		curations, err := st.Curations(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for i, v := range curations {
			if v.Original != nil {
				stored[chunk[i]] = *v.Original
			}
		}
	}
	return stored, nil
}
