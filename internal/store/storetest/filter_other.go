package storetest

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

func testEventFiltersCombined(t *testing.T, s store.Store) {
	type f = store.EventFilter
	assault := f{Categories: []kg.EventCategory{kg.CategoryAssault}}
	none := f{IDs: []kg.ID{}}
	runFilters(t, kg.KindEvent, s.Events, []filterCase[f]{
		{"fields hold together", f{Categories: assault.Categories, Killed: &store.IntRange{Max: ref(4)},
			HasParts: ref(false)}, "raid"},
		{"and", f{And: []f{assault, {HasParts: ref(false)}}}, "raid denied"},
		{"and/empty", f{And: []f{}}, allEvents},
		{"and/beside a field", f{And: []f{assault}, Modes: []string{"boat"}}, "raid"},
		{"or", f{Or: []f{{IDs: nodeIDs(kg.KindEvent, "speech")}, {Modalities: []kg.Modality{kg.ModalityPlanned}}}},
			"speech talks"},
		{"or/empty", f{Or: []f{}}, allEvents},
		{"or/of nothing", f{Or: []f{none, none}}, ""},
		{"or/of everything", f{Or: []f{none, {}}}, allEvents},
		{"or/beside a field", f{Or: []f{assault, {Voices: &store.IntRange{Min: ref(2)}}}, HasParts: ref(false)},
			"raid denied talks week"},
		{"not", f{Not: &assault}, "counter reply rumour speech spring talks week year"},
		{"not/of nothing", f{Not: &none}, allEvents},
		{"not/of everything", f{Not: &f{}}, ""},
		{"not/an absent number is in the complement", f{Not: &f{Killed: &store.IntRange{Min: ref(0)}}},
			"counter denied reply rumour speech spring talks year"},
		{"not/a place", f{Not: &f{Place: &store.PlaceFilter{Countries: []string{"UA"}}}},
			"counter denied reply rumour speech spring strike talks week"},
		{"not/of text", f{Not: &f{Text: ref("landing")}},
			"campaign counter denied reply speech spring strike talks week year"},
		{"not of or", f{Not: &f{Or: []f{assault, {Time: between("2025-03-02", "", store.Definitely)}}}},
			"counter rumour spring year"},
		{"not of not", f{Not: &f{Not: &assault}}, "strike raid campaign denied"},
		{"or of and", f{Or: []f{{And: []f{assault, {HasParts: ref(true)}}},
			{And: []f{{Not: &assault}, {Claimants: nodeIDs(kg.KindActor, "us")}}}}},
			"campaign strike talks speech counter"},
		{"one field twice", f{And: []f{withParticipants(store.ParticipantFilter{AnyOf: nodeIDs(kg.KindActor, "us")}),
			withParticipants(store.ParticipantFilter{AnyOf: nodeIDs(kg.KindActor, "zelensky")})}}, "talks speech"},
	})
}

