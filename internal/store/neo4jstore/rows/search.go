package rows

import (
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/text"
)

// Found is what a node is found by, for a stretch of knowledge.
type Found struct {
	id     kg.ID
	typ    kg.NodeType
	during kg.Interval
	words  string
	names  []string
}

// Always is a stretch of knowledge without ends.
func Always() kg.Interval { return kg.Interval{KnownFrom: kg.BeginningOfTime, KnownTo: kg.EndOfTime} }

// FoundBy are the entries by which a node is found: one, or none where it has no words.
func FoundBy(n kg.Node, during kg.Interval) []Found {
	names, rest := kg.SearchTexts(n)
	words := kg.SearchTokens(slices.Concat(names, rest))
	if len(words) == 0 {
		return nil
	}
	folded := make([]string, len(names))
	for i, name := range names {
		folded[i] = text.Fold(name)
	}
	return []Found{{n.NodeID(), kg.SearchTypeOf(n), during, strings.Join(words, " "), folded}}
}

// ClaimFoundBy are a claim's entries.
func ClaimFoundBy(c kg.Claim) []Found {
	return FoundBy(c, kg.Interval{KnownFrom: c.KnownFrom(), KnownTo: kg.EndOfTime})
}

// EventFoundBy are an event's entries, one for each stretch in which its texts were the same.
func EventFoundBy(h kg.History) []Found {
	var all []Found
	for i := 0; i < len(h.States); {
		first, last := h.States[i], h.States[i]
		for i++; i < len(h.States) && slices.Equal(h.States[i].Titles, first.Titles) && slices.Equal(h.States[i].Summaries, first.Summaries); i++ {
			last = h.States[i]
		}
		during := kg.Interval{KnownFrom: first.KnownFrom, KnownTo: last.KnownTo}
		all = append(all, FoundBy(kg.Event{ID: h.Subject, EventState: first}, during)...)
	}
	return all
}

// Entry gives the properties of a SearchEntry.
func Entry(c Columns, f Found) {
	c.Text("id", string(f.id))
	c.Text("idKey", SortKey(string(f.id)))
	c.Text("type", string(f.typ))
	interval(c, f.during)
	c.Text("words", f.words)
	c.List("names", f.names)
}
