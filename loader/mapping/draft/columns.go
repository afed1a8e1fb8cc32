package draft

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"casus/internal/text"
	"casus/loader/values"
)

const (
	maxDraftColumns = 2_000
	maxDraftDepth   = 4
)

// columnsOf returns the columns of a sample. Objects become columns of their fields.
func columnsOf(s Sample) []*column {
	var all []*column
	for _, key := range s.Columns {
		if len(all) < maxDraftColumns {
			all = append(all, columnsAt(s.Rows, key, nil)...)
		}
	}
	for _, c := range all {
		c.words, c.rows = nameWords(c.name), len(s.Rows)
		for _, row := range s.Rows {
			if _, found := row[c.key]; !found {
				c.optional = true
			}
			for _, v := range c.texts(row[c.key]) {
				if !values.Missing(v) {
					c.values = append(c.values, strings.TrimSpace(v))
				}
			}
		}
	}
	return all
}

// columnsAt returns the column of a key of rows or, if that holds objects, those of their fields.
func columnsAt(rows []map[string]any, key string, path []string) []*column {
	c := &column{name: strings.Join(append([]string{key}, path...), "."), key: key, path: strings.Join(path, ".")}
	fields, elements := map[string]bool{}, map[string]bool{}
	for _, row := range rows {
		switch v := valueAtFields(row[key], path).(type) {
		case map[string]any:
			for f := range v {
				fields[f] = true
			}
		case []any:
			c.list = true
			for _, e := range v {
				o, _ := e.(map[string]any)
				for f := range o {
					elements[f] = true
				}
			}
		}
	}
	c.fields = slices.Sorted(maps.Keys(elements))
	c.element = nameField(elements)
	if len(fields) == 0 || c.list || len(path) >= maxDraftDepth {
		return []*column{c}
	}
	var all []*column
	for _, f := range slices.Sorted(maps.Keys(fields)) {
		if !strings.Contains(f, ".") && len(all) < maxDraftColumns {
			all = append(all, columnsAt(rows, key, append(slices.Clone(path), f))...)
		}
	}
	return all
}

// nameField returns the field of objects that names them; "" if there is none.
func nameField(fields map[string]bool) string {
	for _, want := range []string{"name", "label", "title", "actor", "place", "text", "value", "url", "id"} {
		for _, f := range slices.Sorted(maps.Keys(fields)) {
			if strings.EqualFold(f, want) {
				return f
			}
		}
	}
	return ""
}

// nameWords returns the words of a column's name, folded: the same for event_date, eventDate, eventdate and "Event
// Date".
func nameWords(name string) []string {
	var spaced strings.Builder
	last := ' '
	for _, r := range name {
		if unicode.IsUpper(r) && unicode.IsLower(last) || unicode.IsDigit(r) && unicode.IsLetter(last) {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(r)
		last = r
	}
	isSeparator := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }
	var all []string
	for _, w := range strings.FieldsFunc(text.Fold(spaced.String()), isSeparator) {
		all = append(all, splitWord(w)...)
	}
	return all
}

// splitWord splits a word that is made of words of column names: countryname is country and name. Of several splits it
// returns the one with the fewest words.
func splitWord(word string) []string {
	known := knownWords()
	if known[word] || len(word) > 40 {
		return []string{word}
	}
	best := make([][]string, len(word)+1)
	best[0] = []string{}
	for end := 1; end <= len(word); end++ {
		for start := range end {
			if best[start] != nil && known[word[start:end]] && (best[end] == nil || len(best[start])+1 < len(best[end])) {
				best[end] = append(slices.Clone(best[start]), word[start:end])
			}
		}
	}
	if split := best[len(word)]; len(split) > 1 && len(split) <= 4 {
		return split
	}
	return []string{word}
}
