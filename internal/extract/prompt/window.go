// Package prompt makes the questions that a model is asked about an article: one window of its sentences and one part
// of the form at a time. A question has the article's sentences and the answers so far, and no name of a file.
package prompt

import "unicode/utf8"

// Overlap is the number of sentences that a window repeats of the one before, as context.
const Overlap = 2

// DefaultWindow is the number of characters that a window has at most, unless a sentence is longer.
const DefaultWindow = 6000

// Window is a range of an article's sentences, by their indexes.
type Window struct {
	Start, End int
	// New is the index of the first sentence that no earlier window has.
	New int
}

// Windows divides sentences into windows of at most size characters, with Overlap sentences of context. Every window
// has a new sentence, of any length.
func Windows(sentences []string, size int) (all []Window) {
	for next := 0; next < len(sentences); {
		w := Window{Start: max(0, next-Overlap), New: next}
		length := 0
		for i := w.Start; i < next; i++ {
			length += utf8.RuneCountInString(sentences[i])
		}
		for w.End = next; w.End < len(sentences); w.End++ {
			length += utf8.RuneCountInString(sentences[w.End])
			if length > size && w.End > next {
				break
			}
		}
		all = append(all, w)
		next = w.End
	}
	return all
}

// Has reports whether the window has the sentence of a number, which is its index and one.
func (w Window) Has(number int) bool { return w.Start < number && number <= w.End }

// IsNew reports whether the window is the first one with the sentence of a number.
func (w Window) IsNew(number int) bool { return w.New < number && number <= w.End }
