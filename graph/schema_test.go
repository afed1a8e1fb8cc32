package graph_test

import (
	"strings"
	"testing"

	"casus/graph"
)

// TestEverythingIsDescribed finds types, fields, arguments and values without a description.
func TestEverythingIsDescribed(t *testing.T) {
	n := 0
	described := func(what, description string) {
		n++
		if strings.TrimSpace(description) == "" {
			t.Errorf("%s has no description", what)
		}
	}
	for name, def := range graph.Schema().Types {
		if def.BuiltIn || strings.HasPrefix(name, "__") {
			continue
		}
		described(name, def.Description)
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			described(name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				described(name+"."+f.Name+"("+a.Name+")", a.Description)
			}
		}
		for _, v := range def.EnumValues {
			described(name+"."+v.Name, v.Description)
		}
	}
	if n < 300 {
		t.Errorf("only %d elements were checked", n)
	}
}

// TestQueryArguments checks that every root field has knownAt and that the API is read-only.
func TestQueryArguments(t *testing.T) {
	s := graph.Schema()
	for _, name := range []string{"identityDecisions"} {
		if s.Query.Fields.ForName(name) != nil {
			t.Errorf("Query.%s is in the schema", name)
		}
	}
	for _, f := range s.Query.Fields {
		if f.Arguments.ForName("identity") != nil {
			t.Errorf("Query.%s has the argument identity", f.Name)
		}
		if known := f.Arguments.ForName("knownAt"); known == nil && f.Name != "changes" && !strings.HasPrefix(f.Name, "__") {
			t.Errorf("Query.%s lacks the argument knownAt", f.Name)
		}
	}
	if s.Mutation != nil || s.Subscription != nil {
		t.Error("the API must be read-only")
	}
}

// TestNoDefer checks that @defer is an error, instead of a null.
func TestNoDefer(t *testing.T) {
	h := graph.NewHandler(world(t), graph.Config{Logger: quiet()})
	status, body := getQuery(t, h, "{ timeline(first: 1) { nodes { id ... @defer { claims { totalCount } } } } }", "", "")
	if want := `Unknown directive \"@defer\".`; !strings.Contains(body, want) {
		t.Errorf("%d: %s, want %s", status, body, want)
	}
	if _, body = getQuery(t, h, "{ __schema { directives { name } } }", "", ""); strings.Contains(body, "defer") {
		t.Error(body)
	}
}
