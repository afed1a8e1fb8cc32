package kg_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

func TestVoices(t *testing.T) {
	book := kg.VoiceBook{
		Documents: map[kg.ID]kg.Document{
			"document:wire":    {Publisher: "actor:wire"},
			"document:copy":    {Publisher: "actor:daily", Syndicates: "document:wire"},
			"document:copy2":   {Publisher: "actor:weekly", Syndicates: "document:copy"},
			"document:own":     {Publisher: "actor:daily"},
			"document:leaflet": {},
			"document:lost":    {Publisher: "actor:daily", Syndicates: "document:never-seen"},
			"document:round-b": {Publisher: "actor:rb", Syndicates: "document:round-c"},
			"document:round-c": {Publisher: "actor:rc", Syndicates: "document:round-b"},
			"document:round-a": {Publisher: "actor:ra", Syndicates: "document:round-b"},
		},
		Classes: map[kg.ID]kg.ID{
			"actor:b": "actor:a", "actor:a": "actor:a", "actor:wire": "actor:agency", "actor:agency": "actor:agency",
		},
		Releases: map[kg.ID]kg.Release{"release:1": {Name: "events"}, "release:2": {Name: "events"}},
	}
	tests := []struct {
		name  string
		claim kg.Claim
		want  []kg.ID
	}{
		{
			"claimants, sorted", kg.Claim{Claimants: []kg.ID{"actor:z", "actor:c"}, Document: "document:wire"},
			[]kg.ID{"actor:c", "actor:z"},
		},
		{"claimants of one class", kg.Claim{Claimants: []kg.ID{"actor:b", "actor:a"}}, []kg.ID{"actor:a"}},
		{"publisher, by its class", kg.Claim{Document: "document:wire"}, []kg.ID{"actor:agency"}},
		{"original's publisher", kg.Claim{Document: "document:copy"}, []kg.ID{"actor:agency"}},
		{"two reprints", kg.Claim{Document: "document:copy2"}, []kg.ID{"actor:agency"}},
		{"no publisher", kg.Claim{Document: "document:leaflet"}, []kg.ID{"document:leaflet"}},
		{"unknown document", kg.Claim{Document: "document:x"}, []kg.ID{"document:x"}},
		{"unknown original", kg.Claim{Document: "document:lost"}, []kg.ID{"document:never-seen"}},
		{"circle", kg.Claim{Document: "document:round-c"}, []kg.ID{"actor:rb"}},
		{"into a circle", kg.Claim{Document: "document:round-a"}, []kg.ID{"actor:rb"}},
		{"a row in a document without a publisher", kg.Claim{Document: "document:leaflet", Release: "release:1"}, []kg.ID{}},
		{
			"a row and its sources",
			kg.Claim{
				Document: "document:copy", Release: "release:1",
				Cites: []kg.ID{"document:own", "document:leaflet", "document:wire"},
			},
			[]kg.ID{"actor:agency", "actor:daily"},
		},
		{
			"a row with claimants",
			kg.Claim{Claimants: []kg.ID{"actor:c"}, Release: "release:1", Cites: []kg.ID{"document:wire"}},
			[]kg.ID{"actor:c"},
		},
		{
			"only rows speak for cited documents",
			kg.Claim{Document: "document:own", Cites: []kg.ID{"document:wire"}}, []kg.ID{"actor:daily"},
		},
		{"a row without sources", kg.Claim{Release: "release:1"}, []kg.ID{}},
		{"none of these", kg.Claim{ID: "claim:1"}, []kg.ID{}},
	}
	for _, tt := range tests {
		if got := book.VoicesOf(tt.claim); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestClasses(t *testing.T) {
	decide := func(id, a, b kg.ID, same bool, day int) kg.IdentityDecision {
		return kg.IdentityDecision{ID: "identity:" + id, A: "actor:" + a, B: "actor:" + b, Same: same, DecidedAt: noon(day)}
	}
	tests := []struct {
		name      string
		decisions []kg.IdentityDecision
		want      map[kg.ID]kg.ID
	}{
		{"none", nil, map[kg.ID]kg.ID{}},
		{
			"pair", []kg.IdentityDecision{decide("1", "b", "a", true, 1)},
			map[kg.ID]kg.ID{"actor:a": "actor:a", "actor:b": "actor:a"},
		},
		{
			"closure",
			[]kg.IdentityDecision{
				decide("1", "c", "d", true, 1), decide("2", "a", "b", true, 1), decide("3", "d", "b", true, 1),
			},
			map[kg.ID]kg.ID{"actor:a": "actor:a", "actor:b": "actor:a", "actor:c": "actor:a", "actor:d": "actor:a"},
		},
		{
			"taken back", []kg.IdentityDecision{decide("1", "a", "b", true, 1), decide("2", "b", "a", false, 2)},
			map[kg.ID]kg.ID{},
		},
		{
			"decided again", []kg.IdentityDecision{decide("1", "a", "b", true, 3), decide("2", "a", "b", false, 2)},
			map[kg.ID]kg.ID{"actor:a": "actor:a", "actor:b": "actor:a"},
		},
		{
			"at one time the later id counts",
			[]kg.IdentityDecision{decide("2", "a", "b", false, 1), decide("1", "a", "b", true, 1)}, map[kg.ID]kg.ID{},
		},
		{
			"not the same, but through a third node",
			[]kg.IdentityDecision{
				decide("1", "a", "b", false, 9), decide("2", "a", "c", true, 1), decide("3", "b", "c", true, 1),
			},
			map[kg.ID]kg.ID{"actor:a": "actor:a", "actor:b": "actor:a", "actor:c": "actor:a"},
		},
	}
	for _, tt := range tests {
		for range 5 { // the order of decisions does not matter
			rand.Shuffle(
				len(tt.decisions), func(i, j int) { tt.decisions[i], tt.decisions[j] = tt.decisions[j], tt.decisions[i] },
			)
			if diff := cmp.Diff(tt.want, kg.Classes(tt.decisions)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
		}
	}
}

// TestClassesAreConnectedComponents compares classes with a search from each node.
func TestClassesAreConnectedComponents(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 6))
		var decisions []kg.IdentityDecision
		neighbours := map[kg.ID][]kg.ID{}
		for range r.IntN(20) {
			a, b := kg.ID("actor:"+string(rune('a'+r.IntN(16)))), kg.ID("actor:"+string(rune('a'+r.IntN(16))))
			if a != b {
				decisions = append(decisions, kg.IdentityDecision{A: a, B: b, Same: true})
				neighbours[a], neighbours[b] = append(neighbours[a], b), append(neighbours[b], a)
			}
		}
		want := map[kg.ID]kg.ID{}
		for n := range neighbours {
			reached, queue := map[kg.ID]bool{n: true}, []kg.ID{n}
			smallest := n
			for len(queue) > 0 {
				for _, m := range neighbours[queue[0]] {
					if !reached[m] {
						reached[m] = true
						queue = append(queue, m)
						smallest = min(smallest, m)
					}
				}
				queue = queue[1:]
			}
			want[n] = smallest
		}
		if diff := cmp.Diff(want, kg.Classes(decisions)); diff != "" {
			t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
		}
	}
}
