package docs

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	page := strings.Join([]string{
		"# A page", "<!-- a remark -->", "", "<!-- before:", "  a", "  b", "-->", "<!-- typed: yes -->", "```sh", "c", "```",
		"text", "<!-- not run: it is slow -->", "```sh", "d", "```", "<!-- saved as: x -->", "```", "e", "", "f", "```",
	}, "\n")
	got, err := Parse(page)
	want := []Block{
		{Line: 9, Language: "sh", Text: "c\n", Before: "a\nb\n", Typed: "yes\n"},
		{Line: 14, Language: "sh", Text: "d\n", NotRun: "it is slow"},
		{Line: 18, Text: "e\n\nf\n", SavedAs: "x"},
	}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Errorf("%v\n%s", err, d)
	}
	for _, wrong := range []string{"```sh\nc\n", "<!-- not run: slow -->\n\ntext\n```sh\nc\n```"} {
		if blocks, err := Parse(wrong); err == nil {
			t.Errorf("%q: %v", wrong, blocks)
		}
	}
}

func TestInline(t *testing.T) {
	got := Inline("Use `casus serve\n--sample`.\n\n```sh\ncasus `x`\n```\n\nAnd `b`, ` alone.\n\n`c`")
	if d := cmp.Diff([]string{"casus serve --sample", "b", "alone.", "c"}, got); d != "" {
		t.Error(d)
	}
}

func TestShows(t *testing.T) {
	for _, c := range []struct {
		page, output string
		want         bool
	}{
		{"3 read\n", "building\n3 read\n", true},
		{"3 read\n", "4 read\n", false},
		{"a long line\n  that is broken\n", "a long line that is broken", true},
		{"a\nc\n", "a\nb\nc\n", false},
		{"a\n...\nc\n", "a\nb\nc\n", true},
		{"(found a)", "xfound ax", false},
		{"load:20251220T180000-3f9a1c by Ada at 2025-12-21T09:12:40Z",
			"load:20261130T084949-42ll3l by Ada at 2026-11-30T08:50:07.972Z", true},
		{"load:20251220T180000-3f9a1c by Ada", "load:20261130T084949-42ll3l by Eve", false},
	} {
		if got := Shows(c.page, c.output); got != c.want {
			t.Errorf("%q in %q: %v", c.page, c.output, got)
		}
	}
}

func TestShell(t *testing.T) {
	t.Setenv("CASUS_STORE", "sqlite:other.db")
	dir := t.TempDir()
	s, err := NewShell(dir, "/root/of/module")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Save(Block{Text: "saved\n", SavedAs: "file"}); err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(t.TempDir(), "a.txtar")
	if err := os.WriteFile(archive, []byte("-- sub/b --\nunpacked\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := s.Run(t.Context(), "export A=b\nunpack "+archive+"\n", "")
	if err != nil || got != "" {
		t.Fatal(got, err)
	}
	got, err = s.Run(t.Context(),
		`read line; echo "$A $REPO $line $CASUS_STORE." # a remark`+"\ncat file \\\n  sub/b > all\ncat all", "in\n")
	if want := "b /root/of/module in .\nsaved\nunpacked\n"; err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
	for commands, want := range map[string]string{
		"cat missing\necho on\n":                "exit status 1",
		"go test ./...":                         "go commands are not run",
		"curl https://example.org/":             "requests to other hosts",
		"no-such-program-at-all x":              "is not installed",
		"unpack missing.txtar":                  "missing.txtar",
		"echo 'unclosed":                        "not a script",
		"echo x | no-such-program-at-all | cat": "is not installed",
	} {
		s, err := NewShell(dir, "")
		if err != nil {
			t.Fatal(err)
		}
		out, err := s.Run(t.Context(), commands, "")
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(out, "on\n") {
			t.Errorf("%s: %q, %v", commands, out, err)
		}
		if missing := errors.As(err, &MissingError{}); missing != strings.Contains(want, "installed") {
			t.Errorf("%s: %v", commands, err)
		}
	}
}

func TestCalls(t *testing.T) {
	got, err := Calls("A=b casus load 'a b' \"c $d\" *.x # no\ncasus export | casus bulk - &\necho \"$(casus stats)\"\n")
	want := [][]string{
		{"casus", "load", "a b", "c X", "*.x"}, {"casus", "export"}, {"casus", "bulk", "-"}, {"echo", "X"},
		{"casus", "stats"},
	}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Errorf("%v\n%s", err, d)
	}
}
