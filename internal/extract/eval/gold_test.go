package eval_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"casus/internal/extract"
	"casus/internal/extract/article"
	"casus/internal/extract/eval"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

var update = flag.Bool("update", false, "rewrite the gold's records")

// goldFolder has twelve articles, two codings of each as forms (NAME.first.json and NAME.second.json), which events of
// them are the same (same.json), and the records of both codings (first.jsonl and second.jsonl).
const goldFolder = "testdata/gold"

// codingNames are the two codings.
var codingNames = []string{"first", "second"}

// textPublished is the date of the articles in plain text, whose files have none.
const textPublished = "2031-06-14"

// goldArticle is an article with its forms.
type goldArticle struct {
	name, file string
	content    []byte
	article    article.Article
	forms      map[string][]byte // by coding
}

// readGold returns the articles in the order of their publication.
func readGold(t *testing.T) (all []goldArticle) {
	t.Helper()
	forms, err := filepath.Glob(filepath.Join(goldFolder, "*.first.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range forms {
		g := goldArticle{name: strings.TrimSuffix(filepath.Base(path), ".first.json"), forms: map[string][]byte{}}
		for _, coding := range codingNames {
			g.forms[coding] = readTestFile(t, g.name+"."+coding+".json")
		}
		for _, end := range []string{".txt", ".md", ".html"} {
			if _, err := os.Stat(filepath.Join(goldFolder, g.name+end)); err == nil {
				g.file = g.name + end
			}
		}
		g.content = readTestFile(t, g.file)
		given := article.Metadata{}
		if strings.HasSuffix(g.file, ".txt") {
			given.Published = textPublished
		}
		if g.article, err = article.Read(g.file, g.content, "", given); err != nil {
			t.Fatal(err)
		}
		all = append(all, g)
	}
	if len(all) != 12 {
		t.Fatalf("the gold has %d articles", len(all))
	}
	slices.SortFunc(all, func(a, b goldArticle) int {
		return cmp.Or(cmp.Compare(a.article.Published.Earliest, b.article.Published.Earliest), cmp.Compare(a.name, b.name))
	})
	return all
}

func readTestFile(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(goldFolder, name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func convert(t *testing.T, c extract.Converter, g goldArticle, coding string) *proposal.Proposal {
	t.Helper()
	p, err := c.Convert(t.Context(), g.article, g.forms[coding])
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// records returns the records of a proposal as the file has them.
func records(t *testing.T, p *proposal.Proposal) []byte {
	t.Helper()
	files, err := p.Files()
	if err != nil {
		t.Fatal(err)
	}
	return files[0].Content
}

// sameness has which events of several articles are the same, each as the article's name and the event's key, and the
// originals of reprints. A form cannot say so.
type sameness struct {
	Reprints map[string]string `json:"reprints"`
	Events   [][]string        `json:"events"`
}

// codingRecords returns the records of a coding of all articles, with the ids of same events made one.
func codingRecords(t *testing.T, coding string) []byte {
	t.Helper()
	var all map[string]sameness
	if err := json.Unmarshal(readTestFile(t, "same.json"), &all); err != nil {
		t.Fatal(err)
	}
	same := all[coding]
	proposals, documents, events := []*proposal.Proposal{}, map[string]kg.ID{}, map[string]kg.ID{}
	gold := readGold(t)
	for _, g := range gold {
		p := convert(t, extract.Converter{Model: "gold, " + coding + " coding"}, g, coding)
		proposals = append(proposals, p)
		documents[g.name] = p.Review.Document
		for _, item := range p.Review.Items {
			if item.Type == kg.KindEvent {
				events[g.name+" "+item.Key] = item.ID
			}
		}
	}
	renamed := map[kg.ID]kg.ID{}
	for _, group := range same.Events {
		for _, name := range group {
			if events[name] == "" {
				t.Errorf("same.json: %s: there is no event %q", coding, name)
			}
			renamed[events[name]] = events[group[0]]
		}
	}
	var out bytes.Buffer
	for i, p := range proposals {
		for _, r := range p.Records {
			switch r := r.(type) {
			case *proposal.Document:
				if original := same.Reprints[gold[i].name]; original != "" {
					r.Syndicates = documents[original]
				}
			case *proposal.Event:
				rename(renamed, &r.ID)
				for n := range r.PartOf {
					rename(renamed, &r.PartOf[n])
				}
				for n := range r.Announces {
					rename(renamed, &r.Announces[n])
				}
				for n := range r.RespondsTo {
					rename(renamed, &r.RespondsTo[n].To)
				}
			}
		}
		out.Write(records(t, p))
	}
	return out.Bytes()
}

func rename(renamed map[kg.ID]kg.ID, id *kg.ID) { *id = cmp.Or(renamed[*id], *id) }

// TestGoldRecords compares the files of the codings' records with the forms.
func TestGoldRecords(t *testing.T) {
	for _, coding := range codingNames {
		got := codingRecords(t, coding)
		path := filepath.Join(goldFolder, coding+".jsonl")
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if diff := gocmp.Diff(string(readTestFile(t, coding+".jsonl")), string(got)); diff != "" {
			t.Errorf("%s differs; -update rewrites it:\n%s", path, diff)
		}
	}
}

// readCodings returns the codings of records.
func readCodings(t *testing.T, content []byte) []*eval.Coding {
	t.Helper()
	r := eval.NewReader()
	if err := r.Add("records", bytes.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	all, err := r.Codings()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestGoldSize checks that the gold has what is said of it: about 25 claims an article, in four languages and three
// formats.
func TestGoldSize(t *testing.T) {
	for _, coding := range codingNames {
		report := eval.Compare(readCodings(t, readTestFile(t, coding+".jsonl")), nil)
		for _, a := range report.Articles {
			if a.Claims.Gold < 18 || a.Claims.Gold > 32 || a.Quotes.Gold == 0 && !strings.Contains(a.Title, "Tal") {
				t.Errorf("%s, %s coding: %d claims, %d quotes", a.Title, coding, a.Claims.Gold, a.Quotes.Gold)
			}
		}
	}
	languages := map[string]int{}
	for _, g := range readGold(t) {
		languages[g.name[:2]]++
	}
	if want := map[string]int{"ar": 4, "en": 4, "uk": 2, "ru": 2}; !gocmp.Equal(languages, want) {
		t.Errorf("the languages are %v", languages)
	}
}

// TestDocs checks that docs/extract.md has the agreement of the two codings.
func TestDocs(t *testing.T) {
	docs, err := os.ReadFile("../../../docs/extract.md")
	if err != nil {
		t.Fatal(err)
	}
	s := eval.Compare(
		readCodings(t, readTestFile(t, "first.jsonl")), readCodings(t, readTestFile(t, "second.jsonl")),
	).Total
	var rows []string
	for name, c := range map[string]eval.Count{
		"actors": s.Actors, "places": s.Places, "events": s.Events, "claims": s.Claims, "direct quotes": s.Quotes,
		"ties": s.Ties, "links": s.Links, "same events": s.SameEvents,
	} {
		rows = append(rows, fmt.Sprintf("| %s | %d | %d | %d | %.3f | %.3f | %.3f |", name, c.Gold, c.Proposal, c.Matched,
			*c.Precision, *c.Recall, *c.F1))
	}
	for _, a := range s.Agreement {
		if a.Kappa != nil && !strings.HasPrefix(a.About, "kind") {
			rows = append(rows, fmt.Sprintf("| %s | %d | %.3f | %.3f |", a.About, a.Compared, *a.Share, *a.Kappa))
		}
	}
	for _, row := range rows {
		if !bytes.Contains(docs, []byte(row+"\n")) {
			t.Errorf("docs/extract.md does not have %s", row)
		}
	}
}
