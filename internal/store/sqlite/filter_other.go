package sqlite

import (
	"database/sql"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// actors returns the conditions of a filter on actor a.
func (r viewReader) actors(f *store.ActorFilter) (clause, error) {
	if f == nil {
		return trueClause, nil
	}
	all := []clause{
		anyOf("a.id", f.IDs), r.hasWords("a.id", store.TypeActor, f.Text), anyOf("a.kind", f.Kinds),
		anyOf("a.country", f.Countries),
		r.hasIdentifiers("a.id", f.Identifiers),
	}
	if f.InEvents != nil {
		in, actor := r, "t.actor"
		if f.InEvents.IsExact() && r.identities.HasMerged("") { // any member of the actor's class may match
			in.view, in.identities = f.InEvents.InView(r.view), kg.Identities{}
			actor = "coalesce((SELECT m.class FROM identity_class m WHERE m.id = t.actor), t.actor)"
		}
		events, err := in.events(f.InEvents)
		if err != nil {
			return trueClause, err
		}
		all = append(all,
			sqlOf("a.id IN (SELECT "+actor+" FROM participation t JOIN event_state e ON e.event = t.event WHERE ").append(
				and(in.holds("t"), in.holds("e"), events), sqlOf(")")))
	}
	return combine(all), nil
}

// locations returns the conditions of a filter on location l.
func (r viewReader) locations(f *store.LocationFilter) (clause, error) {
	if f == nil {
		return trueClause, nil
	}
	all := []clause{
		anyOf("l.id", f.IDs), r.hasWords("l.id", store.TypeLocation, f.Text), anyOf("l.kind", f.Kinds),
		r.hasIdentifiers("l.id", f.Identifiers),
	}
	if f.Place != nil {
		place, err := r.matchesPlace("l.id", f.Place)
		if err != nil {
			return trueClause, err
		}
		all = append(all, place)
	}
	return combine(all), nil
}

// documents returns the conditions of a filter on document d.
func (r viewReader) documents(f *store.DocumentFilter) clause {
	if f == nil {
		return trueClause
	}
	all := []clause{
		anyOf("d.id", f.IDs), r.hasWords("d.id", store.TypeDocument, f.Text),
		anyOf("d.publisher", r.identities.Expand(f.Publishers)), anyOf("d.language", f.Languages),
	}
	if f.Published != nil {
		all = append(all, and(sqlOf("d.has_published"), overlaps("d.published_earliest", "d.published_latest", f.Published)))
	}
	return combine(all)
}

// claims returns the conditions of a filter on claim c.
func (r viewReader) claims(f *store.ClaimFilter) (clause, error) {
	if f == nil {
		return trueClause, nil
	}
	coded, err := r.hasCoding(f.Coding)
	if err != nil {
		return trueClause, err
	}
	all := []clause{
		anyOf("c.subject", r.identities.Expand(f.Subjects)),
		anyOf("c.speaker", r.identities.Expand(f.Speakers)), anyOf("c.stance", f.Stances),
		anyOf("c.aspect", f.Aspects), overlaps("c.asserted_earliest", "c.asserted_latest", f.Asserted),
		matchesBool("c.has_quote", f.HasQuote),
		matchesBool("c.direct_quote", f.DirectQuote), matchesBool("c.has_figures", f.HasFigures),
		r.hasWords("c.id", store.TypeClaim, f.Text), hasExtraction(f.Extraction), coded,
	}
	if f.Documents != nil {
		all = append(all, or(oneOf("c.document", f.Documents),
			sqlOf("c.id IN (SELECT x.claim FROM citation x WHERE ").append(oneOf("x.document", f.Documents), sqlOf(")"))))
	}
	if f.Publishers != nil {
		published := oneOf("d.publisher", r.identities.Expand(f.Publishers))
		all = append(all, or(sqlOf("c.document IN (SELECT d.id FROM document d WHERE ").append(published, sqlOf(")")),
			sqlOf("c.id IN (SELECT x.claim FROM document d CROSS JOIN citation x ON x.document = d.id WHERE ").
				append(published, sqlOf(")"))))
	}
	if f.Claimants != nil {
		all = append(all, sqlOf("c.id IN (SELECT claim FROM claimant WHERE ").
			append(oneOf("actor", r.identities.Expand(f.Claimants)), sqlOf(")")))
	}
	return combine(all), nil
}

func (r viewReader) hasIdentifiers(id string, filters []store.IdentifierFilter) clause {
	if filters == nil {
		return trueClause
	}
	var any []clause
	for _, i := range filters {
		any = append(any, sqlOf("(i.scheme = ? AND i.value = ?)", i.Scheme, i.Value))
	}
	return sqlOf(id+" IN (SELECT i.node FROM identifier i WHERE ").
		append(or(any...), sqlOf(" AND "), r.inLayer("i"), sqlOf(")"))
}

// isExtracted is the condition that claim c has extractions. It has the text of the condition of the index
// claim_extracted, so that SQLite uses it. Records are JSON, in which quotation marks within texts are escaped.
const isExtracted = `instr(c.record, '"extractions":[') > 0`

// hasExtraction returns the condition that claim c has a matching extraction.
func hasExtraction(f *store.ExtractionFilter) clause {
	if f == nil {
		return trueClause
	}
	all := []clause{sqlOf(isExtracted)}
	if f.Tools != nil || f.Models != nil {
		all = append(all, exists(sqlOf("SELECT 1 FROM json_each(c.record, '$.extractions') x WHERE ").append(
			combine([]clause{anyOf("x.value ->> '$.tool'", f.Tools), anyOf("coalesce(x.value ->> '$.model', '')", f.Models)}))))
	}
	return combine(all)
}

// claimCoding is kg.VoiceBook.CodingOf of claim c.
const claimCoding = `coalesce(
	(SELECT v.record ->> '$.verdict' FROM review_target t CROSS JOIN review v ON v.id = t.review
		WHERE t.target IN (c.id, c.document, c.release) ORDER BY v.record ->> '$.at' DESC, v.id DESC LIMIT 1),
	CASE WHEN ` + isExtracted + ` THEN 'MACHINE' END,
	(SELECT l.record ->> '$.coding' FROM release l WHERE l.id = c.release), 'HUMAN')`

// hasCoding returns the condition that claim c has one of the codings. Without HUMAN, and if no review and no release
// states one of them, only claims with extractions are left, which have an index.
func (r viewReader) hasCoding(wanted []kg.Coding) (clause, error) {
	if wanted == nil {
		return trueClause, nil
	}
	coded := oneOf(claimCoding, wanted)
	if slices.Contains(wanted, kg.CodingHuman) {
		return coded, nil
	}
	stated := sqlOf("SELECT EXISTS (SELECT 1 FROM review WHERE ").append(oneOf("record ->> '$.verdict'", wanted),
		sqlOf(") OR EXISTS (SELECT 1 FROM release WHERE "), oneOf("record ->> '$.coding'", wanted), sqlOf(")"))
	found, err := rows(r.ctx, r.read, func(row *sql.Rows) (any bool, err error) { return any, row.Scan(&any) },
		stated.sql, stated.args...)
	if err != nil || found[0] {
		return coded, err
	}
	return and(sqlOf(isExtracted), coded), nil
}
