package eval_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"casus/internal/extract/eval"
	"casus/internal/testkit/foreign"
)

// numbers are the results that both programs compute.
type numbers struct {
	Counts    map[string][3]int     `json:"counts"`
	Agreement map[string][2]float64 `json:"agreement"` // share, kappa
	Exact     int                   `json:"exact"`
	Overlap   float64               `json:"overlap"`
}

// TestAgainstPython compares the two codings with a program in Python that has sets of code points, scipy's assignment
// and pandas' tables of frequencies.
func TestAgainstPython(t *testing.T) {
	script, err := filepath.Abs("testdata/oracle.py")
	if err != nil {
		t.Fatal(err)
	}
	first, second := filepath.Join(goldFolder, "first.jsonl"), filepath.Join(goldFolder, "second.jsonl")
	var want numbers
	if err := json.Unmarshal(foreign.Python(t, script, first, second), &want); err != nil {
		t.Fatal(err)
	}
	read := func(path string) []*eval.Coding {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return readCodings(t, content)
	}
	s := eval.Compare(read(first), read(second)).Total
	got := numbers{
		Counts: map[string][3]int{
			"actors": counted(s.Actors), "places": counted(s.Places), "events": counted(s.Events), "claims": counted(s.Claims),
			"quotes": counted(s.Quotes), "ties": counted(s.Ties), "links": counted(s.Links),
			"sameEvents": counted(s.SameEvents), "codePoints": counted(s.CodePoints),
		},
		Agreement: map[string][2]float64{}, Exact: s.Spans.Exact, Overlap: *s.Spans.Overlap,
	}
	for _, a := range s.Agreement {
		if a.Kappa != nil {
			got.Agreement[a.About] = [2]float64{*a.Share, *a.Kappa}
		}
	}
	if diff := gocmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("(-Python +Casus)\n%s", diff)
	}
	if len(got.Agreement) != 7 {
		t.Errorf("%d properties have a kappa", len(got.Agreement))
	}
}
