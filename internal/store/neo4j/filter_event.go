package neo4j

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
)

// An Event node holds its latest state and has the label EventState too. Its earlier states are separate EventState
// nodes with the same properties, so that clauses can read either. A view with everything known reads only Event nodes;
// a view as of a moment reads the states that held then.

// latestOnly reports whether the states of the view are the latest ones, which Event nodes hold: the view has no moment
// of knowledge and is not isExact.
func (b *builder) latestOnly() bool { return b.view.KnownAt == nil && !b.isExact() }

// statePattern matches all states s, including earlier ones, which inView excludes. With the label Event in the pattern
// the engine would scan by labels instead of reading lists from their index.
func (b *builder) statePattern(s string) string { return "(" + s + ":EventState)" }

// statePath ends a path at an event, with its state as s.
func (b *builder) statePath(s string) string {
	if b.latestOnly() {
		return "(" + s + ":Event)"
	}
	return "(:Event)-[:HAS_STATE*0..1]->(" + s + ":EventState)"
}

// eventPath begins a path at the event whose state is s.
func (b *builder) eventPath(s string) string {
	if b.latestOnly() {
		return "(" + s + ")"
	}
	return "(" + s + ")<-[:HAS_STATE*0..1]-(:Event)"
}

// inView holds where s is the state of its event in the view. An event about which only retractions are known has none.
func (b *builder) inView(s string) clause {
	if b.anyMoment {
		return and(s+"._knownFrom < "+s+"._knownTo", b.inLayer(s))
	}
	return and(s+"._knownFrom <= $m AND $m < "+s+"._knownTo", b.inLayer(s))
}

// events returns the clause of an event filter over a state s.
func (b *builder) events(ctx context.Context, s string, f *store.EventFilter) (clause, error) {
	if f == nil {
		return always, nil
	}
	text, err := b.text(ctx, s, store.TypeEvent, f.Text)
	if err != nil {
		return never, err
	}
	place, err := b.eventPlace(ctx, s, f.Place)
	if err != nil {
		return never, err
	}
	combined, err := b.connectives(ctx, s, f)
	if err != nil {
		return never, err
	}
	return and(
		in(b, s+".id", f.IDs), text,
		b.timeRange(s+"._earliest", s+"._latest", f.Time),
		b.timeRange(s+"._assertedEarliest", s+"._assertedLatest", f.FirstAsserted),
		in(b, s+".precision", f.Precision), in(b, s+".category", f.Categories), in(b, "coalesce("+s+".mode, '')", f.Modes),
		in(b, s+".modality", f.Modalities), in(b, s+".status", f.Statuses), b.codes(s, f.Codes),
		b.intRange("coalesce("+s+".killedBest, -1)", f.Killed), b.intRange(s+".voices", f.Voices),
		b.sourceNumbers(s, f.Sources),
		b.participants(s, f.Participants), b.withoutActors(s, f.WithoutActors), place,
		b.partOf(s, f.PartOf), boolFilter(b.hasParts(s), f.HasParts), b.responses(s, f.Responses),
		b.respondsWith(s, f.RespondsWith), b.sources(s, f),
		isSetOf(b, s+"._codings", kg.Codings.SetsWith(f.Coding)),
		isSetOf(b, "coalesce("+s+"._disagreements, 0)", kg.Aspects.SetsWith(f.Disagreements)), combined,
	), nil
}

// connectives returns the clause of the And, Or and Not parts of a filter.
func (b *builder) connectives(ctx context.Context, s string, f *store.EventFilter) (clause, error) {
	var all, alternatives []clause
	for i := range f.And {
		c, err := b.events(ctx, s, &f.And[i])
		if err != nil {
			return never, err
		}
		all = append(all, c)
	}
	for i := range f.Or {
		c, err := b.events(ctx, s, &f.Or[i])
		if err != nil {
			return never, err
		}
		alternatives = append(alternatives, c)
	}
	if len(alternatives) > 0 {
		all = append(all, or(alternatives...))
	}
	if f.Not != nil {
		c, err := b.events(ctx, s, f.Not)
		if err != nil {
			return never, err
		}
		all = append(all, not(c))
	}
	return and(all...), nil
}

// codes matches stored codes of the form "scheme value".
func (b *builder) codes(s string, codes []store.CodeFilter) clause {
	if codes == nil {
		return always
	}
	list := "coalesce(" + s + ".codes, [])"
	var alternatives []clause
	for _, c := range codes {
		if c.Value != nil {
			alternatives = append(alternatives, b.param(c.Scheme+" "+*c.Value)+" IN "+list)
			continue
		}
		prefix := c.Scheme + " "
		if c.StartsWith != nil {
			prefix += *c.StartsWith
		}
		alternatives = append(alternatives, "any(code IN "+list+" WHERE code STARTS WITH "+b.param(prefix)+")")
	}
	return or(alternatives...)
}

