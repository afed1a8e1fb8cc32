package review

import (
	"encoding/json"
	"fmt"
	"slices"

	"casus/internal/edtf"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/record"
)

// reviews returns the reviews of the claims of records, and their number. They name the claims by the ids that the
// loader derives.
func reviews(records []proposal.Record, from *proposal.Document, by Signature) ([]record.Review, int, error) {
	var claims []kg.ID
	for _, r := range records {
		if d, ok := r.(*proposal.Document); ok {
			from = d // as edited
		}
	}
	for i, r := range records {
		if len(*claimsOf(r)) == 0 {
			continue
		}
		ids, err := claimIDs(r, from)
		if err != nil {
			return nil, 0, kg.Errorf(kg.BadInput, "the %s %s: %w", r.Kind(), labelOf(r, i), err)
		}
		claims = append(claims, ids...)
	}
	slices.Sort(claims)
	claims = slices.Compact(claims)
	var all []record.Review
	for part := range slices.Chunk(claims, kg.MaxItems) {
		all = append(all, record.Review{
			Type: string(kg.KindReview), Claims: part, Verdict: kg.CodingMachineReviewed, By: by.By, At: by.At, Note: by.Note,
		})
	}
	return all, len(claims), nil
}

// claimIDs returns the ids of the claims of a record.
func claimIDs(r proposal.Record, from *proposal.Document) (ids []kg.ID, err error) {
	content, err := json.Marshal(r)
	if err != nil {
		return nil, kg.Errorf(kg.Internal, "encode a record: %w", err)
	}
	made, fault := record.DecodeBySchema(record.Raw{Type: string(r.Kind()), JSON: content})
	if fault != nil {
		return nil, kg.Errorf(kg.BadInput, "%s (%s)", fault.Reason, fault.Pointer)
	}
	published, err := edtf.ParseTime(from.PublishedAt)
	if err != nil {
		return nil, err
	}
	for i := range made.Drafts {
		c, fault := made.Drafts[i].Claim(made.ID, record.Origin{Dates: [3]*edtf.Time{&published}})
		if fault != nil {
			return nil, kg.Errorf(kg.BadInput, "%s (%s)", fault.Reason, fault.Pointer)
		}
		ids = append(ids, c.ID)
	}
	return ids, nil
}

func labelOf(r proposal.Record, i int) string {
	if id := r.Ref(); id != "" {
		return string(id)
	}
	return fmt.Sprint(i + 1)
}
