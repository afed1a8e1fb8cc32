package loader_test

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// scanAll returns all stored records of a kind.
func scanAll(t *testing.T, s store.Scanner, kind kg.NodeKind) store.ScanPage {
	t.Helper()
	var all store.ScanPage
	for page, err := range store.Walk(t.Context(), s, kind, store.MaxScan) {
		if err != nil {
			t.Fatal(err)
		}
		all.Actors = append(all.Actors, page.Actors...)
		all.Locations = append(all.Locations, page.Locations...)
		all.Documents = append(all.Documents, page.Documents...)
		all.Releases = append(all.Releases, page.Releases...)
		all.Affiliations = append(all.Affiliations, page.Affiliations...)
		all.Claims = append(all.Claims, page.Claims...)
		all.Identities = append(all.Identities, page.Identities...)
		all.Subjects = append(all.Subjects, page.Subjects...)
	}
	return all
}
