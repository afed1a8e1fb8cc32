package apply_test

import (
	"context"
	"errors"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/apply"
)

var errDisk = errors.New("the disk is full")

// failingTx is a transaction on an empty store in which every write fails. It counts the writes.
type failingTx struct {
	apply.Tx
	writes int
}

func (*failingTx) Exclusive() bool { return true }

func (*failingTx) LockClasses(context.Context, bool) (kg.Identities, error) {
	return kg.Identities{}, nil
}

func (*failingTx) Curated(context.Context) (corrections, reviews bool, err error) {
	return false, false, nil
}
func (*failingTx) Identities(context.Context, []kg.ID) ([]kg.IdentityDecision, error) {
	return nil, nil
}
func (*failingTx) Actors(context.Context, []kg.ID) ([]kg.Actor, error)             { return nil, nil }
func (*failingTx) Locations(context.Context, []kg.ID) ([]kg.Location, error)       { return nil, nil }
func (*failingTx) Documents(context.Context, []kg.ID) ([]kg.Document, error)       { return nil, nil }
func (*failingTx) Releases(context.Context, []kg.ID) ([]kg.Release, error)         { return nil, nil }
func (*failingTx) Affiliations(context.Context, []kg.ID) ([]kg.Affiliation, error) { return nil, nil }

func (*failingTx) DatasetReleases(context.Context, []string) ([]kg.Release, error) { return nil, nil }
func (*failingTx) TiedTo(context.Context, []kg.Source) ([]kg.ID, error)            { return nil, nil }

func (f *failingTx) PutActors(context.Context, []apply.Views[kg.Actor]) error       { return f.write() }
func (f *failingTx) PutLocations(context.Context, []apply.Views[kg.Location]) error { return f.write() }
func (f *failingTx) PutDocuments(context.Context, []kg.Document) error              { return f.write() }
func (f *failingTx) PutReleases(context.Context, []kg.Release) error                { return f.write() }
func (f *failingTx) PutAffiliations(context.Context, []kg.Affiliation) error        { return f.write() }

func (f *failingTx) write() error {
	f.writes++
	return errDisk
}

// TestNoWriteFollowsAFailedWrite applies nodes of every kind: Run stops at the first write, which fails.
func TestNoWriteFollowsAFailedWrite(t *testing.T) {
	tx := &failingTx{}
	name := []kg.Name{{Value: "A"}}
	_, err := apply.Run(t.Context(), tx, kg.Batch{
		Actors:    []kg.Actor{{ID: "actor:a", Kind: kg.ActorPerson, Names: name}},
		Locations: []kg.Location{{ID: "location:a", Kind: kg.LocationCity, Names: name}},
		Documents: []kg.Document{{ID: "document:a", Titles: name}},
		Releases:  []kg.Release{{ID: "release:a", Name: "A", Release: "1"}},
		Affiliations: []kg.Affiliation{
			{ID: "affiliation:a", Type: kg.AffiliationMembership, Holder: "actor:a", Counterpart: "actor:b"},
		},
	})
	if !errors.Is(err, errDisk) || tx.writes != 1 {
		t.Errorf("%d writes were sent: %v", tx.writes, err)
	}
}
