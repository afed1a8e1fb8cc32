package kg

import (
	"fmt"
	"slices"

	"casus/internal/components"
	"casus/internal/edtf"
)

// WithdrawalNote reports a withdrawal that has no effect. It is not an error: the claim is stored, and it does not
// withdraw its target.
type WithdrawalNote struct {
	Claim ID `json:"claim"`
	// Target is a claim that Claim names, empty if Claim is a RETRACTS that names none.
	Target ID     `json:"target,omitempty"`
	Reason string `json:"reason"`
}

// String returns the note as a sentence.
func (n WithdrawalNote) String() string {
	if n.Target == "" {
		return fmt.Sprintf("%s withdraws nothing: %s", n.Claim, n.Reason)
	}
	return fmt.Sprintf("%s does not withdraw %s: %s", n.Claim, n.Target, n.Reason)
}

// Withdrawals returns notes on the withdrawals without effect among the claims about one subject, in claim order.
func Withdrawals(claims []Claim, book VoiceBook) []WithdrawalNote {
	if !slices.ContainsFunc(claims, func(c Claim) bool { return c.Withdraws() }) {
		return nil
	}
	return withdraw(voicedClaims(claims, book), book)
}

// Withdraws reports whether the claim means to withdraw others.
func (c *Claim) Withdraws() bool { return c.Stance == StanceRetracts || len(c.Supersedes) > 0 }

// withdraw sets KnownTo and WithdrawnBy of each claim, by the rules in the section Withdrawal of docs/model.md. A
// withdrawal is final: it holds even if the claim that withdrew is itself withdrawn.
func withdraw(claims []*voicedClaim, book VoiceBook) (notes []WithdrawalNote) {
	if !slices.ContainsFunc(claims, func(c *voicedClaim) bool { return c.Withdraws() }) {
		return nil
	}
	w := newWithdrawals(claims, book)
	for i, by := range claims {
		switch {
		case len(by.Supersedes) > 0:
			for _, id := range by.Supersedes {
				if reason := w.withdrawNamed(i, id); reason != "" {
					notes = append(notes, WithdrawalNote{by.ID, id, reason})
				}
			}
		case by.Stance == StanceRetracts:
			if !w.withdrawUnnamed(i) {
				notes = append(notes, WithdrawalNote{Claim: by.ID, Reason: "no claim of this source was known before"})
			}
		}
	}
	return notes
}

// withdrawals finds which claims withdraw which.
type withdrawals struct {
	claims []*voicedClaim
	book   VoiceBook
	index  map[ID]int
	// circles has the moment from which a claim is part of a circle of names.
	circles map[int]edtf.Instant
	owners  [][]ID // who can withdraw each claim, nil until it is needed
}

func newWithdrawals(claims []*voicedClaim, book VoiceBook) withdrawals {
	w := withdrawals{claims: claims, book: book, index: make(map[ID]int, len(claims)), owners: make([][]ID, len(claims))}
	for i, c := range claims {
		w.index[c.ID] = i
	}
	w.circles = w.findCircles()
	return w
}

// withdrawNamed withdraws a claim that another names, or returns the reason for which it does not.
func (w *withdrawals) withdrawNamed(i int, id ID) (reason string) {
	j, found := w.index[id]
	if !found || i == j { // Claim.Check refuses a claim that names itself
		return "the claim is not about the same subject"
	}
	by, target := w.claims[i], w.claims[j]
	moment := max(by.from, target.from)
	circle, inCircle := w.circles[i]
	switch {
	case target.AssertedAt.Earliest > by.from:
		return "the claim was first asserted later"
	case by.machine && !target.machine:
		return "a machine's claim withdraws only claims of machines"
	case inCircle && circle <= moment:
		return "the claims name each other in a circle"
	case !w.entitled(i, j):
		return "the claim is another source's"
	case slices.Contains(target.WithdrawnBy, by.ID): // named twice
		return ""
	}
	target.WithdrawnBy = append(target.WithdrawnBy, by.ID)
	target.KnownTo = min(target.KnownTo, moment)
	return ""
}

// withdrawUnnamed applies a RETRACTS that names no claims. It withdraws the claims of its source that were known by
// then, are in another document, and have its aspect or, if that is the OCCURRENCE, any aspect. It reports whether
// there are any.
func (w *withdrawals) withdrawUnnamed(i int) (found bool) {
	by := w.claims[i]
	for j, target := range w.claims {
		if target.from > by.from {
			break
		}
		sameDocument := by.Document != "" && by.Document == target.Document
		ofAspect := by.Aspect == AspectOccurrence || by.Aspect == target.Aspect
		if target.Stance == StanceRetracts || sameDocument || !ofAspect || by.machine && !target.machine ||
			!w.entitled(i, j) {
			continue
		}
		target.WithdrawnBy = append(target.WithdrawnBy, by.ID)
		target.KnownTo = min(target.KnownTo, by.from)
		found = true
	}
	return found
}

// entitled reports whether claim i acts as a source that can withdraw claim j.
func (w *withdrawals) entitled(i, j int) bool {
	by, target := w.claims[i].Claim, w.claims[j].Claim
	if d := w.book.dataset(by); d != "" && d == w.book.dataset(target) {
		return true
	}
	if w.owners[j] == nil {
		w.owners[j] = w.ownersOf(target)
	}
	for _, a := range by.Claimants {
		if slices.Contains(w.owners[j], w.book.class(a)) {
			return true
		}
	}
	return len(by.Claimants) == 0 && by.Document != "" && slices.Contains(w.owners[j], w.book.publisher(by.Document))
}

// ownersOf returns who can withdraw a claim, apart from its data set: its claimants, the publisher of its document, and
// the publisher of the original. A document stands for a publisher that is not known.
func (w *withdrawals) ownersOf(c *Claim) []ID {
	owners := w.book.classes(c.Claimants)
	if c.Document != "" {
		owners = append(owners, w.book.publisher(c.Document), w.book.publisher(w.book.original(c.Document)))
	}
	return owners
}

// findCircles returns, for each claim that is part of a circle of claims that name each other, the moment from which it
// is: the moment at which all claims of a circle are known. An answer as of an earlier moment must not depend on it.
func (w *withdrawals) findCircles() map[int]edtf.Instant {
	from := map[int]edtf.Instant{}
	all := make([]int, len(w.claims))
	for i := range all {
		all[i] = i
	}
	for _, circle := range w.components(all) {
		var moments []edtf.Instant
		for _, i := range circle {
			moments = append(moments, w.claims[i].from)
		}
		slices.Sort(moments)
		for _, at := range slices.Compact(moments) {
			known := slices.DeleteFunc(slices.Clone(circle), func(i int) bool { return w.claims[i].from > at })
			for _, smaller := range w.components(known) {
				for _, i := range smaller {
					if _, found := from[i]; !found {
						from[i] = at
					}
				}
			}
		}
	}
	return from
}

// components returns the sets of at least two of the claims that reach each other by names.
func (w *withdrawals) components(claims []int) (found [][]int) {
	node := make(map[int]int32, len(claims))
	for n, i := range claims {
		node[i] = int32(n)
	}
	edges := make([][]int32, len(claims))
	for n, i := range claims {
		for _, id := range w.claims[i].Supersedes {
			if j, about := w.index[id]; about {
				if named, among := node[j]; among {
					edges[n] = append(edges[n], named)
				}
			}
		}
	}
	of, count := components.Of(edges)
	members := make([][]int, count)
	for n, component := range of {
		members[component] = append(members[component], claims[n])
	}
	return slices.DeleteFunc(members, func(m []int) bool { return len(m) < 2 })
}
