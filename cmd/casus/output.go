package main

import (
	"errors"
	"io/fs"

	"casus/internal/outfile"
	"casus/internal/store/open"
)

// outputError adds advice to a refusal of outfile.Guard. A path that no flag can allow is a usage error.
func outputError(err error) error {
	var refusal outfile.RefusedError
	switch {
	case !errors.As(err, &refusal):
		return err
	case refusal.Forceable:
		return hintedError{err, "specify another file, or --force to replace it"}
	}
	return usageError{err}
}

// storeFiles returns the files of an embedded store, which need not exist; none for other stores.
func (f storeFlag) storeFiles() []string {
	path, ok := open.File(f.chosen(open.Default))
	if !ok {
		return nil
	}
	return open.Files(path)
}

// guard returns the guard of a load's output: its inputs, mapping, texts and store are never replaced.
func (l *loadRun) guard(files []string) outfile.Guard {
	g := outfile.Guard{Force: l.force, Protected: files}
	g.Protected = append(append(g.Protected, l.rows.files...), l.textFiles()...)
	return g
}

// recordedFiles is a file system that notes the names of the files that were opened.
type recordedFiles struct {
	fs.FS
	note func(name string)
}

// Open implements fs.FS.
func (r recordedFiles) Open(name string) (fs.File, error) {
	r.note(name)
	return r.FS.Open(name)
}
