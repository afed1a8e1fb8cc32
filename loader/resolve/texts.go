package resolve

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/spill"
	"casus/internal/text"
)

// Texts are the texts of the input's documents, which claims of a later chunk may quote. They are spilled.
type Texts struct{ spilled *spill.Map[kg.ID] }

// NewTexts returns an empty collection.
func NewTexts() *Texts { return &Texts{spill.NewMap[kg.ID]("texts", "the documents' texts")} }

// Put adds the text of a document.
func (t *Texts) Put(id kg.ID, text string) error { return t.spilled.Put(id, []byte(text)) }

// get returns a document's text, or "" if the input has none.
func (t *Texts) get(id kg.ID) (string, error) {
	words, _, err := t.spilled.Find(id)
	return string(words), err
}

// Close removes the temporary file.
func (t *Texts) Close() error { return t.spilled.Close() }

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

// maxRecent is the number of cached texts: the cache is searched one by one.
const maxRecent = 32

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
