package source

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"casus/internal/extract/form"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

// FormEnds returns the ends of the names of files with the filled-in form of an article, the preferred one first.
func FormEnds() []string { return []string{proposal.FormFile, ".form.md"} }

// Form returns the filled-in form of an article from a folder, in which it has the article's name, and the file's path.
// Errors: NOT_FOUND, BAD_INPUT.
func (i Item) Form(folder string) (content []byte, file string, err error) {
	base := path.Join(filepath.ToSlash(i.Folder), i.Name)
	for _, end := range FormEnds() {
		f, err := openIn(folder, base+end)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, "", kg.Errorf(kg.BadInput, "cannot read the form: %w", err)
		}
		content, err := readAll(f, form.MaxBytes)
		_ = f.Close() // it was only read
		if err != nil {
			return nil, "", kg.Errorf(kg.BadInput, "the form: %w", err)
		}
		return content, filepath.Join(folder, filepath.FromSlash(base+end)), nil
	}
	return nil, "", kg.Errorf(kg.NotFound, "no form of it in %s: expected %s", folder,
		base+strings.Join(FormEnds(), " or "+base))
}
