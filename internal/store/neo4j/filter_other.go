package neo4j

import (
	"context"
	"encoding/json"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
	"casus/internal/text"
)

// text searches the nodes of a type for words and restricts n to the results. Text without any searchable word matches
// nothing.
func (b *builder) text(ctx context.Context, n string, typ store.NodeType, words *string) (clause, error) {
	if words == nil {
		return always, nil
	}
	q := text.ParseQuery(*words)
	if q.Empty() {
		return never, nil
	}
	inner := b.newQuery()
	rows, err := inner.query(ctx,
		"CALL db.index.fulltext.queryNodes('search_words', "+inner.param(text.Lucene(q))+") YIELD node AS entry"+
			where(hasType("entry", []store.NodeType{typ}), inner.entryInView("entry", inner.hasWords(q)))+
			" RETURN DISTINCT entry.id AS id")
	if err != nil {
		return never, err
	}
	ids := make([]kg.ID, len(rows))
	for i, r := range rows {
		id, err := column[string](r, "id")
		if err != nil {
			return never, err
		}
		ids[i] = kg.ID(id)
	}
	return in(b, n+".id", ids), nil
}

// identifiers matches Identifier nodes by their key "scheme value".
func (b *builder) identifiers(n string, wanted []store.IdentifierFilter) clause {
	if wanted == nil {
		return always
	}
	keys := make([]string, len(wanted))
	for i, w := range wanted {
		keys[i] = rows.IdentifierKey(w.Scheme, w.Value)
	}
	i, r := b.name("i"), b.name("r")
	return exists("("+n+")-["+r+":IDENTIFIED_BY]->("+i+":Identifier)", in(b, i+".key", keys), b.inLayer(r))
}

func (b *builder) actors(ctx context.Context, n string, f *store.ActorFilter) (clause, error) {
	if f == nil {
		return always, nil
	}
	words, err := b.text(ctx, n, store.TypeActor, f.Text)
	if err != nil {
		return never, err
	}
	takesPart := always
	if f.InEvents != nil {
		p, s := b.name("p"), b.name("s")
		in, actor := b, "("+n+")"
		if f.InEvents.IsExact() { // a member of the class may take part instead
			in, actor = b.exactBuilder(), b.membersPath(actor, kg.KindActor)
		}
		matching, err := in.events(ctx, s, f.InEvents)
		if err != nil {
			return never, err
		}
		takesPart = exists(actor+"-["+p+":PARTICIPATED_IN]->"+in.statePath(s), in.isKnown(p), in.inView(s), matching)
	}
	return and(in(b, n+".id", f.IDs), words, in(b, b.property(n, "kind"), f.Kinds),
		in(b, b.property(n, "country"), f.Countries), b.identifiers(n, f.Identifiers), takesPart), nil
}

func (b *builder) locations(ctx context.Context, n string, f *store.LocationFilter) (clause, error) {
	if f == nil {
		return always, nil
	}
	words, err := b.text(ctx, n, store.TypeLocation, f.Text)
	if err != nil {
		return never, err
	}
	place, err := b.place(ctx, n, f.Place)
	if err != nil {
		return never, err
	}
	return and(in(b, n+".id", f.IDs), words, in(b, b.property(n, "kind"), f.Kinds), place,
		b.identifiers(n, f.Identifiers)), nil
}

func (b *builder) documents(ctx context.Context, n string, f *store.DocumentFilter) (clause, error) {
	if f == nil {
		return always, nil
	}
	words, err := b.text(ctx, n, store.TypeDocument, f.Text)
	if err != nil {
		return never, err
	}
	published := always
	if f.Published != nil {
		published = and(n+"._publishedLatest IS NOT NULL",
			b.timeRange(n+"._publishedEarliest", n+"._publishedLatest", f.Published))
	}
	return and(in(b, n+".id", f.IDs), words, in(b, n+".publisher", b.identities.Expand(f.Publishers)),
		in(b, "coalesce("+n+".language, '')", f.Languages), published), nil
}

