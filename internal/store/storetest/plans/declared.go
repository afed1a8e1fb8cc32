package plans

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the declared scans of plans; add the reasons of new ones")

// declaration is a scan in the plan of a statement that a function of the engine sends.
type declaration struct {
	function string
	scan     Scan
}

// example is a statement with a scan. when names the statistics with which it was explained.
type example struct{ text, when string }

// compare fails on scans that are not declared in a file, and on declared ones that no plan has.
func compare(t *testing.T, path string, found map[declaration]example) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, reasons, err := parse(string(content))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if *update {
		if err := os.WriteFile(path, []byte(head+format(found, reasons)), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	for d, e := range found {
		if _, ok := reasons[d]; !ok {
			t.Errorf("%s does not declare the scan (%s)\n%s\nin the plan of\n%.2000s", path, e.when, d, e.text)
		}
	}
	for d, reason := range reasons {
		if _, ok := found[d]; !ok {
			t.Errorf("%s declares a scan that no plan has:\n%s", path, d)
		}
		if reason == "" {
			t.Errorf("%s gives no reason for\n%s", path, d)
		}
	}
}

// parse returns the comment at the head of a file and the reasons of its declarations, one a line:
//
//	function | OPERATOR target | reason
func parse(content string) (head string, reasons map[declaration]string, err error) {
	reasons = map[declaration]string{}
	for line := range strings.Lines(content) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			head += line
			continue
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), " | ")
		if len(fields) != 3 {
			return "", nil, fmt.Errorf("%q has %d fields, want 3 with | between them", line, len(fields))
		}
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		operator, target, _ := strings.Cut(fields[1], " ")
		reasons[declaration{fields[0], Scan{operator, target}}] = fields[2]
	}
	return head, reasons, nil
}

// format returns the lines of scans with the reasons that are known.
func format(found map[declaration]example, reasons map[declaration]string) string {
	var all []declaration
	for d := range found {
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b declaration) int { return cmp.Compare(a.String(), b.String()) })
	text := ""
	for _, d := range all {
		text += d.String() + " | " + reasons[d] + "\n"
	}
	return text
}
