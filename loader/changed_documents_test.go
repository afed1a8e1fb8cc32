package loader_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// The Daily's report of a strike, in two versions that a program made without ids, and its report of a fire.
const (
	daily    = `{"type":"document","id":"document:daily","titles":["The Daily"],"publishedAt":"2025-03-02"}`
	post     = `{"type":"document","id":"document:post","titles":["The Post"],"publishedAt":"2025-03-02"}`
	strike   = `{"type":"event","id":"event:strike","titles":["A strike"],"document":"document:daily"}`
	shelling = `{"type":"event","id":"event:strike","titles":["A shelling"],"document":"document:daily"}`
	fire     = `{"type":"event","id":"event:fire","titles":["A fire"],"document":"document:daily"}`
	flood    = `{"type":"event","id":"event:flood","titles":["A flood"],"document":"document:post"}`
)

func TestChangedDocumentIsRejected(t *testing.T) {
	s := memory.New()
	checkCounts(t, load(t, s, loader.Options{}, daily, strike), 2, 0, 0)
	before := graph(t, s)
	r := load(t, s, loader.Options{}, daily, shelling, fire)
	checkCounts(t, r, 0, 1, 2)
	if after := graph(t, s); after != before {
		t.Errorf("the graph has changed:\n%s", after)
	}
	conflict, other := r.FirstRejects[0], r.FirstRejects[1]
	for _, reject := range r.FirstRejects {
		if reject.Code != kg.Conflict || !strings.Contains(reject.Reason, "changes document:daily") {
			t.Errorf("rejected: %v", reject)
		}
	}
	if conflict.Line != 2 || !strings.Contains(conflict.Raw, "A shelling") ||
		!strings.Contains(conflict.Other, "A strike") || len(conflict.Differs) == 0 {
		t.Errorf("the reject does not show both versions: %v", conflict)
	}
	if other.Line != 3 {
		t.Errorf("rejected: %v", other)
	}
	checkCounts(t, load(t, s, loader.Options{}, daily, shelling, post, flood), 2, 1, 1) // the rest is loaded
}

// Additions and omissions are loaded, and so is a claim that names the one that it replaces.
func TestUnchangedDocuments(t *testing.T) {
	named := func(id, title string, supersedes string) string {
		return fmt.Sprintf(`{"type":"event","id":"event:strike","claims":[{"id":"claim:%s","document":"document:daily",`+
			`"titles":[%q]%s}]}`, id, title, supersedes)
	}
	for _, c := range []struct {
		name          string
		first, second []string
		applied, same int
	}{
		{"the same file", []string{daily, strike, fire}, []string{daily, strike, fire}, 0, 3},
		{"the same file in another order", []string{daily, strike, fire}, []string{fire, strike, daily}, 0, 3},
		{"an addition", []string{daily, strike}, []string{daily, fire, strike}, 1, 2},
		{"an addition alone", []string{daily, strike}, []string{fire}, 1, 0},
		{"an omission", []string{daily, strike, fire}, []string{daily, fire}, 0, 2},
		{"a claim that supersedes", []string{daily, named("a", "A strike", "")},
			[]string{daily, named("b", "A shelling", `,"supersedes":["claim:a"]`)}, 1, 1},
		{"another document", []string{daily, strike}, []string{post, strings.Replace(shelling, "daily", "post", 1)}, 2, 0},
		{"a document without claims", []string{daily}, []string{daily, shelling}, 1, 1},
		{"a title of the document", []string{daily, strike},
			[]string{strings.Replace(daily, `"The Daily"`, `"The Daily","Daily"`, 1), strike}, 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, size := range []int{1, 100} {
				s := memory.New()
				load(t, s, loader.Options{}, c.first...)
				checkCounts(t, load(t, s, loader.Options{ChunkSize: size}, c.second...), c.applied, c.same, 0)
			}
		})
	}
}

// Chunks, files and the order of records make no difference: the files of a load are one input.
func TestChangesOfManyChunks(t *testing.T) {
	first := []string{daily, post, strike}
	for i := range 30 {
		first = append(first, fmt.Sprintf(
			`{"type":"event","id":"event:e%d","titles":["E"],"document":"document:daily"}`, i))
	}
	unchanged := slices.Clone(first)
	second := append(slices.Clone(first[:2]), shelling, fire, flood)
	second = append(second, first[3:]...)
	reversed := slices.Clone(second)
	slices.Reverse(reversed)
	for _, c := range []struct {
		name                    string
		lines                   []string
		applied, same, rejected int
	}{
		{"unchanged", unchanged, 0, 33, 0},
		{"changed", second, 1, 32, 2},
		{"changed, reversed", reversed, 1, 32, 2},
	} {
		for _, size := range []int{1, 7, 1000} {
			t.Run(fmt.Sprintf("%s in chunks of %d", c.name, size), func(t *testing.T) {
				s := memory.New()
				load(t, s, loader.Options{}, first...)
				half := len(c.lines) / 2
				files := []loader.Input{file("one", c.lines[:half]...), file("two", c.lines[half:]...)}
				r, err := loader.Load(t.Context(), s, files, loader.Options{ChunkSize: size})
				if err != nil {
					t.Fatal(err)
				}
				checkTotals(t, r)
				checkCounts(t, r, c.applied, c.same, c.rejected)
			})
		}
	}
}