func testActorFilters(t *testing.T, s store.Store) {
	type f = store.ActorFilter
	runFilters(t, kg.KindActor, s.Actors, []filterCase[f]{
		{"nothing", f{}, "courier group militia navy reuters russia ukraine un us zelensky"},
		{"ids", f{IDs: nodeIDs(kg.KindActor, "us un unknown")}, "us un"},
		{"ids/empty", f{IDs: []kg.ID{}}, ""},
		{"text", f{Text: ref("united")}, "un us"},
		{"text/alias", f{Text: ref("zelen")}, "zelensky"},
		{"text/Cyrillic", f{Text: ref("ЗЕЛЕНСЬКИЙ")}, "zelensky"},
		{"text/Arabic with harakat", f{Text: ref("زِيلينْسكي")}, "zelensky"},
		{"text/words of two names", f{Text: ref("Україна Ukr")}, "ukraine"},
		{"kinds", f{Kinds: []kg.ActorKind{kg.ActorState}}, "russia ukraine us"},
		{"countries", f{Countries: []string{"ua", "gb"}}, "courier navy ukraine zelensky reuters"},
		{"identifiers", f{Identifiers: []store.IdentifierFilter{{Scheme: "wikidata", Value: "Q3874799"},
			{Scheme: "iso", Value: "UA"}}}, "zelensky ukraine"},
		{"identifiers/of one scheme", f{Identifiers: []store.IdentifierFilter{{Scheme: "iso", Value: "Q212"}}}, ""},
		{"identifiers/empty", f{Identifiers: []store.IdentifierFilter{}}, ""},
		{"inEvents/any", f{InEvents: &store.EventFilter{}}, "group militia navy russia ukraine un us zelensky"},
		{"inEvents", f{InEvents: &store.EventFilter{Categories: []kg.EventCategory{kg.CategoryAssault}}},
			"navy russia ukraine group militia"},
		{"inEvents/and kind", f{InEvents: &store.EventFilter{HasParts: ref(true)}, Kinds: []kg.ActorKind{kg.ActorState}},
			"russia ukraine"},
		{"inEvents/withdrawn", f{InEvents: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, "rumour")}}, ""},
	})
}

func testLocationFilters(t *testing.T, s store.Store) {
	type f = store.LocationFilter
	type p = store.PlaceFilter
	runFilters(t, kg.KindLocation, s.Locations, []filterCase[f]{
		{"nothing", f{}, "anadyr chukotka crimea harbour russia sea sevastopol ukraine wrangel"},
		{"ids", f{IDs: nodeIDs(kg.KindLocation, "sea nowhere")}, "sea"},
		{"text", f{Text: ref("harb")}, "harbour wrangel"},
		{"text/other language", f{Text: ref("севастополь")}, "sevastopol"},
		{"kinds", f{Kinds: []kg.LocationKind{kg.LocationCity, kg.LocationWater}}, "anadyr sevastopol sea"},
		{"place/within", f{Place: &p{Within: nodeIDs(kg.KindLocation, "crimea")}}, "crimea sevastopol harbour"},
		{"place/within one of two parents", f{Place: &p{Within: nodeIDs(kg.KindLocation, "russia")}},
			"russia chukotka anadyr wrangel crimea sevastopol harbour"},
		{"place/within and countries", f{Place: &p{Within: nodeIDs(kg.KindLocation, "russia"), Countries: []string{"UA"}}},
			"crimea sevastopol"},
		{"place/near", f{Place: &p{Near: &store.NearFilter{Latitude: 45, Longitude: 34, Km: 80}}},
			"crimea sevastopol harbour"},
		{"place/near the pole", f{Place: &p{Near: &store.NearFilter{Latitude: 90, Longitude: 0, Km: 2200}}}, "wrangel"},
		{"place/box over the antimeridian", f{Place: &p{Box: &store.BoxFilter{West: 170, South: 60, East: -170, North: 75}}},
			"anadyr chukotka wrangel"},
		{"place/box of the whole world", f{Place: &p{Box: &store.BoxFilter{West: -180, South: -90, East: 180, North: 90}}},
			"anadyr chukotka crimea harbour sea sevastopol wrangel"},
		{"place/countries", f{Place: &p{Countries: []string{"UA"}}}, "crimea sevastopol ukraine"},
		{"identifiers", f{Identifiers: []store.IdentifierFilter{{Scheme: "geonames", Value: "703883"}}}, "crimea"},
	})
}

