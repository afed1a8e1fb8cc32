package loader_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/internal/testkit/seeds"
	"casus/loader"
)

// lenient is the zero Options with Lenient.
var lenient = loader.Options{Lenient: true}

// event returns an event record of document:paper with the given claims.
func event(id string, claims ...string) string {
	return fmt.Sprintf(`{"type":"event","id":"event:%s","titles":["%s"],"document":"document:paper",`+
		`"participants":[{"actor":"actor:ada"}],"claims":[%s]}`, id, id, strings.Join(claims, ","))
}

// TestLenient loads records with claims at fault. The graph is the one of the lines of want, written by hand, and each
// reject names its claim.
func TestLenient(t *testing.T) {
	good, denial := `{"spans":[{"exact":"Bo met Ada."}]}`, `{"id":"claim:d","stance":"DENIES","claimants":["actor:bo"]}`
	for name, c := range map[string]struct {
		lines, want []string
		rejected    int
		claims      []string // the pointer to the claim, the first fault's pointer or "", and what is lost
	}{
		"words that are not in the text": {
			lines:  []string{event("x", `{"spans":[{"exact":"Ada met Be"}]}`, good)},
			want:   []string{event("x", good)},
			claims: []string{"/claims/0 /claims/0/spans/0/exact "},
		},
		"a value outside its vocabulary, and a time": {
			lines:  []string{event("x", good, `{"stance":"NO"}`, `{"statedAt":"soon"}`, denial)},
			want:   []string{event("x", good, denial)},
			claims: []string{"/claims/1 /claims/1/stance ", "/claims/2 /claims/2/statedAt "},
		},
		"an unexpected type": {
			lines:  []string{event("x", `{"id":7}`, good)},
			want:   []string{event("x", good)},
			claims: []string{"/claims/0 /claims/0/id "},
		},
		"a rule of the domain": {
			lines:  []string{event("x", `{"figures":[{"kind":"KILLED","low":3,"best":2}]}`, good)},
			want:   []string{event("x", good)},
			claims: []string{"/claims/0 /claims/0 "},
		},
		"an unknown claimant": {
			lines:  []string{event("x", `{"claimants":["actor:missing"]}`, good)},
			want:   []string{event("x", good)},
			claims: []string{"/claims/0 /claims/0 "},
		},
		"the only claim that lists a participant": {
			lines:  []string{event("x", `{"spans":[{"exact":"nothing of this"}]}`, denial)},
			want:   []string{event("x", denial)},
			claims: []string{"/claims/0 /claims/0/spans/0/exact participant actor:ada"},
		},
		"all claims": {
			lines: []string{event("x", `{"stance":"NO"}`, `{"claimants":["actor:missing"]}`)}, rejected: 1,
		},
		"all claims, one after another": {
			lines: []string{event("x", `{"spans":[{"exact":"Be"}]}`, `{"claimants":["actor:missing"]}`)}, rejected: 1,
		},
		"a record that is one claim": {
			lines: []string{strings.Replace(meeting, "{", `{"modality":"X",`, 1)}, rejected: 1,
		},
		"the record itself": {
			lines: []string{strings.Replace(event("x", good, `{"stance":"NO"}`), "{", `{"time":"soon",`, 1)}, rejected: 1,
		},
		"a participant of the record": {
			lines:    []string{strings.Replace(event("x", good, denial), "actor:ada", "actor:missing", 1)},
			rejected: 1,
		},
		"a chain of claims": {
			lines: []string{event("x", `{"id":"claim:a","claimants":["actor:missing"]}`, good,
				`{"id":"claim:b","supersedes":["claim:a"]}`, `{"id":"claim:c","supersedes":["claim:b"]}`)},
			want:   []string{event("x", good)},
			claims: []string{"/claims/0 /claims/0 ", "/claims/2 /claims/2 ", "/claims/3 /claims/3 "},
		},
		"what other records say of it": {
			lines: []string{
				event("x", `{"id":"claim:a","stance":"NO"}`, good),
				event("y", good, `{"supersedes":["claim:a"],"note":"later"}`),
				`{"type":"claim","subject":"event:x","document":"document:paper","supersedes":["claim:a"]}`,
			},
			want:     []string{event("x", good), event("y", good)},
			rejected: 1, claims: []string{"/claims/0 /claims/0/stance ", "/claims/1 /claims/1 "},
		},
		"a claim with two contents": {
			lines: []string{event("x", `{"id":"claim:a","note":"1"}`, `{"id":"claim:a","note":"2"}`),
				event("y", good, `{"id":"claim:a","note":"3"}`)},
			want:   []string{event("x", `{"id":"claim:a","note":"1"}`), event("y", good)},
			claims: []string{"/claims/1 /claims/0/id ", "/claims/1 /claims/1/id "},
		},
		"a tie": {
			lines: []string{`{"type":"affiliation","holder":"actor:ada","counterpart":"actor:bo","affiliationType":"FAMILY",` +
				`"document":"document:paper","claims":[{"aspect":"NO"},{"note":"sisters"}]}`},
			want: []string{`{"type":"affiliation","holder":"actor:ada","counterpart":"actor:bo","affiliationType":"FAMILY",` +
				`"document":"document:paper","claims":[{"note":"sisters"}]}`},
			claims: []string{"/claims/0 /claims/0/aspect "},
		},
		"a tie to an unknown actor": {
			lines: []string{`{"type":"affiliation","holder":"actor:ada","counterpart":"actor:no","affiliationType":"FAMILY",` +
				`"document":"document:paper","claims":[{"note":"1"},{"note":"2"}]}`}, rejected: 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			nodes := []string{ada, bo, paper}
			want := memory.New()
			checkCounts(t, load(t, want, loader.Options{}, append(nodes, c.want...)...), 3+len(c.want), 0, 0)
			var rejects bytes.Buffer
			opt := lenient
			opt.Rejects = &rejects
			s := memory.New()
			r := load(t, s, opt, append(nodes, c.lines...)...)
			if got := graph(t, s); got != graph(t, want) {
				t.Errorf("the graph differs:\n%s\nwant:\n%s", got, graph(t, want))
			}
			var got []string
			lines := bytes.SplitAfter(rejects.Bytes(), []byte("\n"))
			for _, line := range lines[:len(lines)-1] {
				var one loader.Reject
				if err := json.Unmarshal(line, &one); err != nil {
					t.Fatal(err)
				}
				if one.Claim != "" {
					got = append(got, one.Claim+" "+one.Pointer+" "+strings.Join(one.Lost, ","))
				}
				if one.Line < 4 || one.Raw == "" || one.Reason == "" {
					t.Errorf("%+v", one)
				}
			}
			slices.Sort(got)
			if r.Rejected != c.rejected || r.ClaimsRejected != len(c.claims) || !slices.Equal(got, c.claims) ||
				len(r.FirstClaimRejects) != len(c.claims) || len(lines)-1 != c.rejected+len(c.claims) {
				t.Errorf("%d records and the claims %q, want %d and %q:\n%s", r.Rejected, got, c.rejected, c.claims, &rejects)
			}
			strict := load(t, memory.New(), loader.Options{}, append(nodes, c.lines...)...)
			if strict.ClaimsRejected != 0 || strict.Rejected < max(1, c.rejected) {
				t.Errorf("strictly: %d records, %d claims", strict.Rejected, strict.ClaimsRejected)
			}
		})
	}
}

