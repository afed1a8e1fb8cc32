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
// loader derives: claims of a program as MACHINE_REVIEWED, claims that a person added as HUMAN.
func reviews(records []proposal.Record, from *proposal.Document, by Signature) ([]record.Review, int, error) {
	claims := map[kg.Coding][]kg.ID{}
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
		for n, c := range *claimsOf(r) {
			coding := kg.CodingMachineReviewed
			if len(c.Extractions) == 0 {
				coding = kg.CodingHuman
			}
			claims[coding] = append(claims[coding], ids[n])
		}
	}
	made := sorted(claims[kg.CodingMachineReviewed])
	added := slices.DeleteFunc(sorted(claims[kg.CodingHuman]), func(id kg.ID) bool {
		_, found := slices.BinarySearch(made, id)
		return found // added as it is proposed
	})
	all := append(reviewsOf(made, kg.CodingMachineReviewed, by), reviewsOf(added, kg.CodingHuman, by)...)
	return all, len(made) + len(added), nil
}

func sorted(ids []kg.ID) []kg.ID {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// reviewsOf returns the reviews that say who coded claims.
func reviewsOf(claims []kg.ID, coding kg.Coding, by Signature) (all []record.Review) {
	for part := range slices.Chunk(claims, kg.MaxItems) {
		all = append(all, record.Review{
			Type: string(kg.KindReview), Claims: part, Verdict: coding, By: by.By, At: by.At, Note: by.Note,
		})
	}
	return all
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
