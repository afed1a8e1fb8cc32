package check

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// checkResolved checks what is stored as following where nodes that are one are read as one, and that it is read so.
func (r *run) checkResolved(ctx context.Context, subjects []subject, voices kg.VoiceBook) error {
	for _, s := range subjects {
		expected, err := r.expectedResolved(ctx, s, voices)
		if err != nil {
			return err
		}
		id, stored := s.History.Subject, s.Resolved
		switch {
		case stored == nil && expected == nil:
			continue
		case stored == nil:
			r.addBreak(Classes, id, "is read as one with others, but nothing is stored for that")
			continue
		case expected == nil:
			r.addBreak(Classes, id, "has something stored for when it is read as one with others, which it is not")
			continue
		}
		if d := differences(stored, expected); d != "" {
			r.addBreak(Classes, id, "read as one with others: %s", d)
		}
		if err := r.checkClass(ctx, *expected); err != nil {
			return err
		}
	}
	return nil
}

// expectedResolved is what should be stored of a subject's class; nil where nothing should.
func (r *run) expectedResolved(ctx context.Context, s subject, voices kg.VoiceBook) (*kg.History, error) {
	id := s.History.Subject
	if r.identities.Hidden(id) || !r.identities.Affects(s.Claims, voices) {
		return nil, nil
	}
	claims := slices.Clone(s.Claims)
	for _, member := range r.identities.Members(id) {
		if member == id {
			continue
		}
		others, err := r.claimsAbout(ctx, member)
		if err != nil {
			return nil, err
		}
		claims = append(claims, others...)
	}
	documents, err := r.documentsOf(ctx, []store.SubjectRecord{{Claims: claims}})
	if err != nil {
		return nil, err
	}
	voices.Documents = documents
	h := r.identities.DeriveResolved(id, claims, voices)
	if !r.identities.Merged(id) && reflect.DeepEqual(h, s.derived) {
		return nil, nil
	}
	return &h, nil
}

// claimsAbout reads all claims about a subject by itself.
func (r *run) claimsAbout(ctx context.Context, subject kg.ID) (all []kg.Claim, err error) {
	q := store.ClaimQuery{
		View: exactView, Order: (*store.ClaimOrder)(nil).Normalize(), Window: store.Window{Limit: store.MaxPageSize},
		Scope: &store.Scope{Relation: store.SubjectClaims, IDs: []kg.ID{subject}},
	}
	for {
		pages, err := r.store.Claims(ctx, q)
		if err != nil {
			return nil, err
		}
		if len(pages) != 1 {
			return nil, fmt.Errorf("%d pages of claims about one subject", len(pages))
		}
		for _, c := range pages[0].Items {
			c.KnownTo, c.WithdrawnBy, c.Dataset, c.View = 0, nil, nil, kg.View{}
			all = append(all, c)
		}
		if !pages[0].HasNext {
			return all, nil
		}
		q.Window.After = &pages[0].Positions[len(pages[0].Positions)-1]
	}
}

// checkClass compares an event's class as a query reads it with what follows.
func (r *run) checkClass(ctx context.Context, follows kg.History) error {
	id := follows.Subject
	if id.Kind() != kg.KindEvent || len(follows.States) == 0 {
		return nil
	}
	nodes, err := r.store.Nodes(ctx, kg.View{}, []kg.ID{id})
	if err != nil {
		return err
	}
	event, ok := nodes[0].(kg.Event)
	if !ok {
		r.addBreak(Classes, id, "cannot be read as one with others")
		return nil
	}
	if d := differences(event.EventState, follows.States[len(follows.States)-1]); d != "" {
		r.addBreak(Classes, id, "read by its id, as one with others, it differs from what follows: %s", d)
	}
	edges, err := r.store.EventEdges(ctx, kg.View{}, wantedEdges&^kg.WantFigures, []kg.ID{id})
	if err != nil {
		return err
	}
	if d := differences(edges[0], currentHistory(follows)); d != "" {
		r.addBreak(Classes, id, "its edges, read as one with others, differ from what follows: %s", d)
	}
	return nil
}

// checkMerged compares actors or locations that stand for others with what the records of all come to.
func checkMerged[T kg.Identified](ctx context.Context, r *run, records []T, unite func([]T) T) error {
	for _, rec := range records {
		id := rec.NodeID()
		if !r.identities.Merged(id) || r.identities.Hidden(id) {
			continue
		}
		members, err := r.store.Nodes(ctx, exactView, r.identities.Members(id))
		if err != nil {
			return err
		}
		var all []T
		for _, m := range members {
			if m, ok := m.(T); ok {
				all = append(all, m)
			}
		}
		read, err := r.store.Nodes(ctx, kg.View{}, []kg.ID{id})
		if err != nil {
			return err
		}
		if len(all) == 0 || read[0] == nil {
			r.addBreak(Classes, id, "cannot be read as one with others")
			continue
		}
		if d := differences(read[0], unite(all)); d != "" {
			r.addBreak(Classes, id, "read as one with others it is not what their records come to: %s", d)
		}
	}
	return nil
}