// A claim that the store has with another content, or that changes a document, falls alone, and so does a repetition of
// it.
func TestLenientStored(t *testing.T) {
	s := memory.New()
	load(t, s, loader.Options{}, ada, bo, paper, event("x", `{"id":"claim:a","note":"1"}`),
		`{"type":"event","id":"event:z","assertedAt":"2025","claims":[{"id":"claim:z","note":"1"}]}`)
	dated := `{"type":"event","id":"event:%s","assertedAt":"2025","claims":[{"id":"claim:z","note":"2","subject":"x"},%s]}`
	dated = strings.Replace(dated, `,"subject":"x"`, "", 1)
	lines := []string{ada, bo, paper, event("x", `{"id":"claim:a","note":"2"}`, `{"id":"claim:b","stance":"DENIES"}`),
		fmt.Sprintf(dated, "z", `{"id":"claim:y"}`)}
	want := memory.New()
	load(t, want, loader.Options{}, ada, bo, paper,
		event("x", `{"id":"claim:a","note":"1"}`, `{"id":"claim:b","stance":"DENIES"}`),
		`{"type":"event","id":"event:z","assertedAt":"2025","claims":[{"id":"claim:z","note":"1"},{"id":"claim:y"}]}`)
	r := load(t, s, lenient, lines...)
	if r.Rejected != 0 || r.ClaimsRejected != 2 || graph(t, s) != graph(t, want) {
		t.Errorf("%+v\n%s\nwant:\n%s", r, graph(t, s), graph(t, want))
	}
	again := load(t, s, lenient, lines...)
	if again.Applied != 0 || again.ClaimsRejected != 2 || graph(t, s) != graph(t, want) {
		t.Errorf("again: %+v", again)
	}
}