func (b *builder) claims(ctx context.Context, n string, f *store.ClaimFilter) (clause, error) {
	if f == nil {
		return always, nil
	}
	words, err := b.text(ctx, n, store.TypeClaim, f.Text)
	if err != nil {
		return never, err
	}
	var linked []clause
	if f.Documents != nil {
		d := b.name("d")
		path, isSource := b.sourcePath(n, d)
		linked = append(linked, exists("("+n+")"+path, isSource, in(b, d+".id", f.Documents)))
	}
	if f.Publishers != nil {
		d := b.name("d")
		path, isSource := b.sourcePath(n, d)
		linked = append(linked, exists("("+n+")"+path, isSource,
			in(b, d+".publisher", b.identities.Expand(f.Publishers))))
	}
	if f.Claimants != nil {
		a := b.name("a")
		linked = append(linked, exists("("+n+")-[:ACCORDING_TO]->("+a+":Actor)",
			in(b, a+".id", b.identities.Expand(f.Claimants))))
	}
	return and(in(b, n+".subject", b.identities.Expand(f.Subjects)),
		in(b, n+".speaker", b.identities.Expand(f.Speakers)),
		in(b, n+".stance", f.Stances), in(b, n+".aspect", f.Aspects),
		b.timeRange(n+"._assertedEarliest", n+"._assertedLatest", f.Asserted),
		boolFilter(n+".quote IS NOT NULL", f.HasQuote),
		boolFilter(n+"._directQuote IS NOT NULL", f.DirectQuote),
		boolFilter(n+"._hasFigures IS NOT NULL", f.HasFigures),
		b.extraction(n, f.Extraction), b.coding(n, f.Coding), words, and(linked...)), nil
}

// isExtracted holds where a claim c has extractions.
func isExtracted(c string) clause { return c + "._extracted IS NOT NULL" }

// The JSON between which the tools and the models of extractions stand in a claim's record. Quotation marks within
// texts are escaped, so no text has it.
const (
	beginOfTool  = `{"tool":`
	beginOfModel = `,"model":`
)

// extraction holds where a claim c has a matching extraction. Cypher cannot decode JSON, but each part of a record that
// follows beginOfTool begins with the name of a tool, and has at most one beginOfModel, before the name of its model.
func (b *builder) extraction(c string, f *store.ExtractionFilter) clause {
	if f == nil {
		return always
	}
	if f.Tools == nil && f.Models == nil {
		return isExtracted(c)
	}
	x, name := b.name("x"), b.name("name")
	tool, model := always, always
	if f.Tools != nil {
		tool = "any(" + name + " IN " + b.param(quoteAll("", f.Tools)) + " WHERE " + x + " STARTS WITH " + name + ")"
	}
	if f.Models != nil {
		named := slices.DeleteFunc(slices.Clone(f.Models), func(m string) bool { return m == "" })
		model = "any(" + name + " IN " + b.param(quoteAll(beginOfModel, named)) + " WHERE " + x + " CONTAINS " + name + ")"
		if len(named) < len(f.Models) {
			model = or(model, not(x+" CONTAINS "+b.param(beginOfModel)))
		}
	}
	return and(isExtracted(c), "any("+x+" IN tail(split("+c+"._record, "+b.param(beginOfTool)+"))"+
		where(tool, model)+")")
}

// quoteAll returns texts as JSON, each after a prefix.
func quoteAll(prefix string, texts []string) []string {
	all := make([]string, len(texts))
	for i, t := range texts {
		quoted, _ := json.Marshal(t) // a string cannot fail
		all[i] = prefix + string(quoted)
	}
	return all
}

// coding holds where a claim c has one of the codings, each by the rule of kg.VoiceBook.CodingOf.
func (b *builder) coding(c string, wanted []kg.Coding) clause {
	if wanted == nil {
		return always
	}
	target, t, v, d, r := b.name("target"), b.name("t"), b.name("v"), b.name("d"), b.name("r")
	return in(b, "coalesce(head(COLLECT { UNWIND ["+c+".id, "+c+".release] + COLLECT { MATCH ("+c+")-[:IN]->("+d+
		":Document) RETURN "+d+".id } AS "+target+" MATCH ("+t+":_ReviewTarget {id: "+target+"})<-[:NAMES]-("+v+
		":Review) RETURN "+v+".verdict ORDER BY "+v+".at DESC, "+v+"._idKey DESC LIMIT 1 }), CASE WHEN "+isExtracted(c)+
		" THEN "+b.param(string(kg.CodingMachine))+" END, head(COLLECT { MATCH ("+c+")-[:OF_RELEASE]->("+r+
		":Release) RETURN "+r+".coding }), "+b.param(string(kg.CodingHuman))+")", wanted)
}

// onlyExtracted reports whether only claims with extractions can match a filter: it asks for extractions or, with no
// review and no release that states one of them, for codings other than HUMAN. These claims have an index.
func (b *builder) onlyExtracted(ctx context.Context, f *store.ClaimFilter) (bool, error) {
	switch {
	case f == nil:
		return false, nil
	case f.Extraction != nil:
		return true, nil
	case f.Coding == nil || slices.Contains(f.Coding, kg.CodingHuman):
		return false, nil
	}
	inner := b.newQuery()
	found, err := inner.query(ctx, "RETURN "+exists("(v:Review)", in(inner, "v.verdict", f.Coding))+" OR "+
		exists("(r:Release)", in(inner, "r.coding", f.Coding))+" AS stated")
	if err != nil || len(found) == 0 { // no row: the identity classes have changed
		return false, err
	}
	stated, err := column[bool](found[0], "stated")
	return !stated && err == nil, err
}
