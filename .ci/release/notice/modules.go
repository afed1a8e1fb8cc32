package main

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// known are the licences that may be linked into a program that anybody may use and pass on.
var known = []string{
	"Apache-2.0", "BSD-1-Clause", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MPL-2.0", "OFL-1.1",
	"Unlicense", "Zlib", "0BSD", "BlueOak-1.0.0",
}

var licenceFile = regexp.MustCompile(`(?i)^(un)?(licen[cs]e|copying|notice)([-._].*)?$`)

// modules returns the modules of all packages that casus imports on the systems of the releases, and Go itself.
func modules(root string) ([]work, error) {
	versions := map[string]string{}
	folders := map[string]map[string]bool{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		c := exec.Command("go", "list", "-deps", "-f",
			"{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}", "./cmd/casus")
		c.Dir, c.Stderr = root, os.Stderr
		c.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
		listed, err := c.Output()
		if err != nil {
			return nil, fmt.Errorf("list the packages for %s: %w", system, err)
		}
		for line := range strings.Lines(string(listed)) {
			f := strings.Split(strings.TrimSpace(line), "\t")
			if len(f) != 4 {
				continue
			}
			versions[f[0]] = f[1]
			if folders[f[0]] == nil {
				folders[f[0]] = map[string]bool{}
			}
			for dir := f[3]; strings.HasPrefix(dir, f[2]); dir = filepath.Dir(dir) {
				folders[f[0]][dir] = true
			}
		}
	}
	// No version: it is the one of the Go that builds.
	const standard = "The standard library of Go"
	versions[standard] = ""
	goRoot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("find Go: %w", err)
	}
	folders[standard] = map[string]bool{strings.TrimSpace(string(goRoot)): true}

	var works []work
	for path, version := range versions {
		w := work{name: path, version: version}
		for _, dir := range slices.Sorted(maps.Keys(folders[path])) {
			texts, err := texts(dir)
			if err != nil {
				return nil, err
			}
			w.texts = append(w.texts, texts...)
		}
		if err := w.classify(); err != nil {
			return nil, err
		}
		works = append(works, w)
	}
	return works, nil
}

// texts returns the texts of the licences of a folder.
func texts(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var texts []string
	for _, e := range entries {
		if !e.Type().IsRegular() || !licenceFile.MatchString(e.Name()) || strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		var lines []string
		for s := bufio.NewScanner(bytes.NewReader(content)); s.Scan(); {
			lines = append(lines, strings.TrimRight(s.Text(), " \t\r"))
		}
		texts = append(texts, strings.Trim(strings.Join(lines, "\n"), "\n"))
	}
	return texts, nil
}

// classify finds the licences in the texts of w.
func (w *work) classify() error {
	for _, t := range w.texts {
		for _, m := range licensecheck.Scan([]byte(t)).Match {
			if !m.IsURL && !slices.Contains(w.licences, m.ID) {
				w.licences = append(w.licences, m.ID)
			}
		}
	}
	slices.Sort(w.licences)
	if len(w.licences) == 0 {
		return fmt.Errorf("%s has no licence that is recognised in %d texts", w.name, len(w.texts))
	}
	for _, l := range w.licences {
		if !slices.Contains(known, l) {
			return fmt.Errorf("%s has the licence %s, which is not in the list", w.name, l)
		}
	}
	return nil
}
