// Command rewrite makes the code that gqlgen generated resolve in turn: rewrite DIR replaces in the Go files of a folder the functions
// that start a goroutine for each element and field by those of package inturn.
package main

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
)

var replaced = [][2]string{
	{"graphql.MarshalSliceConcurrently(", "inturn.Slice("},
	{"graphql.NewFieldSet(", "inturn.NewFieldSet("},
	{"graphql.NewDeferredGroup(", "inturn.NewDeferredGroup("},
}

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: rewrite DIR"))
	}
	files, err := filepath.Glob(filepath.Join(os.Args[1], "*.go"))
	fail(err)
	found := make([]int, len(replaced))
	for _, name := range files {
		text, err := os.ReadFile(name)
		fail(err)
		was := text
		for i, r := range replaced {
			found[i] += bytes.Count(text, []byte(r[0]))
			text = bytes.ReplaceAll(text, []byte(r[0]), []byte(r[1]))
		}
		if bytes.Equal(text, was) {
			continue
		}
		text = bytes.Replace(text, []byte("import (\n"), []byte("import (\n\t\"casus/graph/inturn\"\n"), 1)
		text, err = format.Source(text)
		fail(err)
		fail(os.WriteFile(name, text, 0o644))
	}
	for i, r := range replaced {
		if found[i] == 0 {
			fail(fmt.Errorf("nothing calls %s) in %s: is it gqlgen's, and new?", r[0], os.Args[1]))
		}
	}
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "rewrite:", err)
		os.Exit(1)
	}
}
