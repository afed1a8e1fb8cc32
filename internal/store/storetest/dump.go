package storetest

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// dump returns everything that a store holds and derives, in a fixed order, without the fields that depend on the
// time of loading. Stores with the same records have equal dumps.
func dump(t *testing.T, s store.Store) store.ScanPage {
	t.Helper()
	var all store.ScanPage
	for _, kind := range append(kg.NodeKinds.Values(), store.KindOriginal) {
		for _, page := range scan(t, s, kind, 37) {
			all.Actors = append(all.Actors, page.Actors...)
			all.Locations = append(all.Locations, page.Locations...)
			all.Documents = append(all.Documents, page.Documents...)
			all.Releases = append(all.Releases, page.Releases...)
			all.Affiliations = append(all.Affiliations, page.Affiliations...)
			all.Claims = append(all.Claims, page.Claims...)
			all.Identities = append(all.Identities, page.Identities...)
			all.Reviews = append(all.Reviews, page.Reviews...)
			all.Corrections = append(all.Corrections, page.Corrections...)
			all.Originals = append(all.Originals, page.Originals...)
			all.Subjects = append(all.Subjects, page.Subjects...)
		}
	}
	for i := range all.Affiliations {
		all.Affiliations[i].Claims = nil // the subject's record has them
	}
	clearLoadTimes(all.Claims)
	clearLoadTimes(all.Originals)
	for _, r := range all.Subjects {
		clearLoadTimes(r.Claims)
	}
	return all
}

// clearLoadTimes clears the fields that depend on the time of loading, and the lifetimes, which a scan may return only
// with the subject.
func clearLoadTimes(claims []kg.Claim) {
	for i := range claims {
		claims[i].RecordedAt, claims[i].KnownTo, claims[i].WithdrawnBy, claims[i].Dataset = 0, 0, nil, nil
	}
}
