package apply_test

import (
	"context"
	"errors"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/apply"
)

var errDisk = errors.New("the disk is full")

// failing is a transaction on an empty store in which every write fails. It counts the writes.
type failing struct {
	apply.Tx
	writes int
}

func (*failing) Exclusive() bool { return true }

func (*failing) LockClasses(context.Context, bool) (kg.Identities, error) {
	return kg.Identities{}, nil
}

func (*failing) Curated(context.Context) (corrections, reviews bool, err error) {
	return false, false, nil
}
func (*failing) Identities(context.Context, []kg.ID) ([]kg.IdentityDecision, error) { return nil, nil }
func (*failing) Actors(context.Context, []kg.ID) ([]kg.Actor, error)                { return nil, nil }
func (*failing) Locations(context.Context, []kg.ID) ([]kg.Location, error)          { return nil, nil }
func (*failing) Documents(context.Context, []kg.ID) ([]kg.Document, error)          { return nil, nil }
func (*failing) Releases(context.Context, []kg.ID) ([]kg.Release, error)            { return nil, nil }
func (*failing) Affiliations(context.Context, []kg.ID) ([]kg.Affiliation, error)    { return nil, nil }

func (*failing) DatasetReleases(context.Context, []string) ([]kg.Release, error) { return nil, nil }
func (*failing) TiedTo(context.Context, []kg.Source) ([]kg.ID, error)            { return nil, nil }

func (f *failing) PutActors(context.Context, []apply.Views[kg.Actor]) error       { return f.write() }
func (f *failing) PutLocations(context.Context, []apply.Views[kg.Location]) error { return f.write() }
func (f *failing) PutDocuments(context.Context, []kg.Document) error              { return f.write() }
func (f *failing) PutReleases(context.Context, []kg.Release) error                { return f.write() }
func (f *failing) PutAffiliations(context.Context, []kg.Affiliation) error        { return f.write() }

func (f *failing) write() error {
	f.writes++
	return errDisk
}

// TestNoWriteFollowsAFailedWrite applies nodes of every kind: Run stops at the first write, which fails.
func TestNoWriteFollowsAFailedWrite(t *testing.T) {
	tx := &failing{}
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
