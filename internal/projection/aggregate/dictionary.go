package aggregate

// dictionary numbers the words of a column.
type dictionary struct {
	words  []string
	codeOf map[string]uint32
}

// code returns the code of a word, which is added if it is new.
func (d *dictionary) code(word string) uint32 {
	n, known := d.codeOf[word]
	if !known {
		if d.codeOf == nil {
			d.codeOf = map[string]uint32{}
		}
		n = uint32(len(d.words))
		d.words, d.codeOf[word] = append(d.words, word), n
	}
	return n
}

// wanted returns which codes are those of the given words.
func (d *dictionary) wanted(words []string) []bool {
	wanted := make([]bool, len(d.words))
	for _, w := range words {
		if n, known := d.codeOf[w]; known {
			wanted[n] = true
		}
	}
	return wanted
}
