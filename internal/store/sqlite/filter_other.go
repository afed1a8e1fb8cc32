package sqlite

import (
	"casus/internal/kg"
	"casus/internal/store"
)

// actors are the conditions of a filter on actor a.
func (r reading) actors(f *store.ActorFilter) (clause, error) {
	if f == nil {
		return always, nil
	}
	all := []clause{
		given("a.id", f.IDs), r.words("a.id", store.TypeActor, f.Text), given("a.kind", f.Kinds), given("a.country", f.Countries),
		r.identifiers("a.id", f.Identifiers),
	}
	if f.InEvents != nil {
		in, actor := r, "t.actor"
		if f.InEvents.IsExact() && r.one.HasMerged("") { // one who is one with the actor is enough
			in = reading{r.Store, r.ctx, f.InEvents.InView(r.view), kg.Identities{}, r.layered}
			actor = "coalesce((SELECT m.class FROM identity_class m WHERE m.id = t.actor), t.actor)"
		}
		events, err := in.events(f.InEvents)
		if err != nil {
			return always, err
		}
		all = append(all, sqlOf("a.id IN (SELECT "+actor+" FROM participation t JOIN event_state e ON e.event = t.event WHERE ").then(
			and(in.holds("t"), in.holds("e"), events), sqlOf(")")))
	}
	return plainly(all), nil
}

// locations are the conditions of a filter on location l.
func (r reading) locations(f *store.LocationFilter) (clause, error) {
	if f == nil {
		return always, nil
	}
	all := []clause{
		given("l.id", f.IDs), r.words("l.id", store.TypeLocation, f.Text), given("l.kind", f.Kinds), r.identifiers("l.id", f.Identifiers),
	}
	if f.Place != nil {
		place, err := r.isPlace("l.id", f.Place)
		if err != nil {
			return always, err
		}
		all = append(all, place)
	}
	return plainly(all), nil
}

// documents are the conditions of a filter on document d.
func (r reading) documents(f *store.DocumentFilter) clause {
	if f == nil {
		return always
	}
	all := []clause{
		given("d.id", f.IDs), r.words("d.id", store.TypeDocument, f.Text), given("d.publisher", r.one.Expand(f.Publishers)), given("d.language", f.Languages),
	}
	if f.Published != nil {
		all = append(all, and(sqlOf("d.has_published"), overlaps("d.published_earliest", "d.published_latest", f.Published)))
	}
	return plainly(all)
}

// claims are the conditions of a filter on claim c.
func (r reading) claims(f *store.ClaimFilter) clause {
	if f == nil {
		return always
	}
	all := []clause{
		given("c.subject", r.one.Expand(f.Subjects)), given("c.document", f.Documents), given("c.speaker", r.one.Expand(f.Speakers)), given("c.stance", f.Stances),
		given("c.aspect", f.Aspects), overlaps("c.asserted_earliest", "c.asserted_latest", f.Asserted), is("c.has_quote", f.HasQuote),
		is("c.direct_quote", f.DirectQuote), is("c.has_figures", f.HasFigures), r.words("c.id", store.TypeClaim, f.Text),
	}
	if f.Publishers != nil {
		all = append(all, sqlOf("c.document IN (SELECT id FROM document WHERE ").then(oneOf("publisher", r.one.Expand(f.Publishers)), sqlOf(")")))
	}
	if f.Claimants != nil {
		all = append(all, sqlOf("c.id IN (SELECT claim FROM claimant WHERE ").then(oneOf("actor", r.one.Expand(f.Claimants)), sqlOf(")")))
	}
	return plainly(all)
}

func (r reading) identifiers(id string, asked []store.IdentifierFilter) clause {
	if asked == nil {
		return always
	}
	var any []clause
	for _, i := range asked {
		any = append(any, sqlOf("(i.scheme = ? AND i.value = ?)", i.Scheme, i.Value))
	}
	return sqlOf(id+" IN (SELECT i.node FROM identifier i WHERE ").then(or(any...), sqlOf(" AND "), r.layer("i"), sqlOf(")"))
}
