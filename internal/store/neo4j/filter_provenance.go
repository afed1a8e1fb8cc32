package neo4j

import (
	"context"
	"encoding/json"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// isExtracted holds where a claim c has extractions.
func isExtracted(c string) clause { return c + "._extracted IS NOT NULL" }

// The JSON between which the tools and the models of extractions stand in a claim's record. Quotation marks within
// texts are escaped, so no text has it.
const (
	beginOfTool  = `{"tool":`
	beginOfModel = `,"model":`
)

// extraction holds where a claim c has a matching extraction. Cypher cannot decode JSON, but what follows beginOfTool in
// a record begins with the name of the tool, and of the keys there only one extraction's model follows beginOfModel.
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
