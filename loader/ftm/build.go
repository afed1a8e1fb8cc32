package ftm

import (
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/loader/mapping"
)

// builder is the making of one entity's records.
type builder struct {
	*Mapper
	*entity
	schema     schema
	records    []mapping.Record
	notCarried map[string]int
}

func (b *builder) build(papers []map[string]any) error {
	switch b.schema.target {
	case targetActor:
		b.addActor(papers)
	case targetLocation:
		b.addLocation()
	case targetDocument:
		return b.addDocument()
	case targetEvent:
		return b.addEvent(b.schema.event, nil)
	case targetAffiliation:
		return b.addAffiliations()
	case targetParticipation:
		return b.addParticipations()
	case targetLink:
		return b.addLink()
	case targetPaper:
		if holder := b.first("holder"); holder != "" {
			return fault("/properties/holder", "it leads to %s, which is not in the input", holder)
		}
		return fault("/properties/holder", "it is absent: nobody holds this %s", b.entity.schema)
	}
	return nil
}

// addRecord adds a record; what has no value is left out of it.
func (b *builder) addRecord(typ string, fields map[string]any) {
	for name, v := range fields {
		switch v := v.(type) {
		case nil:
			delete(fields, name)
		case string:
			if v == "" {
				delete(fields, name)
			}
		case []any:
			if len(v) == 0 {
				delete(fields, name)
			}
		}
	}
	fields["type"] = typ
	b.records = append(b.records, mapping.Record{Type: typ, Fields: fields})
}

func (b *builder) addActor(papers []map[string]any) {
	id := nodeID(kg.KindActor, b.id)
	sectors := b.distinctValues("topics", "sector", "classification")
	if schemata[b.entity.schema].kind == string(kg.ActorUnidentified) && b.entity.schema != "LegalEntity" {
		sectors = append(sectors, b.entity.schema)
	}
	b.addRecord("actor", map[string]any{
		"id": id, "kind": b.schema.kind, "names": b.names("username", "iban", "accountNumber", "cryptoAddress", "publicKey", "isin", "model", "registrationNumber"), "country": b.country(), "sectors": sectors,
		"identifiers": append(b.identifiers(), b.paperIdentifiers(papers)...), "description": b.description(),
	})
	for _, l := range []struct {
		property string
		to       target
		typ      kg.AffiliationType
		away     bool // the other is the counterpart
		position string
	}{
		{"addressEntity", targetLocation, kg.AffiliationOther, true, "address"},
		{"parent", targetActor, kg.AffiliationControl, false, "parent"},
		{"owner", targetActor, kg.AffiliationControl, false, "owner"},
		{"holder", targetActor, kg.AffiliationControl, false, "holder"},
		{"operator", targetActor, kg.AffiliationControl, false, "operator"},
		{"issuer", targetActor, kg.AffiliationOther, false, "issuer"},
		{"bank", targetActor, kg.AffiliationOther, true, "account"},
		{"organization", targetActor, kg.AffiliationMembership, true, "post"},
	} {
		for _, other := range b.linkedNodes(l.property, l.to) {
			holder, counterpart := id, other
			if !l.away {
				holder, counterpart = other, id
			}
			b.addAffiliation(holder, counterpart, l.typ, l.position, "", nil)
		}
	}
}

// paperIdentifiers are the identifiers on papers that an actor holds. What else stands on them is counted.
func (b *builder) paperIdentifiers(rows []map[string]any) (all []any) {
	for _, row := range rows {
		p, err := decode(row)
		if err != nil {
			b.notCarried[Name+" papers that cannot be read"]++
			continue
		}
		p.markUsed("holder", b.id)
		scheme := strings.ToLower(p.schema)
		if kind := p.first("type"); kind != "" && scheme == "identification" {
			scheme = slug(strings.ToLower(kind))
		}
		for _, property := range []string{"passportNumber", "number", "personalNumber"} {
			for _, v := range p.take(property) {
				s := scheme
				if property == "personalNumber" {
					s = property
				}
				all = append(all, map[string]any{"scheme": s, "value": v})
			}
		}
		for name, n := range p.countNotCarried(nil) {
			b.notCarried[name] += n
		}
	}
	return all
}

// description is a line that tells an actor from its namesakes: what it is, and of people when they were born.
func (b *builder) description() string {
	said := b.take("position")
	if len(said) == 0 {
		said = nonEmpty(b.first("summary", "description", "notes"))
	}
	said = slices.Clone(said)
	for _, p := range []struct{ property, words string }{{"birthDate", "born "}, {"deathDate", "died "}} {
		if d := b.date(false, p.property); d != "" {
			said = append(said, p.words+d)
		}
	}
	return strings.Join(said, "; ")
}

