package dryrun

import (
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
	"casus/internal/store/staging"
)

// tx is one batch. It reads its own records, those of earlier batches and the base's. It returns no claims about a
// subject, so that nothing is derived.
type tx struct {
	*Store
	*staging.Shared
	staging.Underived
	staged   map[kg.ID]string
	subjects []kg.ID
	// removed has the claims that the batch deletes, and false for ones that it stores.
	removed map[kg.ID]bool
}

var _ apply.Tx = (*tx)(nil)

// lookupSize is the number of ids in one request to the base.
const lookupSize = 1000

// ownNode returns a node of the load; nil if it has none with the id.
func ownNode[T kg.Node](t *tx, id kg.ID) (kg.Node, error) {
	v, found, err := own[T](t, id)
	if !found || err != nil {
		return nil, err
	}
	return v, nil
}

// own returns a record of the load.
func own[T any](t *tx, id kg.ID) (v T, found bool, err error) {
	record, found := t.staged[id]
	if !found {
		text, found, err := t.records.Find(id)
		if !found || err != nil {
			return v, false, err
		}
		record = string(text)
	}
	v, err = codec.Decode[T](record)
	return v, err == nil, err
}

// find returns records by id: the load's, else the base's. plain removes from the latter what queries add to a record.
func find[T kg.Node](ctx context.Context, t *tx, ids []kg.ID, plain func(T) T) ([]T, error) {
	var all []T
	var others []kg.ID
	for _, id := range ids {
		v, found, err := own[T](t, id)
		switch {
		case err != nil:
			return nil, err
		case found:
			all = append(all, v)
		default:
			others = append(others, id)
		}
	}
	nodes, err := t.baseNodes(ctx, others)
	for _, n := range nodes {
		if v, ok := n.(T); ok {
			all = append(all, plain(v))
		}
	}
	return all, err
}

// baseNodes returns the base's nodes in the order of the ids; nil for ids that it lacks.
func (t *tx) baseNodes(ctx context.Context, ids []kg.ID) ([]kg.Node, error) {
	all := make([]kg.Node, 0, len(ids))
	for chunk := range slices.Chunk(ids, lookupSize) {
		nodes, err := t.base.Nodes(ctx, exact, chunk)
		if err != nil {
			return nil, err
		}
		all = append(all, nodes...)
	}
	return all, nil
}

// put stages records.
func put[T kg.Identified](t *tx, records []T) error {
	for _, r := range records {
		record, err := codec.Encode(r)
		if err != nil {
			return err
		}
		t.staged[r.NodeID()] = record
	}
	return nil
}

func (t *tx) commit() error {
	for id, record := range t.staged {
		if err := t.records.Put(id, []byte(record)); err != nil {
			return err
		}
	}
	maps.Copy(t.Store.removed, t.removed)
	t.Commit()
	for _, id := range t.subjects {
		if id.Kind() == kg.KindEvent {
			t.events[id] = true
		}
	}
	return nil
}

func (t *tx) Actors(ctx context.Context, ids []kg.ID) ([]kg.Actor, error) {
	return find(ctx, t, ids, func(a kg.Actor) kg.Actor { a.View = kg.View{}; return a })
}

func (t *tx) Locations(ctx context.Context, ids []kg.ID) ([]kg.Location, error) {
	return find(ctx, t, ids, func(l kg.Location) kg.Location { l.View = kg.View{}; return l })
}

func (t *tx) Documents(ctx context.Context, ids []kg.ID) ([]kg.Document, error) {
	return find(ctx, t, ids, func(d kg.Document) kg.Document { d.View = kg.View{}; return d })
}

func (t *tx) Affiliations(ctx context.Context, ids []kg.ID) ([]kg.Affiliation, error) {
	return find(ctx, t, ids, func(a kg.Affiliation) kg.Affiliation { a.View, a.Claims = kg.View{}, nil; return a })
}

func (t *tx) Claims(ctx context.Context, ids []kg.ID) ([]kg.Claim, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool {
		removed, decided := t.removed[id]
		return removed || !decided && t.Store.removed[id]
	})
	return find(ctx, t, ids, func(c kg.Claim) kg.Claim { return c })
}

func (t *tx) ClaimSubjects(ctx context.Context, ids []kg.ID) ([]apply.ClaimSubject, error) {
	claims, err := t.Claims(ctx, ids)
	return apply.SubjectsOfClaims(claims), err
}

// TiedTo returns none: a dry run does not report how new dates of sources change nodes that the batch does not have.
func (t *tx) TiedTo(context.Context, []kg.Source) ([]kg.ID, error) { return nil, nil }

func (t *tx) KnownEvents(ctx context.Context, ids []kg.ID) ([]kg.ID, error) {
	var all, others []kg.ID
	for _, id := range ids {
		if t.events[id] {
			all = append(all, id)
		} else {
			others = append(others, id)
		}
	}
	nodes, err := t.baseNodes(ctx, others)
	if err != nil {
		return nil, err
	}
	var missing []kg.ID
	for i, n := range nodes {
		if n != nil {
			all = append(all, others[i])
		} else {
			missing = append(missing, others[i])
		}
	}
	for chunk := range slices.Chunk(missing, lookupSize) { // all claims about an event may be forgotten
		claims, err := t.base.ClaimsAbout(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for i := range claims {
			all = append(all, claims[i].Subject)
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// countNewEvents counts the events of the batch that neither the base nor an earlier batch has.
func (t *tx) countNewEvents(ctx context.Context, applied kg.ApplyResult) error {
	subjects := slices.Sorted(slices.Values(t.subjects))
	events := slices.DeleteFunc(slices.Compact(subjects), func(id kg.ID) bool { return id.Kind() != kg.KindEvent })
	known, err := t.KnownEvents(ctx, events)
	if added := len(events) - len(known); err == nil && added > 0 {
		applied.Added[kg.KindEvent] += added
	}
	return err
}

func (t *tx) PutActors(_ context.Context, r []apply.Views[kg.Actor]) error {
	return put(t, apply.ExactOf(r))
}

func (t *tx) PutLocations(_ context.Context, r []apply.Views[kg.Location]) error {
	return put(t, apply.ExactOf(r))
}

func (t *tx) PutDocuments(_ context.Context, r []kg.Document) error       { return put(t, r) }
func (t *tx) PutAffiliations(_ context.Context, r []kg.Affiliation) error { return put(t, r) }

func (t *tx) MoveClaims(ctx context.Context, moves []apply.Move) error {
	claims := make([]kg.Claim, len(moves))
	for i, m := range moves {
		claims[i] = m.Claim
	}
	return put(t, claims)
}

func (t *tx) PutSpans(_ context.Context, claims []kg.Claim) error { return put(t, claims) }

func (t *tx) InsertClaims(_ context.Context, claims []kg.Claim) error {
	for _, c := range claims {
		t.subjects = append(t.subjects, c.Subject)
		t.removed[c.ID] = false
	}
	return put(t, claims)
}

func (t *tx) DeleteClaims(_ context.Context, claims []apply.ClaimSubject) error {
	for _, c := range claims {
		t.removed[c.Claim] = true
	}
	return nil
}

// ClaimsAbout returns none, so that nothing is derived.
func (t *tx) ClaimsAbout(context.Context, []kg.ID) ([]kg.Claim, error) { return nil, nil }

func (t *tx) PutCheckpoint(context.Context, kg.Checkpoint) error { return nil }
