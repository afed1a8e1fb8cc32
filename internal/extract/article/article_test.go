package article

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"casus/internal/kg"
)

var samplePage = `<!doctype html><html lang="ar"><head><title>قصف الميناء | الجريدة</title>
<meta property="og:site_name" content="The Gazette of Sembra">
<meta property="article:published_time" content="2031-03-02T18:00:00+02:00">
<link rel="canonical" href="https://gazette.example/1">
<script type="application/ld+json">
{"@graph": [{"@type": "NewsArticle", "datePublished": "1999-01-01", "publisher": {"name": "Other"}}]}</script>
</head><body><nav><a href="/">Home</a> <a href="/x">World</a></nav><article><h1>قصف الميناء</h1>
<p>` + paragraph + `</p><p>` + paragraph + `</p><script>alert(1)</script></article>
<footer>© Gazette</footer></body></html>`

var paragraph = strings.Repeat("قالت السلطات، يوم الأحد، إن السفينة غادرت الميناء قبل الفجر. ", 12)

func TestRead(t *testing.T) {
	utf16 := func(s string) string {
		b := []byte("\xff\xfe")
		for _, r := range s {
			b = append(b, byte(r), byte(r>>8))
		}
		return string(b)
	}
	dated := Metadata{Published: "2031-03-02"}
	for _, c := range []struct {
		name, file, content string
		format              Format
		given               Metadata
		want                Article // without the hash
		text                string
	}{
		{"plain text as it is", "a.txt", "\r\n  A title \r\nA line.\t\u00a0End", "", dated, Article{
			Metadata: Metadata{Title: "A title"}}, "\r\n  A title \r\nA line.\t\u00a0End"},
		{"a byte order mark is no text", "-", "\ufeffTitle\nText", "", dated, Article{
			Metadata: Metadata{Title: "Title"}}, "Title\nText"},
		{"UTF-16", "a.txt", utf16("Він\nтут"), "", dated, Article{Metadata: Metadata{Title: "Він"}}, "Він\nтут"},
		{"given facts take precedence", "a.md", "---\ntitle: One\nlang: en\ndate: 2031-01-01\n---\n# Two\nText", "",
			Metadata{Title: "Three", Published: "2031-03~", Language: "uk"}, Article{
				Metadata: Metadata{Title: "Three", Language: "uk", Published: "2031-03~"}}, "# Two\nText"},
		{"front matter", "a.md",
			"---\ntitle: One\nsource: The Gazette\nurl: https://g.example/1\nlang: AR\npublished: 2031-03-02T10:00\n" +
				"date: 2031-03-02\n---\n\n# Two\nText", "", Metadata{Published: "2031-03-02"}, Article{
				Metadata: Metadata{Title: "One", Publisher: "The Gazette", Address: "https://g.example/1", Language: "ar"}},
			"# Two\nText"},
		{"a heading", "a.md", "## Two ##\r\nText", "", dated, Article{Metadata: Metadata{Title: "Two"}}, "## Two ##\r\nText"},
		{"a line is no front matter", "-", "Text\n---\nMore", "", dated, Article{Metadata: Metadata{Title: "Text"}},
			"Text\n---\nMore"},
	} {
		got, err := Read(c.file, []byte(c.content), c.format, c.given)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got.Text != c.text || got.Title != c.want.Title || got.Publisher != c.want.Publisher ||
			got.Address != c.want.Address || got.Language != c.want.Language ||
			c.want.Published.EDTF == "" && got.Published.EDTF != c.given.Published {
			t.Errorf("%s: %+v, want %+v and the text %q", c.name, got, c.want, c.text)
		}
		if sum := sha256.Sum256([]byte(c.text)); got.SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: the hash is %s", c.name, got.SHA256)
		}
	}
}

