package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
)

// A wrong number of arguments is explained by the names of the arguments.
func TestArguments(t *testing.T) {
	for args, want := range map[string]string{
		"review":                   "casus: casus review takes CLAIM..., DOCUMENT or RELEASE, and got none\n",
		"mapping show":             "casus: casus mapping show takes NAME, and got none\n",
		"identity decide a --by x": "casus: casus identity decide takes A B, and got 1: a\n",
		"check now":                "casus: casus check takes no argument, and got 1: now\n",
		"export --format csv --from 2025 --from 2026": "casus: invalid argument \"2026\" for \"--from\" flag: " +
			"the flag is specified more than once\n",
	} {
		var stderr bytes.Buffer
		code := run(context.Background(), strings.Fields(args), strings.NewReader(""), io.Discard, &stderr)
		if got := stderr.String(); code != exitUsage || !strings.HasPrefix(got, want) {
			t.Errorf("%s: exit code %d, %q, want %q", args, code, got, want)
		}
	}
}
