package text

import (
	"slices"
	"strings"
	"unicode"
)

// This file finds names that are spelt nearly like a query: by another transliteration, in another script, in another
// case, or with a slip. Each word of a name has a skeleton of its consonants. An index holds the words of a text and
// keys made from the skeletons of its names. A query finds the names that have its keys, and Distance decides which of
// them are near.

// The marks with which keys begin. No token begins with one.
const (
	skeletonMark = "≈" // a skeleton
	shorterMark  = "∼" // a skeleton without one of its sounds
)

// maxNearWords is the number of words above which a query has no near names.
const maxNearWords = 6

// NearQuery is a query for names that are spelt nearly like a text.
type NearQuery struct{ words []nearWord }

// nearWord is a word with its forms. A word with digits has no forms: it must occur as it is.
type nearWord struct {
	exact string
	forms []nearForm
}

// nearForm is a form of a word.
type nearForm struct {
	sounds    string
	abjad     bool
	skeletons []string
	cost      int
}

// ParseNear returns the near query of a text that a reader typed. It is empty if the text has no word to compare by
// sound, or more than six.
func ParseNear(s string) NearQuery {
	q := NearQuery{nearWords(Fold(s), forms)}
	if len(q.words) > maxNearWords || !slices.ContainsFunc(q.words, func(w nearWord) bool { return len(w.forms) > 0 }) {
		return NearQuery{}
	}
	return q
}

// Empty reports whether q has no words. Such a query is near to nothing.
func (q NearQuery) Empty() bool { return len(q.words) == 0 }

// nearWords returns the words of a folded text that have consonants or digits, without articles and initials.
func nearWords(folded string, forms func(string) []wordForm) (words []nearWord) {
	for _, token := range Tokens(folded) {
		if w, ok := newNearWord(token, forms); ok && !slices.Contains(articles, token) {
			words = append(words, w)
		}
	}
	return words
}

func newNearWord(token string, forms func(string) []wordForm) (w nearWord, ok bool) {
	if strings.ContainsFunc(token, unicode.IsNumber) {
		return nearWord{exact: token}, true
	}
	for _, f := range forms(token) {
		form := nearForm{cost: f.cost}
		form.sounds, form.abjad = sounds(f.word)
		form.skeletons = skeletons(form.sounds)
		if len(form.sounds) > 1 && form.skeletons[0] != "" {
			w.forms = append(w.forms, form)
		}
	}
	return w, len(w.forms) > 0
}

// NearKeys returns the keys to index a folded name by: for each word, and for each two neighbours written together.
func NearKeys(folded string) (keys []string) {
	words := nearWords(folded, nameForms)
	for i, w := range words {
		for _, f := range w.forms {
			for _, s := range f.skeletons {
				keys = append(keys, skeletonMark+s)
				for _, shorter := range shorterSkeletons(s) {
					keys = append(keys, shorterMark+shorter)
				}
			}
		}
		if joined, ok := joinWords(words, i); ok {
			keys = append(keys, skeletonMark+joined.skeletons[0])
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// joinWords returns the words at i and i+1 written together.
func joinWords(words []nearWord, i int) (joined nearForm, ok bool) {
	if i+1 >= len(words) || len(words[i].forms) == 0 || len(words[i+1].forms) == 0 {
		return joined, false
	}
	a, b := words[i].forms[0], words[i+1].forms[0]
	joined = nearForm{sounds: a.sounds + b.sounds, abjad: a.abjad || b.abjad}
	joined.skeletons = skeletons(joined.sounds)
	return joined, true
}

// shorterSkeletons returns a skeleton of at least three sounds without each of its sounds but the first, which is
// hardly ever wrong.
func shorterSkeletons(s string) (all []string) {
	if len(s) < 3 {
		return nil
	}
	for i := 1; i < len(s); i++ {
		shorter := s[:i] + s[i+1:]
		if i+1 < len(s) && s[i-1] == s[i+1] {
			shorter = s[:i] + s[i+2:] // equal neighbours are one
		}
		all = append(all, shorter)
	}
	return all
}

// Keys returns groups of keys. A name that is near has a key of each group. If loose, names that lack a sound, have one
// more or another one, are among them.
func (q NearQuery) Keys(loose bool) [][]string {
	groups := make([][]string, len(q.words))
	for i, w := range q.words {
		if len(w.forms) == 0 {
			groups[i] = []string{w.exact}
			continue
		}
		keys := keysOf(w.forms, loose)
		if joined, ok := joinWords(q.words, i); ok {
			keys = append(keys, keysOf([]nearForm{joined}, loose)...)
		}
		if i > 0 {
			if joined, ok := joinWords(q.words, i-1); ok {
				keys = append(keys, keysOf([]nearForm{joined}, loose)...)
			}
		}
		slices.Sort(keys)
		groups[i] = slices.Compact(keys)
	}
	return groups
}

func keysOf(forms []nearForm, loose bool) (keys []string) {
	for _, f := range forms {
		for _, s := range f.skeletons {
			keys = append(keys, skeletonMark+s)
			if !loose {
				continue
			}
			keys = append(keys, shorterMark+s)
			for _, shorter := range shorterSkeletons(s) {
				keys = append(keys, skeletonMark+shorter, shorterMark+shorter)
			}
		}
	}
	return keys
}

// Distance returns the distance of the nearest of the names, which are folded, and its index. ok is false if none is
// near.
func (q NearQuery) Distance(foldedNames []string) (distance, nearest int, ok bool) {
	for i, name := range foldedNames {
		if d, near := q.distance(nearWords(name, nameForms)); near && (!ok || d < distance) {
			distance, nearest, ok = d, i, true
		}
	}
	return distance, nearest, ok
}

// distance returns the sum of the distances of each word of q, or of two that follow one another written together, to
// the nearest word of a name, or to two that follow one another.
func (q NearQuery) distance(name []nearWord) (int, bool) {
	if q.Empty() {
		return 0, false
	}
	all := slices.Clone(name)
	for i := range name {
		if joined, ok := joinWords(name, i); ok {
			all = append(all, nearWord{forms: []nearForm{joined}})
		}
	}
	const none = 1 << 20
	best := make([]int, len(q.words)+1) // best[i] is the distance of the first i words
	for i := 1; i <= len(q.words); i++ {
		best[i] = none
		if d, ok := q.words[i-1].nearest(all); ok {
			best[i] = best[i-1] + d
		}
		if i < 2 {
			continue
		}
		if joined, ok := joinWords(q.words, i-2); ok {
			if d, ok := (nearWord{forms: []nearForm{joined}}).nearest(name); ok {
				best[i] = min(best[i], best[i-2]+d)
			}
		}
	}
	return best[len(q.words)], best[len(q.words)] < none
}

// nearest returns the distance of the nearest of the words, if one is near.
func (w nearWord) nearest(words []nearWord) (distance int, ok bool) {
	for _, other := range words {
		if w.exact != "" && w.exact == other.exact {
			return 0, true
		}
		for _, a := range w.forms {
			for _, b := range other.forms {
				limit := distanceLimit(max(len(a.skeletons[0]), len(b.skeletons[0])))
				d := soundDistance(a.sounds, b.sounds, a.abjad, b.abjad)
				if d <= limit && (!ok || d+a.cost < distance) {
					distance, ok = d+a.cost, true
				}
			}
		}
	}
	return distance, ok
}
