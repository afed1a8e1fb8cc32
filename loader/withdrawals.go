package loader

import (
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/loader/entry"
	"casus/loader/report"
	"casus/loader/resolve"
)

// maxWithdrawals is the number of withdrawing claims of a load that are checked for an effect.
const maxWithdrawals = 10_000

// withdrawals collects the claims of a load that mean to withdraw others, so that withdrawals without effect are noted
// at the end: a claim may be withdrawn before it is loaded.
type withdrawals struct {
	claims map[kg.ID]bool
	// more counts the claims beyond maxWithdrawals.
	more int
}

// newWithdrawals returns the claims that a checkpoint has stored.
func newWithdrawals(claims []kg.ID, more int) *withdrawals {
	w := &withdrawals{claims: map[kg.ID]bool{}, more: more}
	for _, id := range claims {
		w.claims[id] = true
	}
	return w
}

// withdrawingEntry is an entry with the ids of its claims that mean to withdraw others.
type withdrawingEntry struct {
	by     *entry.Entry
	claims []kg.ID
}

// withdrawingIn returns the entries whose records withdraw claims. It is called before the plan of a release withdraws
// the claims of older ones.
func withdrawingIn(entries []*entry.Entry) (found []withdrawingEntry) {
	for _, e := range entry.Live(entries) {
		var claims []kg.ID
		for i := range e.Batch.Claims {
			if c := &e.Batch.Claims[i]; c.Withdraws() {
				claims = append(claims, c.ID)
			}
		}
		if claims != nil {
			found = append(found, withdrawingEntry{e, claims})
		}
	}
	return found
}

// add adds the claims of the entries that were loaded.
func (w *withdrawals) add(found []withdrawingEntry) {
	for _, f := range found {
		if f.by.Dropped {
			continue
		}
		for _, id := range f.claims {
			switch {
			case w.claims[id]:
			case len(w.claims) < maxWithdrawals:
				w.claims[id] = true
			default:
				w.more++
			}
		}
	}
}

// ids returns the collected claims, which a checkpoint stores.
func (w *withdrawals) ids() []kg.ID { return slices.Sorted(maps.Keys(w.claims)) }

// note reports the collected withdrawals that have no effect on the stored claims. A bulk load, whose claims cannot be
// read, has no notes.
func (w *withdrawals) note(ctx context.Context, st Store, rep *report.Report) error {
	rep.WithdrawalsNotChecked += w.more
	var subjects []kg.ID
	if err := resolve.Nodes(ctx, st, w.ids(), func(n kg.Node) {
		if c, ok := n.(kg.Claim); ok && c.Subject != "" {
			subjects = append(subjects, c.Subject)
		}
	}); err != nil {
		return err
	}
	slices.Sort(subjects)
	for some := range slices.Chunk(slices.Compact(subjects), subjectsPerQuery) {
		claims, err := st.ClaimsAbout(ctx, some)
		if err != nil {
			return err
		}
		book, err := resolve.VoiceBook(ctx, st, claims)
		if err != nil {
			return err
		}
		about := map[kg.ID][]kg.Claim{}
		for _, c := range claims {
			about[c.Subject] = append(about[c.Subject], c)
		}
		for _, subject := range some {
			for _, n := range kg.Withdrawals(about[subject], book) {
				if w.claims[n.Claim] {
					rep.AddWithdrawal(n)
				}
			}
		}
	}
	return nil
}
