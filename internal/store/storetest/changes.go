package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// changeLines formats changes as "day event KIND before>after because". "=" replaces ">" if before and after are the
// same version.
func changeLines(page store.Page[store.Change]) []string {
	var lines []string
	for _, c := range page.Items {
		before, sign := "", ">"
		if c.Before != nil {
			before = string(c.Before.Status)
			if c.Before.KnownFrom == c.After.KnownFrom {
				sign = "="
			}
		}
		line := fmt.Sprintf("%s %s %s %s%s%s", c.At.String()[8:10], strings.TrimPrefix(string(c.Event), "event:"), c.Kind,
			before, sign, c.After.Status)
		for _, id := range c.Because {
			line += " " + strings.TrimPrefix(string(id), "claim:")
		}
		lines = append(lines, line)
	}
	return lines
}

// testChanges reads the changes of the world in one page and page by page.
func testChanges(t *testing.T, s store.Store) {
	first := []string{"01 campaign APPEARED >UNVERIFIED e1", "01 strike APPEARED >UNVERIFIED s1 s2"}
	second := []string{
		"02 rumour APPEARED >UNVERIFIED m1", "02 speech APPEARED >UNVERIFIED p1",
		"02 strike STATUS UNVERIFIED>CORROBORATED s3", "02 strike TOLL UNVERIFIED>CORROBORATED s3",
		"02 talks APPEARED >UNVERIFIED t1",
	}
	third := []string{
		"03 denied APPEARED >DENIED x1", "03 reply APPEARED >UNVERIFIED y1", "03 strike STATUS CORROBORATED>DISPUTED s4",
		"03 talks RESPONSE UNVERIFIED=UNVERIFIED y1",
	}
	fourth := []string{
		"04 counter APPEARED >UNVERIFIED k1", "04 reply RESPONSE UNVERIFIED=UNVERIFIED k1",
		"04 rumour PARTICIPANTS UNVERIFIED>RETRACTED m2",
		"04 rumour LOCATIONS UNVERIFIED>RETRACTED m2", "04 rumour RETRACTED UNVERIFIED>RETRACTED m2",
		"04 strike PARTICIPANTS DISPUTED>DISPUTED s5", "04 talks RESPONSE UNVERIFIED=UNVERIFIED k1",
	}
	rest := []string{
		"05 spring APPEARED >UNVERIFIED a1", "05 talks STATUS UNVERIFIED>CONFIRMED t2",
		"06 strike STATUS DISPUTED>CORROBORATED s6",
		"07 strike TOLL CORROBORATED>CORROBORATED s7", "07 strike PARTICIPANTS CORROBORATED>CORROBORATED s7",
		"10 week APPEARED >UNVERIFIED w1", "11 raid APPEARED >UNVERIFIED g1", "12 week STATUS UNVERIFIED>DISPUTED w2",
		"13 week CLAIM DISPUTED=DISPUTED w3", "16 year APPEARED >UNVERIFIED b1",
	}
	all := join(first, second, third, fourth, rest)
	of := func(words string) *store.EventFilter { return &store.EventFilter{IDs: nodeIDs(kg.KindEvent, words)} }
	retracted := &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusRetracted}}
	rumour := []string{second[0], fourth[2], fourth[3], fourth[4]}
	for _, c := range []struct {
		name   string
		from   edtf.Instant
		view   kg.View
		filter *store.EventFilter
		want   []string
	}{
		{"everything", noon(1) - 1, kg.View{}, nil, all},
		{"before any claim", 0, known(noon(1) - 1), nil, nil},
		{"not at the first moment", noon(1), known(noon(2)), nil, second},
		{"at the last moment", noon(2), known(noon(3)), nil, third},
		{"just before the last moment", noon(2), known(noon(3) - 1), nil, nil},
		{"an empty interval", noon(3), known(noon(3)), nil, nil},
		{"backwards", noon(4), known(noon(3)), nil, nil},
		{"some events", noon(1), kg.View{}, of("talks week nothing"),
			[]string{second[4], third[3], fourth[6], rest[1], rest[5], rest[7], rest[8]}},
		{"by the last status", 0, known(noon(4)), retracted, rumour},
		{"by a later status", 0, known(noon(4) - 1), retracted, nil},
		{"no events", 0, kg.View{}, &store.EventFilter{IDs: []kg.ID{}}, nil},
		{"a participant's", noon(2), known(noon(4)),
			&store.EventFilter{Participants: []store.ParticipantFilter{
				{AnyOf: nodeIDs(kg.KindActor, "zelensky"), Roles: []kg.ParticipantRole{kg.RoleParticipant}}}},
			[]string{third[3], fourth[6]}},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := store.ChangeQuery{View: c.view, From: c.from, Filter: c.filter, Window: store.Window{Limit: store.MaxPageSize},
				Total: true}
			page := must[store.Page[store.Change]](t)(s.Changes(t.Context(), q))
			wantEqual(t, "changes", c.want, changeLines(page))
			wantEqual(t, "total", ref(len(c.want)), page.Total)
			for _, size := range []int{1, 3} {
				var walked []string
				q.Window, q.Total = store.Window{Limit: size}, false
				for range len(c.want) + 1 {
					page := must[store.Page[store.Change]](t)(s.Changes(t.Context(), q))
					walked = append(walked, changeLines(page)...)
					if !page.HasNext {
						break
					}
					q.Window.After = &page.Positions[len(page.Positions)-1]
				}
				wantEqual(t, fmt.Sprintf("by %d", size), c.want, walked)
			}
		})
	}
	t.Run("an end that is not known yet", func(t *testing.T) {
		q := store.ChangeQuery{View: known(noon(2)), From: noon(1), Filter: of("strike"), Window: store.Window{Limit: 1},
			Total: true}
		page := must[store.Page[store.Change]](t)(s.Changes(t.Context(), q))
		wantEqual(t, "before ended", noon(2), page.Items[0].Before.KnownTo)
		wantEqual(t, "after did not", edtf.EndOfTime, page.Items[0].After.KnownTo)
		wantEqual(t, "total beyond the page", ref(2), page.Total)
		q.Window.Limit = 0
		page = must[store.Page[store.Change]](t)(s.Changes(t.Context(), q))
		wantEqual(t, "only the total", 0, len(page.Items))
		wantEqual(t, "total alone", ref(2), page.Total)
	})
}

