package store

import (
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/text"
)

// SearchTexts gives what a node is found by: its names, which rank it, and the rest, which does not. Titles are an event's
// and a document's names; a claim has none, so its quotes never come before a name. In canonical order: Matched depends
// on it.
func SearchTexts(n kg.Node) (names, rest []string) {
	switch n := n.(type) {
	case kg.Actor:
		return values(n.Names), nil
	case kg.Location:
		return values(n.Names), nil
	case kg.Event:
		return values(n.Titles), values(n.Summaries)
	case kg.Document:
		return values(n.Titles), nil
	case kg.Claim:
		if n.Quote != nil {
			rest = append([]string{n.Quote.Text}, values(n.Quote.Translations)...)
		}
		if n.Note != "" {
			rest = append(rest, n.Note)
		}
	}
	return nil, rest
}

func values(names []kg.Name) []string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = n.Value
	}
	return all
}

// SearchTypeOf is the type that Search knows a node by; "" for what it does not find.
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

// SearchTokens are the distinct tokens of texts, which the words of a query must all be among.
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

// IndexTexts gives what stores keep of a node to find it by: its distinct tokens, and its names folded. Without tokens it has
// no names either.
func IndexTexts(n kg.Node) (words, names []string) {
	names, rest := SearchTexts(n)
	for i, name := range names {
		names[i] = text.Fold(name)
	}
	for _, t := range rest {
		names = append(names, text.Fold(t))
	}
	if len(names) == 1 {
		words = text.IndexFolded(names[0])
	} else {
		for _, t := range names {
			words = append(words, text.IndexFolded(t)...)
		}
		slices.Sort(words)
		words = slices.Compact(words)
	}
	if len(words) == 0 {
		return nil, nil
	}
	return words, names[:len(names)-len(rest)]
}

// BestMatch picks the text that answers a query best: the first that is the query, else the first that begins with it, else
// the first of those with most of its words.
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
			if q.Prefix != "" && slices.ContainsFunc(tokens, func(t string) bool { return strings.HasPrefix(t, q.Prefix) }) {
				s++
			}
		}
		if s > score {
			best, score = t, s
		}
	}
	return best
}
