// Command notice lists the works of others that the program casus contains: the Go modules that are linked into it on
// any system of the releases, and the packages that its pages bundle. It fails if one has no licence that it knows.
//
//	notice           prints NOTICE: each work with its licence and its copyright
//	notice -texts    prints the licences themselves, which archives and containers have with the program
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
)

// work is one module or package, with the texts of its licence.
type work struct {
	name, version string
	licences      []string
	texts         []string
}

func (w work) title() string { return strings.TrimSpace(w.name + " " + w.version) }

const head = `Casus
Licensed under the Apache License 2.0: see LICENSE.

The program contains the works below, each under its own licence. An archive of a release has the licences themselves in
THIRD_PARTY_LICENSES.txt.
`

func main() {
	root := flag.String("root", ".", "the folder of the project")
	texts := flag.Bool("texts", false, "print the texts of the licences")
	flag.Parse()
	out, err := run(*root, *texts)
	if err == nil {
		_, err = os.Stdout.WriteString(out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "notice:", err)
		os.Exit(1)
	}
}

func run(root string, texts bool) (string, error) {
	modules, err := modules(root)
	if err != nil {
		return "", err
	}
	packages, err := packages(root)
	if err != nil {
		return "", err
	}
	for _, list := range [][]work{modules, packages} {
		slices.SortFunc(list, func(a, b work) int { return cmp.Compare(a.title(), b.title()) })
	}
	if texts {
		return allTexts(slices.Concat(modules, packages)), nil
	}
	return head + "\nGo modules\n" + list(modules) +
		"\nPackages of the explorer and the playground\n" + list(packages), nil
}

// list returns a line for each work, and below it the lines of its copyright.
func list(works []work) string {
	var b strings.Builder
	for _, w := range works {
		b.WriteString("\n" + w.title() + " (" + strings.Join(w.licences, ", ") + ")\n")
		for _, line := range w.copyright() {
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
}

// allTexts returns each text once, below the names of all works that have it.
func allTexts(works []work) string {
	var order []string
	names := map[string][]string{}
	for _, w := range works {
		for _, t := range w.texts {
			if names[t] == nil {
				order = append(order, t)
			}
			names[t] = append(names[t], w.title())
		}
	}
	rule := strings.Repeat("=", 80) + "\n"
	var b strings.Builder
	for _, t := range order {
		b.WriteString(rule + strings.Join(names[t], "\n") + "\n" + rule + "\n" + t + "\n\n")
	}
	return b.String()
}

// copyright returns the lines of the texts that begin with "Copyright", without those of a licence's own template.
func (w work) copyright() []string {
	var lines []string
	for _, t := range w.texts {
		for line := range strings.Lines(t) {
			line = strings.TrimSpace(strings.Trim(strings.TrimSpace(line), "#*/"))
			template := strings.ContainsAny(line, "[{<") && !strings.Contains(line, "@") && !strings.Contains(line, "http")
			claimed := strings.ContainsAny(line, "0123456789") || strings.HasPrefix(line, "Copyright (c) ")
			if strings.HasPrefix(line, "Copyright ") && claimed && !template && !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
	}
	return lines
}
