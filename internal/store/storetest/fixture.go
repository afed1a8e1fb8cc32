package storetest

import "casus/internal/kg"

// world is the graph for which the expected results were worked out by hand: a strike that is part of a campaign and
// has a raid as its part, talks that are announced, answered and confirmed, and events that each have one special
// property.
func world() kg.Batch {
	return kg.Batch{
		Actors: worldActors(), Locations: worldLocations(), Documents: worldDocuments(), Releases: worldReleases(),
		Affiliations: worldAffiliations(), Claims: worldClaims(), RecordedAt: noon(31),
	}
}

func worldActors() []kg.Actor {
	return []kg.Actor{
		{ID: "actor:courier", Kind: kg.ActorOrganization, Names: []kg.Name{name("en", "Courier")}, Country: "UA"},
		{ID: "actor:group", Kind: kg.ActorArmedGroup, Names: []kg.Name{name("en", "Front")}},
		{ID: "actor:militia", Kind: kg.ActorArmedGroup, Names: []kg.Name{name("en", "FRONT")}},
		{ID: "actor:navy", Kind: kg.ActorMilitary, Names: []kg.Name{name("en", "Navy")}, Country: "UA"},
		{ID: "actor:reuters", Kind: kg.ActorCompany, Names: []kg.Name{name("en", "Reuters")}, Country: "GB"},
		{ID: "actor:russia", Kind: kg.ActorState, Names: []kg.Name{name("ru", "Россия"), alias("en", "Russia")},
			Country: "RU"},
		{ID: "actor:ukraine", Kind: kg.ActorState, Names: []kg.Name{name("uk", "Україна"), alias("en", "Ukraine")},
			Country:     "UA",
			Identifiers: []kg.Identifier{{Scheme: "iso", Value: "UA"}, {Scheme: "wikidata", Value: "Q212"}}},
		{ID: "actor:un", Kind: kg.ActorOrganization, Names: []kg.Name{name("en", "United Nations"),
			alias("ar", "الأمم المتحدة")}},
		{ID: "actor:us", Kind: kg.ActorState, Names: []kg.Name{name("en", "United States")}, Country: "US"},
		{ID: "actor:zelensky", Kind: kg.ActorPerson, Country: "UA", Sectors: []string{"head of state"},
			Names: []kg.Name{name("uk", "Володимир Зеленський"), alias("ar", "فولوديمير زيلينسكي"),
				alias("en", "Volodymyr Zelensky")},
			Identifiers: []kg.Identifier{{Scheme: "wikidata", Value: "Q3874799"}}},
	}
}