func testDocumentFilters(t *testing.T, s store.Store) {
	type f = store.DocumentFilter
	runFilters(t, kg.KindDocument, s.Documents, []filterCase[f]{
		{"nothing", f{}, "c1 c2 n1 r1 r2 u1"},
		{"ids", f{IDs: nodeIDs(kg.KindDocument, "n1 x9")}, "n1"},
		{"text", f{Text: ref("harbour strike")}, "r1 c2"},
		{"text/Arabic", f{Text: ref("بَيَان")}, "u1"},
		{"publishers", f{Publishers: nodeIDs(kg.KindActor, "courier un")}, "c1 c2 u1"},
		{"publishers/empty", f{Publishers: []kg.ID{}}, ""},
		{"languages", f{Languages: []string{"uk"}}, "c1 c2"},
		{"published/possibly", f{Published: between("2025-03-05", "")}, "r2 u1"},
		{"published/definitely", f{Published: between("2025-03-01", "2025-03-02", store.Definitely)}, "r1 c1 c2"},
		{"published/any", f{Published: between("", "")}, "c1 c2 r1 r2 u1"},
	})
}

const allClaims = "a1 b1 e1 f1 f2 f3 f4 f5 g1 k1 m1 m2 p1 s1 s2 s3 s4 s5 s6 s7 t1 t2 w1 w2 w3 x1 y1"

func testClaimFilters(t *testing.T, s store.Store) {
	type f = store.ClaimFilter
	runFilters(t, kg.KindClaim, s.Claims, []filterCase[f]{
		{"empty, withdrawn claims too", f{}, allClaims},
		{"subjects", f{Subjects: append(nodeIDs(kg.KindEvent, "talks none"), "affiliation:hold")}, "t1 t2 f3 f4"},
		{"subjects/empty", f{Subjects: []kg.ID{}}, ""},
		{"documents", f{Documents: nodeIDs(kg.KindDocument, "r2 n1")}, "p1 t1 s4 k1 f3 m1 s5"},
		{"publishers", f{Publishers: nodeIDs(kg.KindActor, "courier")}, "s2 s3 s7 x1 y1 w1"},
		{"claimants", f{Claimants: nodeIDs(kg.KindActor, "group")}, "f3 f4 m1 m2 w1"},
		{"speakers", f{Speakers: nodeIDs(kg.KindActor, "us russia")}, "p1 y1"},
		{"stances", f{Stances: []kg.Stance{kg.StanceRetracts, kg.StanceDisputes, kg.StanceConfirms}}, "f4 m2 s6 w2 t2"},
		{"aspects", f{Aspects: []kg.Aspect{kg.AspectParticipation, kg.AspectPlace}}, "s5 w3"},
		{"asserted/possibly", f{Asserted: between("2025-03-09", "2025-03-10")}, "w1 g1 b1"},
		{"asserted/definitely", f{Asserted: between("2025-03-09", "2025-03-10", store.Definitely)}, "w1 g1"},
		{"hasQuote", f{HasQuote: ref(true)}, "p1 y1"},
		{"hasQuote/not", f{HasQuote: ref(false)},
			"a1 b1 e1 f1 f2 f3 f4 f5 g1 k1 m1 m2 s1 s2 s3 s4 s5 s6 s7 t1 t2 w1 w2 w3 x1"},
		{"directQuote", f{DirectQuote: ref(true)}, "p1"},
		{"directQuote/not", f{DirectQuote: ref(false), HasQuote: ref(true)}, "y1"},
		{"directQuote/no quote", f{DirectQuote: ref(false), Subjects: nodeIDs(kg.KindEvent, "speech talks")}, "t1 t2"},
		{"hasFigures", f{HasFigures: ref(true)}, "e1 s1 s3 s7 x1 a1 w1 g1"},
		{"hasFigures/not", f{HasFigures: ref(false), Subjects: nodeIDs(kg.KindEvent, "strike")}, "s2 s4 s5 s6"},
		{"text/quote", f{Text: ref("anadyr")}, "p1"},
		{"text/translation", f{Text: ref("ми зустр")}, "p1"},
		{"text/note", f{Text: ref("nothing hit")}, "s4"},
		{"text/not titles", f{Text: ref("talks")}, ""},
		{"all together", f{Claimants: nodeIDs(kg.KindActor, "us"), Documents: nodeIDs(kg.KindDocument, "r2"),
			HasQuote: ref(false), Stances: []kg.Stance{kg.StanceAsserts}}, "t1 k1"},
	})
}
