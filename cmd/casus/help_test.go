package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// Each help text has at most 100 columns, and its lines are filled: the next word does not fit.
func TestHelpWidth(t *testing.T) {
	root := newRoot()
	var check func(c *cobra.Command)
	check = func(c *cobra.Command) {
		for _, child := range c.Commands() {
			check(child)
		}
		var out bytes.Buffer
		args := append(strings.Fields(c.CommandPath())[1:], "--help")
		if code := run(context.Background(), args, strings.NewReader(""), &out, io.Discard); code != exitDone {
			t.Fatalf("%v: exit code %d", args, code)
		}
		for line := range strings.Lines(out.String()) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 100 {
				t.Errorf("%s: %d columns: %s", c.CommandPath(), n, line)
			}
		}
		lines := strings.Split(c.Long, "\n")
		for i := range len(lines) - 1 {
			words := strings.Fields(lines[i+1])
			isText := lines[i] != "" && lines[i][0] != ' ' && len(words) > 0 && !strings.ContainsAny(lines[i+1][:1], " -")
			if isText && utf8.RuneCountInString(lines[i]+" "+words[0]) <= 100 {
				t.Errorf("%s: %q fits on the line before: %s", c.CommandPath(), words[0], lines[i])
			}
		}
	}
	check(root)
}

// The help of an export says which options may be repeated, by their type.
func TestExportFlagTypes(t *testing.T) {
	var out bytes.Buffer
	run(context.Background(), []string{"export", "--help"}, strings.NewReader(""), &out, io.Discard)
	for _, want := range []string{"--from string ", "--known-at string ", "--filter string ", "--actor stringArray "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the help lacks %q", want)
		}
	}
}
