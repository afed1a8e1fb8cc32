// Package report counts what happens to the rows of a load, and takes its rejects.
package report

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/input"
)

// maxListed is the number of rejects and of undecided values that a report lists.
const maxListed = 20

// Report counts what happened to the records or rows of a load. Read always equals Applied + Unchanged + Repeated +
// Merged + Rejected. Each record or row counts once:
//
//   - Applied if anything in it was new to the store,
//   - Unchanged if everything in it was stored before the load,
//   - Repeated if an earlier one of the load says the same,
//   - Merged if its event is one that an earlier one of the load makes with other content.
type Report struct {
	Read      int `json:"read"`
	Applied   int `json:"applied"`
	Unchanged int `json:"unchanged"`
	Repeated  int `json:"repeated"`
	Merged    int `json:"merged"`
	Rejected  int `json:"rejected"`
	// RepeatedRows and MergedRows list the first twenty of each.
	RepeatedRows []RowExample `json:"repeatedRows,omitempty"`
	MergedRows   []RowExample `json:"mergedRows,omitempty"`
	// Added, Changed and Same count the nodes and claims that the store added, changed or had already, by kind.
	Added   map[kg.NodeKind]int `json:"added"`
	Changed map[kg.NodeKind]int `json:"changed"`
	Same    map[kg.NodeKind]int `json:"same"`
	// Spans counts the spans of claims by the result of their verification.
	Spans map[kg.SpanState]int `json:"spans"`
	// Undecided lists the first values of nodes between which no rule decides. UndecidedValues counts all.
	Undecided       []kg.FieldConflict `json:"undecided,omitempty"`
	UndecidedValues int                `json:"undecidedValues"`
	// Forgotten and Corrected count the claims of the load that a correction keeps out of the graph, or of which it
	// replaces the content. ForgottenClaims and CorrectedClaims list the first twenty of each.
	Forgotten       int     `json:"forgotten,omitempty"`
	Corrected       int     `json:"corrected,omitempty"`
	ForgottenClaims []kg.ID `json:"forgottenClaims,omitempty"`
	CorrectedClaims []kg.ID `json:"correctedClaims,omitempty"`
	// FirstRejects lists the first twenty rejects.
	FirstRejects []record.Reject `json:"firstRejects,omitempty"`
	// ClaimsRejected counts the claims that were left out of loaded records because of their faults. They are in no other
	// count. FirstClaimRejects lists the first twenty.
	ClaimsRejected    int             `json:"claimsRejected,omitempty"`
	FirstClaimRejects []record.Reject `json:"firstClaimRejects,omitempty"`
	// Superseded and Retracted count the claims of an older release that a newer one changed or removed.
	Superseded int `json:"superseded,omitempty"`
	Retracted  int `json:"retracted,omitempty"`
	// Undated is set if the rows are of a release without a date, and other releases are stored.
	Undated bool `json:"undated,omitempty"`
	// UnknownSubjects counts the rejected rows of a newer release whose subject is unknown. If there are any, nothing
	// is retracted.
	UnknownSubjects int `json:"unknownSubjects,omitempty"`
	// Replaced counts the stored claims that corrections of this load replace or forget: see loader.Options.Replace.
	Replaced int `json:"replaced,omitempty"`
	// RunForgotten and RunRestored count the stored claims of replaced runs that this load forgets, or restores: see
	// loader.Options.ReplacesRuns. RunForgottenClaims lists the first twenty.
	RunForgotten       int     `json:"runForgotten,omitempty"`
	RunRestored        int     `json:"runRestored,omitempty"`
	RunForgottenClaims []kg.ID `json:"runForgottenClaims,omitempty"`
	// NotCarried counts, by name, the values of the format that the graph has no field for.
	NotCarried map[string]int `json:"notCarried,omitempty"`
	// Warnings are what is unusual in the input, by reason.
	Warnings []input.Warning `json:"warnings,omitempty"`
	// Withdrawals are the first twenty withdrawals of the load that have no effect, and WithoutEffect counts all.
	// WithdrawalsNotChecked counts the withdrawing claims beyond the first ten thousand, which were not checked.
	Withdrawals           []kg.WithdrawalNote `json:"withdrawals,omitempty"`
	WithoutEffect         int                 `json:"withoutEffect,omitempty"`
	WithdrawalsNotChecked int                 `json:"withdrawalsNotChecked,omitempty"`
	// Resumed is set if this load continued an interrupted load of the same input.
	Resumed bool `json:"resumed"`
}

// New returns an empty report.
func New() Report {
	return Report{
		Added: map[kg.NodeKind]int{}, Changed: map[kg.NodeKind]int{}, Same: map[kg.NodeKind]int{},
		Spans: map[kg.SpanState]int{},
	}
}

// AnyRejected reports whether a record or a claim was rejected.
func (r *Report) AnyRejected() bool { return r.Rejected+r.ClaimsRejected > 0 }

