package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// heading is the heading of a package in the licences that a page is served with: name, version and licence.
var heading = regexp.MustCompile(`(?m)^={80}\n(\S+) (\S+) \(([^\n]+)\)\n={80}\n`)

// packages returns the packages that the pages bundle. Their builds collect the licences.
func packages(root string) ([]work, error) {
	files, err := filepath.Glob(filepath.Join(root, "internal/server/*/dist/THIRD_PARTY_LICENSES.txt.gz"))
	if err != nil {
		return nil, err
	}
	var works []work
	for _, file := range files {
		text, err := unpacked(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		at := heading.FindAllStringSubmatchIndex(text, -1)
		if len(at) == 0 {
			return nil, fmt.Errorf("%s lists no package", file)
		}
		for i, m := range at {
			end := len(text)
			if i+1 < len(at) {
				end = at[i+1][0]
			}
			w := work{
				name: text[m[2]:m[3]], version: text[m[4]:m[5]], licences: []string{text[m[6]:m[7]]},
				texts: []string{strings.TrimSpace(text[m[1]:end])},
			}
			if !slices.ContainsFunc(works, func(o work) bool { return o.name == w.name && o.version == w.version }) {
				works = append(works, w)
			}
		}
	}
	return works, nil
}

func unpacked(file string) (string, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	z, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(z)
	return string(text), err
}
