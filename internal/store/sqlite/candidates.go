package sqlite

import (
	"database/sql"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// maxCandidates is the largest number of events that a query lists by id.
const maxCandidates = 5000

// candidateSource returns the source of event_state e for a filter: the candidates of one selective condition, if
// there is one, else all events. It does not change what matches, but if few events match, scanning all of them in
// list order would find most of them late.
func (r viewReader) candidateSource(f *store.EventFilter) (clause, error) {
	ids, narrowed, err := r.candidates(f)
	return eventSource(ids, narrowed), err
}

func eventSource(ids []kg.ID, narrowed bool) clause {
	if narrowed {
		return sqlOf("(SELECT DISTINCT value AS event FROM json_each(?)) few CROSS JOIN event_state e ON e.event = few.event",
			idList(ids))
	}
	return sqlOf("event_state e")
}

// candidates returns the events that one condition of a filter selects, possibly repeated. narrowed is false if every
// condition selects more than maxCandidates.
func (r viewReader) candidates(f *store.EventFilter) (ids []kg.ID, narrowed bool, err error) {
	if f == nil {
		return nil, false, nil
	}
	conditions, err := r.candidateQueries(f)
	for _, c := range conditions {
		ids, err = rows(r.ctx, r.read, scanID, c.sql+" LIMIT ?", append(c.args, maxCandidates+1)...)
		if err != nil || len(ids) <= maxCandidates {
			return ids, err == nil, err
		}
	}
	return nil, false, err
}

// maxEarlyClaims is the number of known claims up to which events are listed by id: a scan would skip nearly all.
const maxEarlyClaims = 200

// eventsKnownAt returns the events about which anything was known at the view's moment, possibly repeated, if at most
// maxEarlyClaims claims were known by then.
func (r viewReader) eventsKnownAt() (ids []kg.ID, narrowed bool, err error) {
	if r.view.KnownAt == nil {
		return nil, false, nil
	}
	m := int64(*r.view.KnownAt)
	more, err := rows(r.ctx, r.read, func(row *sql.Rows) (n int, err error) { return n, row.Scan(&n) },
		"SELECT 1 FROM claim WHERE known_from <= ? LIMIT 1 OFFSET ?", m, maxEarlyClaims)
	if err != nil || len(more) > 0 {
		return nil, false, err
	}
	ids, err = rows(r.ctx, r.read, scanID, "SELECT "+r.subjectClass("c")+" FROM claim c WHERE c.known_from <= ?", m)
	return ids, true, err
}

// candidateQueries returns a query for each condition that may select few events. Each selects all events that meet
// the condition, and maybe others. The most selective conditions come first.
func (r viewReader) candidateQueries(f *store.EventFilter) (all []clause, err error) {
	add := func(wanted bool, c clause) {
		if wanted {
			all = append(all, c)
		}
	}
	add(f.IDs != nil, sqlOf("SELECT value FROM json_each(?)", idList(f.IDs)))
	add(f.Documents != nil, sqlOf("SELECT "+r.subjectClass("c")+" FROM claim c WHERE c.document <> '' AND ").
		append(oneOf("c.document", f.Documents), sqlOf(" UNION ALL SELECT "+r.subjectClass("c")+
			" FROM citation x CROSS JOIN claim c ON c.id = x.claim WHERE "), oneOf("x.document", f.Documents)))
	add(f.PartOf != nil, r.parts(f.PartOf))
	for _, p := range f.Participants {
		add(p.AnyOf != nil, sqlOf("SELECT p.event FROM participation p WHERE ").append(oneOf("p.actor", p.AnyOf)))
	}
	add(f.Disagreements != nil, sqlOf("SELECT e.event FROM event_state e WHERE e.disagreements <> 0 AND ").
		append(isSetOf("e.disagreements", kg.Aspects.SetsWith(f.Disagreements))))
	add(f.Claimants != nil,
		sqlOf("SELECT "+r.subjectClass("c")+" FROM claimant k CROSS JOIN claim c ON c.id = k.claim WHERE ").
			append(oneOf("k.actor", r.identities.Expand(f.Claimants))))
	if f.Text != nil {
		if q := text.ParseQuery(*f.Text); !q.Empty() {
			all = append(all, r.searchMatches(q, store.TypeEvent))
		}
	}
	if f.Place != nil {
		idSets, err := r.places(f.Place)
		if err != nil {
			return nil, err
		}
		for _, ids := range idSets {
			add(true, sqlOf("SELECT o.event FROM event_location o WHERE ").append(oneOf("o.location", ids)))
		}
		add(f.Place.Within != nil, sqlOf("SELECT o.event FROM (").
			append(r.descendants(f.Place.Within), sqlOf(") i CROSS JOIN event_location o ON o.location = i.id")))
	}
	add(f.Codes != nil, sqlOf("SELECT c.event FROM state_code c WHERE ").append(anyCode(f.Codes)))
	add(f.Extraction != nil, // the bound, which all claims meet, makes SQLite search in claim_extracted
		sqlOf("SELECT "+r.subjectClass("c")+" FROM claim c WHERE c.known_from < ? AND ", int64(edtf.EndOfTime)).
			append(hasExtraction(f.Extraction)))
	published := oneOf("d.publisher", r.identities.Expand(f.Publishers))
	add(f.Publishers != nil,
		sqlOf("SELECT "+r.subjectClass("c")+
			" FROM document d CROSS JOIN claim c ON c.document = d.id AND c.document <> '' WHERE ").
			append(published, sqlOf(" UNION ALL SELECT "+r.subjectClass("c")+
				" FROM document d CROSS JOIN citation x ON x.document = d.id CROSS JOIN claim c ON c.id = x.claim WHERE "),
				published))
	add(f.Datasets != nil,
		sqlOf("SELECT "+r.subjectClass("c")+
			" FROM release r CROSS JOIN claim c ON c.release = r.id AND c.release <> '' WHERE ").
			append(oneOf("r.name", f.Datasets)))
	return all, nil
}
