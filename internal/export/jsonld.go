package export

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"casus/internal/export/tolls"
	"casus/internal/kg"
)

// jsonld writes JSON-LD: events with schema.org's terms, claims and documents with schema.org's and PROV's. A claim is
// attributed to its claimants, its document to the publisher.
func jsonld(x *exporter) error {
	added, err := x.contributions()
	if err != nil {
		return err
	}
	l := jsonldWriter{exporter: x, added: added, written: idSet{}}
	x.text(`{"@context":`, jsonldContext, ",\n\"@graph\":[")
	err = x.events(func(page []kg.Event) error {
		l.written.clearIfFull()
		return l.writePage(page)
	})
	x.text("\n]}\n")
	return err
}

// jsonldWriter writes each node once, up to the bound of idSet.
type jsonldWriter struct {
	*exporter
	added   tolls.Contributions
	written idSet
	started bool
}

// object is a node of the JSON-LD graph.
type object map[string]any

// set sets a key unless the value is empty.
func (o object) set(key string, v any) {
	switch v := v.(type) {
	case string:
		if v == "" {
			return
		}
	case []any:
		if len(v) == 0 {
			return
		}
	case *int:
		if v == nil {
			return
		}
	}
	o[key] = v
}

func (l *jsonldWriter) put(kind kg.NodeKind, o object) error {
	if l.started {
		l.text(",")
	}
	l.started = true
	l.text("\n")
	l.count(string(kind), 1)
	return l.json(o)
}

func (l *jsonldWriter) writePage(page []kg.Event) error {
	edges, err := l.edges(page, kg.WantParticipations|kg.WantLocations|kg.WantWholes|kg.WantRespondsTo|kg.WantAnnounces)
	if err != nil {
		return err
	}
	var named []kg.ID
	for i, e := range page {
		for _, p := range edges[i].Participations {
			named = append(named, p.Actor, p.Representing)
		}
		for _, at := range edges[i].Locations {
			named = append(named, at.Location)
		}
		if err := l.put(kg.KindEvent, l.event(e, edges[i])); err != nil {
			return err
		}
	}
	if err := l.writeNodes(named); err != nil {
		return err
	}
	return l.claims(l.View, idsOf(page), func(batch []kg.Claim) error {
		var named []kg.ID
		for _, c := range batch {
			named = append(append(append(append(named, c.Document), c.Cites...), c.Claimants...), c.RelayedBy...)
			if c.Quote != nil {
				named = append(named, c.Quote.Speaker)
			}
			if r := c.Dataset; r != nil && l.written.add(r.ID) {
				if err := l.put(kg.KindRelease, release(*r)); err != nil {
					return err
				}
			}
			if err := l.put(kg.KindClaim, claim(c)); err != nil {
				return err
			}
		}
		return l.writeNodes(named)
	})
}

