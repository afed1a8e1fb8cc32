package extraction

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/extract"
	"casus/internal/extract/form"
	"casus/internal/extract/proposal"
	"casus/internal/extract/source"
	"casus/internal/kg"
	"casus/internal/outfile"
)

// batch is a run over articles, of which one that fails does not end the others.
type batch struct {
	many    bool // whether there are several, or a folder, whose articles may be several next time
	total   int
	message io.Writer
	names   map[string]string // paths of articles by the names of their files

	failed     []string
	kept, done int

	started                 time.Time
	characters, charsToRead int
}

func newBatch(c *cobra.Command, l source.List) *batch {
	b := &batch{
		many: len(l.Items) > 1 || l.Folders+l.Archives > 0, total: len(l.Items), message: c.ErrOrStderr(),
		names: map[string]string{}, started: time.Now(),
	}
	if skipped := l.SkippedText(); skipped != "" {
		printLine(b.message, "%s", skipped)
	}
	return b
}

// fail notes that an article failed. It returns the error of the only article.
func (b *batch) fail(path string, err error) error {
	if !b.many {
		return err
	}
	b.failed = append(b.failed, path)
	printLine(b.message, "failed: %s: %v", path, err)
	return nil
}

// begin returns the place of an article's files, which no other article of the batch has.
func (b *batch) begin(p Program, c *cobra.Command, o output, item source.Item) (output, error) {
	o.out = filepath.Join(o.out, item.Folder)
	if err := o.begin(p, c, item.Name); err != nil {
		return o, err
	}
	if b.many {
		o.runName = o.name + "." + proposal.RunFile
	}
	if other, ok := b.names[o.path("")]; ok {
		return o, kg.Errorf(kg.Conflict, "%s and %s have files of the same name: extract them one by one, with --name", other,
			item.Path)
	}
	b.names[o.path("")] = item.Path
	return o, nil
}

// keep reports whether an earlier run has written the files of an article, from the same text with the same model and,
// if formHash is not empty, the same form. They may have been reviewed since.
func (b *batch) keep(o output, articleHash, model, formHash string) bool {
	if !b.many || o.force {
		return false
	}
	content, err := readFile("the account of a run", o.path(proposal.RunFile), nil, maxRunBytes)
	var earlier proposal.Run
	if err != nil || json.Unmarshal(content, &earlier) != nil {
		return false
	}
	if _, err := os.Stat(o.path(proposal.RecordsFile)); err != nil {
		return false
	}
	same := earlier.Tool == extract.Tool && earlier.ArticleSHA256 == articleHash && earlier.Model == model &&
		earlier.FormVersion == form.Version && earlier.PromptSHA256 == form.Fingerprint() &&
		(formHash == "" || earlier.FormSHA256 == formHash)
	if same {
		b.kept++
		printLine(b.message, "kept: %s, of an earlier run on the same text (--force replaces it)",
			o.path(proposal.RecordsFile))
	}
	return same
}

// checkFiles returns an error if a file of an article, by the ends of their names, must not be written.
func (b *batch) checkFiles(p Program, o output, protected []string, ends ...string) error {
	if err := o.check(outfile.Guard{Force: o.force, Protected: protected}, ends...); err != nil {
		return p.OutputError(err)
	}
	return nil
}

// finished notes that an article of a number of characters is done, and returns how many of how many are, and how long
// the rest may take.
func (b *batch) finished(characters int) (done, total int, left time.Duration) {
	b.done++
	b.characters += characters
	if b.characters > 0 {
		left = time.Duration(float64(time.Since(b.started)) / float64(b.characters) * float64(b.charsToRead-b.characters))
	}
	return b.done, b.total - b.kept - len(b.failed), max(left, 0)
}

// finish prints a summary, and returns the error of failures.
func (b *batch) finish() error {
	if !b.many {
		return nil
	}
	printLine(b.message, "%s: %d extracted, %d kept, %d failed", plural(b.total, "article"), b.done, b.kept,
		len(b.failed))
	return b.failures()
}

// failures returns an error that names the articles that failed, if any did.
func (b *batch) failures() error {
	if len(b.failed) == 0 {
		return nil
	}
	names := b.failed
	if len(names) > maxFailedShown {
		names = append(names[:maxFailedShown:maxFailedShown], "...")
	}
	return kg.Errorf(kg.BadInput, "%d of %s failed: %s", len(b.failed), plural(b.total, "article"),
		strings.Join(names, ", "))
}

// maxFailedShown is the number of failed articles that the last message names.
const maxFailedShown = 5
