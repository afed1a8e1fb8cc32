package network

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/relations"
	"casus/internal/store/storetest"

	gocmp "github.com/google/go-cmp/cmp"
)

// oracle finds paths and networks by brute force from a store's ordinary queries. It shares neither the graph nor any
// search with the package.
type oracle struct {
	links  []oracleLink
	events map[kg.ID]map[kg.ID]bool // the participants of each selected event
	starts map[kg.ID]edtf.Instant
}

type oracleLink struct {
	hop   relations.Hop
	start edtf.Instant
}

func newOracle(
	ctx context.Context, tb testing.TB, s store.Reader, v kg.View, f *store.EventFilter, roles []kg.ParticipantRole,
	via []relations.LinkKind,
) oracle {
	tb.Helper()
	v = f.InView(v)
	n := oracle{events: map[kg.ID]map[kg.ID]bool{}, starts: map[kg.ID]edtf.Instant{}}
	if roles == nil {
		roles = slices.DeleteFunc(kg.ParticipantRoles.Values(), func(r kg.ParticipantRole) bool {
			return r == kg.RoleClaimant || r == kg.RoleMentioned
		})
	}
	named := namedKeys(tb, f)
	yes := true
	wholes := map[kg.ID]bool{}
	for _, e := range everyEvent(ctx, tb, s, v, &store.EventFilter{HasParts: &yes}) {
		wholes[e.ID] = true
	}
	var ids []kg.ID
	var selected []kg.Event
	for _, e := range everyEvent(ctx, tb, s, v, f) {
		happened := e.Modality == kg.ModalityOccurred || e.Modality == kg.ModalityOngoing
		refuted := e.Status == kg.StatusDenied || e.Status == kg.StatusRetracted
		if !named["hasParts"] && wholes[e.ID] || !named["modalities"] && !happened || !named["statuses"] && refuted {
			continue
		}
		ids, selected = append(ids, e.ID), append(selected, e)
		n.starts[e.ID] = e.Time.Earliest
		if !e.Time.Earliest.Bounded() {
			n.starts[e.ID] = edtf.EndOfTime
		}
	}
	edges, err := s.EventEdges(ctx, v, kg.WantParticipations, ids)
	if err != nil {
		tb.Fatal(err)
	}
	for i, e := range edges {
		n.events[ids[i]] = map[kg.ID]bool{}
		first := map[kg.ID]kg.Participation{}
		for _, p := range e.Participations {
			if !slices.Contains(roles, p.Role) || p.Status == kg.StatusDenied && !named["participants.statuses"] {
				continue
			}
			n.events[ids[i]][p.Actor] = true
			old, seen := first[p.Actor]
			if !seen || kg.ParticipantRoles.Index(p.Role) < kg.ParticipantRoles.Index(old.Role) {
				first[p.Actor] = p
			}
		}
		for a, from := range first {
			for b, to := range first {
				if a != b && (via == nil || slices.Contains(via, relations.LinkEvent)) {
					h := relations.Hop{
						From: a, To: b, Kind: relations.LinkEvent, Link: ids[i], FromRole: from.Role, ToRole: to.Role,
						Status: weakest(selected[i].Status, from.Status, to.Status),
					}
					n.links = append(n.links, oracleLink{h, n.starts[ids[i]]})
				}
			}
		}
	}
	actors, err := s.Actors(ctx, store.ActorQuery{View: v, Window: store.Window{Limit: store.MaxPageSize}})
	if err != nil {
		tb.Fatal(err)
	}
	if actors[0].HasNext {
		tb.Fatal("the graph has more actors than a page")
	}
	for _, a := range actors[0].Items {
		lists, err := s.Affiliations(ctx, store.AffiliationQuery{View: v, Actors: []kg.ID{a.ID}})
		if err != nil {
			tb.Fatal(err)
		}
		for _, f := range lists[0] {
			other := f.Counterpart
			if other == a.ID {
				other = f.Holder
			}
			if other.Kind() != kg.KindActor || other == a.ID ||
				via != nil && !slices.Contains(via, relations.LinkByAffiliation) {
				continue
			}
			start := edtf.EndOfTime
			if f.ValidTime != nil && f.ValidTime.Earliest.Bounded() {
				start = f.ValidTime.Earliest
			}
			h := relations.Hop{From: a.ID, To: other, Kind: relations.LinkByAffiliation, Link: f.ID}
			n.links = append(n.links, oracleLink{h, start})
		}
	}
	slices.SortFunc(n.links, func(a, b oracleLink) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.hop.Link, b.hop.Link))
	})
	return n
}

