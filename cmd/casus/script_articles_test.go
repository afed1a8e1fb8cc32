package main

import (
	"archive/zip"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"casus/internal/testkit/pdf"
)

// zipFolder makes a web archive of the files of a folder: wacz FILE FOLDER.
func zipFolder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: wacz FILE FOLDER")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	w := zip.NewWriter(f)
	ts.Check(w.AddFS(os.DirFS(ts.MkAbs(args[1]))))
	ts.Check(w.Close())
	ts.Check(f.Close())
}

// makePDF makes a PDF file of the lines of a text, or a locked one: pdf FILE TEXT [locked].
func makePDF(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: pdf FILE TEXT [locked]")
	}
	lines := strings.Split(strings.TrimSpace(ts.ReadFile(args[1])), "\n")
	file := pdf.File{
		Title: lines[0], Created: "D:20310305120000Z", Pages: [][]pdf.Line{pdf.Column(40, 800, lines...)},
		Locked: len(args) == 3,
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), file.Bytes(), 0o600))
}
