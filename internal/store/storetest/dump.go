package storetest

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// dump is everything that a store holds and that follows from it, in one order, without what depends on when it was
// loaded: two stores given the same records have equal dumps.
func dump(t *testing.T, s store.Store) store.ScanPage {
	t.Helper()
	var all store.ScanPage
	for _, kind := range kg.NodeKinds() {
		for _, page := range scan(t, s, kind, 37) {
			all.Actors = append(all.Actors, page.Actors...)
			all.Locations = append(all.Locations, page.Locations...)
			all.Documents = append(all.Documents, page.Documents...)
			all.Releases = append(all.Releases, page.Releases...)
			all.Affiliations = append(all.Affiliations, page.Affiliations...)
			all.Claims = append(all.Claims, page.Claims...)
			all.Identities = append(all.Identities, page.Identities...)
			all.Subjects = append(all.Subjects, page.Subjects...)
		}
	}
	for i := range all.Affiliations {
		all.Affiliations[i].Claims = nil // they are read in a view; the subject's record has them
	}
	plain(all.Claims)
	for _, r := range all.Subjects {
		plain(r.Claims)
	}
	return all
}

// plain leaves of claims what was said: when they were stored is another matter, and a scan may tell what became of them
// or leave it to the subject's lives.
func plain(claims []kg.Claim) {
	for i := range claims {
		claims[i].RecordedAt, claims[i].KnownTo, claims[i].WithdrawnBy, claims[i].Dataset = 0, 0, nil, nil
	}
}
