package store

import (
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/text"
)

// SearchTexts returns the texts by which Search finds a node: its names, which determine the rank, and the rest, which
// does not. Their order is fixed, because Matched is the first of equally good texts. The names of events and documents
// are their titles. A claim has none, so its quotes never rank before a name.
func SearchTexts(n kg.Node) (names, rest []string) {
	switch n := n.(type) {
	case kg.Event:
		rest = values(n.Summaries)
	case kg.Claim:
		if n.Quote != nil {
			rest = append([]string{n.Quote.Text}, values(n.Quote.Translations)...)
		}
		if n.Note != "" {
			rest = append(rest, n.Note)
		}
	}
	return values(NamesOf(n)), rest
}

// NamesOf returns the names of an actor or a location and the titles of an event or a document; nil for other nodes.
func NamesOf(n kg.Node) []kg.Name {
	switch n := n.(type) {
	case kg.Actor:
		return n.Names
	case kg.Location:
		return n.Names
	case kg.Event:
		return n.Titles
	case kg.Document:
		return n.Titles
	}
	return nil
}

func values(names []kg.Name) []string {
	if len(names) == 0 {
		return nil
	}
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = n.Value
	}
	return all
}

// SearchTypeOf returns the type of a node in searches, or "" for a node that Search does not find.
func SearchTypeOf(n kg.Node) NodeType {
	switch n.(type) {
	case kg.Actor:
		return TypeActor
	case kg.Location:
		return TypeLocation
	case kg.Event:
		return TypeEvent
	case kg.Document:
		return TypeDocument
	case kg.Claim:
		return TypeClaim
	}
	return ""
}

// SearchTokens returns the distinct tokens of texts. All words of a matching query are among them.
func SearchTokens(texts []string) []string {
	if len(texts) == 1 {
		return text.Index(texts[0])
	}
	var all []string
	for _, t := range texts {
		all = append(all, text.Index(t)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// IndexTexts returns the search entry that a store saves for a node: its distinct tokens with the keys of near
// searches, and its folded names, or neither if it has no tokens. No word of a query equals a key or a prefix of one.
func IndexTexts(n kg.Node) (words, names []string) {
	names, rest := SearchTexts(n)
	count := len(names)
	folded := append(names, rest...)
	for i, t := range folded {
		folded[i] = text.Fold(t)
		words = append(words, text.IndexFolded(t, folded[i])...)
	}
	if len(words) == 0 {
		return nil, nil
	}
	names = folded[:count]
	words = append(words, NearKeys(n.NodeID(), names)...)
	slices.Sort(words)
	return slices.Compact(words), names
}

// BestMatch returns the first text that equals the query, else the first that begins with it, else the first with the
// most of its words.
func BestMatch(q text.Query, texts []string) string {
	best, score := "", -1
	for _, t := range texts {
		s := 0
		switch folded := text.Fold(t); {
		case folded == q.Folded:
			s = 1 << 20
		case strings.HasPrefix(folded, q.Folded):
			s = 1 << 19
		default:
			tokens := text.Index(t)
			for _, w := range q.Words {
				if slices.Contains(tokens, w) {
					s++
				}
			}
			hasPrefix := func(token string) bool { return strings.HasPrefix(token, q.Prefix) }
			if q.Prefix != "" && slices.ContainsFunc(tokens, hasPrefix) {
				s++
			}
		}
		if s > score {
			best, score = t, s
		}
	}
	return best
}
