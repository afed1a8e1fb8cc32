package loader

import (
	"context"
	"maps"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// subjectsPerQuery is the number of subjects in one query for their claims.
const subjectsPerQuery = 250

// claimsPerSubject is the number of claims of each subject on a first page; few subjects have more.
const claimsPerSubject = 100

// compareClaims compares the claims of a newer release with the stored ones of its data set. An equal claim is replaced
// by the stored one; a new claim supersedes the stored claims of its group that the release no longer states.
func (l *chunkLoad) compareClaims(ctx context.Context) error {
	if l.update == nil {
		return nil
	}
	subjects := map[kg.ID]bool{}
	for _, rec := range l.liveRecords() {
		if len(rec.batch.Claims) > 0 {
			subjects[rec.id] = true
		}
	}
	about, err := l.claimsAbout(ctx, slices.Sorted(maps.Keys(subjects)))
	if err != nil {
		return err
	}
	for _, rec := range l.liveRecords() {
		for i := range rec.batch.Claims {
			c := &rec.batch.Claims[i]
			if c.Release == l.update.release.ID && c.Document == "" {
				*c = l.update.reconcile(*c, rec.drafts[i].record.ID, about[c.Subject], &l.report)
			}
		}
	}
	return nil
}

// reconcile returns the claim to store, given the stored claims about its subject: an equal stored claim, or c,
// superseding what it replaces. mappedID is the id that the mapping gave, or empty.
func (u *update) reconcile(c kg.Claim, mappedID kg.ID, stored map[kg.ID]kg.Claim, report *Report) kg.Claim {
	content := contentHash(c)
	var superseded, withdrawals []kg.ID
	known := c.AssertedAt
	for _, id := range slices.Sorted(maps.Keys(stored)) {
		old := stored[id]
		if !u.releases[old.Release] || old.Document != "" || old.Stance == kg.StanceRetracts || !inGroup(old, mappedID) {
			continue
		}
		same, withdrawn := contentHash(old) == content, u.wasWithdrawn(old, stored)
		stated := u.states(old) && (mappedID == "" || old.Release == u.release.ID)
		switch {
		case same && !withdrawn:
			return old
		case same:
			withdrawals = append(withdrawals, old.WithdrawnBy...)
		case !withdrawn && !stated:
			superseded = append(superseded, id)
			known = laterOf(known, old.AssertedAt)
		}
	}
	if len(superseded) == 0 && len(withdrawals) == 0 {
		return c
	}
	if u.release.ReleasedAt != nil {
		known = laterOf(known, *u.release.ReleasedAt)
	}
	c.AssertedAt, c.Supersedes = known, slices.Concat(c.Supersedes, superseded)
	if c.ID = u.successor(mappedID); mappedID == "" {
		slices.Sort(withdrawals)
		parts := []string{string(c.Release), string(c.Subject), string(content[:])}
		for _, id := range withdrawals {
			parts = append(parts, string(id))
		}
		c.ID = kg.DeriveID(kg.KindClaim, parts...)
	}
	if _, found := stored[c.ID]; !found {
		for _, id := range superseded {
			if !u.superseded[id] {
				u.superseded[id] = true
				report.Superseded++
			}
		}
	}
	return c
}

func laterOf(a, b edtf.Time) edtf.Time {
	if (kg.Claim{AssertedAt: b}).KnownFrom() > (kg.Claim{AssertedAt: a}).KnownFrom() {
		return b
	}
	return a
}

// claimsAbout returns all stored claims about subjects, by subject and id. It reads a page at a time.
func (s *stream) claimsAbout(ctx context.Context, subjects []kg.ID) (map[kg.ID]map[kg.ID]kg.Claim, error) {
	about := map[kg.ID]map[kg.ID]kg.Claim{}
	for chunk := range slices.Chunk(subjects, subjectsPerQuery) {
		pages, err := s.store.Claims(ctx, claimQuery(chunk, claimsPerSubject, nil))
		if err != nil {
			return nil, err
		}
		for i, page := range pages {
			claims := map[kg.ID]kg.Claim{}
			for {
				for _, c := range page.Items {
					claims[c.ID] = c
				}
				if !page.HasNext || len(page.Items) == 0 {
					break
				}
				last := &page.Positions[len(page.Positions)-1]
				more, err := s.store.Claims(ctx, claimQuery(chunk[i:i+1], store.MaxPageSize, last))
				if err != nil {
					return nil, err
				}
				page = more[0]
			}
			about[chunk[i]] = claims
		}
	}
	return about, nil
}

// claimQuery returns the query for a page of the claims about each subject.
func claimQuery(subjects []kg.ID, limit int, after *store.Position) store.ClaimQuery {
	return store.ClaimQuery{
		View: exactView, Filter: &store.ClaimFilter{}, Order: (*store.ClaimOrder)(nil).Normalize(),
		Window: store.Window{Limit: limit, After: after},
		Scope:  &store.Scope{Relation: store.SubjectClaims, IDs: subjects},
	}
}

// retractRemoved retracts the claims of older releases that this release no longer states. The subjects of rejected
// rows are exempt; if the subject of a rejected row is unknown, nothing is retracted.
func (s *stream) retractRemoved(ctx context.Context) error {
	u := s.update
	if u == nil || len(u.releases) == 1 {
		return nil
	}
	if u.unknownSubjects > 0 {
		s.report.UnknownSubjects = u.unknownSubjects
		return nil
	}
	for page, err := range store.Walk(ctx, s.store, kg.KindClaim, lookupSize) {
		if err != nil {
			return err
		}
		subjects := map[kg.ID]bool{}
		removed := map[kg.ID]bool{}
		for _, c := range page.Claims {
			older := u.releases[c.Release] && c.Release != u.release.ID
			if !older || c.Document != "" || c.Stance == kg.StanceRetracts || u.states(c) || u.wasRejected(c.Subject) {
				continue
			}
			inInput := u.groups[shortHash(string(c.ID))] || u.groups[shortHash(string(c.Subject))]
			if s.options.Release.Partial && !inInput {
				continue
			}
			subjects[c.Subject], removed[c.ID] = true, true
		}
		if err := s.retract(ctx, subjects, removed); err != nil {
			return err
		}
	}
	return nil
}

// retract retracts the removed claims that are not withdrawn yet.
func (s *stream) retract(ctx context.Context, subjects, removed map[kg.ID]bool) error {
	about, err := s.claimsAbout(ctx, slices.Sorted(maps.Keys(subjects)))
	if err != nil {
		return err
	}
	b := kg.Batch{RecordedAt: s.options.Now}
	for _, claims := range about {
		for id, c := range claims {
			if !removed[id] || len(c.WithdrawnBy) > 0 || s.update.superseded[id] { // a dry run withdraws none
				continue
			}
			b.Claims = append(b.Claims, s.update.retraction(c))
		}
	}
	if len(b.Claims) == 0 {
		return nil
	}
	slices.SortFunc(b.Claims, kg.CompareClaims)
	applied, err := s.store.Apply(ctx, b)
	s.report.addApplied(applied)
	s.report.Retracted += applied.Added[kg.KindClaim]
	return err
}

// retraction returns the claim by which the release retracts an older release's claim.
func (u *update) retraction(c kg.Claim) kg.Claim {
	known := c.AssertedAt
	if u.release.ReleasedAt != nil {
		known = laterOf(known, *u.release.ReleasedAt)
	}
	return kg.Claim{
		ID:      kg.DeriveID(kg.KindClaim, "retracts", string(u.release.ID), string(c.ID)),
		Subject: c.Subject, Stance: kg.StanceRetracts, Aspect: kg.AspectOccurrence,
		Release: u.release.ID, AssertedAt: known, Supersedes: []kg.ID{c.ID},
	}
}
