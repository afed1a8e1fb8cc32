package ftm

import "casus/internal/kg"

// addPublisher adds the publisher with a name and returns its id; "" if the name is empty.
func (b *builder) addPublisher(name string) string {
	if name == "" {
		return ""
	}
	return b.addNamedActor(publisherPrefix, name, "")
}

// addNamedActor adds an organization known by name and, if not "", country, and returns its id. prefix separates its
// ids from those of entities.
func (b *builder) addNamedActor(prefix, name, country string) string {
	id := "actor:ftm:" + prefix + slug(name)
	if country != "" { // authorities of several countries may share a name
		id = "actor:ftm:" + prefix + country + ":" + slug(name)
	}
	b.addRecord("actor", map[string]any{
		"id": id, "kind": string(kg.ActorOrganization), "names": []any{name}, "country": country,
	})
	return id
}