// partOf follows PART_OF transitively. An event in a cycle of parts is not a part of itself.
func (b *builder) partOf(s string, wholes []kg.ID) clause {
	if wholes == nil {
		return always
	}
	r, whole := b.name("r"), b.name("whole")
	step := "-[" + r + ":PART_OF*1..]->"
	return exists(b.eventPath(s)+step+"("+whole+":Event)", "all(step IN "+r+" WHERE "+b.isKnown("step")+")",
		in(b, whole+".id", wholes), whole+".id <> "+s+".id")
}

func (b *builder) hasParts(s string) clause {
	r := b.name("r")
	return exists(b.eventPath(s)+"<-["+r+":PART_OF]-(:Event)", b.isKnown(r))
}

func (b *builder) responses(s string, f *store.ResponseFilter) clause {
	if f == nil {
		return always
	}
	r, wanted := b.name("r"), f.WantExists()
	n, answer := b.name("n"), b.name("answer")
	kind := and(b.isKnown(r), in(b, r+".kind", f.Kinds))
	responds := or(exists(b.eventPath(s)+"<-["+r+":RESPONDS_TO]-(:Event)", kind),
		and(s+".modality = "+b.param(string(kg.ModalityProposed)),
			exists(b.eventPath(s)+"<-["+n+":ANNOUNCES]-(:Event)<-["+r+":RESPONDS_TO]-("+answer+":Event)", b.isKnown(n), kind,
				answer+".id <> "+s+".id")))
	return boolFilter(responds, &wanted)
}

// respondsWith matches events that respond to another one in one of some ways.
func (b *builder) respondsWith(s string, kinds []kg.ResponseKind) clause {
	if kinds == nil {
		return always
	}
	r := b.name("r")
	return exists(b.eventPath(s)+"-["+r+":RESPONDS_TO]->(:Event)", b.isKnown(r), in(b, r+".kind", kinds))
}

// sourcePath returns a path from claim c to document d, and the condition that c is in d or, as a row of a data set,
// cites it.
func (b *builder) sourcePath(c, d string) (path string, isSource clause) {
	link := b.name("s")
	return "-[" + link + ":IN|CITES]->(" + d + ":Document)",
		"(" + c + ".release IS NOT NULL OR type(" + link + ") = 'IN')"
}

// sources requires a live claim for each condition, not necessarily the same one.
func (b *builder) sources(s string, f *store.EventFilter) clause {
	claim := func(c string) string { return b.claimsPath(b.eventPath(s)) + "(" + c + ":Claim)" }
	var all []clause
	if f.Documents != nil {
		c := b.name("c")
		d := b.name("d")
		path, isSource := b.sourcePath(c, d)
		all = append(all, exists(claim(c)+path, b.isLive(c), isSource, in(b, d+".id", f.Documents)))
	}
	if f.Publishers != nil {
		c, d := b.name("c"), b.name("d")
		path, isSource := b.sourcePath(c, d)
		all = append(all, exists(claim(c)+path, b.isLive(c), isSource,
			in(b, d+".publisher", b.identities.Expand(f.Publishers))))
	}
	if f.Claimants != nil {
		c, a := b.name("c"), b.name("a")
		all = append(all, exists(claim(c)+"-[:ACCORDING_TO]->("+a+":Actor)", b.isLive(c),
			in(b, a+".id", b.identities.Expand(f.Claimants))))
	}
	if f.Datasets != nil {
		c, r := b.name("c"), b.name("r")
		all = append(all, exists(claim(c)+"-[:OF_RELEASE]->("+r+":Release)", b.isLive(c), in(b, r+".name", f.Datasets)))
	}
	if f.Extraction != nil {
		c := b.name("c")
		all = append(all, exists(claim(c), b.isLive(c), b.extraction(c, f.Extraction)))
	}
	return and(all...)
}

// sourceNumbers returns the condition on the numbers of an event's sources.
func (b *builder) sourceNumbers(s string, f *store.SourceFilter) clause {
	var all []clause
	for i, r := range f.Ranges() {
		all = append(all, b.intRange(s+"."+rows.SourceProperties[i], r))
	}
	return and(all...)
}

// isSetOf matches states of which a property is one of the sets; nil matches everything.
func isSetOf(b *builder, expression string, sets []kg.Bits) clause {
	if sets == nil {
		return always
	}
	numbers := make([]int64, len(sets))
	for i, s := range sets {
		numbers[i] = int64(s)
	}
	return expression + " IN " + b.param(numbers)
}
