package staging

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/apply"
)

// Underived has the methods of apply.Tx for a writer that applies one batch after another and derives nothing from them:
// it returns no nodes that refer to others, and drops what would be derived. Its ClaimsAbout must return none.
type Underived struct{}

func (Underived) Exclusive() bool { return true }

func (Underived) FewerThan(context.Context, kg.NodeKind, int) (bool, error) { return false, nil }

func (Underived) SyndicatedBy(context.Context, []kg.ID) ([]kg.ID, error)         { return nil, nil }
func (Underived) LocationsIn(context.Context, []kg.ID) ([]kg.ID, error)          { return nil, nil }
func (Underived) SubjectsReferringTo(context.Context, []kg.ID) ([]kg.ID, error)  { return nil, nil }
func (Underived) SubjectsOf(_ context.Context, _, _, _ []kg.ID) ([]kg.ID, error) { return nil, nil }
func (Underived) ReviewsOf(context.Context, []kg.ID) ([]kg.Review, error)        { return nil, nil }

func (Underived) Lock(context.Context, []kg.ID) error { return nil }

func (Underived) LockClasses(context.Context, bool) (kg.Identities, error) {
	return kg.Identities{}, nil
}

func (Underived) PutClasses(context.Context, map[kg.ID]kg.ID) error            { return nil }
func (Underived) PutDerivedStates(context.Context, []apply.DerivedState) error { return nil }
func (Underived) PutChangeSet(context.Context, store.ChangeSet) error          { return nil }
