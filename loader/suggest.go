package loader

import "casus/internal/text"

// nearest returns the candidate most similar to a word, or "" if none is similar enough.
func nearest(word string, candidates []string) string { return text.Nearest(word, candidates) }
