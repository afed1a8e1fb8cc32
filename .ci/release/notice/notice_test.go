package main

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestClassify checks that a text that is no licence, and a licence that may not be linked, are errors.
func TestClassify(t *testing.T) {
	zero := "BSD Zero Clause License\n\nPermission to use, copy, modify, and/or distribute this software for any " +
		"purpose with or without fee is hereby granted.\n\nTHE SOFTWARE IS PROVIDED \"AS IS\" AND THE AUTHOR DISCLAIMS ALL " +
		"WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO " +
		"EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES " +
		"WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER " +
		"TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE."
	gpl := "This program is free software: you can redistribute it and/or modify it under the terms of the GNU General " +
		"Public License as published by the Free Software Foundation, either version 3 of the License, or (at your option) " +
		"any later version.\n\nThis program is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; " +
		"without even the implied warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the GNU General " +
		"Public License for more details.\n\nYou should have received a copy of the GNU General Public License along with " +
		"this program. If not, see <https://www.gnu.org/licenses/>."
	for text, want := range map[string]string{
		zero:              "",
		"Ask the author.": "no licence that is recognised",
		gpl:               "not in the list",
	} {
		w := work{name: "example.org/m", texts: []string{text}}
		err := w.classify()
		if want == "" && (err != nil || !slices.Equal(w.licences, []string{"0BSD"})) ||
			want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%.30q: %v, %v; want an error with %q", text, w.licences, err, want)
		}
	}
}

// TestPackages reads the licences of two pages, which share a package.
func TestPackages(t *testing.T) {
	root := t.TempDir()
	rule := "\n" + strings.Repeat("=", 80) + "\n"
	section := func(title string) string { return rule + title + rule + "\nCopyright 2020 " + title + "\n" }
	for page, text := range map[string]string{
		"a": "The page contains:\n" + section("one 1.0.0 (MIT)") + section("@two/three 2.0.0 (ISC)"),
		"b": "The page contains:\n" + section("one 1.0.0 (MIT)"),
	} {
		dir := filepath.Join(root, "internal/server", page, "dist")
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(filepath.Join(dir, "THIRD_PARTY_LICENSES.txt.gz"))
		if err != nil {
			t.Fatal(err)
		}
		z := gzip.NewWriter(f)
		if _, err := z.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	works, err := packages(root)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, w := range works {
		titles = append(titles, w.title()+" "+strings.Join(w.licences, ",")+": "+strings.Join(w.texts, "|"))
	}
	want := []string{
		"one 1.0.0 MIT: Copyright 2020 one 1.0.0 (MIT)",
		"@two/three 2.0.0 ISC: Copyright 2020 @two/three 2.0.0 (ISC)",
	}
	if !slices.Equal(titles, want) {
		t.Errorf("%q, want %q", titles, want)
	}
}
