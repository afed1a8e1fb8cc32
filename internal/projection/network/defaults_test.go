package network

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/relations"
	"casus/internal/testkit/foreign"

	gocmp "github.com/google/go-cmp/cmp"
)

// defaultsScript applies the defaults of docs/model.md to all events of a view, and finds paths and weights with
// networkx: all simple paths are enumerated and sorted.
const defaultsScript = `
import itertools, json, math, sys
import networkx as nx

RANK = ["RETRACTED", "DENIED", "DISPUTED", "UNVERIFIED", "CORROBORATED", "CONFIRMED"]

def named(value, prefix=""):
    if isinstance(value, list):
        return set().union(*(named(v, prefix) for v in value))
    if not isinstance(value, dict):
        return set()
    keys = {prefix + k for k in value}
    return keys.union(*(named(v, "participants." if k == "participants" else "") for k, v in value.items()))

def meetings(given):
    asked = named(given["filter"])
    roles = given["roles"]
    if roles is None:
        roles = [r for r in given["vocabulary"] if r not in ("CLAIMANT", "MENTIONED")]
    for e in given["events"] or []:
        if e["id"] not in (given["selected"] or []):
            continue
        if e["hasParts"] and "hasParts" not in asked:
            continue
        if e["modality"] not in ("OCCURRED", "ONGOING") and "modalities" not in asked:
            continue
        if e["status"] in ("DENIED", "RETRACTED") and "statuses" not in asked:
            continue
        part = {}
        for p in sorted(e["participations"] or [], key=lambda p: given["vocabulary"].index(p["role"])):
            if p["role"] in roles and (p["status"] != "DENIED" or "participants.statuses" in asked):
                part.setdefault(p["actor"], p)
        for a, b in itertools.combinations(sorted(part), 2):
            status = min([e["status"], part[a]["status"], part[b]["status"]], key=RANK.index)
            yield a, b, e["id"], e["start"], status

def answer(given):
    weights = nx.Graph()
    g = nx.MultiGraph()
    for a, b, event, start, status in meetings(given):
        before = weights.get_edge_data(a, b, {"weight": 0})["weight"]
        weights.add_edge(a, b, weight=before + 1)
        if given["via"] is None or "EVENT" in given["via"]:
            g.add_edge(a, b, key=event, start=start, status=status)
    if given["via"] is None or "AFFILIATION" in given["via"]:
        for a in given["affiliations"] or []:
            g.add_edge(a["a"], a["b"], key=a["id"], start=a["start"], status="")
    g.remove_nodes_from(given["avoid"] or [])
    source, target = given["from"], given["to"]
    found = []
    if source != target and source in g and target in g:
        for nodes in nx.all_simple_paths(nx.Graph(g), source, target, cutoff=given["maxHops"]):
            hops, floor = [], -math.inf
            for a, b in zip(nodes, nodes[1:]):
                links = [(math.inf if l["start"] is None else l["start"], key, l["status"])
                         for key, l in g[a][b].items()]
                if given["timeRespecting"] and len(nodes) > 2:
                    links = [l for l in links if floor <= l[0] < math.inf]
                if not links:
                    break
                hops.append(min(links))
                floor = hops[-1][0]
            if len(hops) == len(nodes) - 1:
                found.append((len(hops), [h[0] for h in hops], nodes, hops))
    found.sort(key=lambda f: f[:3])
    return {
        "paths": [{"actors": n, "links": [h[1] for h in hops],
                   "status": min([h[2] for h in hops if h[2]], key=RANK.index, default="")}
                  for _, _, n, hops in found[:given["limit"]]],
        "weights": sorted([min(a, b), max(a, b), w] for a, b, w in weights.edges(data="weight")),
    }

json.dump([answer(q) for q in json.load(open(sys.argv[1]))], sys.stdout)
`

type foreignParticipation struct {
	Actor  kg.ID              `json:"actor"`
	Role   kg.ParticipantRole `json:"role"`
	Status kg.ClaimStatus     `json:"status"`
}

type foreignEvent struct {
	ID             kg.ID                  `json:"id"`
	Modality       kg.Modality            `json:"modality"`
	Status         kg.ClaimStatus         `json:"status"`
	HasParts       bool                   `json:"hasParts"`
	Start          *edtf.Instant          `json:"start"`
	Participations []foreignParticipation `json:"participations"`
}

type foreignAffiliation struct {
	ID    kg.ID         `json:"id"`
	A     kg.ID         `json:"a"`
	B     kg.ID         `json:"b"`
	Start *edtf.Instant `json:"start"`
}

// foreignQuery is a query with everything that the script needs to answer it.
type foreignQuery struct {
	Vocabulary     []kg.ParticipantRole `json:"vocabulary"`
	Events         []foreignEvent       `json:"events"`
	Affiliations   []foreignAffiliation `json:"affiliations"`
	Selected       []kg.ID              `json:"selected"`
	Filter         *store.EventFilter   `json:"filter"`
	Roles          []kg.ParticipantRole `json:"roles"`
	Via            []relations.LinkKind `json:"via"`
	Avoid          []kg.ID              `json:"avoid"`
	From           kg.ID                `json:"from"`
	To             kg.ID                `json:"to"`
	MaxHops        int                  `json:"maxHops"`
	Limit          int                  `json:"limit"`
	TimeRespecting bool                 `json:"timeRespecting"`
}

