package check

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/disagree"
	"casus/internal/kg/merge"
	"casus/internal/store"
)

// checkResolved compares the stored histories of merged nodes with the derived ones, and checks that queries return
// them.
func (r *run) checkResolved(ctx context.Context, subjects []subject, voices kg.VoiceBook) error {
	for _, s := range subjects {
		expected, err := r.expectedResolved(ctx, s, voices)
		if err != nil {
			if err := r.tolerate(ctx, s.History.Subject, err); err != nil {
				return err
			}
			continue
		}
		id, stored := s.History.Subject, s.Resolved
		switch {
		case stored == nil && expected == nil:
			continue
		case stored == nil:
			r.addBreak(Classes, id, "is merged with others, but no history of the class is stored")
			continue
		case expected == nil:
			r.addBreak(Classes, id, "has a stored history of a class, but is not merged with others")
			continue
		}
		if d := differences(stored, expected); d != "" {
			r.addBreak(Classes, id, "merged with others: %s", d)
		}
		if err := r.tolerate(ctx, id, r.checkClass(ctx, *expected)); err != nil {
			return err
		}
	}
	return nil
}

// expectedResolved returns the history that should be stored for a subject's class; nil if none should.
func (r *run) expectedResolved(ctx context.Context, s subject, voices kg.VoiceBook) (*kg.History, error) {
	id := s.History.Subject
	if r.identities.Hidden(id) || !disagree.Affects(r.identities, s.Claims, voices, r.parentsOf) {
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
	h := disagree.DeriveResolved(r.identities, id, claims, voices, r.parentsOf)
	if !r.identities.Merged(id) && reflect.DeepEqual(h, s.derived) {
		return nil, nil
	}
	return &h, nil
}

// claimsAbout reads all claims about a subject, without those of nodes merged with it.
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
			return nil, fmt.Errorf("the store returned %d pages of claims about one subject", len(pages))
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

// checkClass compares an event's class, as queries return it, with its derived history.
func (r *run) checkClass(ctx context.Context, derived kg.History) error {
	id := derived.Subject
	if id.Kind() != kg.KindEvent || len(derived.States) == 0 {
		return nil
	}
	nodes, err := r.store.Nodes(ctx, kg.View{}, []kg.ID{id})
	if err != nil {
		return err
	}
	event, ok := nodes[0].(kg.Event)
	if !ok {
		r.addBreak(Classes, id, "is not returned, though merged with others")
		return nil
	}
	if d := differences(event.EventState, derived.States[len(derived.States)-1]); d != "" {
		r.addBreak(Classes, id, "read by its id, merged with others, it differs from the derived state: %s", d)
	}
	edges, err := r.store.EventEdges(ctx, kg.View{}, wantedEdges&^kg.WantFigures, []kg.ID{id})
	if err != nil {
		return err
	}
	if d := differences(edges[0], currentHistory(derived)); d != "" {
		r.addBreak(Classes, id, "its edges, merged with others, differ from the derived ones: %s", d)
	}
	return nil
}

// checkMerged compares merged actors or locations, as queries return them, with the merge of their members' records.
func checkMerged[T kg.Identified](
	ctx context.Context, r *run, records []T, rules *merge.Kind[T], merge func(kg.Identities, []T) T,
) error {
	for _, rec := range records {
		id := rec.NodeID()
		if !r.identities.Merged(id) || r.identities.Hidden(id) {
			continue
		}
		members, _, err := r.readNodes(ctx, r.identities.Members(id))
		if err != nil {
			return err
		}
		var all []T
		for _, m := range members {
			if m, ok := m.(T); ok {
				all = append(all, m)
			}
		}
		found, err := r.store.Nodes(ctx, kg.View{}, []kg.ID{id})
		if err != nil {
			if err := r.tolerate(ctx, id, err); err != nil {
				return err
			}
			continue
		}
		if len(all) == 0 || found[0] == nil {
			r.addBreak(Classes, id, "is not returned, though merged with others")
			continue
		}
		merged := merge(r.identities, all)
		dates, err := r.dates(ctx, rules.Tied(merged))
		if err != nil {
			return err
		}
		if d := differences(found[0], rules.Decide(merged, dates)); d != "" {
			r.addBreak(Classes, id, "it differs from the merge of its members' records: %s", d)
		}
	}
	return nil
}