// AddApplied adds the outcome of a batch.
func (r *Report) AddApplied(a kg.ApplyResult) {
	for kind, n := range a.Added {
		r.Added[kind] += n
	}
	for kind, n := range a.Changed {
		r.Changed[kind] += n
	}
	for kind, n := range a.Unchanged {
		r.Same[kind] += n
	}
	r.UndecidedValues += len(a.FieldConflicts)
	r.Undecided = appendUpTo(r.Undecided, a.FieldConflicts, maxListed)
	r.Forgotten, r.Corrected = r.Forgotten+len(a.Forgotten), r.Corrected+len(a.Corrected)
	r.ForgottenClaims = appendUpTo(r.ForgottenClaims, a.Forgotten, maxListed)
	r.CorrectedClaims = appendUpTo(r.CorrectedClaims, a.Corrected, maxListed)
}

// AddRunForgotten adds claims of replaced runs that are forgotten.
func (r *Report) AddRunForgotten(claims []kg.ID) {
	r.RunForgotten += len(claims)
	r.RunForgottenClaims = appendUpTo(r.RunForgottenClaims, claims, maxListed)
}

// RemoveForgotten removes a claim that was counted as forgotten and is restored.
func (r *Report) RemoveForgotten(claim kg.ID) {
	r.Forgotten = max(0, r.Forgotten-1)
	r.ForgottenClaims = slices.DeleteFunc(r.ForgottenClaims, func(id kg.ID) bool { return id == claim })
}

// AddWithdrawal adds a withdrawal without effect.
func (r *Report) AddWithdrawal(n kg.WithdrawalNote) {
	r.WithoutEffect++
	r.Withdrawals = appendUpTo(r.Withdrawals, []kg.WithdrawalNote{n}, maxListed)
}

// addNotCarried adds counts of values that no record carries.
func (r *Report) addNotCarried(counts map[string]int) {
	for name, n := range counts {
		if r.NotCarried == nil {
			r.NotCarried = map[string]int{}
		}
		r.NotCarried[name] += n
	}
}

// AddWarnings adds the counts of warnings, by their reasons.
func (r *Report) AddWarnings(all []input.Warning) {
	for _, w := range all {
		r.Warnings = input.AddWarning(r.Warnings, w)
	}
}

// Add adds the counts of another report.
func (r *Report) Add(o Report) {
	r.Read, r.Applied = r.Read+o.Read, r.Applied+o.Applied
	r.Unchanged, r.Rejected = r.Unchanged+o.Unchanged, r.Rejected+o.Rejected
	r.Repeated, r.Merged = r.Repeated+o.Repeated, r.Merged+o.Merged
	r.RepeatedRows = appendUpTo(r.RepeatedRows, o.RepeatedRows, maxListed)
	r.MergedRows = appendUpTo(r.MergedRows, o.MergedRows, maxListed)
	for kind, n := range o.Added {
		r.Added[kind] += n
	}
	for kind, n := range o.Changed {
		r.Changed[kind] += n
	}
	for kind, n := range o.Same {
		r.Same[kind] += n
	}
	for state, n := range o.Spans {
		r.Spans[state] += n
	}
	r.UndecidedValues += o.UndecidedValues
	r.Undecided = appendUpTo(r.Undecided, o.Undecided, maxListed)
	r.Forgotten, r.Corrected = r.Forgotten+o.Forgotten, r.Corrected+o.Corrected
	r.ForgottenClaims = appendUpTo(r.ForgottenClaims, o.ForgottenClaims, maxListed)
	r.CorrectedClaims = appendUpTo(r.CorrectedClaims, o.CorrectedClaims, maxListed)
	r.FirstRejects = appendUpTo(r.FirstRejects, o.FirstRejects, maxListed)
	r.ClaimsRejected += o.ClaimsRejected
	r.FirstClaimRejects = appendUpTo(r.FirstClaimRejects, o.FirstClaimRejects, maxListed)
	r.UnknownSubjects += o.UnknownSubjects
	r.Superseded, r.Retracted = r.Superseded+o.Superseded, r.Retracted+o.Retracted
	r.Replaced += o.Replaced
	r.AddRunForgotten(o.RunForgottenClaims)
	r.RunForgotten += o.RunForgotten - len(o.RunForgottenClaims)
	r.RunRestored += o.RunRestored
	r.addNotCarried(o.NotCarried)
	r.AddWarnings(o.Warnings)
	r.Withdrawals = appendUpTo(r.Withdrawals, o.Withdrawals, maxListed)
	r.WithoutEffect += o.WithoutEffect
	r.WithdrawalsNotChecked += o.WithdrawalsNotChecked
	r.Undated = r.Undated || o.Undated
	r.Resumed = r.Resumed || o.Resumed
}

// appendUpTo appends elements to a list that may have at most n.
func appendUpTo[T any](list, more []T, n int) []T {
	return append(list, more[:min(len(more), max(0, n-len(list)))]...)
}
