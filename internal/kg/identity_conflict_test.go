package kg_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"casus/internal/kg"
)

// decisions parses decisions such as "a=b@1 a!b@2": the same decided at 1, not the same decided at 2. The text of a
// decision is part of its id.
func decisions(words string) []kg.IdentityDecision {
	var all []kg.IdentityDecision
	for _, w := range strings.Fields(words) {
		pair, at, _ := strings.Cut(w, "@")
		i := strings.IndexAny(pair, "=!")
		d := kg.IdentityDecision{
			ID: kg.ID("identity:" + w), A: kg.ID("actor:" + pair[:i]), B: kg.ID("actor:" + pair[i+1:]), Same: pair[i] == '=',
		}
		_, _ = fmt.Sscan(at, &d.DecidedAt)
		all = append(all, d)
	}
	return all
}

func TestIdentityConflicts(t *testing.T) {
	for _, c := range []struct{ name, decisions, want string }{
		{"none", "", ""},
		{"not the same, and not in one class", "a!b@1 c=d@1", ""},
		{"taken back", "a=b@1 a!b@2", ""},
		{"decided again", "a!b@1 a=b@2", ""},
		{"through a third node", "a=b@1 b=c@1 a!c@1", "a!c@1 in a: a=b@1 b=c@1"},
		{"in any order of time", "a!c@1 a=b@2 b=c@3", "a!c@1 in a: a=b@2 b=c@3"},
		{"the path was taken back", "a=b@1 b=c@1 a!c@1 b!c@2", ""},
		{"the pair reversed", "c!a@5 b=a@1 c=b@1", "c!a@5 in a: c=b@1 b=a@1"},
		{"two classes that were merged", "a=x@1 b=y@1 x!y@1 a=b@9", "x!y@1 in a: a=x@1 a=b@9 b=y@1"},
		{"the shorter of two paths", "a=b@1 b=c@1 c=d@1 a=e@1 e=d@1 a!d@1", "a!d@1 in a: a=e@1 e=d@1"},
		{"two", "a=b@1 b=c@1 c=d@1 a!c@1 b!d@2", "a!c@1 in a: a=b@1 b=c@1; b!d@2 in a: b=c@1 c=d@1"},
		{"one moment: the later id counts", "a=b@1 b=c@1 a=c@1 a!c@1", ""},
		{"in another class", "a=b@1 b=c@1 d!e@1 d=f@1", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := decisions(c.decisions)
			for range 5 {
				rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
				var got []string
				for _, conflict := range kg.IdentityConflicts(all) {
					line := strings.TrimPrefix(
						string(conflict.NotSame.ID), "identity:",
					) + " in " + strings.TrimPrefix(string(conflict.Class), "actor:") + ":"
					for _, d := range conflict.Through {
						line += " " + strings.TrimPrefix(string(d.ID), "identity:")
					}
					got = append(got, line)
				}
				if s := strings.Join(got, "; "); s != c.want {
					t.Fatalf("%q, want %q", s, c.want)
				}
			}
		})
	}
}
