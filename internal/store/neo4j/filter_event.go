package neo4j

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// An Event holds its latest state itself, and is an EventState too; its earlier states are EventStates beside it, with the
// same properties, so that clauses read either. With everything known only the first are read; as of a moment, whichever
// held then.

// latestOnly says that events have the states of the view themselves: the latest ones, where nodes that are one are read as one.
func (b *builder) latestOnly() bool { return b.view.KnownAt == nil && !b.isExact() }

// statePattern matches all there are, as s, those of earlier knowledge too: inView leaves them out. With the label Event beside it
// the engine would walk all events by their labels, and no list would be read from its index.
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

// inView holds where s is the state of an event in the view. An event of which nothing but retractions is known has none.
func (b *builder) inView(s string) clause { return b.isKnown(s) }

// events is an event filter asked of a state.
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
		b.timeRange(s+".earliest", s+".latest", f.Time),
		b.timeRange(s+".assertedEarliest", s+".assertedLatest", f.FirstAsserted),
		in(b, s+".precision", f.Precision), in(b, s+".category", f.Categories), in(b, "coalesce("+s+".mode, '')", f.Modes),
		in(b, s+".modality", f.Modalities), in(b, s+".status", f.Statuses), b.codes(s, f.Codes),
		b.intRange(s+".killed", f.Killed), b.intRange(s+".voices", f.Voices),
		b.participants(s, f.Participants), b.withoutActors(s, f.WithoutActors), place,
		b.partOf(s, f.PartOf), boolFilter(b.hasParts(s), f.HasParts), b.responses(s, f.Responses), b.sources(s, f),
		combined,
	), nil
}

// connectives is what a filter says by and, or and not.
func (b *builder) connectives(ctx context.Context, s string, f *store.EventFilter) (clause, error) {
	var all, some []clause
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
		some = append(some, c)
	}
	if len(some) > 0 {
		all = append(all, or(some...))
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

// codes are kept as "scheme value".
func (b *builder) codes(s string, codes []store.CodeFilter) clause {
	if codes == nil {
		return always
	}
	list := "coalesce(" + s + ".codes, [])"
	var some []clause
	for _, c := range codes {
		if c.Value != nil {
			some = append(some, b.param(c.Scheme+" "+*c.Value)+" IN "+list)
			continue
		}
		prefix := c.Scheme + " "
		if c.StartsWith != nil {
			prefix += *c.StartsWith
		}
		some = append(some, "any(code IN "+list+" WHERE code STARTS WITH "+b.param(prefix)+")")
	}
	return or(some...)
}

// partOf follows whole upon whole. An event in a circle of parts is still no part of itself.
func (b *builder) partOf(s string, wholes []kg.ID) clause {
	if wholes == nil {
		return always
	}
	r, whole := b.name("r"), b.name("whole")
	step := "-[" + r + ":PART_OF*1..]->"
	return exists(b.eventPath(s)+step+"("+whole+":Event)", "all(step IN "+r+" WHERE "+b.isKnown("step")+")", in(b, whole+".id", wholes), whole+".id <> "+s+".id")
}

func (b *builder) hasParts(s string) clause {
	r := b.name("r")
	return exists(b.eventPath(s)+"<-["+r+":PART_OF]-(:Event)", b.isKnown(r))
}

func (b *builder) responses(s string, f *store.ResponseFilter) clause {
	if f == nil {
		return always
	}
	r, wanted := b.name("r"), f.Wanted()
	return boolFilter(exists(b.eventPath(s)+"<-["+r+":RESPONDS_TO]-(:Event)", b.isKnown(r), in(b, r+".kind", f.Kinds)), &wanted)
}

// sources asks for live claims, for each condition one.
func (b *builder) sources(s string, f *store.EventFilter) clause {
	claim := func(c string) string { return b.claimsPath(b.eventPath(s)) + "(" + c + ":Claim)" }
	var all []clause
	if f.Documents != nil {
		c := b.name("c")
		all = append(all, exists(claim(c), b.isLive(c), in(b, c+".document", f.Documents)))
	}
	if f.Publishers != nil {
		c, d := b.name("c"), b.name("d")
		all = append(all, exists(claim(c)+"-[:IN]->("+d+":Document)", b.isLive(c), in(b, d+".publisher", b.identities.Expand(f.Publishers))))
	}
	if f.Claimants != nil {
		c, a := b.name("c"), b.name("a")
		all = append(all, exists(claim(c)+"-[:ACCORDING_TO]->("+a+":Actor)", b.isLive(c), in(b, a+".id", b.identities.Expand(f.Claimants))))
	}
	if f.Datasets != nil {
		c, r := b.name("c"), b.name("r")
		all = append(all, exists(claim(c)+"-[:OF_RELEASE]->("+r+":Release)", b.isLive(c), in(b, r+".name", f.Datasets)))
	}
	return and(all...)
}
