package loader

import (
	"os"
	"slices"

	"casus/internal/kg"
	"casus/internal/text"
)

// textSpool stores the texts of the input's documents in a temporary file, because claims of a later chunk may quote
// them.
type textSpool struct {
	file   *os.File
	end    int64
	ranges map[kg.ID]fileRange
}

type fileRange struct{ start, size int64 }

func (t *textSpool) put(id kg.ID, text string) (err error) {
	if t.file == nil {
		if t.file, err = createTemp("casus-texts-*"); err != nil {
			return err
		}
		t.ranges = map[kg.ID]fileRange{}
	}
	n, err := t.file.WriteAt([]byte(text), t.end)
	if err != nil {
		return kg.Errorf(kg.Unavailable, "cannot write the documents' texts to a temporary file: %w", err)
	}
	t.ranges[id] = fileRange{t.end, int64(n)}
	t.end += int64(n)
	return nil
}

// get returns a document's text, or "" if the input has none.
func (t *textSpool) get(id kg.ID) (string, error) {
	p, ok := t.ranges[id]
	if !ok {
		return "", nil
	}
	b := make([]byte, p.size)
	if _, err := t.file.ReadAt(b, p.start); err != nil {
		return "", kg.Errorf(kg.Unavailable, "cannot read a document's text from its temporary file: %w", err)
	}
	return string(b), nil
}

func (t *textSpool) close() error { return removeTemp(t.file) }

// textOf returns the text of a document from this chunk, the store or an earlier chunk.
func (l *chunkLoad) textOf(id kg.ID) (*text.Positions, error) {
	if d := l.context.documents[id]; d.Text != "" {
		return l.recentTexts.get(id, func() (string, error) { return d.Text, nil })
	}
	return l.recentTexts.get(id, func() (string, error) { return l.texts.get(id) })
}

// recentTexts caches the texts that claims quoted last, because many claims may quote one long text.
type recentTexts struct {
	all  []recentText // the last used is last
	size int
}

type recentText struct {
	document kg.ID
	text     *text.Positions
}

// maxRecentTexts is the number of bytes of the cached texts, other than the last.
const maxRecentTexts = kg.MaxDocumentBytes

func (r *recentTexts) get(document kg.ID, read func() (string, error)) (*text.Positions, error) {
	if i := slices.IndexFunc(r.all, func(t recentText) bool { return t.document == document }); i >= 0 {
		found := r.all[i]
		r.all = append(slices.Delete(r.all, i, i+1), found)
		return found.text, nil
	}
	words, err := read()
	if err != nil {
		return nil, err
	}
	r.all, r.size = append(r.all, recentText{document, text.NewPositions(words)}), r.size+len(words)
	for len(r.all) > 1 && (r.size > maxRecentTexts || len(r.all) > maxRecent) {
		r.size -= len(r.all[0].text.Text())
		r.all = slices.Delete(r.all, 0, 1)
	}
	return r.all[len(r.all)-1].text, nil
}

// maxRecent is the number of cached texts: the cache is searched one by one.
const maxRecent = 32

func createTemp(pattern string) (*os.File, error) {
	f, err := os.CreateTemp("", pattern)
	if err != nil {
		return nil, kg.Errorf(kg.Unavailable, "cannot create a temporary file: %w", err)
	}
	return f, nil
}

func removeTemp(f *os.File) error {
	if f == nil {
		return nil
	}
	err := f.Close()
	if e := os.Remove(f.Name()); err == nil {
		err = e
	}
	return err
}
