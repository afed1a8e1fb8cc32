package link

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// Party is an actor or a place to be found.
type Party struct {
	// Type is store.TypeActor or store.TypeLocation.
	Type store.NodeType
	// Names are its names in any language, the text's first.
	Names []string
	// Kind is a kg.ActorKind or kg.LocationKind.
	Kind    string
	Country string
}

// Result is what a search for a party found.
type Result struct {
	// ID is the known node, or "" unless exactly one fits.
	ID kg.ID
	// Name is the name by which it is shown, and Partial reports that none of its names is the text's.
	Name    string
	Partial bool
	// Suggestions are nodes that may be meant, if none is certain.
	Suggestions []Suggestion
}

// The bounds of a search for one name.
const (
	maxHits        = 20
	maxSuggestions = 8
)

// Find returns the node that has all words of a name of the party, and its kind and country, if there is one; else the
// nodes that may be meant: several that fit, some that only share words with a name (see contradict and isCommon), some
// of another kind, or some with a name that is only spelt nearly alike. The English name, which is not the text's, must
// be a node's name in full.
func (l *Linker) Find(ctx context.Context, p Party) (r Result, err error) {
	var fitting, others []candidate
	for _, name := range p.Names {
		if text.ParseQuery(name).Empty() {
			continue
		}
		page, err := l.store.Search(ctx, store.SearchQuery{
			Text: name, Types: []store.NodeType{p.Type}, Window: store.Window{Limit: maxHits},
		})
		if err != nil {
			return r, err
		}
		for _, hit := range page.Items {
			c := newCandidate(hit, name, p)
			if c.fits {
				fitting = add(fitting, c)
			} else {
				others = add(others, c)
			}
		}
	}
	if exact := slices.DeleteFunc(slices.Clone(fitting), func(c candidate) bool { return c.partial }); len(exact) == 1 {
		fitting = exact
	}
	if len(fitting) == 1 {
		c := fitting[0]
		return Result{ID: c.ID, Name: c.Name, Partial: c.partial}, nil
	}
	for _, c := range slices.Concat(fitting, others) {
		if len(r.Suggestions) < maxSuggestions && !slices.ContainsFunc(r.Suggestions, c.is) {
			r.Suggestions = append(r.Suggestions, c.Suggestion)
		}
	}
	return r, nil
}

// candidate is a hit of a search.
type candidate struct {
	Suggestion
	fits, partial bool
}

func (c candidate) is(o Suggestion) bool { return c.ID == o.ID }

// newCandidate judges a hit of a search for a name.
func newCandidate(hit store.Hit, name string, p Party) candidate {
	names := store.NamesOf(hit.Node)
	c := candidate{Suggestion: Suggestion{ID: hit.Node.NodeID(), Name: kg.BestName(names, "en")}}
	kind, country := kindOf(hit.Node)
	values, _ := store.SearchTexts(hit.Node)
	words := text.ParseQuery(name)
	isName := func(v string) bool { return slices.Equal(text.Tokens(v), text.Tokens(name)) }
	isWhole, isOwn := slices.ContainsFunc(values, isName), name == p.Names[0]
	c.partial = !isWhole || !isOwn
	switch {
	case hit.Near:
		c.Reason = NewReason(NameNear, name)
	case !words.MatchesWhole(store.SearchTokens(values)):
		c.Reason = NewReason(NameBegins, name)
	case kind != p.Kind:
		c.Reason = NewReason(KindDiffers, kind)
	case country != "" && p.Country != "" && country != p.Country:
		c.Reason = NewReason(CountryDiffers, country)
	case !isWhole && contradict(p.Names, names):
		c.Reason = NewReason(NameShared, name)
	case !isWhole && (!isOwn || isCommon(name)):
		c.Reason = NewReason(NamePart, name)
	default:
		c.fits, c.Reason = true, NewReason(NameWhole, name)
	}
	return c
}

// add adds a candidate, or makes the one that it repeats better.
func add(all []candidate, c candidate) []candidate {
	i := slices.IndexFunc(all, func(o candidate) bool { return o.ID == c.ID })
	if i < 0 {
		return append(all, c)
	}
	all[i].partial = all[i].partial && c.partial
	return all
}

func kindOf(n kg.Node) (kind, country string) {
	switch n := n.(type) {
	case kg.Actor:
		return string(n.Kind), n.Country
	case kg.Location:
		return string(n.Kind), n.Country
	}
	return "", ""
}
