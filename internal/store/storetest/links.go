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

// linkLines returns the links of subjects as sorted lines. Each line begins with its subject.
func linkLines(ctx context.Context, s store.LinkReader, subjects []kg.ID) ([]string, error) {
	lines := []string{}
	add := func(subject kg.ID, format string, args ...any) error {
		lines = append(lines, fmt.Sprintf("%s "+format, append([]any{subject}, args...)...))
		return nil
	}
	err := s.Links(ctx, kg.IdentityResolved, subjects, store.LinkSink{
		State: func(e kg.ID, s store.LinkState) error {
			return add(e, "state %v starts at %d %s %s", s.Interval, s.Start, s.Status, s.Modality)
		},
		Part: func(e, whole kg.ID, known kg.Interval) error { return add(e, "is part of %s %v", whole, known) },
		Participation: func(l store.LinkParticipation) error {
			return add(l.Event, "has %s %s %s %v", l.Actor, l.Role, l.Status, l.Interval)
		},
		Affiliation: func(l store.LinkAffiliation) error {
			return add(l.ID, "affiliates %s with %s from %d %v", l.Holder, l.Counterpart, l.Start, l.Interval)
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
		{nodeIDs(kg.KindEvent, "rumour speech"), []string{
			"event:rumour has actor:group INITIATOR UNVERIFIED " + interval(2, 4),
			fmt.Sprintf("event:rumour state %v starts at %d UNVERIFIED OCCURRED", interval(2, 4), edtf.EndOfTime),
			fmt.Sprintf("event:rumour state %v starts at %d RETRACTED OCCURRED", interval(4, 0), edtf.EndOfTime),
			"event:speech has actor:us SPEAKER UNVERIFIED " + interval(2, 0),
			"event:speech has actor:zelensky MENTIONED UNVERIFIED " + interval(2, 0),
			fmt.Sprintf("event:speech state %v starts at %d UNVERIFIED OCCURRED", interval(2, 0), at("2025-03-02").Earliest),
		}},
		{nodeIDs(kg.KindEvent, "nothing unknown"), []string{}},
		{[]kg.ID{}, []string{}},
	} {
		slices.Sort(c.want)
		wantEqual(t, fmt.Sprint(c.subjects), c.want, must[[]string](t)(linkLines(t.Context(), s, c.subjects)))
	}
	stop := kg.Errorf(kg.Conflict, "enough")
	n := 0
	err := s.Links(t.Context(), "", nodeIDs(kg.KindEvent, "strike speech"), store.LinkSink{
		State:         func(kg.ID, store.LinkState) error { n++; return stop },
		Part:          func(kg.ID, kg.ID, kg.Interval) error { n++; return stop },
		Participation: func(store.LinkParticipation) error { n++; return stop },
	})
	if wantCode(t, "a failing sink", err, kg.Conflict); n != 1 {
		t.Errorf("the sink was called %d times after its error", n-1)
	}
	err = s.EventIDs(t.Context(), kg.View{}, nil, func(kg.ID) error { return stop })
	wantCode(t, "a callback that fails", err, kg.Conflict)
}

func interval(from, to int) string {
	i := kg.Interval{KnownFrom: noon(from), KnownTo: edtf.EndOfTime}
	if to > 0 {
		i.KnownTo = noon(to)
	}
	return fmt.Sprint(i)
}

// testRevisions follows a store by its change log: nothing changes that the log does not list.
func testRevisions(t *testing.T, h Harness) {
	s := h.New(t)
	revision := must[int64](t)(s.Revision(t.Context()))
	wantEqual(t, "revision of an empty store", int64(0), revision)
	known := []string{}
	w := world()
	nodes := w
	nodes.Claims, nodes.Affiliations = nil, nil
	batches := []kg.Batch{nodes, {Affiliations: w.Affiliations, RecordedAt: w.RecordedAt}}
	for i, b := range dependencyBatches(slices.Clone(w.Claims), rand.New(rand.NewPCG(1, 2))) {
		batches = append(batches, b)
		if i == 5 {
			// these batches change nothing
			batches = append(batches, batches[2], kg.Batch{Checkpoint: &kg.Checkpoint{Key: "load", Value: "1"}})
		}
	}
	for i, b := range batches {
		applied := must[kg.ApplyResult](t)(s.Apply(t.Context(), b))
		subjects, complete, now, err := s.Since(t.Context(), revision)
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 && !complete {
			t.Errorf("batch %d: the change log is incomplete", i)
		}
		if changed := len(applied.Written) > 0; changed != (now > revision) {
			t.Errorf("batch %d: changed %t, but the revision changed from %d to %d", i, changed, revision, now)
		}
		wantEqual(t, "the revision", now, must[int64](t)(s.Revision(t.Context())))
		revision = now
		all := must[[]string](t)(linkLines(t.Context(), s, nil))
		if i > 0 {
			known = updateLines(t, s, known, subjects)
		} else {
			known = all
		}
		wantEqual(t, fmt.Sprintf("links followed up to batch %d", i), all, known)
	}
	identity := kg.IdentityDecision{ID: "identity:x", A: "actor:militia", B: "actor:un", Same: true, DecidedBy: "test",
		DecidedAt: noon(1)}
	load(t, s, kg.Batch{Identities: []kg.IdentityDecision{identity}})
	if _, complete, _, err := s.Since(t.Context(), revision); err != nil || complete {
		t.Errorf("complete is %t after an identity decision, want false: %v", complete, err)
	}
	revision = must[int64](t)(s.Revision(t.Context()))
	actor := kg.Actor{ID: "actor:again", Kind: kg.ActorPerson}
	for i := range store.ChangeLogLength {
		actor.Names = []kg.Name{name("en", fmt.Sprint(i))}
		load(t, s, kg.Batch{Actors: []kg.Actor{actor}})
		_, complete, now, err := s.Since(t.Context(), revision)
		if err != nil || now <= revision || complete != (i < store.ChangeLogLength-1) {
			t.Fatalf("after %d more batches: complete is %t, %v", i+1, complete, err)
		}
	}
}

// updateLines returns lines with those of the changed subjects read again.
func updateLines(t *testing.T, s store.Store, known []string, subjects []kg.ID) []string {
	t.Helper()
	if len(subjects) == 0 {
		return known
	}
	known = slices.DeleteFunc(slices.Clone(known), func(line string) bool {
		return slices.ContainsFunc(subjects, func(id kg.ID) bool {
			return len(line) > len(id) &&
				line[:len(id)+1] == string(id)+" "
		})
	})
	known = append(known, must[[]string](t)(linkLines(t.Context(), s, subjects))...)
	slices.Sort(known)
	return known
}

func (a *queryGenerator) links() {
	subjects := randomValues(a.random, 8, slices.Concat(a.known[kg.KindEvent], a.known[kg.KindAffiliation],
		[]kg.ID{"event:unknown"}))
	if a.chance(30) {
		subjects = nil
	}
	read := func(ctx context.Context, s store.Store) ([]string, error) { return linkLines(ctx, s, subjects) }
	addQuery(a, "links", subjects, read, func(string) int { return 1 })
	view, filter := a.view(a.random), a.optionalFilter()
	addQuery(a, "ids of events", struct {
		View   kg.View
		Filter *store.EventFilter
	}{view, filter}, func(ctx context.Context, s store.Store) ([]kg.ID, error) {
		ids := []kg.ID{}
		err := s.EventIDs(ctx, view, filter, func(id kg.ID) error { ids = append(ids, id); return nil })
		slices.Sort(ids)
		return ids, err
	}, func(kg.ID) int { return 1 })
}