// writeNodes writes actors, locations and documents, and the nodes they refer to, unless they are written already.
func (l *jsonldWriter) writeNodes(ids []kg.ID) error {
	for len(ids) > 0 {
		found, err := l.nodes(slices.DeleteFunc(ids, func(id kg.ID) bool { return !l.written.add(id) }))
		if err != nil {
			return err
		}
		ids = nil
		for _, id := range slices.Sorted(maps.Keys(found)) {
			var o object
			switch n := found[id].(type) {
			case kg.Actor:
				o = actor(n)
			case kg.Location:
				o = placeObject(n)
				ids = append(ids, n.Parents...)
			case kg.Document:
				o = document(n)
				ids = append(ids, n.Publisher, n.Syndicates)
			default:
				continue
			}
			if err := l.put(id.Kind(), o); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *jsonldWriter) event(e kg.Event, edges kg.EventEdges) object {
	o := object{
		"id": iri(e.ID), "type": "Event", "status": e.Status, "modality": e.Modality, "category": e.Category,
		"time": e.Time.EDTF, "voices": e.Sources.Voices,
	}
	o.set("name", withLanguages(e.Titles))
	o.set("description", withLanguages(e.Summaries))
	o.set("mode", e.Mode)
	o.set("startDate", xsdDateTime(e.Time.Earliest))
	o.set("endDate", xsdDateTime(e.Time.Latest))
	o.set("killed", best(e.Toll.Killed))
	o.set("wounded", best(e.Toll.Wounded))
	if k := l.added.Killed(e); k != nil {
		o.set("killedContribution", &k.Best)
	}
	if w := l.added.Wounded(e); w != nil {
		o.set("woundedContribution", &w.Best)
	}
	var places, wholes, answered, announced, roles []any
	for _, at := range edges.Locations {
		places = append(places, iri(at.Location))
	}
	for _, w := range edges.Wholes {
		wholes = append(wholes, iri(w.Whole))
	}
	for _, r := range edges.RespondsTo {
		answered = append(answered, iri(r.To))
	}
	for _, a := range edges.Announces {
		announced = append(announced, iri(a.Of))
	}
	for _, p := range edges.Participations {
		r := object{"type": "Role", "roleName": p.Role, "status": p.Status, "contributor": iri(p.Actor)}
		r.set("side", string(p.Side))
		r.set("capacity", p.Capacity)
		r.set("representing", iri(p.Representing))
		roles = append(roles, r)
	}
	o.set("eventPlace", places)
	o.set("superEvent", wholes)
	o.set("respondsTo", answered)
	o.set("announces", announced)
	o.set("contributor", roles)
	return o
}

func actor(a kg.Actor) object {
	o := object{"id": iri(a.ID), "type": []string{"Organization", "Agent"}, "kind": a.Kind}
	if a.Kind == kg.ActorPerson {
		o["type"] = []string{"Person", "Agent"}
	}
	o.setNames(a.Names)
	o.set("country", a.Country)
	o.set("description", a.Description)
	o.setIdentifiers(a.Identifiers)
	return o
}

func placeObject(p kg.Location) object {
	o := object{"id": iri(p.ID), "type": "Place", "kind": p.Kind}
	o.setNames(p.Names)
	o.set("country", p.Country)
	if p.Point != nil {
		o["geo"] = object{"type": "GeoCoordinates", "latitude": p.Point.Latitude, "longitude": p.Point.Longitude}
	}
	o.set("containedInPlace", iris(p.Parents))
	o.setIdentifiers(p.Identifiers)
	return o
}

func document(d kg.Document) object {
	o := object{"id": iri(d.ID), "type": []string{"CreativeWork", "Entity"}}
	o.set("name", withLanguages(d.Titles))
	o.set("url", kg.AddressOrNone(d.URL))
	o.set("inLanguage", d.Language)
	o.set("publisher", iri(d.Publisher))
	o.set("wasAttributedTo", iri(d.Publisher))
	o.set("wasDerivedFrom", iri(d.Syndicates))
	o.set("sha256", d.SHA256)
	if d.PublishedAt != nil {
		o.set("published", d.PublishedAt.EDTF)
	}
	return o
}

func release(r kg.Release) object {
	o := object{"id": iri(r.ID), "type": []string{"Dataset", "Entity"}, "name": r.Name, "version": r.Release}
	if r.ReleasedAt != nil {
		o.set("published", r.ReleasedAt.EDTF)
	}
	return o
}

func claim(c kg.Claim) object {
	o := object{
		"id": iri(c.ID), "type": []string{"Claim", "Entity"}, "about": iri(c.Subject), "stance": c.Stance,
		"aspect": c.Aspect, "published": c.AssertedAt.EDTF,
	}
	o.set("wasAttributedTo", iris(c.Claimants))
	o.set("relayedBy", iris(c.RelayedBy))
	o.set("appearance", iri(c.Document))
	o.set("hadPrimarySource", iri(c.Document))
	o.set("wasDerivedFrom", iris(c.Cites))
	o.set("isPartOf", iri(c.Release))
	o.set("wasRevisionOf", iris(c.Supersedes))
	o.set("withdrawnBy", iris(c.WithdrawnBy))
	o.set("generatedAtTime", xsdDateTime(c.KnownFrom()))
	o.set("invalidatedAtTime", xsdDateTime(c.KnownTo))
	o.set("confidence", c.Confidence)
	o.set("note", c.Note)
	if c.StatedAt != nil {
		o.set("statedAt", c.StatedAt.EDTF)
	}
	if q := c.Quote; q != nil {
		o.set("text", withLanguages([]kg.Name{{Value: q.Text, Language: q.Language}}))
		o.set("spokenBy", iri(q.Speaker))
	}
	return o
}

// setNames adds a node's primary and other names.
func (o object) setNames(names []kg.Name) {
	var primary, others []kg.Name
	for _, n := range names {
		if n.Kind == kg.NamePrimary || n.Kind == "" {
			primary = append(primary, n)
		} else {
			others = append(others, n)
		}
	}
	o.set("name", withLanguages(primary))
	o.set("alternateName", withLanguages(others))
}

// setIdentifiers adds a node's external identifiers. Wikidata's become sameAs.
func (o object) setIdentifiers(ids []kg.Identifier) {
	var all, same []any
	for _, i := range ids {
		if i.Scheme == "wikidata" {
			same = append(same, "http://www.wikidata.org/entity/"+url.PathEscape(i.Value))
			continue
		}
		all = append(all, object{"type": "PropertyValue", "propertyID": i.Scheme, "value": i.Value})
	}
	o.set("identifier", all)
	o.set("sameAs", same)
}

// withLanguages returns texts with their languages.
func withLanguages(names []kg.Name) []any {
	var all []any
	for _, n := range names {
		if n.Language == "" {
			all = append(all, n.Value)
		} else {
			all = append(all, object{"@value": n.Value, "@language": n.Language})
		}
	}
	return all
}

// iri returns an id with the characters escaped that an IRI (RFC 3987) cannot hold.
func iri(id kg.ID) string { return iriEscaper.Replace(string(id)) }

func iris(ids []kg.ID) []any {
	var all []any
	for _, id := range ids {
		all = append(all, iri(id))
	}
	return all
}

var iriEscaper = strings.NewReplacer(
	"%", "%25", "<", "%3C", ">", "%3E", `"`, "%22", "{", "%7B", "}", "%7D", "|", "%7C",
	"^", "%5E", "`", "%60", `\`, "%5C", "#", "%23", "?", "%3F",
)
