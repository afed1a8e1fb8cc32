package storetest

import "casus/internal/kg"

// worldClaims returns the claims in claim order. Comments state the status that follows from each.
func worldClaims() []kg.Claim {
	return []kg.Claim{
		// Noon of the 1st.
		claim("e1", "event:campaign", '+', 1, inDocument("document:u1"), title("en", "Campaign"),
			category(kg.CategoryAssault),
			modality(kg.ModalityOngoing), atTime("../2025-03-31"), killed(kg.QualifierExact, 10),
			participant("actor:ukraine", kg.RoleInitiator, kg.SideA, ""),
			participant("actor:russia", kg.RoleRecipient, kg.SideB, ""),
			place("location:crimea", kg.LocationRoleVenue, 0)),
		claim("f1", "affiliation:office", '+', 1, inDocument("document:r1")),
		claim("f2", "affiliation:navy", '+', 1, inDocument("document:r1")),
		claim("f3", "affiliation:hold", '+', 1, claimedBy("actor:group"), inDocument("document:n1")),
		claim("f5", "affiliation:member", '-', 1, claimedBy("actor:us")), // only denied: never held
		claim("s1", "event:strike", '+', 1, inDocument("document:r1"), title("en", "Strike on the harbour"),
			summary("en", "Drones hit it from the sea"),
			category(kg.CategoryAssault), mode("drone"), code("cameo", "190"), atTime("2025-02-27T22:00:00Z"),
			killed(kg.QualifierExact, 3),
			participant("actor:navy", kg.RoleInitiator, kg.SideA, "actor:ukraine"),
			participant("actor:russia", kg.RoleRecipient, kg.SideB, ""),
			// UNVERIFIED
			place("location:harbour", kg.LocationRoleVenue, 1), place("location:sea", kg.LocationRoleOrigin, 0),
			partOf("event:campaign")),
		// a reprint: not a new voice
		claim("s2", "event:strike", '+', 1, inDocument("document:c2"), title("uk", "Удар по гавані")),

		// The 2nd.
		claim("m1", "event:rumour", '+', 2, claimedBy("actor:group"), inDocument("document:n1"),
			title("en", "Rumour of a landing"), atTime("XXXX"),
			category(kg.CategoryOther), participant("actor:group", kg.RoleInitiator, "", ""),
			place("location:wrangel", kg.LocationRoleVenue, 0)),
		claim("p1", "event:speech", '+', 2, claimedBy("actor:us"), inDocument("document:r2"), title("en", "Speech on peace"),
			atTime("2025-03-02"),
			category(kg.CategoryStatement), participant("actor:us", kg.RoleSpeaker, "", ""),
			participant("actor:zelensky", kg.RoleMentioned, "", ""),
			announces("event:talks"),
			quote(kg.Quote{Text: "We shall meet in Anadyr", Language: "en", Direct: true, Speaker: "actor:us",
				Addressee: "actor:russia", Translations: []kg.Name{{Value: "Ми зустрінемося", Language: "uk"}}})),
		// CORROBORATED
		claim("s3", "event:strike", '+', 2, claimedBy("actor:ukraine"), inDocument("document:c1"),
			killed(kg.QualifierExact, 5)),
		claim("t1", "event:talks", '+', 2, claimedBy("actor:us"), inDocument("document:r2"), title("en", "Peace talks"),
			atTime("2025-03-20"),
			category(kg.CategoryConsult), modality(kg.ModalityPlanned), code("plover", "CONSULT"),
			participant("actor:zelensky", kg.RoleParticipant, kg.SideA, "actor:ukraine"),
			participant("actor:russia", kg.RoleParticipant, kg.SideB, ""),
			participant("actor:us", kg.RoleMediator, "", ""), participant("actor:us", kg.RoleHost, "", ""),
			place("location:anadyr", kg.LocationRoleVenue, 0)),

		// The 3rd.
		// DISPUTED
		claim("s4", "event:strike", '-', 3, claimedBy("actor:russia"), inDocument("document:r2"), note("Nothing was hit")),
		claim("x1", "event:denied", '-', 3, claimedBy("actor:militia"), inDocument("document:c1"), title("en", "Shelling"),
			atTime("2024-06"),
			category(kg.CategoryAssault), killed(kg.QualifierExact, 7), participant("actor:militia", kg.RoleInitiator, "", ""),
			place("location:chukotka", kg.LocationRoleVenue, 0)), // DENIED, without a toll
		claim("y1", "event:reply", '+', 3, claimedBy("actor:russia"), inDocument("document:c1"), title("uk", "Відмова"),
			atTime("2025-03-02"),
			category(kg.CategoryReject), participant("actor:russia", kg.RoleSpeaker, "", ""),
			respondsTo("event:talks", kg.ResponseRejects, "not there"),
			quote(kg.Quote{Text: "They will not come", Speaker: "actor:russia"})),

		// The 4th.
		claim("k1", "event:counter", '+', 4, claimedBy("actor:us"), inDocument("document:r2"), fromRelease("release:acled"),
			title("en", "Sanctions"),
			atTime("2025-03-01/.."), category(kg.CategorySanction), participant("actor:us", kg.RoleInitiator, kg.SideA, ""),
			participant("actor:russia", kg.RoleRecipient, kg.SideB, ""), respondsTo("event:reply", kg.ResponseRetaliates, ""),
			respondsTo("event:talks", kg.ResponseCounters, "")),
		claim("m2", "event:rumour", 'x', 4, claimedBy("actor:group")), // RETRACTED
		claim("s5", "event:strike", '-', 4, claimedBy("actor:navy"), inDocument("document:n1"),
			aspect(kg.AspectParticipation),
			participant("actor:navy", kg.RoleInitiator, "", "")), // the navy's participation is DISPUTED

		// The 5th.
		claim("a1", "event:spring", '+', 5, inDocument("document:u1"), title("en", "Aid in spring"), atTime("2025-21"),
			category(kg.CategoryAid),
			modality(kg.ModalityHypothetical), affected(1000), killed(kg.QualifierExact, 9), // no toll: it did not occur
			participant("actor:un", kg.RoleInitiator, "", ""), participant("actor:ukraine", kg.RoleRecipient, "", "")),
		// CONFIRMED
		claim("t2", "event:talks", '!', 5, claimedBy("actor:un"), relayedBy("actor:reuters"), inDocument("document:u1")),

		// The 6th.
		claim("f4", "affiliation:hold", 'x', 6, claimedBy("actor:group")), // ended
		claim("s6", "event:strike", 'x', 6, claimedBy("actor:russia")),    // withdraws s4: CORROBORATED

		// The 7th.
		claim("s7", "event:strike", '+', 7, claimedBy("actor:ukraine"), inDocument("document:c1"), supersedes("claim:s3"),
			killed(kg.QualifierExact, 4),
			participant("actor:ukraine", kg.RoleClaimant, "", "")),

		// Published on a day: known when the day is over.
		claim("w1", "event:week", '+', 0, assertedAt("2025-03-09"), claimedBy("actor:group", "actor:militia"),
			inDocument("document:c1"), title("en", "March of two fronts"),
			atTime("2025-03-03/2025-03-09"), category(kg.CategoryProtest), killed(kg.QualifierExact, 2),
			participant("actor:group", kg.RoleParticipant, "", ""), participant("actor:militia", kg.RoleParticipant, "", ""),
			place("location:sea", kg.LocationRoleVenue, 0)), // UNVERIFIED: two voices with the same words
		claim("g1", "event:raid", '+', 0, assertedAt("2025-03-10"), fromRelease("release:ged"), title("en", "Raid"),
			summary("en", "Landing at night"),
			atTime("2025-02-27T22:00:00Z"), category(kg.CategoryAssault), mode("boat"), code("cameo", "195"),
			killed(kg.QualifierAtLeast, 2),
			participant("actor:navy", kg.RoleInitiator, kg.SideA, ""),
			participant("actor:group", kg.RoleParticipant, kg.SideA, ""),
			place("location:sevastopol", kg.LocationRoleTarget, 3), partOf("event:strike")),

		// DISPUTED
		claim("w2", "event:week", '?', 12, claimedBy("actor:ukraine"), inDocument("document:r1")),
		// supports no place
		claim("w3", "event:week", '-', 13, claimedBy("actor:un"), aspect(kg.AspectPlace),
			place("location:anadyr", kg.LocationRoleVenue, 0)),

		// Published within a week: known when the week is over.
		claim("b1", "event:year", '+', 0, assertedAt("2025-03-08/2025-03-15"), title("en", "Mobilization"), atTime("2025"),
			category(kg.CategoryMobilize), participant("actor:ukraine", kg.RoleInitiator, "", ""),
			place("location:ukraine", kg.LocationRoleVenue, 0)),
	}
}