type foreignAnswer struct {
	Paths []foreignPath `json:"paths"`
	// Weights holds [source, target, weight].
	Weights [][3]any `json:"weights"`
}

type foreignPath struct {
	Actors []kg.ID        `json:"actors"`
	Links  []kg.ID        `json:"links"`
	Status kg.ClaimStatus `json:"status"`
}

// TestDefaultsAgainstNetworkx compares paths, their statuses and the weights of networks with networkx, which reads the
// events without any filter.
func TestDefaultsAgainstNetworkx(t *testing.T) {
	var queries []foreignQuery
	var got []foreignAnswer
	paths := 0
	for seed := uint64(20); seed < 24; seed++ {
		s, _, a := generate(t, seed)
		n := New(s, 0)
		for range 60 {
			q := a.paths()
			queries = append(queries, foreignQueryOf(t, s, q))
			got = append(got, foreignAnswerOf(t, n, q))
			paths += len(got[len(got)-1].Paths)
		}
	}
	if paths < 100 {
		t.Errorf("only %d paths were compared", paths)
	}
	input, err := json.Marshal(queries)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "queries.json")
	if err := os.WriteFile(file, input, 0o600); err != nil {
		t.Fatal(err)
	}
	var want []foreignAnswer
	if err := json.Unmarshal(foreign.Python(t, "-c", defaultsScript, file), &want); err != nil {
		t.Fatal(err)
	}
	for i, q := range queries {
		if d := gocmp.Diff(want[i], got[i]); d != "" {
			q.Events = nil
			t.Fatalf("query %d: %+v (-networkx +casus)\n%s", i, q, d)
		}
	}
}

func foreignQueryOf(t *testing.T, s store.Reader, q relations.PathQuery) foreignQuery {
	t.Helper()
	v := q.Filter.InView(q.View)
	in := func(id kg.ID) kg.ID { return idsInView(t.Context(), t, s, v, []kg.ID{id})[0] }
	f := foreignQuery{
		Vocabulary: kg.ParticipantRoles.Values(), Selected: []kg.ID{}, Filter: q.Filter, Roles: q.Roles, Via: q.Via,
		Avoid: idsInView(t.Context(), t, s, v, q.Avoid), From: in(q.From), To: in(q.To),
		MaxHops: q.MaxHops, Limit: q.Limit, TimeRespecting: q.TimeRespecting,
	}
	start := func(at edtf.Time) *edtf.Instant {
		if at.IsZero() || !at.Earliest.Bounded() {
			return nil
		}
		return &at.Earliest
	}
	yes, wholes := true, map[kg.ID]bool{}
	for _, e := range everyEvent(t.Context(), t, s, v, &store.EventFilter{HasParts: &yes}) {
		wholes[e.ID] = true
	}
	for _, e := range everyEvent(t.Context(), t, s, v, nil) {
		edges, err := s.EventEdges(t.Context(), v, kg.WantParticipations, []kg.ID{e.ID})
		if err != nil {
			t.Fatal(err)
		}
		event := foreignEvent{
			ID: e.ID, Modality: e.Modality, Status: e.Status, HasParts: wholes[e.ID], Start: start(e.Time),
		}
		for _, p := range edges[0].Participations {
			event.Participations = append(event.Participations, foreignParticipation{p.Actor, p.Role, p.Status})
		}
		f.Events = append(f.Events, event)
	}
	for _, e := range everyEvent(t.Context(), t, s, v, q.Filter) {
		f.Selected = append(f.Selected, e.ID)
	}
	listed := map[kg.ID]bool{}
	actors, err := s.Actors(t.Context(), store.ActorQuery{View: v, Window: store.Window{Limit: store.MaxPageSize}})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range actors[0].Items {
		lists, err := s.Affiliations(t.Context(), store.AffiliationQuery{View: v, Actors: []kg.ID{a.ID}})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lists[0] {
			if listed[l.ID] || l.Counterpart.Kind() != kg.KindActor || l.Counterpart == l.Holder {
				continue
			}
			listed[l.ID] = true
			joined := foreignAffiliation{ID: l.ID, A: l.Holder, B: l.Counterpart}
			if l.ValidTime != nil {
				joined.Start = start(*l.ValidTime)
			}
			f.Affiliations = append(f.Affiliations, joined)
		}
	}
	return f
}

func foreignAnswerOf(t *testing.T, n *Networks, q relations.PathQuery) foreignAnswer {
	t.Helper()
	answer := foreignAnswer{Paths: []foreignPath{}, Weights: [][3]any{}}
	found, err := n.Paths(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range found {
		path := foreignPath{Actors: []kg.ID{p.Hops[0].From}, Status: p.Status()}
		for _, h := range p.Hops {
			path.Actors, path.Links = append(path.Actors, h.To), append(path.Links, h.Link)
		}
		answer.Paths = append(answer.Paths, path)
	}
	w, err := n.Network(t.Context(), relations.NetworkQuery{
		View: q.View, Filter: q.Filter, Roles: q.Roles, MinWeight: 1, Limit: relations.MaxNetworkNodes,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range w.Links {
		answer.Weights = append(answer.Weights, [3]any{string(l.Source), string(l.Target), float64(l.Weight)})
	}
	slices.SortFunc(answer.Weights, func(a, b [3]any) int {
		return cmp.Or(cmp.Compare(a[0].(string), b[0].(string)), cmp.Compare(a[1].(string), b[1].(string)))
	})
	return answer
}