func TestReadHTML(t *testing.T) {
	a, err := Read("-", []byte(samplePage), "", Metadata{})
	if err != nil {
		t.Fatal(err)
	}
	if a.Publisher != "The Gazette of Sembra" || a.Address != "https://gazette.example/1" || a.Language != "ar" ||
		a.Published.EDTF != "2031-03-02T18:00:00+02:00" || !strings.HasPrefix(a.Title, "قصف الميناء") {
		t.Errorf("%+v", a.Metadata)
	}
	if strings.Count(a.Text, "قبل الفجر") != 24 || strings.Contains(a.Text, "alert") || strings.Contains(a.Text, "World") {
		t.Errorf("the text is %q", a.Text)
	}
	// In another encoding, which the page declares, and without a canonical address.
	latin := strings.NewReplacer("</head>", `<meta charset="windows-1252"></head>`, paragraph,
		strings.Repeat("The caf\xe9 was closed on Sunday, the owner said, and so it was. ", 12), "قصف الميناء", "Closed",
		"الجريدة", "G", `href="https://gazette.example/1"`, `href="javascript:alert(1)"`).Replace(samplePage)
	a, err = Read("x.html", []byte(latin), "", Metadata{})
	if err != nil || !strings.Contains(a.Text, "The café was closed") || a.Address != "" {
		t.Errorf("%+v, %v", a, err)
	}
	// What a page states in a form that no record can have is not used.
	faulty := strings.NewReplacer(`lang="ar"`, `lang="arabic!"`, "https://gazette.example/1", "https://gazette.example/a b",
		"The Gazette of Sembra", "actor:daily").Replace(samplePage)
	if a, err = Read("x.html", []byte(faulty), "", Metadata{}); err != nil || a.Language != "" || a.Address != "" ||
		a.Publisher != "" {
		t.Errorf("%+v, %v", a.Metadata, err)
	}
	linked := strings.Replace(samplePage, "article:published_time", "article:modified_time", 1)
	if a, err = Read("x.html", []byte(linked), "", Metadata{}); err != nil || a.Published.EDTF != "1999-01-01" {
		t.Errorf("%+v, %v", a.Metadata, err)
	}
}

func TestReadRefuses(t *testing.T) {
	dated := Metadata{Published: "2031-03-02"}
	for _, c := range []struct {
		name, file, content, want string
		given                     Metadata
	}{
		{"no date", "a.txt", "Text",
			"a.txt has no date of publication, from which its claims are known: specify --published DATE", Metadata{}},
		{"a date that may be another", "a.html", strings.Replace(samplePage, "2031-03-02T18:00:00+02:00", "02.03.2031", 1),
			`the page's date "02.03.2031" is not in ISO 8601: specify --published DATE`, Metadata{}},
		{"a date that is not EDTF", "a.txt", "Text", `did you mean "2031-03-02"?`, Metadata{Published: "2031/03/02"}},
		{"a date without an end", "a.txt", "Text", "has no end", Metadata{Published: "2031/.."}},
		{"nothing", "a.txt", " \n", "a.txt has no text", dated},
		{"Latin-1", "a.txt", "caf\xe9", "neither UTF-8 nor UTF-16", dated},
		{"a zero byte", "a.txt", "a\x00b", "zero byte", dated},
		{"a language", "a.txt", "Text", "not a BCP 47 tag", Metadata{Published: "2031", Language: "Arabic!"}},
		{"front matter", "a.md", "---\na: [\n---\nText", "front matter is not YAML", dated},
		{"too long", "a.txt", strings.Repeat("x", MaxBytes+1), "more than", dated},
		{"an address", "a.txt", "Text", "is not one with http or https", Metadata{Published: "2031", Address: "ftp://x/y"}},
		{"an address with a space", "a.txt", "Text", "is not one with http", Metadata{Published: "2031", Address: "http://x/ y"}},
		{"an empty page", "a.html", "<html></html>", "no", dated},
	} {
		_, err := Read(c.file, []byte(c.content), "", c.given)
		if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}
