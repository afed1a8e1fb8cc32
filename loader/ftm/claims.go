package ftm

import (
	"cmp"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// claimFields returns the sources of an entity's claim and a note. It adds the cited documents. The affiliations of an
// actor have no such claim.
func (b *builder) claimFields(note string) map[string]any {
	fields := map[string]any{}
	if note != "" {
		fields["note"] = note
	}
	urls := b.addresses("sourceUrl")
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

// assertedAt returns when the entity's claims were published: its own publication date; else "" if DatedElsewhere; else
// the latest date that it mentions, but no later than ModTime.
func (b *builder) assertedAt() string {
	if known := b.publicationDate(); known != "" {
		return known
	}
	if b.DatedElsewhere {
		return ""
	}
	mentioned := b.latestDate()
	if mentioned == "" || b.ModTime == "" {
		return cmp.Or(mentioned, b.ModTime)
	}
	latest, err := edtf.ParseTime(mentioned)
	changed, err2 := edtf.ParseTime(b.ModTime)
	if err == nil && err2 == nil && changed.Latest < latest.Latest {
		return b.ModTime
	}
	return mentioned
}

// note returns the unused values of properties as text, with the properties' names.
func (b *builder) note(properties []string) string {
	var all []string
	for _, p := range properties {
		values := slices.DeleteFunc(slices.Clone(b.properties[p]), func(v string) bool { return b.used[propertyValue{p, v}] })
		if b.markUsed(p, values...); len(values) > 0 {
			text := strings.Join(values, "; ")
			if p != "summary" && p != "description" {
				text = label(p) + " " + text
			}
			all = append(all, text)
		}
	}
	return strings.Join(all, ". ")
}