func join(lists ...[]string) []string {
	var all []string
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// testChangeKinds covers a plan that is carried out, and a response to it that is corrected, repeated and
// withdrawn.
func testChangeKinds(t *testing.T, h Harness) {
	s := h.New(t)
	plan := []claimOption{claimedBy("actor:us"), title("en", "Plan")}
	answer := func(condition string, more ...claimOption) []claimOption {
		return append([]claimOption{title("en", "Answer"), respondsTo("event:plan", kg.ResponseAccepts, condition)}, more...)
	}
	load(t, s, kg.Batch{Actors: worldActors(), Locations: worldLocations(), RecordedAt: noon(31), Claims: []kg.Claim{
		claim("d1", "event:plan", '+', 1, append(plan, modality(kg.ModalityPlanned), atTime("2025-04-01"))...),
		claim("d2", "event:plan", '+', 2, append(plan, modality(kg.ModalityOngoing), atTime("2025-04-02"),
			killed(kg.QualifierExact, 3),
			place("location:sea", kg.LocationRoleVenue, 0), supersedes("claim:d1"))...),
		claim("d3", "event:answer", '+', 3, answer("if paid", claimedBy("actor:un"))...),
		claim("d4", "event:answer", '+', 4, answer("at once", claimedBy("actor:un"), supersedes("claim:d3"))...),
		claim("d5", "event:answer", '+', 5, answer("at once", claimedBy("actor:group"))...),
		claim("d6", "event:answer", 'x', 6, claimedBy("actor:un")),
		claim("d7", "event:answer", 'x', 7, claimedBy("actor:group")),
		claim("d8", "event:plan", '+', 8, plan...),
		claim("d9", "event:never", 'x', 9, claimedBy("actor:us")),
	}})
	page := must[store.Page[store.Change]](t)(s.Changes(t.Context(),
		store.ChangeQuery{Window: store.Window{Limit: store.MaxPageSize}}))
	wantEqual(t, "changes", []string{
		"01 plan APPEARED >UNVERIFIED d1",
		"02 plan MODALITY UNVERIFIED>UNVERIFIED d2", "02 plan TIME UNVERIFIED>UNVERIFIED d2",
		"02 plan TOLL UNVERIFIED>UNVERIFIED d2", "02 plan LOCATIONS UNVERIFIED>UNVERIFIED d2",
		"03 answer APPEARED >UNVERIFIED d3", "03 plan RESPONSE UNVERIFIED=UNVERIFIED d3",
		"04 answer RESPONSE UNVERIFIED=UNVERIFIED d4", "04 plan RESPONSE UNVERIFIED=UNVERIFIED d4",
		"05 answer STATUS UNVERIFIED>CORROBORATED d5", // the response itself does not change
		"06 answer STATUS CORROBORATED>UNVERIFIED d6",
		"07 answer RESPONSE UNVERIFIED>RETRACTED d7", "07 answer RETRACTED UNVERIFIED>RETRACTED d7",
		"07 plan RESPONSE UNVERIFIED=UNVERIFIED d7",
		"08 plan CLAIM UNVERIFIED=UNVERIFIED d8",
	}, changeLines(page))
	for moment, want := range map[edtf.Instant]string{noon(2): "plan", noon(3): "", noon(6): "", noon(7): "plan"} {
		unanswered := store.EventFilter{IDs: nodeIDs(kg.KindEvent, "plan"),
			Responses: &store.ResponseFilter{Exists: ref(false)}}
		wantEqual(t, "unanswered at "+moment.String(), nodeIDs(kg.KindEvent, want),
			idsOf(list(t, s.Events, store.EventQuery{View: known(moment), Filter: &unanswered})))
	}
}

func (a *queryGenerator) changes() {
	q := store.ChangeQuery{View: a.view(a.random), Filter: a.optionalFilter(), Total: a.chance(50),
		Window: store.Window{Limit: store.MaxPageSize}}
	q.From = pick(a.random, a.moments) - edtf.Instant(a.IntN(2))
	if a.chance(60) {
		q.From = a.moments[0] - 1
	}
	if all, err := a.oracle.Changes(a.ctx, q); err == nil {
		q.Window = a.window(all.Positions)
		q.Window.Backward, q.Window.Before = false, nil
	}
	addQuery(a, "changes", q, func(ctx context.Context, s store.Store) ([]store.Page[store.Change], error) {
		p, err := s.Changes(ctx, q)
		return []store.Page[store.Change]{p}, err
	}, itemsIn)
}
