package extraction

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/store"
)

// moment is the value of --extracted-at.
type moment string

func (m *moment) add(c *cobra.Command) {
	c.Flags().StringVar((*string)(m), "extracted-at", "",
		"when the model was asked (RFC 3339, such as 2031-03-09T12:00:00Z), for the claims' provenance")
}

// parse returns the moment in UTC, or "" if it is not stated.
func (m moment) parse(p Program) (string, error) {
	if m == "" {
		return "", nil
	}
	at, err := time.Parse(time.RFC3339, string(m))
	if err != nil {
		return "", p.Usage("--extracted-at %s: must be a date and time with an offset, such as 2031-03-09T12:00:00Z", m)
	}
	return at.UTC().Format(time.RFC3339Nano), nil
}

// earlierRuns returns the names by which `casus load --replaces-run` knows the other runs that made claims of a
// document: their models, or the programs without one. It reads the first claims alone, which suffice for a hint.
func earlierRuns(
	ctx context.Context, s store.Store, document kg.ID, own proposal.Extraction,
) (names []string, err error) {
	pages, err := s.Claims(ctx, store.ClaimQuery{
		Filter: &store.ClaimFilter{Documents: []kg.ID{document}, Extraction: &store.ExtractionFilter{}},
		Window: store.Window{Limit: store.MaxPageSize},
	})
	if err != nil {
		return nil, err
	}
	for _, c := range pages[0].Items {
		for _, e := range c.Extractions {
			if c.Document != document || e.Tool == own.Tool && e.Model == own.Model && e.Prompt == own.Prompt {
				continue
			}
			name := e.Model
			if name == "" {
				name = e.Tool
			}
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// hintAtEarlierRuns prints how to replace the claims that other runs made of a proposal's document.
func (o *output) hintAtEarlierRuns(ctx context.Context, made *proposal.Proposal, own proposal.Extraction) error {
	if o.store == nil {
		return nil
	}
	names, err := earlierRuns(ctx, o.store, made.Review.Document, own)
	if err != nil || len(names) == 0 {
		return err
	}
	options := make([]string, len(names))
	for i, name := range names {
		options[i] = "--replaces-run " + strconv.Quote(name)
	}
	printLine(o.message, "the store has claims of this document from another run; to replace them: "+
		"casus load %s --by NAME %s", strings.Join(options, " "), o.path(proposal.RecordsFile))
	return nil
}
