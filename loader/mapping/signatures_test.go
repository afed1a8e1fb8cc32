package mapping

import (
	"strings"
	"testing"

	"cel.dev/cel-go/cel"

	"casus/loader/values"
)

// TestSignatures compares the signatures with the functions that mappings declare: each has one, and each is a
// function.
func TestSignatures(t *testing.T) {
	plain, err := cel.NewEnv()
	if err != nil {
		t.Fatal(err)
	}
	env, err := cel.NewEnv(functions(nil, values.Format{}, "", "")...)
	if err != nil {
		t.Fatal(err)
	}
	for name := range env.Functions() {
		// Names with @ are called only by macros.
		if !strings.HasPrefix(name, "@") && !plain.HasFunction(name) && signatures[name] == "" {
			t.Errorf("%s has no signature", name)
		}
	}
	for name, call := range signatures {
		if !env.HasFunction(name) || !strings.HasPrefix(call, name+"(") {
			t.Errorf("%s is not a function, or its signature is not: %s", name, call)
		}
	}
}
