package loader

import (
	"os"

	"casus/internal/kg"
)

// textSpool keeps the texts of the input's documents in a file, since claims of a later stretch may point into them.
type textSpool struct {
	file *os.File
	end  int64
	at   map[kg.ID]fileRange
}

type fileRange struct{ from, size int64 }

func (t *textSpool) put(id kg.ID, text string) (err error) {
	if t.file == nil {
		if t.file, err = createTemp("casus-texts-*"); err != nil {
			return err
		}
		t.at = map[kg.ID]fileRange{}
	}
	n, err := t.file.WriteAt([]byte(text), t.end)
	if err != nil {
		return kg.Errorf(kg.Unavailable, "the texts of documents cannot be kept in a temporary file: %w", err)
	}
	t.at[id] = fileRange{t.end, int64(n)}
	t.end += int64(n)
	return nil
}

// get is a document's text; "" where the input gave none.
func (t *textSpool) get(id kg.ID) (string, error) {
	p, ok := t.at[id]
	if !ok {
		return "", nil
	}
	b := make([]byte, p.size)
	if _, err := t.file.ReadAt(b, p.from); err != nil {
		return "", kg.Errorf(kg.Unavailable, "a document's text cannot be read from its temporary file: %w", err)
	}
	return string(b), nil
}

func (t *textSpool) close() error { return removeTemp(t.file) }

// textOf is the text of a document of this stretch, of the store, or of an earlier stretch.
func (l *chunkLoad) textOf(id kg.ID) (string, error) {
	if d := l.context.documents[id]; d.Text != "" {
		return d.Text, nil
	}
	return l.texts.get(id)
}

func createTemp(pattern string) (*os.File, error) {
	f, err := os.CreateTemp("", pattern)
	if err != nil {
		return nil, kg.Errorf(kg.Unavailable, "no temporary file can be made: %w", err)
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
