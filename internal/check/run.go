package check

import (
	"context"
	"fmt"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// Options configure a check; the zero value is valid.
type Options struct {
	// MaxBreaks bounds the list of breaks; 0 means 1000.
	MaxBreaks int
	// PageSize is the number of records read at a time, which bounds the memory needed; 0 means 200.
	PageSize int
	// Evidence adds Report.Evidence.
	Evidence bool
	// Progress, if set, is called after every page with the number of records of a kind checked so far.
	Progress func(kind kg.NodeKind, checked int)
}

// Store is the part of a store that a check needs.
type Store interface {
	store.Reader
	store.Maintainer
}

// run is one check.
type run struct {
	store   Store
	options Options
	report  Report

	references       *references
	within, reprints cycleFinder
	// identities holds the identity classes, and releases all releases. Voices and codings depend on both.
	identities kg.Identities
	releases   map[kg.ID]kg.Release
	// reviews are the latest reviews of claims, documents and releases.
	reviews map[kg.ID]kg.Review
	// corrections are the corrections of fields, by node.
	corrections map[kg.ID][]kg.Correction

	// states and edges hold the counts that the statistics should have.
	states int
	edges  map[store.EdgeType]int
	// contents holds the hash of each claim found with its subject, by the hash of its id.
	contents map[uint64]uint64
	evidence *Evidence
	// positions are those of the text that was compared last.
	positions *text.Positions
	// withoutText holds the documents that spans point into and whose text is not stored.
	withoutText map[kg.ID]bool
}

// addBreak counts a break, and lists it up to Options.MaxBreaks.
func (r *run) addBreak(what Invariant, id kg.ID, format string, args ...any) {
	r.report.Broken++
	if len(r.report.Breaks) < r.options.MaxBreaks {
		r.report.Breaks = append(r.report.Breaks, Break{what, id, fmt.Sprintf(format, args...)})
	}
}

// tolerate adds a break for an error of reading a record, or of the store as a whole, so that damage does not end the
// check. It returns the error if the store cannot be reached, or the context ended.
func (r *run) tolerate(ctx context.Context, id kg.ID, err error) error {
	if err == nil {
		return nil
	}
	if code := kg.CodeOf(err); code == kg.Timeout || code == kg.Unavailable || ctx.Err() != nil {
		return err
	}
	r.addBreak(Storage, id, "cannot be read: %v", err)
	return nil
}

// exactView is the view in which all claims count and nothing is merged.
var exactView = kg.View{Identity: kg.IdentityExact}
