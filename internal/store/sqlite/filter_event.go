package sqlite

import (
	"strconv"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// events returns the conditions of a filter on event_state e, except for its interval of knowledge.
func (r viewReader) events(f *store.EventFilter) (clause, error) {
	if f == nil {
		return trueClause, nil
	}
	place, err := r.hasPlace(f.Place)
	if err != nil {
		return trueClause, err
	}
	all := []clause{
		anyOf("e.event", f.IDs), r.hasWords("e.event", store.TypeEvent, f.Text),
		overlaps("e.time_earliest", "e.time_latest", f.Time),
		overlaps("e.asserted_earliest", "e.asserted_latest", f.FirstAsserted),
		anyOf("e.precision", f.Precision), anyOf("e.category", f.Categories), anyOf("e.mode", f.Modes),
		anyOf("e.modality", f.Modalities), anyOf("e.status", f.Statuses), inRange("e.killed", f.Killed),
		inRange("e.voices", f.Voices), hasSourceNumbers(f.Sources),
		isSetOf("e.disagreements", kg.Aspects.SetsWith(f.Disagreements)),
		isSetOf("e.codings", kg.Codings.SetsWith(f.Coding)),
		r.hasCodes(f.Codes), r.hasParticipants(f.Participants), r.withoutActors(f.WithoutActors), place,
		r.isPartOf(f.PartOf), r.hasResponses(f.Responses), r.respondsWith(f.RespondsWith), r.hasSources(f),
	}
	if f.HasParts != nil {
		parts := r.hasParts()
		if !*f.HasParts {
			parts = not(parts)
		}
		all = append(all, parts)
	}
	for i := range f.And {
		c, err := r.events(&f.And[i])
		if err != nil {
			return trueClause, err
		}
		all = append(all, c)
	}
	var either []clause
	for i := range f.Or {
		c, err := r.events(&f.Or[i])
		if err != nil {
			return trueClause, err
		}
		either = append(either, c)
	}
	if len(either) > 0 {
		all = append(all, or(either...))
	}
	if f.Not != nil {
		c, err := r.events(f.Not)
		if err != nil {
			return trueClause, err
		}
		all = append(all, not(c))
	}
	return combine(all), nil
}

// hasWords returns the condition that a node's texts at the view's moment contain the words.
func (r viewReader) hasWords(column string, typ store.NodeType, words *string) clause {
	if words == nil {
		return trueClause
	}
	q := text.ParseQuery(*words)
	if q.Empty() {
		return falseClause
	}
	return sqlOf(column+" IN (").append(r.searchMatches(q, typ), sqlOf(")"))
}

// searchMatches selects the ids of nodes whose texts at the view's moment contain the words.
func (r viewReader) searchMatches(q text.Query, typ store.NodeType) clause {
	return sqlOf(`SELECT s.id FROM search_words w JOIN search_entry s ON s.num = w.rowid
		WHERE search_words MATCH ? AND s.type = ? AND `, text.FTS5(q), string(typ)).append(r.holds("s"))
}

func (r viewReader) hasCodes(filters []store.CodeFilter) clause {
	if filters == nil {
		return trueClause
	}
	sameLayer := sqlOf("")
	if r.hasMerged {
		sameLayer = sqlOf("c.layer = e.layer AND ")
	}
	return exists(sqlOf("SELECT 1 FROM state_code c WHERE c.event = e.event AND c.known_from = e.known_from AND ").
		append(sameLayer, anyCode(filters)))
}

// anyCode returns the condition that state_code c matches one of the filters.
func anyCode(filters []store.CodeFilter) clause {
	var any []clause
	for _, c := range filters {
		conditions := []clause{sqlOf("c.scheme = ?", c.Scheme)}
		if c.Value != nil {
			conditions = append(conditions, sqlOf("c.value = ?", *c.Value))
		}
		if c.StartsWith != nil {
			conditions = append(conditions, hasPrefix("c.value", *c.StartsWith))
		}
		any = append(any, and(conditions...))
	}
	return or(any...)
}

func (r viewReader) hasParts() clause {
	return exists(sqlOf("SELECT 1 FROM event_part p WHERE p.whole = e.event AND ").append(r.holds("p")))
}

// isPartOf returns the condition that event_state e is a part of one of the wholes.
func (r viewReader) isPartOf(wholes []kg.ID) clause {
	if wholes == nil {
		return trueClause
	}
	return sqlOf("e.event IN (").append(r.parts(wholes), sqlOf(")"))
}

// parts selects the parts of wholes at any depth, separately for each whole. An event in a cycle is a part of the
// others, not of itself.
func (r viewReader) parts(wholes []kg.ID) clause {
	return sqlOf(`WITH RECURSIVE below (whole, id) AS (SELECT value, value FROM json_each(?)
		UNION SELECT below.whole, p.part FROM below JOIN event_part p ON p.whole = below.id WHERE `, idList(wholes)).
		append(r.holds("p"),
			sqlOf(") SELECT id FROM below WHERE id <> whole"))
}

func (r viewReader) hasResponses(f *store.ResponseFilter) clause {
	if f == nil {
		return trueClause
	}
	kinds := and(r.holds("a"), anyOf("+a.kind", f.Kinds))
	hasResponse := or(exists(sqlOf("SELECT 1 FROM response a WHERE a.answered = e.event AND ").append(kinds)),
		exists(sqlOf("SELECT 1 FROM announcement n CROSS JOIN response a ON a.answered = n.announcer"+
			" WHERE e.modality = ? AND n.announced = e.event AND a.answer <> e.event AND ",
			string(kg.ModalityProposed)).append(r.holds("n"), sqlOf(" AND "), kinds)))
	if f.WantExists() {
		return hasResponse
	}
	return not(hasResponse)
}

// respondsWith returns the condition that event_state e responds to another event in one of some ways.
func (r viewReader) respondsWith(kinds []kg.ResponseKind) clause {
	if kinds == nil {
		return trueClause
	}
	return exists(sqlOf("SELECT 1 FROM response a WHERE a.answer = e.event AND ").
		append(r.holds("a"), sqlOf(" AND "), oneOf("+a.kind", kinds)))
}

// isSource is the condition that document d is one that claim c is in or, as a row of a data set, cites.
const isSource = "(d.id = c.document OR d.id IN (SELECT x.document FROM citation x WHERE x.claim = c.id))"

// cites returns the condition that claim c cites a document x that meets a condition.
func cites(condition clause) clause {
	return exists(sqlOf("SELECT 1 FROM citation x WHERE x.claim = c.id AND ").append(condition))
}

// hasSources returns the conditions on live claims. Different claims may meet different conditions.
func (r viewReader) hasSources(f *store.EventFilter) clause {
	claim := func(join string, c clause) clause {
		return exists(sqlOf("SELECT 1 FROM claim c "+join+" WHERE ").
			append(r.subjectIs("c", "e.event"), sqlOf(" AND "), r.isLive("c"), sqlOf(" AND "), c))
	}
	var all []clause
	if f.Documents != nil {
		all = append(all, claim("", or(oneOf("+c.document", f.Documents), cites(oneOf("x.document", f.Documents)))))
	}
	if f.Publishers != nil {
		all = append(all, claim("JOIN document d ON "+isSource,
			oneOf("+d.publisher", r.identities.Expand(f.Publishers))))
	}
	if f.Claimants != nil {
		all = append(all, claim("JOIN claimant k ON k.claim = c.id", oneOf("+k.actor", r.identities.Expand(f.Claimants))))
	}
	if f.Datasets != nil {
		all = append(all, claim("JOIN release r ON r.id = c.release", oneOf("+r.name", f.Datasets)))
	}
	if f.Extraction != nil {
		all = append(all, claim("", hasExtraction(f.Extraction)))
	}
	return and(all...)
}

// hasSourceNumbers returns the condition on the numbers of an event's sources.
func hasSourceNumbers(f *store.SourceFilter) clause {
	var all []clause
	for i, r := range f.Ranges() {
		all = append(all, inRange("e."+sourceColumns[i], r))
	}
	return combine(all)
}

// sourceColumns are the columns of store.SourceNumbers.
var sourceColumns = [...]string{"documents", "publishers", "voices", "datasets"}

// isSetOf returns the condition that a column is one of the sets; nil matches everything.
func isSetOf(column string, sets []kg.Bits) clause {
	if sets == nil {
		return trueClause
	}
	numbers := make([]string, len(sets))
	for i, s := range sets {
		numbers[i] = strconv.Itoa(int(s))
	}
	return sqlOf(column+" "+inJSONList, "["+strings.Join(numbers, ",")+"]")
}
