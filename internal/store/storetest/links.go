package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// linksOf are all links, a line each, sorted; each line begins with its subject.
func linksOf(ctx context.Context, s store.LinkReader, subjects []kg.ID) ([]string, error) {
	lines := []string{}
	add := func(subject kg.ID, format string, args ...any) error {
		lines = append(lines, fmt.Sprintf("%s "+format, append([]any{subject}, args...)...))
		return nil
	}
	err := s.Links(ctx, kg.IdentityResolved, subjects, store.LinkSink{
		State: func(e kg.ID, s store.LinkState) error {
			return add(e, "was held %v to begin at %d", s.Interval, s.Start)
		},
		Part: func(e, whole kg.ID, known kg.Interval) error { return add(e, "is part of %s %v", whole, known) },
		Participation: func(e, a kg.ID, role kg.ParticipantRole, known kg.Interval) error {
			return add(e, "has %s %s %v", a, role, known)
		},
		Affiliation: func(l store.LinkAffiliation) error {
			return add(l.ID, "ties %s to %s from %d %v", l.Holder, l.Counterpart, l.Start, l.Interval)
		},
	})
	slices.Sort(lines)
	return lines, err
}

func testLinks(t *testing.T, s store.Store) {
	for _, c := range []struct {
		subjects []kg.ID
		want     []string
	}{
		{short(kg.KindEvent, "rumour speech"), []string{
			"event:rumour has actor:group INITIATOR " + interval(2, 4),
			fmt.Sprintf("event:rumour was held %v to begin at %d", interval(2, 4), edtf.EndOfTime),
			fmt.Sprintf("event:rumour was held %v to begin at %d", interval(4, 0), edtf.EndOfTime),
			"event:speech has actor:us SPEAKER " + interval(2, 0), "event:speech has actor:zelensky MENTIONED " + interval(2, 0),
			fmt.Sprintf("event:speech was held %v to begin at %d", interval(2, 0), at("2025-03-02").Earliest),
		}},
		{short(kg.KindEvent, "nothing nobody"), []string{}},
		{[]kg.ID{}, []string{}},
	} {
		slices.Sort(c.want)
		same(t, fmt.Sprint(c.subjects), c.want, must[[]string](t)(linksOf(t.Context(), s, c.subjects)))
	}
	stop := kg.Errorf(kg.Conflict, "enough")
	n := 0
	err := s.Links(t.Context(), "", short(kg.KindEvent, "strike speech"), store.LinkSink{
		State:         func(kg.ID, store.LinkState) error { n++; return stop },
		Part:          func(kg.ID, kg.ID, kg.Interval) error { n++; return stop },
		Participation: func(kg.ID, kg.ID, kg.ParticipantRole, kg.Interval) error { n++; return stop },
	})
	if wantCode(t, "a sink that fails", err, kg.Conflict); n != 1 {
		t.Errorf("after its error the sink was given %d more", n-1)
	}
	err = s.EventIDs(t.Context(), kg.View{}, nil, func(kg.ID) error { return stop })
	wantCode(t, "ids that are not taken", err, kg.Conflict)
}

func interval(from, to int) string {
	i := kg.Interval{KnownFrom: noon(from), KnownTo: edtf.EndOfTime}
	if to > 0 {
		i.KnownTo = noon(to)
	}
	return fmt.Sprint(i)
}

// testRevisions follows a store by its change log: what it says has changed is all that has.
func testRevisions(t *testing.T, h Harness) {
	s := h.New(t)
	revision := must[int64](t)(s.Revision(t.Context()))
	same(t, "of an empty store", int64(0), revision)
	known := []string{}
	w := world()
	nodes := w
	nodes.Claims, nodes.Affiliations = nil, nil
	batches := []kg.Batch{nodes, {Affiliations: w.Affiliations, RecordedAt: w.RecordedAt}}
	for i, b := range inOrder(slices.Clone(w.Claims), rand.New(rand.NewPCG(1, 2))) {
		batches = append(batches, b)
		if i == 5 {
			batches = append(batches, batches[2], kg.Batch{Checkpoint: &kg.Checkpoint{Key: "load", Value: "1"}}) // which change nothing
		}
	}
	for i, b := range batches {
		applied := must[kg.ApplyResult](t)(s.Apply(t.Context(), b))
		subjects, complete, now, err := s.Since(t.Context(), revision)
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 && !complete {
			t.Errorf("batch %d: the log is not complete", i)
		}
		if changed := len(applied.Written) > 0; changed != (now > revision) {
			t.Errorf("batch %d: changed is %t, and the revision went from %d to %d", i, changed, revision, now)
		}
		same(t, "the revision", now, must[int64](t)(s.Revision(t.Context())))
		revision = now
		all := must[[]string](t)(linksOf(t.Context(), s, nil))
		if i > 0 {
			known = follow(t, s, known, subjects)
		} else {
			known = all
		}
		same(t, fmt.Sprintf("after batch %d, what a follower knows", i), all, known)
	}
	identity := kg.IdentityDecision{ID: "identity:x", A: "actor:militia", B: "actor:un", Same: true, DecidedBy: "test", DecidedAt: noon(1)}
	load(t, s, kg.Batch{Identities: []kg.IdentityDecision{identity}})
	if _, complete, _, err := s.Since(t.Context(), revision); err != nil || complete {
		t.Errorf("a decision on identities changes everything: complete is %t, %v", complete, err)
	}
	revision = must[int64](t)(s.Revision(t.Context()))
	actor := kg.Actor{ID: "actor:again", Kind: kg.ActorPerson}
	for i := range store.ChangeLogLength {
		actor.Names = []kg.Name{name("en", fmt.Sprint(i))}
		load(t, s, kg.Batch{Actors: []kg.Actor{actor}})
		_, complete, now, err := s.Since(t.Context(), revision)
		if err != nil || now <= revision || complete != (i < store.ChangeLogLength-1) {
			t.Fatalf("after %d batches more: complete is %t, %v", i+1, complete, err)
		}
	}
}

// follow brings lines up to date by the subjects that changed.
func follow(t *testing.T, s store.Store, known []string, subjects []kg.ID) []string {
	t.Helper()
	if len(subjects) == 0 {
		return known
	}
	known = slices.DeleteFunc(slices.Clone(known), func(line string) bool {
		return slices.ContainsFunc(subjects, func(id kg.ID) bool { return len(line) > len(id) && line[:len(id)+1] == string(id)+" " })
	})
	known = append(known, must[[]string](t)(linksOf(t.Context(), s, subjects))...)
	slices.Sort(known)
	return known
}

func (a *asking) links() {
	subjects := few(a.dice, 8, slices.Concat(a.known[kg.KindEvent], a.known[kg.KindAffiliation], []kg.ID{"event:nobody"}))
	if a.chance(30) {
		subjects = nil
	}
	about(a, "links", subjects, func(ctx context.Context, s store.Store) ([]string, error) { return linksOf(ctx, s, subjects) },
		func(string) int { return 1 })
	view, filter := a.view(a.dice), a.someFilter()
	about(a, "ids of events", struct {
		View   kg.View
		Filter *store.EventFilter
	}{view, filter}, func(ctx context.Context, s store.Store) ([]kg.ID, error) {
		ids := []kg.ID{}
		err := s.EventIDs(ctx, view, filter, func(id kg.ID) error { ids = append(ids, id); return nil })
		slices.Sort(ids)
		return ids, err
	}, func(kg.ID) int { return 1 })
}
