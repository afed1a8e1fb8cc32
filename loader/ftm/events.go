package ftm

import (
	"cmp"
	"slices"
	"strings"

	"casus/internal/kg"
)

// addEvent adds an event with its participants and places. extra are further fields of the record, such as its
// document; with them the event gets no claim of its own.
func (b *builder) addEvent(ev event, extra map[string]any) error {
	var participants []any
	join := func(actor string, r role) {
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
			join(actor, r)
		}
	}
	if b.entity.schema == "Sanction" || b.entity.schema == "Risk" {
		for _, authority := range b.take("authority") {
			join(b.addNamedActor(authorityPrefix, authority, b.country()), role{role: kg.RoleInitiator})
		}
	}
	var wholes []string
	for _, p := range ev.partOf {
		wholes = append(wholes, b.linkedNodes(p, targetEvent)...)
	}
	fields := map[string]any{
		"id": nodeID(kg.KindEvent, b.id), "titles": b.titles(ev), "category": string(ev.category), "mode": ev.mode,
		"time": b.eventTime(ev), "codes": b.codes(), "participants": participants, "locations": b.places(),
		"partOf": toList(wholes), "summaries": b.summaries(), "assertedAt": b.assertedAt(),
	}
	if extra == nil {
		if claim := b.claimFields(b.note(remarkProperties)); len(claim) > 0 {
			fields["claims"] = []any{claim}
		}
	}
	for name, v := range extra {
		fields[name] = v
	}
	b.addRecord("event", fields)
	return nil
}

// titles returns an event's names; without any, a title from its kind, its amount and the names that the entity
// mentions.
func (b *builder) titles(ev event) []any {
	if names := slices.Concat(b.take("name"), b.take("alias"), b.take("title"), b.take("subject")); len(names) > 0 {
		return toList(names)
	}
	title := ev.label
	if amount := b.amount(); amount != "" {
		title += " of " + amount
	}
	var names []string
	for _, p := range []string{"authority", "program", "programme", "namesMentioned"} {
		if b.entity.schema != "Sanction" && p == "authority" {
			continue
		}
		names = append(names, b.properties[p]...)
	}
	if len(names) > 0 {
		title += ": " + strings.Join(names[:min(len(names), 4)], ", ")
	}
	return []any{map[string]any{"value": title, "language": "en"}}
}

func (b *builder) amount() string {
	for _, p := range []struct{ property, currency string }{{"amount", ""}, {"amountEur", "EUR"}, {"amountUsd", "USD"}} {
		if values := b.properties[p.property]; len(values) > 0 {
			currency := p.currency
			if stated := b.properties["currency"]; currency == "" && len(stated) > 0 {
				currency = stated[0]
			}
			return strings.TrimSpace(values[0] + " " + currency)
		}
	}
	return ""
}

// codes returns the schema and all ids and amounts as codes.
func (b *builder) codes() []any {
	all := []any{map[string]any{"scheme": "ftm", "value": b.entity.schema}}
	for _, p := range codeProperties {
		for _, v := range b.take(p) {
			all = append(all, map[string]any{"scheme": cmp.Or(map[string]string{"wikidataId": "wikidata"}[p], p), "value": v})
		}
	}
	return all
}

// summaries returns all summaries as one text, since an event has one per language.
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

// places returns an event's places: addresses that are entities, places known by name, else the country.
func (b *builder) places() (all []any) {
	at := func(id, role string) { all = append(all, map[string]any{"location": id, "role": role}) }
	for _, p := range []struct {
		property string
		role     kg.LocationRole
	}{
		{"addressEntity", kg.LocationRoleVenue}, {"startLocation", kg.LocationRoleOrigin},
		{"endLocation", kg.LocationRoleVenue},
	} {
		for _, id := range b.linkedNodes(p.property, targetLocation) {
			at(id, string(p.role))
		}
	}
	isEvent := descends(b.entity.schema, "Event")
	countryID := ""
	if isEvent {
		if country := b.country(); country != "" {
			var fields map[string]any
			countryID, fields = b.countryLocation(country)
			b.addRecord("location", fields)
		}
		for _, name := range slices.Concat(b.take("location"), b.take("address")) {
			id := "location:ftm:" + placePrefix + slug(name)
			b.addRecord("location", map[string]any{
				"id": id, "kind": string(kg.LocationRegion), "names": []any{name}, "within": optionalList(countryID),
			})
			at(id, string(kg.LocationRoleVenue))
		}
	}
	if len(all) == 0 && countryID != "" {
		at(countryID, string(kg.LocationRoleVenue))
	}
	return all
}
