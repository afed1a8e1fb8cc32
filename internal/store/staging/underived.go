package staging

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/apply"
)

// Underived has the methods of apply.Tx for a writer that applies one batch after another and derives nothing from
// them: its reads return no nodes that refer to others, and it drops derived values. The writer's ClaimsAbout must
// return none.
type Underived struct{}

// Exclusive reports that no other transaction writes.
func (Underived) Exclusive() bool { return true }

// FewerThan reports that no kind of nodes is known to be small.
func (Underived) FewerThan(context.Context, kg.NodeKind, int) (bool, error) { return false, nil }

// SyndicatedBy returns no reprints.
func (Underived) SyndicatedBy(context.Context, []kg.ID) ([]kg.ID, error) { return nil, nil }

// LocationsIn returns no locations.
func (Underived) LocationsIn(context.Context, []kg.ID) ([]kg.ID, error) { return nil, nil }

// SubjectsReferringTo returns no subjects.
func (Underived) SubjectsReferringTo(context.Context, []kg.ID) ([]kg.ID, error) { return nil, nil }

// SubjectsOf returns no subjects.
func (Underived) SubjectsOf(_ context.Context, _, _, _ []kg.ID) ([]kg.ID, error) { return nil, nil }

// ReviewsOf returns no reviews.
func (Underived) ReviewsOf(context.Context, []kg.ID) ([]kg.Review, error) { return nil, nil }

// Lock locks nothing.
func (Underived) Lock(context.Context, []kg.ID) error { return nil }

// LockClasses returns no identity classes.
func (Underived) LockClasses(context.Context, bool) (kg.Identities, error) {
	return kg.Identities{}, nil
}

// PutClasses drops identity classes.
func (Underived) PutClasses(context.Context, map[kg.ID]kg.ID) error { return nil }

// PutDerivedStates drops derived states.
func (Underived) PutDerivedStates(context.Context, []apply.DerivedState) error { return nil }

// PutChangeSet drops the change set.
func (Underived) PutChangeSet(context.Context, store.ChangeSet) error { return nil }
