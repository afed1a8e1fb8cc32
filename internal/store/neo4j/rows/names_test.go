package rows_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/neo4j/rows"
)

// byKind are the properties of each kind of node and relationship.
func byKind() map[string][]string {
	names := func(emit func(rows.Columns)) []string { return rows.RowOf(emit).Names }
	return map[string][]string{
		"Actor":            names(func(c rows.Columns) { rows.Actor(c, kg.Actor{}, "") }),
		"Location":         names(func(c rows.Columns) { rows.Location(c, kg.Location{}, "") }),
		"Document":         names(func(c rows.Columns) { rows.Document(c, kg.Document{}, "") }),
		"Release":          names(func(c rows.Columns) { rows.Release(c, kg.Release{}, "") }),
		"Affiliation":      names(func(c rows.Columns) { rows.Affiliation(c, kg.Affiliation{}, "") }),
		"IdentityDecision": names(func(c rows.Columns) { rows.Decision(c, kg.IdentityDecision{}, "") }),
		"Review":           names(func(c rows.Columns) { rows.Review(c, kg.Review{}, "") }),
		"Correction":       names(func(c rows.Columns) { rows.Correction(c, kg.Correction{}, "") }),
		"Claim":            names(func(c rows.Columns) { rows.Claim(c, kg.Claim{}, kg.ClaimLifetime{}, "") }),
		"EventState":       names(func(c rows.Columns) { rows.State(c, "", kg.EventState{}, "") }),
		"PARTICIPATED_IN":  edgeNames(rows.Participations),
		"OCCURRED_AT":      edgeNames(rows.Places),
		"PART_OF":          edgeNames(rows.Parts),
		"RESPONDS_TO":      edgeNames(rows.Responses),
		"ANNOUNCES":        edgeNames(rows.Announcements),
		"SUPPORTED":        names(func(c rows.Columns) { rows.Support(c, kg.Versioned[[]kg.ID]{}) }),
		"AFFILIATED_WITH":  names(func(c rows.Columns) { rows.Affiliated(c, kg.Affiliation{}, kg.Versioned[[]kg.ID]{}) }),
		"WITHIN":           names(func(c rows.Columns) { rows.Layer(c, apply.Exact) }),
	}
}

func edgeNames[T any](e rows.Edge[T]) []string {
	return rows.RowOf(func(c rows.Columns) { e.Emit(c, kg.Versioned[T]{}) }).Names
}

// properties returns the properties that people read, of all kinds.
func properties(t *testing.T) (all []string) {
	t.Helper()
	for kind, names := range byKind() {
		sorted := slices.Sorted(slices.Values(names))
		if len(slices.Compact(sorted)) < len(names) {
			t.Errorf("%s has a property twice: %v", kind, names)
		}
		for _, name := range names {
			if !strings.HasPrefix(name, "_") {
				all = append(all, name)
			}
		}
	}
	return all
}

// TestTables checks that the tables of docs/cypher.md list the properties that people read of each kind, and no others.
func TestTables(t *testing.T) {
	page, err := os.ReadFile("../../../../docs/cypher.md")
	if err != nil {
		t.Fatal(err)
	}
	quoted := regexp.MustCompile("`(\\w+)`")
	described := map[string][]string{}
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(line, "|")
		if !strings.HasPrefix(line, "| `") || len(cells) < 4 {
			continue
		}
		var names []string
		for _, m := range quoted.FindAllStringSubmatch(strings.Join(cells[2:], "|"), -1) {
			names = append(names, m[1])
		}
		for _, kind := range quoted.FindAllStringSubmatch(cells[1], -1) {
			described[kind[1]] = names
		}
	}
	for kind, names := range byKind() {
		for _, name := range names {
			if !strings.HasPrefix(name, "_") && !slices.Contains(described[kind], name) {
				t.Errorf("docs/cypher.md does not list the property %s of %s", name, kind)
			}
		}
	}
	known := append(properties(t), "key", "id")
	for kind, names := range described {
		if !slices.Contains(append(rows.AllLabels(), rows.Types()...), kind) {
			t.Errorf("docs/cypher.md lists %s, which is no label or type", kind)
		}
		for _, name := range names {
			if !slices.Contains(known, name) {
				t.Errorf("docs/cypher.md lists the property %s of %s, which nothing has", name, kind)
			}
		}
	}
	for _, kind := range append(rows.AllLabels(), rows.Types()...) {
		if _, found := described[kind]; !found && !strings.HasPrefix(kind, "_") {
			t.Errorf("docs/cypher.md does not list %s", kind)
		}
	}
}
