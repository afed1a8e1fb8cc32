package outlet

import (
	"cmp"
	"fmt"

	"casus/internal/kg"
	"casus/internal/text"
)

// Source is one document that a row cites or is about, as far as the row names it. Key tells documents apart that have
// neither a title nor a URL.
type Source struct {
	ID, Outlet, Title, URL, Date, Language, Key string
}

// NewSource returns the source with fields id, outlet, title, url, date, language and key; all may be missing. The
// error names a field that is not a text.
func NewSource(fields map[string]any) (s Source, err error) {
	for name, field := range map[string]*string{
		"id": &s.ID, "outlet": &s.Outlet, "title": &s.Title, "url": &s.URL, "date": &s.Date, "language": &s.Language,
		"key": &s.Key,
	} {
		if v, found := fields[name]; found {
			text, ok := v.(string)
			if !ok {
				return s, fmt.Errorf("%s is %T, not a text", name, v)
			}
			*field = text
		}
	}
	return s, nil
}

// Document returns the fields of the document's record, its publisher, which has no id if the source names none, and
// the document's id. There is no document, and the id is "", if the source has neither outlet, title nor URL.
func (s Source) Document(dataset string) (fields map[string]any, publisher Outlet, id string) {
	if s.Outlet == "" && s.Title == "" && s.URL == "" {
		return nil, publisher, ""
	}
	publisher, _ = Read(s.Outlet, dataset)
	id = s.documentID(publisher)
	fields = map[string]any{"type": "document", "id": id, "titles": []any{s.titleFor(publisher)}}
	for name, v := range map[string]string{
		"publisher": string(publisher.ID), "url": s.URL, "publishedAt": s.Date, "language": s.Language,
	} {
		if v != "" {
			fields[name] = v
		}
	}
	return fields, publisher, id
}

// documentID returns the id that the mapping states, else one derived from the URL, else from outlet, date and title.
// Without a title the key tells documents of an outlet apart.
func (s Source) documentID(publisher Outlet) string {
	switch {
	case s.ID != "":
		return s.ID
	case s.URL != "":
		return string(kg.DeriveID(kg.KindDocument, "url", s.URL))
	}
	by := cmp.Or(string(publisher.ID), text.Fold(s.Outlet))
	if s.Title != "" {
		return string(kg.DeriveID(kg.KindDocument, "cited", by, s.Date, text.Fold(s.Title)))
	}
	return string(kg.DeriveID(kg.KindDocument, "cited", by, s.Date, "", s.Key))
}

// titleFor returns the title of the document or, if it has none, its outlet and its key or date.
func (s Source) titleFor(publisher Outlet) any {
	if s.Title != "" || s.URL != "" {
		return cmp.Or(s.Title, s.URL)
	}
	title := cmp.Or(publisher.Name, s.Outlet)
	if s.Key != "" {
		title += " on " + s.Key
	} else if s.Date != "" {
		title += ", " + s.Date
	}
	return map[string]any{"value": title, "language": "en"}
}
