package ftm

import (
	"cmp"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// addEvent is an act, with those who took part and where it was. from, where given, is the document that tells of it.
func (b *builder) addEvent(ev event, from map[string]any) error {
	var participants []any
	joins := func(actor string, r role) {
		p := map[string]any{"actor": actor, "role": string(r.role)}
		if r.capacity != "" {
			p["capacity"] = r.capacity
		}
		participants = append(participants, p)
	}
	for _, r := range ev.roles {
		if len(b.properties[r.property]) == 0 {
			continue
		}
		actors, err := b.requiredNodes(r.property, targetActor)
		if err != nil {
			return err
		}
		for _, actor := range actors {
			joins(actor, r)
		}
	}
	if b.entity.schema == "Sanction" || b.entity.schema == "Risk" {
		for _, authority := range b.take("authority") {
			joins(b.addNamedActor("authority", authority, b.country()), role{role: kg.RoleInitiator})
		}
	}
	var wholes []string
	for _, p := range ev.partOf {
		wholes = append(wholes, b.linkedNodes(p, targetEvent)...)
	}
	fields := map[string]any{
		"id": nodeID(kg.KindEvent, b.id), "titles": b.titles(ev), "category": string(ev.category), "mode": ev.mode, "time": b.eventTime(ev),
		"codes": b.codes(), "participants": participants, "locations": b.places(), "partOf": toList(wholes), "summaries": b.summaries(),
		"assertedAt": b.assertedAt(),
	}
	if from == nil {
		if claim := b.claimFields(b.note(remarkProperties)); len(claim) > 0 {
			fields["claims"] = []any{claim}
		}
	}
	for name, v := range from {
		fields[name] = v
	}
	b.addRecord("event", fields)
	return nil
}

// titles are what an event is called; without a name: what it is, how much, and by whom or to whom, as far as the entity says it.
func (b *builder) titles(ev event) []any {
	if names := slices.Concat(b.take("name"), b.take("alias"), b.take("title"), b.take("subject")); len(names) > 0 {
		return toList(names)
	}
	title := ev.label
	if amount := b.amount(); amount != "" {
		title += " of " + amount
	}
	var who []string
	for _, p := range []string{"authority", "program", "programme", "namesMentioned"} {
		if b.entity.schema != "Sanction" && p == "authority" {
			continue
		}
		who = append(who, b.properties[p]...)
	}
	if len(who) > 0 {
		title += ": " + strings.Join(who[:min(len(who), 4)], ", ")
	}
	return []any{map[string]any{"value": title, "language": "en"}}
}

func (b *builder) amount() string {
	for _, p := range []struct{ property, currency string }{{"amount", ""}, {"amountEur", "EUR"}, {"amountUsd", "USD"}} {
		if values := b.properties[p.property]; len(values) > 0 {
			currency := p.currency
			if given := b.properties["currency"]; currency == "" && len(given) > 0 {
				currency = given[0]
			}
			return strings.TrimSpace(values[0] + " " + currency)
		}
	}
	return ""
}

// codes are the schema and all ids and amounts.
func (b *builder) codes() []any {
	all := []any{map[string]any{"scheme": "ftm", "value": b.entity.schema}}
	for _, p := range codeProperties {
		for _, v := range b.take(p) {
			all = append(all, map[string]any{"scheme": cmp.Or(map[string]string{"wikidataId": "wikidata"}[p], p), "value": v})
		}
	}
	return all
}

// summaries are one text: an event has one in a language.
func (b *builder) summaries() []any {
	var all []string
	for _, p := range summaryProperties {
		for _, v := range b.take(p) {
			if !slices.Contains(all, v) {
				all = append(all, v)
			}
		}
	}
	return optionalList(strings.Join(all, "\n"))
}

// places are where an event was: addresses that are entities of their own, places of which only the name is known, and the country
// where nothing else is.
func (b *builder) places() (all []any) {
	at := func(id, role string) { all = append(all, map[string]any{"location": id, "role": role}) }
	for _, p := range []struct {
		property string
		role     kg.LocationRole
	}{{"addressEntity", kg.LocationRoleVenue}, {"startLocation", kg.LocationRoleOrigin}, {"endLocation", kg.LocationRoleVenue}} {
		for _, id := range b.linkedNodes(p.property, targetLocation) {
			at(id, string(p.role))
		}
	}
	event := descends(b.entity.schema, "Event")
	land := ""
	if event {
		if country := b.country(); country != "" {
			var fields map[string]any
			land, fields = b.countryLocation(country)
			b.addRecord("location", fields)
		}
		for _, called := range slices.Concat(b.take("location"), b.take("address")) {
			id := "location:ftm:place:" + slug(called)
			b.addRecord("location", map[string]any{"id": id, "kind": string(kg.LocationRegion), "names": []any{called}, "within": optionalList(land)})
			at(id, string(kg.LocationRoleVenue))
		}
	}
	if len(all) == 0 && land != "" {
		at(land, string(kg.LocationRoleVenue))
	}
	return all
}

// claimFields is what an entity's claim has beside what it states: the documents that it names as its sources, and a note. Of an actor's
// links there is none.
func (b *builder) claimFields(note string) map[string]any {
	fields := map[string]any{}
	if note != "" {
		fields["note"] = note
	}
	urls := b.take("sourceUrl")
	publisher := ""
	if len(urls) > 0 {
		publisher = b.addPublisher(b.first("publisher"))
	}
	var cites []any
	for _, url := range urls {
		id := string(kg.DeriveID(kg.KindDocument, "url", url))
		b.addRecord("document", map[string]any{"id": id, "url": url, "titles": []any{url}, "publisher": publisher})
		cites = append(cites, id)
	}
	if cites = append(cites, toList(b.linkedNodes("proof", targetDocument))...); len(cites) > 0 {
		fields["cites"] = cites
	}
	return fields
}

// assertedAt is when the entity's claims were published: as it says itself; else, where nothing else will say it, by the time of what
// it tells, but no later than the files were there.
func (b *builder) assertedAt() string {
	if known := b.publicationDate(); known != "" {
		return known
	}
	if b.Dated {
		return ""
	}
	own := b.latestDate()
	if own == "" || b.Changed == "" {
		return cmp.Or(own, b.Changed)
	}
	latest, err := edtf.ParseTime(own)
	there, err2 := edtf.ParseTime(b.Changed)
	if err == nil && err2 == nil && there.Latest < latest.Latest {
		return b.Changed
	}
	return own
}
