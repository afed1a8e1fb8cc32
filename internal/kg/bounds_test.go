package kg_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"casus/internal/edtf"
	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

func TestIsAddress(t *testing.T) {
	for address, want := range map[string]bool{
		"https://example.org": true, "http://example.org/a?b#c": true, "HTTPS://EXAMPLE.ORG/ж": true,
		"http://[::1]:80/": true, "http://example.org/%zz": true,
		"": false, "example.org": false, "//example.org": false, "javascript:alert(1)": false,
		"JavaScript://%0aalert(1)": false, " https://example.org": false, "https://": false, "https:///x": false,
		"https://?x": false, "data:text/html,x": false, "file:///etc/passwd": false, "ftp://example.org": false,
		"https://example.org/a b": false, "https://example.org/\njavascript:": false, "java\tscript://x": false,
		"mailto:a@example.org": false,
	} {
		if got := kg.IsAddress(address); got != want {
			t.Errorf("%q is an address: %t, want %t", address, got, want)
		}
	}
}

func TestAddressesOfIdentifiers(t *testing.T) {
	for value, valid := range map[string]bool{
		"example.org": true, "www.example.org:8080/x": true, "https://example.org": true,
		"javascript:alert(1)": false, "java\tscript:alert(1)": false, "data:text/html,x": false,
	} {
		a := kg.Actor{
			ID: "actor:a", Kind: kg.ActorPerson, Names: []kg.Name{{Value: "A"}},
			Identifiers: []kg.Identifier{{Scheme: "website", Value: value}},
		}
		if err := a.Check(); (err == nil) != valid {
			t.Errorf("the website %q: %v", value, err)
		}
		a.Identifiers[0].Scheme = "ours"
		if err := a.Check(); err != nil {
			t.Errorf("%q in a scheme of its own: %v", value, err)
		}
	}
}

func TestCutText(t *testing.T) {
	for _, s := range []string{"", "abc", "Жук", "a\u0905b", "𐍈𐍈"} {
		for n := range len(s) + 2 {
			got := kg.CutText(s, n)
			if len(got) > n || !strings.HasPrefix(s, got) || !utf8.ValidString(got) {
				t.Errorf("CutText(%q, %d) = %q", s, n, got)
			}
			if _, size := utf8.DecodeRuneInString(s[len(got):]); len(got) < len(s) && len(got)+size <= n {
				t.Errorf("CutText(%q, %d) = %q is not the longest", s, n, got)
			}
		}
	}
}

func TestIndexKey(t *testing.T) {
	long := strings.Repeat("ж", kg.MaxSortKeyBytes)
	if kg.IndexKey("a b") != "a b" || kg.IndexKey(long+"a") == kg.IndexKey(long+"b") {
		t.Error("a short text is not its own key, or two long texts have one key")
	}
	if n := len(kg.IndexKey(long)); n > kg.MaxSortKeyBytes+65 {
		t.Errorf("a key has %d bytes", n)
	}
}

func TestEscapeID(t *testing.T) {
	texts := []string{
		"a b", "a_b", "a%20b", "a\tb", "a  b", " a b", "a\u00a0b", "a%b", "a%25b", "ж", "\xff", "\ufffd", "a\u200bb",
		"ab", "%FF", "a\x00b", "",
	}
	seen := map[string]string{}
	for _, s := range texts {
		id := kg.EscapeID(s)
		if other, found := seen[id]; found {
			t.Errorf("%q and %q are both %q", s, other, id)
		}
		seen[id] = s
		if s != "" {
			if err := kg.ID("actor:" + id).Check(); err != nil {
				t.Errorf("%q: %v", s, err)
			}
		}
	}
	if kg.EscapeID("Q42-a.b:c/ж") != "Q42-a.b:c/ж" {
		t.Error("a usual id is changed")
	}
}

// TestTextHash checks that a byte order mark is not a part of a text, and that a document's hash may include it.
func TestTextHash(t *testing.T) {
	marked := "\uFEFFwords"
	if got := kg.WithoutMark(marked); got != "words" {
		t.Errorf("%q", got)
	}
	if got := kg.WithoutMark("a\uFEFFb"); got != "a\uFEFFb" {
		t.Errorf("a mark within a text is removed: %q", got)
	}
	for text, want := range map[string]bool{"words": true, marked: true, "word": false} {
		if got := kg.HasTextHash("words", kg.TextHash(text)); got != want {
			t.Errorf("the hash of %q: %t, want %t", text, got, want)
		}
	}
}

// TestMergeManyNames adds names one by one to a long list: the result equals that of merging all at once, in any order.
func TestMergeManyNames(t *testing.T) {
	kinds := kg.NameKinds.Values()
	var all []kg.Name
	for i := range 200 {
		all = append(all, kg.Name{
			Value: string(rune('a' + i%37)), Language: []string{"", "en", "uk"}[i%3], Kind: kinds[i*7%len(kinds)],
			Script: []string{"", "Latn", "Cyrl"}[i%3],
		})
	}
	want := kg.MergeNames(all)
	step := kg.MergeNames(all[:60])
	for i := 60; i < len(all); i++ {
		step = kg.MergeNames(step, all[i:i+1])
	}
	if diff := cmp.Diff(want, step); diff != "" {
		t.Error(diff)
	}
}

// TestOriginals compares the originals of all documents with chains walked one by one. One chain is a circle.
func TestOriginals(t *testing.T) {
	book := kg.VoiceBook{Documents: map[kg.ID]kg.Document{}}
	for id, original := range map[kg.ID]kg.ID{
		"document:a": "", "document:b": "document:a", "document:c": "document:b", "document:d": "document:gone",
		"document:x": "document:y", "document:y": "document:z", "document:z": "document:x", "document:w": "document:x",
	} {
		book.Documents[id] = kg.Document{ID: id, Syndicates: original}
	}
	prepared := book.WithOriginals()
	for id := range book.Documents {
		c := kg.Claim{ID: "claim:c", Document: id, AssertedAt: edtf.Time{}}
		if want, got := book.VoicesOf(c), prepared.VoicesOf(c); cmp.Diff(want, got) != "" {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
}