// namedKeys returns which conditions a filter has anywhere, by their JSON names.
func namedKeys(tb testing.TB, f *store.EventFilter) map[string]bool {
	tb.Helper()
	text, err := json.Marshal(f)
	if err != nil {
		tb.Fatal(err)
	}
	var decoded any
	if err := json.Unmarshal(text, &decoded); err != nil {
		tb.Fatal(err)
	}
	found := map[string]bool{}
	var visit func(prefix string, value any)
	visit = func(prefix string, value any) {
		switch v := value.(type) {
		case map[string]any:
			for key, below := range v {
				found[prefix+key] = true
				if key == "participants" {
					visit("participants.", below)
				} else {
					visit("", below)
				}
			}
		case []any:
			for _, below := range v {
				visit(prefix, below)
			}
		}
	}
	visit("", decoded)
	return found
}

func everyEvent(ctx context.Context, tb testing.TB, s store.Reader, v kg.View, f *store.EventFilter) []kg.Event {
	tb.Helper()
	list, err := s.Events(ctx, store.EventQuery{View: v, Filter: f, Window: store.Window{Limit: store.MaxPageSize}})
	if err != nil {
		tb.Fatal(err)
	}
	if list[0].HasNext {
		tb.Fatal("the graph has more events than a page")
	}
	return list[0].Items
}

// weakest returns the status with the lowest rank.
func weakest(statuses ...kg.ClaimStatus) kg.ClaimStatus {
	rank := map[kg.ClaimStatus]int{
		kg.StatusRetracted: 0, kg.StatusDenied: 1, kg.StatusDisputed: 2, kg.StatusUnverified: 3, kg.StatusCorroborated: 4,
		kg.StatusConfirmed: 5,
	}
	return slices.MinFunc(statuses, func(a, b kg.ClaimStatus) int { return cmp.Compare(rank[a], rank[b]) })
}

// idsInView returns the ids that a store has in a view for actors: in RESOLVED the smallest of each class, without
// duplicates.
func idsInView(ctx context.Context, tb testing.TB, s store.Reader, v kg.View, ids []kg.ID) []kg.ID {
	tb.Helper()
	nodes, err := s.Nodes(ctx, v, ids)
	if err != nil {
		tb.Fatal(err)
	}
	var all []kg.ID
	for _, n := range nodes {
		if id := n.NodeID(); !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}

// paths returns the best of all sequences of actors.
func (n oracle) paths(q relations.PathQuery) []relations.Path {
	type found struct {
		relations.Path
		starts []edtf.Instant
	}
	var all []found
	var visit func(at kg.ID, hops []oracleLink)
	visit = func(at kg.ID, hops []oracleLink) {
		if at == q.To {
			var f found
			for _, h := range hops {
				f.Hops, f.starts = append(f.Hops, h.hop), append(f.starts, h.start)
			}
			all = append(all, f)
			return
		}
		if len(hops) == q.MaxHops {
			return
		}
		tried := map[kg.ID]bool{q.From: true}
		for _, a := range q.Avoid {
			tried[a] = true
		}
		for _, h := range hops {
			tried[h.hop.To] = true
		}
		for _, l := range n.links { // the earliest first
			if l.hop.From != at || tried[l.hop.To] {
				continue
			}
			if q.TimeRespecting && (len(hops) > 0 || l.hop.To != q.To) { // the path has more hops than this one
				if l.start == edtf.EndOfTime || len(hops) > 0 && l.start < hops[len(hops)-1].start {
					continue
				}
			}
			tried[l.hop.To] = true
			visit(l.hop.To, append(slices.Clone(hops), l))
		}
	}
	if q.From != q.To && !slices.Contains(q.Avoid, q.From) && !slices.Contains(q.Avoid, q.To) {
		visit(q.From, nil)
	}
	slices.SortFunc(all, func(a, b found) int {
		return cmp.Or(
			cmp.Compare(len(a.Hops), len(b.Hops)),
			slices.Compare(a.starts, b.starts),
			slices.CompareFunc(a.Hops, b.Hops, func(x, y relations.Hop) int { return cmp.Compare(x.To, y.To) }),
		)
	})
	var best []relations.Path
	for _, f := range all[:min(len(all), q.Limit)] {
		best = append(best, f.Path)
	}
	return best
}

// queryGenerator makes random queries over a generated graph.
type queryGenerator struct {
	*rand.Rand
	actors  []kg.ID
	moments []edtf.Instant
}

func (a queryGenerator) actor() kg.ID { return a.actors[a.IntN(len(a.actors))] }

func (a queryGenerator) view() kg.View {
	v := kg.View{Identity: []kg.IdentityMode{"", "", kg.IdentityResolved, kg.IdentityExact}[a.IntN(4)]}
	if a.IntN(2) == 0 {
		v.KnownAt = &a.moments[a.IntN(len(a.moments))]
	}
	return v
}

func (a queryGenerator) filter() *store.EventFilter {
	yes, no, exact, resolved := true, false, kg.IdentityExact, kg.IdentityResolved
	from, _ := edtf.ParseTime("2025-02-10")
	all := []*store.EventFilter{
		nil, nil, nil, {}, {HasParts: &yes}, {HasParts: &no},
		{Categories: kg.EventCategories.Values()[:9]}, {Time: &store.TimeRange{From: &from}},
		{Not: &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusUnverified}}},
		{Identity: &exact}, {Identity: &exact, Categories: kg.EventCategories.Values()[:9]}, {Identity: &resolved},
		{Modalities: kg.Modalities.Values()}, {Not: &store.EventFilter{Modalities: []kg.Modality{kg.ModalityOngoing}}},
		{And: []store.EventFilter{{HasParts: &no}}, Or: []store.EventFilter{{Statuses: kg.ClaimStatuses.Values()}}},
		{Or: []store.EventFilter{{}, {Participants: []store.ParticipantFilter{{
			Statuses: []kg.ClaimStatus{kg.StatusDenied},
		}}}}},
	}
	return all[a.IntN(len(all))]
}

