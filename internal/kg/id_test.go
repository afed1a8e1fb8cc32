package kg_test

import (
	"regexp"
	"strings"
	"testing"

	"casus/internal/kg"
)

func TestIDCheck(t *testing.T) {
	valid := []kg.ID{
		"actor:zelensky", "event:ucdp:147997", "location:geonames:698740", "document:https://a.example/x?y=1",
		"claim:київ", "release:a", "identity:1", "affiliation:::", kg.ID("event:" + strings.Repeat("x", 494)),
	}
	for _, id := range valid {
		if err := id.Check(); err != nil {
			t.Errorf("%.40s: %v", id, err)
		}
	}
	invalid := []kg.ID{
		"", "actor", "actor:", ":x", "Actor:x", "person:x", "dataset:x", "actor :x", "actor:a b", "actor:a\n",
		"actor:a\u00a0b", "actor:a\x00", "actor:\xff", "actor:\u200b", kg.ID("event:" + strings.Repeat("x", 495)),
	}
	for _, id := range invalid {
		if err := id.Check(); kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%.40q: %v, want BAD_INPUT", id, err)
		}
	}
	if err := kg.ID("actor:x").Check(kg.KindLocation, kg.KindActor); err != nil {
		t.Error(err)
	}
	err := kg.ID("event:x").Check(kg.KindLocation, kg.KindActor)
	if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), "location or actor") {
		t.Errorf("an event instead of a location or actor: %v", err)
	}
}

func TestIDKind(t *testing.T) {
	tests := []struct {
		id   kg.ID
		kind kg.NodeKind
	}{
		{"actor:x", kg.KindActor}, {"location:x", kg.KindLocation}, {"event:a:b", kg.KindEvent},
		{"document:x", kg.KindDocument},
		{"claim:x", kg.KindClaim}, {"affiliation:x", kg.KindAffiliation}, {"identity:x", kg.KindIdentity},
		{"release:x", kg.KindRelease},
		{"", ""}, {"actor", ""}, {"actors:x", ""}, {":x", ""},
	}
	for _, tt := range tests {
		if got := tt.id.Kind(); got != tt.kind {
			t.Errorf("%q is of kind %q, want %q", tt.id, got, tt.kind)
		}
	}
}

func TestDeriveID(t *testing.T) {
	keys := [][]string{
		{}, {""}, {"", ""}, {"a"}, {"a", ""}, {"", "a"}, {"a", "b"}, {"ab"}, {"a\x00b"}, {"a\x00", "b"}, {"a", "\x00b"},
		{"1:a"}, {"a", "1:b"}, {"a1:b"},
	}
	seen := map[kg.ID][]string{}
	form := regexp.MustCompile(`^claim:[0-9a-v]{26}$`) // 128 bits at 5 bits a character
	for _, parts := range keys {
		id := kg.DeriveID(kg.KindClaim, parts...)
		if other, found := seen[id]; found {
			t.Errorf("%q and %q have the same id", parts, other)
		}
		seen[id] = parts
		if id != kg.DeriveID(kg.KindClaim, parts...) || !form.MatchString(string(id)) || id.Check(kg.KindClaim) != nil {
			t.Errorf("%q: %s is not a stable id of a claim", parts, id)
		}
	}
	// printf '1:a2:bc' | sha256sum, its first 16 bytes in base 32 with the extended hex alphabet
	if got, want := kg.DeriveID(kg.KindEvent, "a", "bc"), kg.ID("event:ac8ab1s8f0db4naqqv1vgk1lg8"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
