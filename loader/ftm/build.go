package ftm

import (
	"slices"
	"strings"

	"casus/internal/kg"
)

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
			return fault("/properties/holder", "refers to %s, which is not in the input", holder)
		}
		return fault("/properties/holder", "missing: this %s has no holder", b.entity.schema)
	}
	return nil
}

// addActor adds an actor and the affiliations that its properties name.
func (b *builder) addActor(papers []map[string]any) {
	id := nodeID(kg.KindActor, b.id)
	sectors := b.distinctValues("topics", "sector", "classification")
	if schemata[b.entity.schema].kind == string(kg.ActorUnidentified) && b.entity.schema != "LegalEntity" {
		sectors = append(sectors, b.entity.schema)
	}
	b.addRecord("actor", map[string]any{
		"id": id, "kind": b.schema.kind,
		"names": b.names("username", "iban", "accountNumber", "cryptoAddress", "publicKey", "isin", "model",
			"registrationNumber"),
		"country": b.country(), "sectors": sectors,
		"identifiers": append(b.identifiers(), b.paperIdentifiers(papers)...), "description": b.description(),
	})
	for _, l := range []struct {
		property string
		to       target
		typ      kg.AffiliationType
		holds    bool // this actor is the holder, the other node the counterpart
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
			if !l.holds {
				holder, counterpart = other, id
			}
			b.addAffiliation(holder, counterpart, l.typ, l.position, "", nil)
		}
	}
}

// paperIdentifiers returns the identifiers on the papers that an actor holds. Their other values are counted as not
// carried.
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

// description returns a line that distinguishes an actor from its namesakes: its position or summary, and dates of
// birth and death.
func (b *builder) description() string {
	parts := b.take("position")
	if len(parts) == 0 {
		parts = nonEmpty(b.first("summary", "description", "notes"))
	}
	parts = slices.Clone(parts)
	for _, p := range []struct{ property, words string }{{"birthDate", "born "}, {"deathDate", "died "}} {
		if d := b.date(false, p.property); d != "" {
			parts = append(parts, p.words+d)
		}
	}
	return strings.Join(parts, "; ")
}

func nonEmpty(v string) []string {
	if v == "" {
		return nil
	}
	return []string{v}
}

// distinctValues returns the values of properties, without duplicates.
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

// addLocation adds an address, real estate or a territory, and the town and country it lies in.
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
	town, parent := b.first("city"), ""
	if country != "" {
		var fields map[string]any
		parent, fields = b.countryLocation(country)
		b.addRecord("location", fields)
	}
	if town != "" {
		townID := "location:ftm:" + cityPrefix + country + ":" + slug(town)
		b.addRecord("location", map[string]any{
			"id": townID, "kind": string(kg.LocationCity), "names": []any{town}, "country": country,
			"within": optionalList(parent),
		})
		parent = townID
	}
	fields := map[string]any{
		"id": id, "kind": b.schema.kind, "names": names, "country": country, "identifiers": b.identifiers(),
		"within": append(toList(within), optionalList(parent)...),
	}
	if p := b.point(); p != nil {
		fields["point"] = p
	}
	b.addRecord("location", fields)
}

// addressNames returns an address as written in full, else as assembled from its parts, else the entity's names.
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

// addDocument adds a document. If it names senders or recipients, addDocument also adds the event of sending it.
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
	if !strings.HasSuffix(retrieved, "Z") { // a day is not an instant
		e.markUnused("retrievedAt")
		retrieved = ""
	}
	b.addRecord("document", map[string]any{
		"id": id, "url": e.address("sourceUrl"), "titles": toList(titles),
		"publisher":   b.addPublisher(e.first("publisher", "author")),
		"publishedAt": published, "retrievedAt": retrieved, "text": e.first("bodyText"), "language": e.language(),
	})
	if !slices.ContainsFunc(b.schema.event.roles, func(r role) bool { return len(e.properties[r.property]) > 0 }) {
		return nil
	}
	return b.addEvent(b.schema.event, map[string]any{"document": id})
}