func (a queryGenerator) roles() []kg.ParticipantRole {
	return [][]kg.ParticipantRole{
		nil, nil, nil, kg.ParticipantRoles.Values(), kg.ParticipantRoles.Values()[:3],
		{kg.RoleMentioned, kg.RoleVictim, kg.RoleSpeaker},
	}[a.IntN(6)]
}

func (a queryGenerator) paths() relations.PathQuery {
	q := relations.PathQuery{
		View: a.view(), From: a.actor(), To: a.actor(), Limit: 1 + a.IntN(12), MaxHops: 1 + a.IntN(5),
		Filter: a.filter(), Roles: a.roles(), TimeRespecting: a.IntN(2) == 0,
		Via: [][]relations.LinkKind{
			nil, nil, {relations.LinkEvent}, {relations.LinkByAffiliation}, relations.LinkKinds.Values(),
		}[a.IntN(5)],
	}
	for range a.IntN(3) {
		q.Avoid = append(q.Avoid, a.actor())
	}
	return q
}

// generate returns a store with a random graph, the batches that made it, and a generator of queries over it.
func generate(tb testing.TB, seed uint64) (store.Store, []kg.Batch, queryGenerator) {
	tb.Helper()
	s := memory.New()
	batches, decisions := storetest.GeneratedBatches(seed, false)
	a := queryGenerator{Rand: rand.New(rand.NewPCG(seed, 1))}
	seen := map[kg.ID]bool{}
	batches = append(batches, decisions)
	for _, b := range batches {
		if _, err := s.Apply(tb.Context(), b); err != nil {
			tb.Fatal(err)
		}
		for _, n := range b.Actors {
			if !seen[n.ID] {
				seen[n.ID] = true
				a.actors = append(a.actors, n.ID)
			}
		}
		for _, c := range b.Claims {
			a.moments = append(a.moments, c.KnownFrom())
		}
	}
	slices.Sort(a.actors)
	slices.Sort(a.moments)
	return s, batches, a
}

func TestPathsAgainstOracle(t *testing.T) {
	lengths := map[int]int{}
	for seed := range uint64(12) {
		s, _, a := generate(t, seed)
		n := New(s, 0)
		for range 140 {
			q := a.paths()
			got, err := n.Paths(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			resolved := q
			for _, id := range []*kg.ID{&resolved.From, &resolved.To} {
				*id = idsInView(t.Context(), t, s, q.Filter.InView(q.View), []kg.ID{*id})[0]
			}
			resolved.Avoid = idsInView(t.Context(), t, s, q.Filter.InView(q.View), q.Avoid)
			want := newOracle(t.Context(), t, s, q.View, q.Filter, q.Roles, q.Via).paths(resolved)
			if d := gocmp.Diff(want, got); d != "" {
				t.Fatalf("seed %d: %+v (-oracle +got)\n%s", seed, q, d)
			}
			for _, p := range got {
				lengths[len(p.Hops)]++
			}
		}
	}
	for hops := 1; hops <= 4; hops++ {
		if lengths[hops] < 20 {
			t.Errorf("only %d paths of %d hops were compared", lengths[hops], hops)
		}
	}
	t.Log("paths by length:", fmt.Sprint(lengths))
}
