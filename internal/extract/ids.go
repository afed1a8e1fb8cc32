package extract

import (
	"context"
	"strconv"
	"strings"
	"unicode"

	"casus/internal/kg"
	"casus/internal/text"
)

// newID returns a readable id that no other node has: of the first name that has letters or digits, with the beginning
// of the article's hash if a known node has it already, and with a number if another one of the article has it.
func (d *draft) newID(ctx context.Context, kind kg.NodeKind, names ...string) (kg.ID, error) {
	slug := ""
	for _, name := range names {
		if slug = slugOf(name); slug != "" {
			break
		}
	}
	base := kg.ID(string(kind) + ":" + slug)
	if slug == "" {
		base = kg.DeriveID(kind, names...)
	}
	if d.Linker != nil {
		free, err := d.Linker.IsFree(ctx, base, d.document.ID)
		if err != nil {
			return "", err
		}
		if !free {
			base += kg.ID("-" + d.article.SHA256[:8])
		}
	}
	id := base
	for n := 2; d.ids[id]; n++ {
		id = base + kg.ID("-"+strconv.Itoa(n))
	}
	d.ids[id] = true
	return id, nil
}

// maxSlug bounds the part of an id that comes from a name, in characters.
const maxSlug = 60

// slugOf returns the words of a name, folded and joined by hyphens.
func slugOf(name string) string {
	words := strings.FieldsFunc(text.Fold(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r)
	})
	slug := []rune(strings.Join(words, "-"))
	return strings.Trim(string(slug[:min(len(slug), maxSlug)]), "-")
}