// worldLocations has Crimea in two countries, a harbour without a country, Anadyr and Wrangel on either side of the
// antimeridian, and two countries without a point.
func worldLocations() []kg.Location {
	return []kg.Location{
		{ID: "location:anadyr", Kind: kg.LocationCity, Names: []kg.Name{name("ru", "Анадырь"), alias("en", "Anadyr")},
			Country: "RU",
			Point:   &kg.Point{Latitude: 64.73, Longitude: 177.5}, Parents: []kg.ID{"location:chukotka"}},
		{ID: "location:chukotka", Kind: kg.LocationAdmin1, Names: []kg.Name{name("ru", "Чукотка")}, Country: "RU",
			Point: &kg.Point{Latitude: 66, Longitude: -175}, Parents: []kg.ID{"location:russia"}},
		{ID: "location:crimea", Kind: kg.LocationAdmin1, Names: []kg.Name{name("uk", "Крим"), alias("en", "Crimea")},
			Country: "UA",
			Point:   &kg.Point{Latitude: 45.3, Longitude: 34.4}, Parents: []kg.ID{"location:russia", "location:ukraine"},
			Identifiers: []kg.Identifier{{Scheme: "geonames", Value: "703883"}}},
		{ID: "location:harbour", Kind: kg.LocationFacility, Names: []kg.Name{name("en", "Harbour")},
			Point: &kg.Point{Latitude: 44.62, Longitude: 33.53}, Parents: []kg.ID{"location:sevastopol"}},
		{ID: "location:russia", Kind: kg.LocationCountry, Names: []kg.Name{name("ru", "Россия"), alias("en", "Russia")},
			Country: "RU"},
		{ID: "location:sea", Kind: kg.LocationWater, Names: []kg.Name{name("en", "Black Sea")},
			Point: &kg.Point{Latitude: 43, Longitude: 34}},
		{ID: "location:sevastopol", Kind: kg.LocationCity, Names: []kg.Name{name("uk", "Севастополь"),
			alias("en", "Sevastopol")}, Country: "UA",
			Point: &kg.Point{Latitude: 44.6, Longitude: 33.5}, Parents: []kg.ID{"location:crimea"}},
		{ID: "location:ukraine", Kind: kg.LocationCountry, Names: []kg.Name{name("uk", "Україна"), alias("en", "Ukraine")},
			Country: "UA"},
		{ID: "location:wrangel", Kind: kg.LocationRegion, Names: []kg.Name{name("en", "Harbour"),
			alias("en", "Wrangel Island")}, Country: "RU",
			Point: &kg.Point{Latitude: 71.2, Longitude: -179.4}, Parents: []kg.ID{"location:chukotka"}},
	}
}

// worldDocuments has c2, which reprints r1 at the same moment, and n1, which has neither a publisher nor a date.
func worldDocuments() []kg.Document {
	return []kg.Document{
		{ID: "document:c1", Titles: []kg.Name{name("uk", "Удар по гавані")}, Language: "uk", Publisher: "actor:courier",
			PublishedAt: at("2025-03-02T12:00:00Z")},
		{ID: "document:c2", Titles: []kg.Name{name("en", "Strike on the harbour")}, Language: "uk",
			Publisher:   "actor:courier",
			PublishedAt: at("2025-03-01T12:00:00Z"), Syndicates: "document:r1"},
		{ID: "document:n1", Titles: []kg.Name{name("", "Leaflet")}},
		{ID: "document:r1", Titles: []kg.Name{name("en", "Strike on the Harbour")}, Language: "en",
			Publisher: "actor:reuters", PublishedAt: at("2025-03-01T12:00:00Z")},
		{ID: "document:r2", Titles: []kg.Name{name("en", "Talks announced")}, Language: "en", Publisher: "actor:reuters",
			PublishedAt: at("2025-03-05"),
			URL:         "https://example.org/r2", RetrievedAt: ref(noon(6))},
		{ID: "document:u1", Titles: []kg.Name{name("ar", "بيان")}, Language: "ar", Publisher: "actor:un",
			PublishedAt: at("2025-03")},
	}
}

func worldReleases() []kg.Release {
	return []kg.Release{
		{ID: "release:acled", Name: "acled", Release: "2025", ReleasedAt: at("2025-03-04")},
		{ID: "release:ged", Name: "ged", Release: "24.1", ReleasedAt: at("2025-03-10")},
	}
}

// worldAffiliations has the group's hold, which is claimed and withdrawn, and a membership that is only denied.
func worldAffiliations() []kg.Affiliation {
	return []kg.Affiliation{
		{ID: "affiliation:hold", Holder: "actor:group", Counterpart: "location:crimea", Type: kg.AffiliationControl,
			ValidTime: at("2025-02")},
		{ID: "affiliation:member", Holder: "actor:us", Counterpart: "actor:un", Type: kg.AffiliationMembership},
		{ID: "affiliation:navy", Holder: "actor:navy", Counterpart: "actor:ukraine", Type: kg.AffiliationCommand},
		{ID: "affiliation:office", Holder: "actor:zelensky", Counterpart: "actor:ukraine", Type: kg.AffiliationOffice,
			Position: "President", ValidTime: at("2019-05-20/..")},
	}
}
