package sqlite

import (
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
