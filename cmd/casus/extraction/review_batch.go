package extraction

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

// batchDecisions are the decisions of flags. Later ones in this order replace earlier ones.
type batchDecisions struct {
	all, unflagged    bool
	undo, accept, own []int
	known             []string
	reject            []int
}

func (b *batchDecisions) add(c *cobra.Command) {
	flags := c.Flags()
	flags.BoolVar(&b.all, "accept-all", false, "accept all undecided items")
	flags.BoolVar(&b.unflagged, "accept-unflagged", false, "accept the undecided items without flags")
	flags.IntSliceVar(&b.undo, "undo", nil, "the numbers of items to be undecided again")
	flags.IntSliceVar(&b.accept, "accept", nil, "the numbers of items to accept")
	flags.IntSliceVar(&b.own, "own", nil, "the numbers of items to accept as none of the known nodes")
	flags.StringSliceVar(&b.known, "known", nil, "items to accept as a known node, NUMBER=ID")
	flags.IntSliceVar(&b.reject, "reject", nil, "the numbers of items to reject")
}

// apply makes the decisions in a review, and reports whether there are any.
func (b batchDecisions) apply(p Program, f *reviewFile) (decided bool, err error) {
	items := f.review.Items
	for i := range items {
		if items[i].Decision == nil && (b.all || b.unflagged && len(items[i].Flags) == 0) {
			items[i].Decision = &proposal.Decision{Verdict: proposal.Accept}
		}
	}
	set := func(numbers []int, d *proposal.Decision) error {
		for _, n := range numbers {
			if n < 1 || n > len(items) {
				return p.Usage("%s has items 1 to %d, no item %d", f.path, len(items), n)
			}
			items[n-1].Decision = nil
			if d != nil {
				made := *d
				items[n-1].Decision = &made
			}
		}
		return nil
	}
	for _, step := range []struct {
		numbers  []int
		decision *proposal.Decision
	}{
		{b.undo, nil}, {b.accept, &proposal.Decision{Verdict: proposal.Accept}},
		{b.own, &proposal.Decision{Verdict: proposal.Accept, Own: true}},
	} {
		if err := set(step.numbers, step.decision); err != nil {
			return false, err
		}
	}
	for _, known := range b.known {
		number, id, _ := strings.Cut(known, "=")
		n, err := strconv.Atoi(number)
		if err != nil || id == "" {
			return false, p.Usage("--known %s: specify an item's number and an id, as 4=actor:x", known)
		}
		if err := set([]int{n}, &proposal.Decision{Verdict: proposal.Accept, Known: kg.ID(id)}); err != nil {
			return false, err
		}
	}
	if err := set(b.reject, &proposal.Decision{Verdict: proposal.Reject}); err != nil {
		return false, err
	}
	decided = b.all || b.unflagged || len(b.undo)+len(b.accept)+len(b.own)+len(b.known)+len(b.reject) > 0
	if decided {
		if err := f.check(); err != nil {
			return false, err
		}
	}
	return decided, nil
}
