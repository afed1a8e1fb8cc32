package loaders

import (
	"context"
	"slices"
	"sync/atomic"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/disagree"
	"casus/internal/store"
	"casus/internal/store/voices"
)

const (
	// MaxReversals is the number of actors on which one operation may select the field reversals.
	MaxReversals = 20
	// maxCompared bounds the denials, the claims about what was denied, and the responses of an actor, each.
	maxCompared = 5_000
)

// reversals finds where actors reversed their positions.
type reversals struct {
	store store.Reader
	count atomic.Int64 // the actors of the operation so far
}

func (l *reversals) fetch(ctx context.Context, v kg.View, ids []kg.ID) ([][]disagree.Reversal, error) {
	if n := l.count.Add(int64(len(ids))); n > MaxReversals {
		return nil, kg.Errorf(kg.LimitExceeded,
			"reversals is selected on %d actors, the limit is %d: request a smaller page", n, MaxReversals)
	}
	all := make([][]disagree.Reversal, len(ids))
	for i, id := range ids {
		claims, err := l.claimReversals(ctx, v, id)
		if err != nil {
			return nil, err
		}
		answers, err := l.answerReversals(ctx, v, id)
		if err != nil {
			return nil, err
		}
		all[i] = slices.Concat(claims, answers)
		disagree.SortReversals(all[i])
	}
	return all, nil
}

// claimReversals compares an actor's denials with everything else that it says about the same events.
func (l *reversals) claimReversals(ctx context.Context, v kg.View, actor kg.ID) ([]disagree.Reversal, error) {
	denials, _, err := l.claims(ctx, v, actor, store.ClaimFilter{
		Stances: []kg.Stance{kg.StanceDenies}, Aspects: []kg.Aspect{kg.AspectOccurrence, kg.AspectParticipation},
	})
	if err != nil {
		return nil, err
	}
	var denied []kg.ID
	for _, c := range denials {
		if c.Subject.Kind() == kg.KindEvent {
			denied = append(denied, c.Subject)
		}
	}
	slices.Sort(denied)
	var all []disagree.Reversal
	for events := range slices.Chunk(slices.Compact(denied), store.MaxFilterValues) {
		claims, book, err := l.claims(ctx, v, actor, store.ClaimFilter{Subjects: events})
		if err != nil {
			return nil, err
		}
		all = append(all, disagree.OfClaims(actor, claims, book)...)
	}
	return all, nil
}

// claims reads the claims of a filter by which an actor acts: as a claimant, or as the publisher of a document.
func (l *reversals) claims(
	ctx context.Context, v kg.View, actor kg.ID, f store.ClaimFilter,
) (own []kg.Claim, book kg.VoiceBook, err error) {
	var all []kg.Claim
	asClaimant, asPublisher := f, f
	asClaimant.Claimants, asPublisher.Publishers = []kg.ID{actor}, []kg.ID{actor}
	for _, f := range []store.ClaimFilter{asClaimant, asPublisher} {
		q := claimsOf(v, "")
		q.Filter = &f
		found, more, err := readClaims(ctx, l.store, q, maxCompared)
		if err != nil {
			return nil, book, err
		}
		if more {
			return nil, book, kg.Errorf(kg.LimitExceeded, "%s has more than %d claims to compare", actor, maxCompared)
		}
		all = append(all, found...)
	}
	if book, err = voices.Read(ctx, l.store, v, all); err != nil {
		return nil, book, err
	}
	for i := range all {
		known := func(c kg.Claim) bool { return c.ID == all[i].ID }
		if disagree.Acts(actor, &all[i], book) && !slices.ContainsFunc(own, known) {
			own = append(own, all[i])
		}
	}
	return own, book, nil
}

