package source

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"casus/internal/extract/article"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

const (
	// maxDepth is how deep folders may be nested.
	maxDepth = 8
	// maxFiles is the number of files and folders that a folder may have, at all depths.
	maxFiles = 100_000
)

// addFolder adds the articles of a folder and the folders in it, in the order of their names. Links are not followed,
// so that nothing outside of it is read.
func (o Options) addFolder(ctx context.Context, l *List, folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return cannotRead(err)
	}
	defer func() { _ = root.Close() }() // it was only read
	seen := 0
	return fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if seen++; seen > maxFiles {
			return kg.Errorf(kg.LimitExceeded, "%s has more than %d files and folders", folder, maxFiles)
		}
		if ctx.Err() != nil {
			return kg.Errorf(kg.Timeout, "reading %s was stopped: %w", folder, ctx.Err())
		}
		var reason string
		switch {
		case err != nil:
			reason = fmt.Sprintf("cannot be read: %v", err)
		case name == ".":
			return nil
		default:
			reason = skipReason(name, d)
		}
		if reason != "" {
			l.Skipped = append(l.Skipped, Skip{filepath.Join(folder, filepath.FromSlash(name)), reason})
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() || isOutput(name) {
			return nil
		}
		at := filepath.Join(folder, filepath.FromSlash(name))
		inner := path.Dir(name)
		if inner == "." {
			inner = ""
		}
		item := Item{Path: at, File: at, Folder: filepath.FromSlash(inner), Name: nameOf(at)}
		return o.addFile(ctx, l, item, func() (*os.File, error) { return openIn(folder, name) })
	})
}

// openIn opens a file of a folder. Links that lead out of it are errors, should a file have become one.
func openIn(folder, name string) (f *os.File, err error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	return root.Open(filepath.FromSlash(name))
}

// skipReason returns why a file of a folder is not an article, or "".
func skipReason(name string, d fs.DirEntry) string {
	switch {
	case strings.HasPrefix(d.Name(), "."):
		return "hidden"
	case d.Type()&fs.ModeSymlink != 0:
		return "a link"
	case d.IsDir() && strings.Count(name, "/") >= maxDepth-1:
		return fmt.Sprintf("nested more than %d deep", maxDepth)
	case d.IsDir() || isOutput(name):
		return ""
	case !d.Type().IsRegular():
		return "not a file"
	case article.ByName(name) == "":
		return "no known ending"
	}
	return ""
}

// isOutput reports whether a file is one that an extraction writes, or a form.
func isOutput(name string) bool {
	name = path.Base(name)
	for _, end := range append(FormEnds(), proposal.RecordsFile, proposal.ReviewFile, proposal.RefusedFile,
		"."+proposal.RunFile) {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return name == proposal.RunFile
}

// maxShown is the number of skipped files that a message names.
const maxShown = 5

// SkippedText returns in one line what was skipped, or "".
func (l List) SkippedText() string {
	if len(l.Skipped) == 0 {
		return ""
	}
	var names []string
	for i, s := range l.Skipped {
		if i == maxShown {
			names = append(names, "...")
			break
		}
		names = append(names, fmt.Sprintf("%s (%s)", s.Path, s.Reason))
	}
	noun := "files"
	if len(l.Skipped) == 1 {
		noun = "file"
	}
	return fmt.Sprintf("%d %s skipped: %s", len(l.Skipped), noun, strings.Join(names, ", "))
}