// A bound of rejects counts claims, too.
func TestLenientBound(t *testing.T) {
	opt := lenient
	opt.MaxRejects = 1
	_, err := loader.Load(t.Context(), memory.New(), []loader.Input{file("f", ada, paper,
		event("x", `{"note":"1"}`, `{"stance":"NO"}`, `{"stance":"NO"}`))}, opt)
	if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), "more than 1 records and claims") {
		t.Error(err)
	}
}

// Rows of a table that a mapping turns into events with several claims lose only the claims at fault; the reject names
// the columns.
func TestLenientRows(t *testing.T) {
	m := parseMapping(t, `mapping: 1
name: own
published: '2024'
records:
  - event:
      id: '= "event:" + row.id'
      titles: ['= row.id']
      claims:
        - note: '= row.note'
        - {stance: DENIES, statedAt: '= row.said', confidence: '= int(row.sure)'}
`)
	s := memory.New()
	r, err := loader.LoadRows(t.Context(), s, m, []loader.Input{textInput("t.csv",
		"id,note,said,sure\na,one,2023,5\nb,two,soon,7\nc,three,2023,700\n")}, lenient)
	if err != nil {
		t.Fatal(err)
	}
	checkTotals(t, r)
	if r.Applied != 3 || r.ClaimsRejected != 2 || r.Added[kg.KindClaim] != 4 {
		t.Errorf("%+v", r)
	}
	var columns []string
	for _, one := range r.FirstClaimRejects {
		columns = append(columns, fmt.Sprint(one.Line, one.Claim, one.Column))
	}
	if want := []string{"3/claims/1said", "4/claims/1sure"}; !slices.Equal(columns, want) {
		t.Errorf("%q, want %q", columns, want)
	}
}

