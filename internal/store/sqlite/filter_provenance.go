package sqlite

import (
	"database/sql"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

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

// hasCoding returns the condition that claim c has one of the codings. If no review and no release states one of them,
// and HUMAN is none of them, only claims with extractions are left, which have an index.
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
