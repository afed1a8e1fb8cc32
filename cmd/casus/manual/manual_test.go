package manual

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// The rows of a list stay rows, switches have no value, and a command with others lists them.
func TestPages(t *testing.T) {
	root := &cobra.Command{Use: "top", Short: "Do things", Long: "Text.\n\n  a    first\n  bb   second\n\nMore."}
	below := &cobra.Command{Use: "low FILE", Short: "Do one thing", Run: func(*cobra.Command, []string) {}}
	below.Flags().Bool("dry-run", false, "write nothing")
	root.AddCommand(below, Command(func() *time.Time { return nil }))
	folder := t.TempDir()
	root.SetArgs([]string{"man", folder})
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"top.1": {
			"\\fBtop COMMAND", "\n.EX\n  a    first\n  bb   second\n.EE\n", ".SH COMMANDS\n", "\\fBlow\\fP\n\tDo one thing\n",
			"\\fB--help\\fP\n",
		},
		"top-low.1": {"\\fBtop low FILE [flags]\\fP", "\\fB--dry-run\\fP\n\twrite nothing\n"},
	} {
		page, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range want {
			if !strings.Contains(string(page), text) {
				t.Errorf("%s lacks %q:\n%s", name, text, page)
			}
		}
	}
}

func TestWrapText(t *testing.T) {
	words := strings.TrimSuffix(strings.Repeat("wordword ", 11), " ") // 98 columns
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"a\nb c", "a b c"},
		{words + " a b c", words + " a\nb c"},
		{"- " + words + "\n- x  y", "- " + words + "\n- x  y"},
		{"- " + words + " a\n  b\n\nnext", "- " + words + "\n  a b\n\nnext"},
		{"rows:\n\n  a   b\n  c   d\n\nend", "rows:\n\n  a   b\n  c   d\n\nend"},
	} {
		if got := wrapText(c.text); got != c.want {
			t.Errorf("%q:\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
}
