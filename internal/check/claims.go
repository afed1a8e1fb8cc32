package check

import (
	"casus/internal/kg"
	"casus/internal/store"
)

// checkClaims checks the claims stored with a subject. It returns the claims that have a verified span.
func (r *run) checkClaims(s store.SubjectRecord, documents map[kg.ID]kg.Document) map[kg.ID]bool {
	verified := map[kg.ID]bool{}
	for i, c := range s.Claims {
		r.checkRecord(c.ID, c.Check())
		r.checkTime(c.ID, "assertedAt", &c.AssertedAt)
		r.checkTime(c.ID, "statedAt", c.StatedAt)
		r.checkTime(c.ID, "time", c.Says.Time)
		r.references.add(c.ID, c.References()...)
		if r.checkSpans(c, documents) {
			verified[c.ID] = true
		}
		if c.Subject != s.History.Subject {
			r.addBreak(Claims, c.ID, "is stored with %s, but is about %s", s.History.Subject, c.Subject)
		}
		if i > 0 && kg.CompareClaims(s.Claims[i-1], c) >= 0 {
			r.addBreak(Claims, c.ID, "is not in claim order: it comes after %s", s.Claims[i-1].ID)
		}
		if _, seen := r.contents[r.references.hash(c.ID)]; seen {
			r.addBreak(Claims, c.ID, "is stored with two subjects, or twice with one")
		}
		r.contents[r.references.hash(c.ID)] = r.references.hash(kg.ID(c.Digest()))
		r.references.addStored(c.ID)
	}
	return verified
}

// checkClaimList compares the list of claims with the claims found with their subjects.
func (r *run) checkClaimList(claims []kg.Claim) {
	for _, c := range claims {
		content, found := r.contents[r.references.hash(c.ID)]
		switch {
		case !found:
			r.addBreak(Claims, c.ID, "is not stored with its subject %s", c.Subject)
		case content != r.references.hash(kg.ID(c.Digest())):
			r.addBreak(Claims, c.ID, "has different content with its subject and in the list of claims")
		}
	}
}