// A document whose claims are in several files of a first load is not changed by the second of them.
func TestClaimsOfOneDocumentInTwoFiles(t *testing.T) {
	for _, stored := range [][]string{nil, {post, flood}} {
		s := memory.New()
		load(t, s, loader.Options{}, stored...)
		files := []loader.Input{file("one", daily, strike), file("two", shelling)}
		r, err := loader.Load(t.Context(), s, files, loader.Options{ChunkSize: 1})
		if err != nil {
			t.Fatal(err)
		}
		if r.Rejected != 0 || r.Added[kg.KindClaim] != 2 {
			t.Errorf("%+v", r)
		}
		checkAllCounts(t, load(t, s, loader.Options{ChunkSize: 1}, shelling, strike), 0, 1, 0, 1, 0)
	}
}

// A load that is killed after any batch and started again ends as one that is not.
func TestChangesAfterAnInterruption(t *testing.T) {
	first := []string{daily, post, strike, flood}
	second := []string{daily, fire, post, strings.Replace(flood, "A flood", "A big flood", 1), strike,
		`{"type":"event","id":"event:a","titles":["A"],"document":"document:daily"}`,
		`{"type":"event","id":"event:b","titles":["B"],"document":"document:post"}`,
		`{"type":"event","id":"event:c","titles":["C"],"document":"document:daily"}`,
		`{"type":"event","id":"event:d","titles":["D"],"document":"document:new"}`,
		`{"type":"document","id":"document:new","titles":["New"],"publishedAt":"2025-03-02"}`,
		`{"type":"event","id":"event:d","titles":["DD"],"document":"document:new"}`}
	want := memory.New()
	load(t, want, loader.Options{}, first...)
	whole := load(t, want, loader.Options{ChunkSize: 1}, second...)
	for batches := range 40 {
		s := memory.New()
		load(t, s, loader.Options{}, first...)
		failing := &dyingStore{Store: s, left: batches}
		input := []loader.Input{file("f", second...)}
		_, err := loader.Load(t.Context(), failing, input, loader.Options{ChunkSize: 1, Now: 1})
		r := load(t, s, loader.Options{ChunkSize: 1, Now: 2}, second...)
		if graph(t, s) != graph(t, want) || r.Rejected != whole.Rejected || r.Rejected != 2 {
			t.Fatalf("after %d batches: %d rejected, %v, another graph: %v", batches, r.Rejected, r.FirstRejects,
				graph(t, s) != graph(t, want))
		}
		if err == nil {
			return
		}
	}
	t.Error("the load was interrupted each time")
}

// A file replaces what it changes, and changes nothing when it is loaded again. The file before it does not either.
func TestReplace(t *testing.T) {
	named := func(title string) string {
		return fmt.Sprintf(`{"type":"event","id":"event:flood","claims":[{"id":"claim:flood","document":"document:daily",`+
			`"titles":[%q]}]}`, title)
	}
	first := []string{daily, strike, named("A flood")}
	second := []string{daily, shelling, named("A deluge"), fire}
	for _, size := range []int{1, 100} {
		s := memory.New()
		load(t, s, loader.Options{Now: 1}, first...)
		checkCounts(t, load(t, s, loader.Options{Now: 2, ChunkSize: size}, second...), 0, 1, 3)
		r := load(t, s, loader.Options{Now: 3, ChunkSize: size, Replace: "Ada"}, second...)
		if r.Rejected != 0 || r.Replaced != 2 || r.Applied < 2 {
			t.Errorf("%+v", r)
		}
		after := graph(t, s)
		for id, want := range map[kg.ID]string{
			"event:strike": "A shelling", "event:flood": "A deluge", "event:fire": "A fire",
		} {
			nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{id})
			if err != nil {
				t.Fatal(err)
			}
			e, ok := nodes[0].(kg.Event)
			if !ok || len(e.Titles) != 1 || e.Titles[0].Value != want {
				t.Errorf("%s: %+v", id, nodes[0])
			}
		}
		for i, lines := range [][]string{second, first} {
			r := load(t, s, loader.Options{Now: 4, ChunkSize: size}, lines...)
			if r.Rejected+r.Applied != 0 || graph(t, s) != after || i == 1 && r.Forgotten != 1 {
				t.Errorf("file %d, loaded again: %+v", i, r)
			}
		}
	}
}

// dyingStore fails after a number of batches.
type dyingStore struct {
	*memory.Store
	left int
}

func (s *dyingStore) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	if s.left--; s.left < 0 {
		return kg.ApplyResult{}, kg.Errorf(kg.Internal, "killed")
	}
	return s.Store.Apply(ctx, b)
}
