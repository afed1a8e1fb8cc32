package loader

import (
	"os"

	"casus/internal/kg"
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
func (l *chunkLoad) textOf(id kg.ID) (string, error) {
	if d := l.context.documents[id]; d.Text != "" {
		return d.Text, nil
	}
	return l.texts.get(id)
}

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
