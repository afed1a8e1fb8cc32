package article

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"casus/internal/kg"
)

// maxElements bounds the elements of a page, whose analysis takes time for each.
const maxElements = 100_000

// Page returns the readable part of a web page and the facts that it states. The page is in the encoding that it or its
// content type declares; the address completes relative links. The date is read separately: a reader that guesses would
// take 02.03. for the third of February.
func Page(content []byte, contentType, address string) (s string, m Metadata, err error) {
	decoded, err := charset.NewReader(bytes.NewReader(content), contentType)
	if err != nil {
		return s, m, kg.Errorf(kg.BadInput, "its encoding: %w", err)
	}
	doc, err := html.Parse(decoded)
	if err != nil {
		return s, m, kg.Errorf(kg.BadInput, "it is not HTML: %w", err)
	}
	page := newPage(doc)
	m.Publisher, m.Address = page.publisher, page.address
	m.setDate(page.published)
	at, err := url.Parse(cmp.Or(address, page.address))
	if err != nil || at.Host == "" {
		at = nil // it only completes relative links
	}
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxElements
	found, err := parser.ParseDocument(doc, at)
	if err != nil {
		return s, m, kg.Errorf(kg.BadInput, "its readable part: %w", err)
	}
	m.Title, m.Publisher, m.Language = found.Title(), cmp.Or(m.Publisher, found.SiteName()), found.Language()
	if found.Node == nil {
		return s, m, kg.Errorf(kg.BadInput, "the page has no readable part: save its text, and convert that")
	}
	var b bytes.Buffer
	if err := found.RenderText(&b); err != nil {
		return s, m, kg.Errorf(kg.BadInput, "its readable part: %w", err)
	}
	return b.String(), m, nil
}

// page has what the elements of a page say about it.
type page struct{ address, publisher, published string }

// The names of meta elements that have the date of publication, the best first.
var dateNames = []string{
	"article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dcterms.created",
	"pubdate", "parsely-pub-date",
}

func newPage(doc *html.Node) page {
	meta := map[string]string{}
	var canonical string
	var linked jsonLD
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "meta":
			for _, key := range []string{"property", "name", "itemprop"} {
				if name := strings.ToLower(attribute(n, key)); name != "" && meta[name] == "" {
					meta[name] = strings.TrimSpace(attribute(n, "content"))
				}
			}
		case "link":
			if strings.EqualFold(attribute(n, "rel"), "canonical") {
				canonical = cmp.Or(canonical, attribute(n, "href"))
			}
		case "script":
			if attribute(n, "type") == "application/ld+json" && n.FirstChild != nil {
				linked.add([]byte(n.FirstChild.Data))
			}
		}
	}
	p := page{
		address:   cmp.Or(canonical, meta["og:url"], linked.URL),
		publisher: cmp.Or(meta["og:site_name"], linked.publisher),
	}
	for _, name := range dateNames {
		p.published = cmp.Or(p.published, meta[name])
	}
	p.published = cmp.Or(p.published, linked.DatePublished)
	return p
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// jsonLD has the fields of an article in JSON-LD, as pages embed it for search engines.
type jsonLD struct {
	DatePublished string            `json:"datePublished"`
	URL           string            `json:"url"`
	Publisher     json.RawMessage   `json:"publisher"`
	Graph         []json.RawMessage `json:"@graph"`
	publisher     string
}

// add adds the fields of a script: an object, a list of objects, or an object with a @graph. The first of each counts.
func (l *jsonLD) add(script []byte) {
	var list []json.RawMessage
	if json.Unmarshal(script, &list) != nil {
		list = []json.RawMessage{script}
	}
	for i := 0; i < len(list) && i < 100; i++ {
		var o jsonLD
		if json.Unmarshal(list[i], &o) != nil {
			continue
		}
		list = append(list, o.Graph...)
		var publisher struct {
			Name string `json:"name"`
		}
		_ = json.Unmarshal(o.Publisher, &publisher) // it may be absent, or a reference
		l.DatePublished = cmp.Or(l.DatePublished, o.DatePublished)
		if o.DatePublished != "" {
			l.URL, l.publisher = cmp.Or(l.URL, o.URL), cmp.Or(l.publisher, publisher.Name)
		}
	}
}