func nonEmpty(v string) []string {
	if v == "" {
		return nil
	}
	return []string{v}
}

func (b *builder) distinctValues(properties ...string) (all []any) {
	seen := map[string]bool{}
	for _, p := range properties {
		for _, v := range b.take(p) {
			if !seen[v] {
				seen[v] = true
				all = append(all, v)
			}
		}
	}
	return all
}

// addLocation is an address, a piece of land or a territory. It lies in its town and its country.
func (b *builder) addLocation() {
	id := nodeID(kg.KindLocation, b.id)
	names := b.names("full", "cadastralCode", "titleNumber")
	if b.entity.schema == "Address" {
		names = b.addressNames()
	}
	country := b.country()
	within := b.linkedNodes("parent", targetLocation)
	within = append(within, b.linkedNodes("partOf", targetLocation)...)
	within = append(within, b.linkedNodes("addressEntity", targetLocation)...)
	town, land := b.first("city"), ""
	if country != "" {
		var fields map[string]any
		land, fields = b.countryLocation(country)
		b.addRecord("location", fields)
	}
	if town != "" {
		townID := "location:ftm:city:" + country + ":" + slug(town)
		b.addRecord("location", map[string]any{"id": townID, "kind": string(kg.LocationCity), "names": []any{town}, "country": country, "within": optionalList(land)})
		land = townID
	}
	fields := map[string]any{
		"id": id, "kind": b.schema.kind, "names": names, "country": country, "identifiers": b.identifiers(), "within": append(toList(within), optionalList(land)...),
	}
	if p := b.point(); p != nil {
		fields["point"] = p
	}
	b.addRecord("location", fields)
}

// addressNames are an address as it is written in full, else put together of its parts.
func (b *builder) addressNames() []any {
	full := b.take("full")
	if len(full) == 0 && len(b.properties["name"]) == 0 {
		var parts []string
		for _, p := range []string{"street", "street2", "postOfficeBox", "postalCode", "city", "region", "state"} {
			if v := b.first(p); v != "" {
				parts = append(parts, v)
			}
		}
		if len(parts) > 0 {
			full = []string{strings.Join(parts, ", ")}
		}
	}
	if len(full) == 0 {
		return b.names()
	}
	var all []any
	for _, v := range full {
		all = append(all, v)
	}
	if len(b.properties["name"]) > 0 {
		all = append(all, b.names()...)
	}
	return all
}

// addDocument is a text. One that names who sent it to whom is an event too, which it tells of.
func (b *builder) addDocument() error {
	id := nodeID(kg.KindDocument, b.id)
	e := b.entity
	titles := e.take("title")
	if len(titles) == 0 {
		if t := e.first("subject", "name", "fileName"); t != "" {
			titles = []string{t}
		} else {
			titles = []string{e.id}
		}
	}
	published := e.date(true, "publishedAt", "date", "authoredAt")
	retrieved := e.date(true, "retrievedAt")
	if !strings.HasSuffix(retrieved, "Z") { // a day is no instant
		e.markUnused("retrievedAt")
		retrieved = ""
	}
	b.addRecord("document", map[string]any{
		"id": id, "url": e.first("sourceUrl"), "titles": toList(titles), "publisher": b.addPublisher(e.first("publisher", "author")),
		"publishedAt": published, "retrievedAt": retrieved, "text": e.first("bodyText"), "language": e.language(),
	})
	if !slices.ContainsFunc(b.schema.event.roles, func(r role) bool { return len(e.properties[r.property]) > 0 }) {
		return nil
	}
	return b.addEvent(b.schema.event, map[string]any{"document": id})
}

// addPublisher makes the actor that a publisher's name stands for.
func (b *builder) addPublisher(called string) string {
	if called == "" {
		return ""
	}
	return b.addNamedActor("publisher", called, "")
}

// addNamedActor makes an actor of a name, and of the country where it is known.
func (b *builder) addNamedActor(what, called, country string) string {
	id := "actor:ftm:" + what + ":" + slug(called)
	if country != "" { // many countries have a ministry of that name
		id = "actor:ftm:" + what + ":" + country + ":" + slug(called)
	}
	b.addRecord("actor", map[string]any{"id": id, "kind": string(kg.ActorOrganization), "names": []any{called}, "country": country})
	return id
}

func toList[T any](all []T) []any {
	list := make([]any, len(all))
	for i, v := range all {
		list[i] = v
	}
	return list
}

func optionalList(v string) []any {
	if v == "" {
		return nil
	}
	return []any{v}
}
