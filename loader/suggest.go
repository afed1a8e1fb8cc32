package loader

import "casus/internal/text"

// nearest is the candidate that a word was most likely meant to be; "" where none is near enough.
func nearest(word string, candidates []string) string { return text.Nearest(word, candidates) }
