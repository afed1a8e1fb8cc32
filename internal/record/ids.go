package record

import (
	"casus/internal/kg"
	"strings"
)

// externalID returns an id derived from an external identifier: Wikidata's, else GeoNames', else the first scheme's.
func externalID(kind kg.NodeKind, identifiers []kg.Identifier) kg.ID {
	var best kg.ID
	rank := func(scheme string) string {
		switch scheme {
		case "wikidata":
			return "0"
		case "geonames":
			return "1"
		}
		return "2" + scheme
	}
	first := ""
	for _, i := range identifiers {
		id := kg.ID(string(kind) + ":" + i.Scheme + ":" + kg.EscapeID(strings.TrimSpace(i.Value)))
		if r := rank(i.Scheme) + " " + i.Value; id.Check(kind) == nil && (best == "" || r < first) {
			best, first = id, r
		}
	}
	return best
}

// eventID derives an event's id from everything that distinguishes it: titles, time, places, participants and source.
func eventID(r eventRecord) kg.ID {
	key := []string{string(r.Document), string(r.Release), string(r.Category), string(r.Time), r.Mode}
	for _, t := range r.Titles {
		key = append(key, "title", t.Language, t.Value)
	}
	for _, c := range r.Codes {
		key = append(key, "code", c.Scheme, c.Value)
	}
	for _, p := range r.Participants {
		key = append(key, "participant", string(p.Role), string(p.Actor))
	}
	for _, p := range r.Locations {
		key = append(key, "place", string(p.Role), string(p.Location))
	}
	return kg.DeriveID(kg.KindEvent, key...)
}