// answerReversals compares the responses by which an actor, or another one on its behalf, accepts or refuses.
func (l *reversals) answerReversals(ctx context.Context, v kg.View, actor kg.ID) ([]disagree.Reversal, error) {
	answers, err := l.responses(ctx, v, actor)
	if err != nil || len(answers) == 0 {
		return nil, err
	}
	ids := make([]kg.ID, len(answers))
	for i, e := range answers {
		ids[i] = e.ID
	}
	edges, err := l.store.EventEdges(ctx, v, kg.WantRespondsTo, ids)
	if err != nil {
		return nil, err
	}
	var acts, firsts []kg.ID
	for _, e := range edges {
		for _, r := range e.RespondsTo {
			if r.Kind == kg.ResponseAccepts || r.Kind == kg.ResponseRejects {
				acts, firsts = append(acts, r.To), append(firsts, r.Claims[0])
			}
		}
	}
	proposals, err := l.proposals(ctx, v, acts)
	if err != nil {
		return nil, err
	}
	known, err := l.known(ctx, v, firsts)
	if err != nil {
		return nil, err
	}
	var all []disagree.Answer
	for i, e := range edges {
		for _, r := range e.RespondsTo {
			if r.Kind != kg.ResponseAccepts && r.Kind != kg.ResponseRejects {
				continue
			}
			at := answers[i].Time.Earliest
			if !at.Bounded() {
				at = known[r.Claims[0]]
			}
			for _, p := range proposals[r.To] {
				if p != r.By {
					all = append(all, disagree.Answer{
						Proposal: p, Accepts: r.Kind == kg.ResponseAccepts, At: at, Claim: r.Claims[0],
					})
				}
			}
		}
	}
	return disagree.OfAnswers(all), nil
}

// responses reads the events by which an actor, or another one on its behalf, accepts or rejects another event.
func (l *reversals) responses(ctx context.Context, v kg.View, actor kg.ID) (all []kg.Event, err error) {
	part := store.ParticipantFilter{
		Roles:    []kg.ParticipantRole{kg.RoleInitiator, kg.RoleSpeaker},
		Statuses: slices.DeleteFunc(kg.ClaimStatuses.Values(), func(s kg.ClaimStatus) bool { return s == kg.StatusDenied }),
	}
	itself, behalf := part, part
	itself.AnyOf, behalf.Representing = []kg.ID{actor}, []kg.ID{actor}
	q := store.EventQuery{
		View: v, Order: (*store.EventOrder)(nil).Normalize(), Window: store.Window{Limit: store.MaxPageSize},
		Filter: &store.EventFilter{
			RespondsWith: []kg.ResponseKind{kg.ResponseAccepts, kg.ResponseRejects}, Modalities: kg.HappenedModalities(),
			Statuses: []kg.ClaimStatus{
				kg.StatusUnverified, kg.StatusCorroborated, kg.StatusConfirmed, kg.StatusDisputed,
			},
			Or: []store.EventFilter{
				{Participants: []store.ParticipantFilter{itself}}, {Participants: []store.ParticipantFilter{behalf}},
			},
		},
	}
	for {
		pages, err := l.store.Events(ctx, q)
		if err != nil {
			return nil, err
		}
		page := pages[0]
		if all = append(all, page.Items...); !page.HasNext {
			return all, nil
		}
		if len(all) >= maxCompared {
			return nil, kg.Errorf(kg.LimitExceeded, "%s has more than %d responses", actor, maxCompared)
		}
		q.Window.After = &page.Positions[len(page.Positions)-1]
	}
}

// proposals returns what a response to each act answers.
func (l *reversals) proposals(ctx context.Context, v kg.View, acts []kg.ID) (map[kg.ID][]kg.ID, error) {
	slices.Sort(acts)
	acts = slices.Compact(acts)
	edges, err := l.store.EventEdges(ctx, v, kg.WantAnnounces, acts)
	if err != nil {
		return nil, err
	}
	var announced []kg.ID
	for _, e := range edges {
		for _, a := range e.Announces {
			announced = append(announced, a.Of)
		}
	}
	nodes, err := l.store.Nodes(ctx, v, slices.Concat(announced, acts))
	if err != nil {
		return nil, err
	}
	modalities := map[kg.ID]kg.Modality{} // of the events that exist; one without a live claim does not
	for _, n := range nodes {
		if e, ok := n.(kg.Event); ok {
			modalities[e.ID] = e.Modality
		}
	}
	all := map[kg.ID][]kg.ID{}
	for i, id := range acts {
		var announces []kg.ID
		for _, a := range edges[i].Announces {
			announces = append(announces, a.Of)
		}
		all[id] = disagree.Proposals(id, announces, modalities)
	}
	return all, nil
}

// known returns the moments from which claims are known.
func (l *reversals) known(ctx context.Context, v kg.View, claims []kg.ID) (map[kg.ID]edtf.Instant, error) {
	nodes, err := l.store.Nodes(ctx, v, claims)
	all := make(map[kg.ID]edtf.Instant, len(claims))
	for _, n := range nodes {
		if c, ok := n.(kg.Claim); ok {
			all[c.ID] = c.KnownFrom()
		}
	}
	return all, err
}
