package loader

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/ledger"
	"casus/loader/changed"
	"casus/loader/entry"
	"casus/loader/report"
	"casus/loader/resolve"
)

// replacedRuns corrects the claims of earlier runs of programs about the documents of an input: the unreviewed ones
// that the input does not state are forgotten, and claims that it states again after such a correction are restored.
// Nil replaces no runs.
type replacedRuns struct {
	store  Store
	report *report.Report
	runs   changed.Runs
	by     string
	at     edtf.Instant
	// stated are the claims of the input, and documents the documents that it has extracted claims of.
	stated    *ledger.Set
	documents map[kg.ID]bool
}

// maxRunDocuments bounds the documents of an input that replaces runs, which are kept in memory.
const maxRunDocuments = 100_000

func newReplacedRuns(st Store, rep *report.Report, opt Options) *replacedRuns {
	if len(opt.ReplacesRuns) == 0 {
		return nil
	}
	return &replacedRuns{
		store: st, report: rep, runs: opt.ReplacesRuns, by: opt.By, at: opt.Now,
		stated: ledger.NewSet(), documents: map[kg.ID]bool{},
	}
}

// add adds the claims of the entries that were loaded.
func (r *replacedRuns) add(entries []*entry.Entry) error {
	if r == nil {
		return nil
	}
	for _, e := range entry.Live(entries) {
		for i := range e.Batch.Claims {
			r.addClaim(e.Batch.Claims[i])
		}
	}
	return r.check()
}

func (r *replacedRuns) addClaim(c kg.Claim) {
	r.stated.Add([]kg.ID{c.ID})
	if len(c.Extractions) > 0 && c.Document != "" && c.Release == "" {
		r.documents[c.Document] = true
	}
}

func (r *replacedRuns) check() error {
	if len(r.documents) > maxRunDocuments {
		return kg.Errorf(kg.LimitExceeded, "the input has extracted claims of more than %d documents: to replace runs, "+
			"load it in parts", maxRunDocuments)
	}
	return nil
}

// resume adds the claims that earlier runs of an interrupted load brought.
func (r *replacedRuns) resume(ctx context.Context, e *ledgerEntry) error {
	if r == nil {
		return nil
	}
	var ids []kg.ID
	if err := e.eachBrought(ctx, func(id kg.ID) error { ids = append(ids, id); return nil }); err != nil {
		return err
	}
	if err := resolve.Nodes(ctx, r.store, ids, func(n kg.Node) {
		if c, ok := n.(kg.Claim); ok {
			r.addClaim(c)
		}
	}); err != nil {
		return err
	}
	for chunk := range slices.Chunk(ids, lookupSize) {
		curations, err := r.store.Curations(ctx, chunk)
		if err != nil {
			return err
		}
		for _, v := range curations {
			if v.Original != nil {
				r.addClaim(*v.Original)
			}
		}
	}
	return r.check()
}

// correctionID returns the id of the correction by which a run that replaces another one forgets a claim. It is the
// same for all runs, so that the next one can take it back.
func (r *replacedRuns) correctionID(claim kg.ID) kg.ID {
	return kg.DeriveID(kg.KindCorrection, "replaced run", string(claim))
}

// replaceable returns the claims of a list that a run may replace: those of the replaced runs alone that are neither
// reviewed nor corrected.
func (r *replacedRuns) replaceable(ctx context.Context, claims []kg.Claim) (map[kg.ID]bool, error) {
	found := map[kg.ID]bool{}
	if r == nil {
		return found, nil
	}
	var made []kg.Claim
	var ids []kg.ID
	for _, c := range claims {
		if r.runs.Made(c) {
			made, ids = append(made, c), append(ids, c.ID)
		}
	}
	if len(made) == 0 {
		return found, nil
	}
	book, err := resolve.VoiceBook(ctx, r.store, made)
	if err != nil {
		return nil, err
	}
	for i := range made {
		found[made[i].ID] = book.CodingOf(made[i]) == kg.CodingMachine
	}
	for chunk := range slices.Chunk(ids, lookupSize) {
		curations, err := r.store.Curations(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for i, v := range curations {
			if len(v.Corrections) > 0 {
				found[chunk[i]] = false
			}
		}
	}
	return found, nil
}

// finish is called when everything is loaded.
func (r *replacedRuns) finish(ctx context.Context) error {
	if r == nil {
		return nil
	}
	if err := r.restore(ctx); err != nil {
		return err
	}
	for _, document := range slices.Sorted(maps.Keys(r.documents)) {
		if err := r.forget(ctx, document); err != nil {
			return err
		}
	}
	return nil
}

// restore takes back the corrections of claims that a run replaced before and the input states.
func (r *replacedRuns) restore(ctx context.Context) error {
	for page, err := range store.Walk(ctx, r.store, kg.KindCorrection, lookupSize) {
		if err != nil {
			return err
		}
		var b kg.Batch
		for _, c := range page.Corrections {
			if c.Claim != "" && r.stated.Has(c.Claim) && c.ID == r.correctionID(c.Claim) {
				b.Removals = append(b.Removals, c.ID)
				r.report.RemoveForgotten(c.Claim)
			}
		}
		if len(b.Removals) == 0 {
			continue
		}
		if _, err := r.store.Apply(ctx, b); err != nil {
			return err
		}
		r.report.RunRestored += len(b.Removals)
	}
	return nil
}

// forget forgets the replaceable claims in a document that the input does not state.
func (r *replacedRuns) forget(ctx context.Context, document kg.ID) error {
	var gone []kg.ID
	q := store.ClaimQuery{
		View: exactView, Order: (*store.ClaimOrder)(nil).Normalize(), Window: store.Window{Limit: store.MaxPageSize},
		Scope: &store.Scope{Relation: store.DocumentClaims, IDs: []kg.ID{document}},
	}
	for {
		pages, err := r.store.Claims(ctx, q)
		if err != nil {
			return err
		}
		page := pages[0]
		found, err := r.replaceable(ctx, page.Items)
		if err != nil {
			return err
		}
		for i := range page.Items {
			if id := page.Items[i].ID; found[id] && !r.stated.Has(id) {
				gone = append(gone, id)
			}
		}
		if !page.HasNext {
			break
		}
		q.Window.After = &page.Positions[len(page.Positions)-1]
	}
	for chunk := range slices.Chunk(gone, lookupSize) {
		var b kg.Batch
		for _, id := range chunk {
			b.Corrections = append(b.Corrections, kg.Correction{
				ID: r.correctionID(id), Claim: id, By: r.by, At: r.at,
				Why: fmt.Sprintf("a new run about %s does not state what %s stated", document, strings.Join(r.runs, ", ")),
			})
		}
		if _, err := r.store.Apply(ctx, b); err != nil {
			return err
		}
		r.report.AddRunForgotten(chunk)
	}
	return nil
}
