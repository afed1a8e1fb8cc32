package store

import (
	"context"
	"iter"
	"slices"

	"casus/internal/kg"
)

// Scanner lists the stored records of one kind.
type Scanner interface {
	// Scan returns at most limit records (1..MaxScan) of one kind with ids greater than after, in the order of their ids.
	// They are returned as stored, for checks, digests and exports. An empty page is the end. For events it returns
	// subjects; for affiliations records and subjects. For KindOriginal it returns the claims of which a correction is
	// stored, as they were loaded; for claims it returns those of the graph, with the content of their corrections.
	Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (ScanPage, error)
}

// KindOriginal is the kind by which Scan lists the originals of corrected and forgotten claims. No id has this kind:
// originals have the ids of their claims.
const KindOriginal kg.NodeKind = "original"

// MaxScan is the largest limit of a Scan.
const MaxScan = 10_000

// CheckScan returns BAD_INPUT for a limit of Scan that is not in 1..MaxScan.
func CheckScan(limit int) error {
	if limit < 1 || limit > MaxScan {
		return kg.Errorf(kg.BadInput, "the limit of a scan is %d; it must be between 1 and %d", limit, MaxScan)
	}
	return nil
}

// CheckSubjects returns BAD_INPUT for more subjects than ClaimsAbout takes.
func CheckSubjects(subjects []kg.ID) error {
	if len(subjects) > MaxScan {
		return kg.Errorf(kg.BadInput, "claims about %d subjects were requested, of at most %d", len(subjects), MaxScan)
	}
	return nil
}

// walkSize is the default page size of Walk.
const walkSize = 500

// Walk returns all stored records of a kind in the order of their ids, in pages of at most size records; 0 means 500.
// No page is empty. The walk ends with the first error: an error of the scanner, or INTERNAL if the ids of a page do
// not increase. Records that are written during the walk may be missing.
func Walk(ctx context.Context, s Scanner, kind kg.NodeKind, size int) iter.Seq2[ScanPage, error] {
	if size == 0 {
		size = walkSize
	}
	return func(yield func(ScanPage, error) bool) {
		for after := kg.ID(""); ; {
			page, err := s.Scan(ctx, kind, after, size)
			if err != nil {
				yield(ScanPage{}, err)
				return
			}
			ids := page.IDs(kind)
			if len(ids) == 0 {
				return
			}
			last := slices.Max(ids)
			if last <= after {
				yield(ScanPage{}, kg.Errorf(kg.Internal, "the store returns the same records again after %s", after))
				return
			}
			if after = last; !yield(page, nil) {
				return
			}
		}
	}
}

// LoadedClaims returns all stored claims as they were loaded, in pages of at most size claims; 0 means 500. The
// originals of corrected and forgotten claims come first. Errors are those of Walk.
func LoadedClaims(ctx context.Context, s Scanner, size int) iter.Seq2[[]kg.Claim, error] {
	return func(yield func([]kg.Claim, error) bool) {
		corrected := map[kg.ID]bool{}
		for page, err := range Walk(ctx, s, KindOriginal, size) {
			for i := range page.Originals {
				corrected[page.Originals[i].ID] = true
			}
			if !yield(page.Originals, err) || err != nil {
				return
			}
		}
		for page, err := range Walk(ctx, s, kg.KindClaim, size) {
			claims := slices.DeleteFunc(page.Claims, func(c kg.Claim) bool { return corrected[c.ID] })
			if !yield(claims, err) || err != nil {
				return
			}
		}
	}
}

// Decisions returns all stored identity decisions in the order of their ids. Errors are those of Walk.
func Decisions(ctx context.Context, s Scanner) ([]kg.IdentityDecision, error) {
	var all []kg.IdentityDecision
	for page, err := range Walk(ctx, s, kg.KindIdentity, 0) {
		if err != nil {
			return nil, err
		}
		all = append(all, page.Identities...)
	}
	return all, nil
}

// IDs returns the ids of the page's records of the kind that was scanned, in the page's order.
func (p ScanPage) IDs(kind kg.NodeKind) []kg.ID {
	switch kind {
	case kg.KindActor:
		return idsOf(p.Actors)
	case kg.KindLocation:
		return idsOf(p.Locations)
	case kg.KindDocument:
		return idsOf(p.Documents)
	case kg.KindRelease:
		return idsOf(p.Releases)
	case kg.KindIdentity:
		return idsOf(p.Identities)
	case kg.KindAffiliation:
		return idsOf(p.Affiliations)
	case kg.KindReview:
		return idsOf(p.Reviews)
	case kg.KindCorrection:
		return idsOf(p.Corrections)
	case kg.KindClaim:
		return idsOf(p.Claims)
	case KindOriginal:
		return idsOf(p.Originals)
	}
	events := make([]kg.ID, len(p.Subjects))
	for i, s := range p.Subjects {
		events[i] = s.History.Subject
	}
	return events
}

func idsOf[T kg.Identified](records []T) []kg.ID {
	ids := make([]kg.ID, len(records))
	for i, r := range records {
		ids[i] = r.NodeID()
	}
	return ids
}