// faultyInput generates events of several claims, some of them at fault. lines is the input, and sound the same without
// these claims and what rests on them.
func faultyInput(r *rand.Rand) (lines, sound []string, fallen int) {
	type claim struct {
		text  string
		fault bool
		on    int // the claim that it supersedes, or -1
	}
	var all []claim
	words := []string{"Ada met Bo.", "Bo met Ada.", "Бо met Ada."}
	faults := []string{
		`"spans":[{"exact":"Eve met Bo"}]`, `"stance":"MAYBE"`, `"claimants":["actor:eve"]`, `"statedAt":"32 May"`,
		`"figures":[{"kind":"KILLED","qualifier":"EXACT"}]`, `"colour":"red"`, `"note":7`,
		`"relayedBy":["actor:ada","no id"]`,
		`"document":"document:none"`, `"quote":{"speaker":"actor:bo"}`,
	}
	nodes := []string{ada, bo, paper}
	events := make([][]int, 3+r.IntN(6))
	for e := range events {
		for range 1 + r.IntN(5) {
			n := len(all)
			c := claim{on: -1, text: fmt.Sprintf(`"id":"claim:%d","note":"n%d"`, n, r.IntN(3))}
			switch r.IntN(6) {
			case 0, 1:
				c.fault = true
				fault := faults[r.IntN(len(faults))]
				if strings.HasPrefix(fault, `"note"`) {
					c.text = fmt.Sprintf(`"id":"claim:%d"`, n)
				}
				c.text += "," + fault
			case 2:
				c.text += fmt.Sprintf(`,"spans":[{"exact":%q}]`, words[r.IntN(len(words))])
			case 3:
				if n > 0 {
					c.on = r.IntN(n)
					c.text += fmt.Sprintf(`,"supersedes":["claim:%d"]`, c.on)
				}
			}
			events[e], all = append(events[e], n), append(all, c)
		}
	}
	gone := make([]bool, len(all))
	for i, c := range all {
		gone[i] = c.fault
	}
	for i, c := range all { // what is superseded comes before
		gone[i] = gone[i] || c.on >= 0 && gone[c.on]
	}
	// An event without any sound claim is rejected, and its claims are in no count.
	for e, claims := range events {
		var given, left []string
		for _, n := range claims {
			given = append(given, "{"+all[n].text+"}")
			if !gone[n] {
				left = append(left, "{"+all[n].text+"}")
			}
		}
		lines = append(lines, event(fmt.Sprint(e), given...))
		if len(left) > 0 {
			sound, fallen = append(sound, event(fmt.Sprint(e), left...)), fallen+len(given)-len(left)
		}
	}
	r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return append(nodes, lines...), append(nodes[:3:3], sound...), fallen
}

// TestLenientRandom loads generated records with faults, in chunks of several sizes, as lines and as one object,
// interrupted and resumed. The graph equals the graph of the input without the claims at fault.
func TestLenientRandom(t *testing.T) {
	for _, seed := range seeds.For(t, 40) {
		r := rand.New(rand.NewPCG(seed, 25))
		lines, sound, fallen := faultyInput(r)
		want := memory.New()
		if exact := load(t, want, loader.Options{}, sound...); exact.Rejected > 0 {
			t.Fatalf("seed %d: the sound input has rejects: %v", seed, exact.FirstRejects)
		}
		for _, size := range []int{1, 3, 0} {
			opt := lenient
			opt.ChunkSize = size
			s := memory.New()
			got := load(t, s, opt, lines...)
			if graph(t, s) != graph(t, want) || got.ClaimsRejected != fallen || got.Rejected != len(lines)-len(sound) {
				t.Errorf("seed %d, chunks of %d: %d claims and %d records rejected, want %d and %d, the same graph: %t\n%s",
					seed, size, got.ClaimsRejected, got.Rejected, fallen, len(lines)-len(sound), graph(t, s) == graph(t, want),
					strings.Join(lines, "\n"))
			}
		}
		whole := memory.New()
		object := fmt.Sprintf(`{"version":1,"actors":[%s,%s],"documents":[%s],"events":[%s]}`,
			ada, bo, paper, strings.Join(lines[3:], ","))
		if got := load(t, whole, lenient, object); graph(t, whole) != graph(t, want) || got.ClaimsRejected != fallen {
			t.Errorf("seed %d, one object: %d claims rejected, want %d: %v", seed, got.ClaimsRejected, fallen, got.FirstRejects)
		}
		resumeLenient(t, seed, 1+r.IntN(6), lines, graph(t, want), fallen)
	}
}

// resumeLenient interrupts a load after some batches, and resumes it.
func resumeLenient(t *testing.T, seed uint64, after int, lines []string, want string, fallen int) {
	t.Helper()
	s := &interruptedStore{Store: memory.New(), left: after}
	opt := loader.Options{Lenient: true, BatchSize: 2, ChunkSize: 2, RetryTimeout: 1}
	if _, err := loader.Load(t.Context(), s, []loader.Input{file("f", lines...)}, opt); err == nil {
		return // it was too short
	}
	s.left = 1 << 20
	got := load(t, s, opt, lines...)
	if graph(t, s.Store) != want || got.ClaimsRejected != fallen {
		t.Errorf("seed %d, after %d batches: %d claims rejected, want %d", seed, after, got.ClaimsRejected, fallen)
	}
}
