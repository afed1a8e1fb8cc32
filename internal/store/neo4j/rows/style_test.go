package rows_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"casus/internal/store/neo4j/rows"
	"casus/schema"
)

// TestStyle compares the labels and types of the stylesheet with the graph's: it has every one that people read, once.
func TestStyle(t *testing.T) {
	for element, want := range map[string][]string{"node": rows.AllLabels(), "relationship": rows.Types()} {
		want = slices.DeleteFunc(want, func(name string) bool { return strings.HasPrefix(name, "_") })
		var styled []string
		rule := regexp.MustCompile(`(?m)^` + element + `\.(\w+) \{$`)
		for _, m := range rule.FindAllStringSubmatch(string(schema.Style()), -1) {
			styled = append(styled, m[1])
		}
		slices.Sort(want)
		slices.Sort(styled)
		if !slices.Equal(styled, want) {
			t.Errorf("%ss have the styles\n%v\nwant\n%v", element, styled, want)
		}
	}
}

// TestStyleCaptions checks that captions are properties that people read.
func TestStyleCaptions(t *testing.T) {
	captions := regexp.MustCompile(`caption: "\{(\w+)\}"`).FindAllStringSubmatch(string(schema.Style()), -1)
	if len(captions) < 10 {
		t.Fatalf("%d captions are properties", len(captions))
	}
	known := append(properties(t), "key")
	for _, c := range captions {
		if !slices.Contains(known, c[1]) {
			t.Errorf("the caption %s is no property", c[1])
		}
	}
}
