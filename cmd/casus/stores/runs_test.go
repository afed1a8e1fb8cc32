package stores_test

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casus/internal/digest"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/open"
	neo4jtest "casus/internal/testkit/neo4j"
	"casus/loader"
)

// run returns a claim of document:daily that models have extracted; without models a person wrote it.
func run(id, fields string, models ...string) string {
	extractions := ""
	for i, m := range models {
		if i > 0 {
			extractions += ","
		}
		extractions += fmt.Sprintf(`{"tool":"casus extract","model":%q}`, m)
	}
	if extractions != "" {
		extractions = `,"extractions":[` + extractions + `]`
	}
	return fmt.Sprintf(`{"id":"claim:%s"%s%s}`, id, fields, extractions)
}

func eventOf(id, document string, claims ...string) string {
	return fmt.Sprintf(`{"type":"event","id":"event:%s","titles":["%s"],"document":"document:%s","claims":[%s]}`,
		id, id, document, strings.Join(claims, ","))
}

func killed(n int) string {
	return fmt.Sprintf(`,"aspect":"FIGURES","figures":[{"kind":"KILLED","best":%d}]`, n)
}

// The runs about document:daily: what alpha states, and what beta states. Both state claim:both; claim:human is a
// person's, gamma states claim:shared too, and claim:reviewed is reviewed. document:other is not beta's.
var (
	documents = `{"type":"document","id":"document:daily","titles":["D"],"publishedAt":"2025-03-02"}
{"type":"document","id":"document:other","titles":["O"],"publishedAt":"2025-03-03"}
`
	alpha = documents + eventOf("strike", "daily", run("both", "", "alpha"), run("old", killed(16), "alpha"),
		run("reviewed", `,"note":"read"`, "alpha"), run("shared", `,"aspect":"TIME","time":"2025-03-01"`, "alpha"),
		run("human", `,"stance":"DENIES"`)) + "\n" +
		eventOf("mirage", "daily", run("mirage", "", "alpha")) + "\n" +
		eventOf("flood", "other", run("flood", "", "alpha")) + "\n"
	review = `{"type":"review","claims":["claim:reviewed"],"verdict":"MACHINE_REVIEWED","by":"Ada",` +
		`"at":"2025-05-02T09:00:00Z"}` + "\n"
	gamma = documents + eventOf("strike", "daily", run("shared", `,"aspect":"TIME","time":"2025-03-01"`, "gamma")) + "\n"
	beta  = documents + eventOf("strike", "daily", run("both", "", "beta"), run("new", killed(6), "beta")) + "\n"
)

// loadText loads records and returns the report.
func loadText(t *testing.T, s loader.Store, text string, opt loader.Options) loader.Report {
	t.Helper()
	in := loader.Input{
		Name: "records", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil },
	}
	opt.Now = 1_766_253_600_000
	report, err := loader.Load(t.Context(), s, []loader.Input{in}, opt)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// claimsIn returns the claims of the graph with the models of their extractions.
func claimsIn(t *testing.T, s store.Scanner) string {
	t.Helper()
	var all []string
	for page, err := range store.Walk(t.Context(), s, kg.KindClaim, 100) {
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Claims {
			text := strings.TrimPrefix(string(c.ID), "claim:")
			for _, e := range c.Extractions {
				text += " " + e.Model
			}
			all = append(all, text)
		}
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}

func digestOf(t *testing.T, s store.Scanner) string {
	t.Helper()
	sum, err := digest.Compute(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// TestReplacedRuns loads a second run about a document, twice, and then the first one again, in every store. Only
// unreviewed claims of the replaced run alone are forgotten, and restored when a run states them again.
func TestReplacedRuns(t *testing.T) {
	opened := func(t *testing.T, url string) store.Store {
		t.Helper()
		s, err := open.Open(t.Context(), url, open.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	const (
		alone = "both alpha; flood alpha; human; mirage alpha; old alpha; reviewed alpha; shared alpha"
		first = "both alpha; flood alpha; human; mirage alpha; old alpha; reviewed alpha; shared alpha gamma"
		after = "both alpha beta; flood alpha; human; new beta; reviewed alpha; shared alpha gamma"
		again = "both alpha beta; flood alpha; human; mirage alpha; old alpha; reviewed alpha; shared alpha gamma"
	)
	digests := map[string]map[string]bool{}
	test := func(t *testing.T, s store.Store) {
		check := func(step, want string, r loader.Report, forgotten, restored int) {
			t.Helper()
			if got := claimsIn(t, s); got != want || r.RunForgotten != forgotten || r.RunRestored != restored ||
				len(r.RunForgottenClaims) != forgotten || r.Rejected > 0 {
				t.Errorf("%s: %d forgotten, %d restored, %d rejected, want %d and %d:\n%s\nwant:\n%s", step, r.RunForgotten,
					r.RunRestored, r.Rejected, forgotten, restored, got, want)
			}
			if digests[step] == nil {
				digests[step] = map[string]bool{}
			}
			digests[step][digestOf(t, s)] = true
		}
		check("the first run", alone, loadText(t, s, alpha+review, loader.Options{}), 0, 0)
		check("another run", first, loadText(t, s, gamma, loader.Options{}), 0, 0)
		unasked := loadText(t, s, beta, loader.Options{})
		if unasked.Rejected != 1 { // the new number changes the document
			t.Errorf("without the option: %+v", unasked)
		}
		replacing := loader.Options{ReplacesRuns: []string{"alpha"}, By: "Ada"}
		check("the second run", after, loadText(t, s, beta, replacing), 2, 0)
		before := digestOf(t, s)
		check("the second run again", after, loadText(t, s, beta, replacing), 0, 0)
		check("the first run again", after, loadText(t, s, alpha, loader.Options{}), 0, 0)
		if digestOf(t, s) != before {
			t.Error("loading again changed the graph")
		}
		replacing.ReplacesRuns = []string{"beta"}
		check("the first run replaces the second", again, loadText(t, s, alpha, replacing), 1, 2)
	}
	t.Run("memory", func(t *testing.T) { test(t, memory.New()) })
	t.Run("sqlite", func(t *testing.T) { test(t, opened(t, "sqlite:"+filepath.Join(t.TempDir(), "graph.db"))) })
	t.Run("neo4j", func(t *testing.T) { test(t, opened(t, neo4jtest.New(t))) })
	for step, found := range digests {
		if len(found) != 1 {
			t.Errorf("%s: the stores have different graphs", step)
		}
	}
}
