package kg_test

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// The values as the public schema lists them, in its order, written out here a second time.
func TestVocabularies(t *testing.T) {
	check := func(name, want string, got []string, valid func(string) bool) {
		t.Helper()
		values := strings.Fields(want)
		if !slices.Equal(got, values) {
			t.Errorf("%s is %v, want %v", name, got, values)
		}
		for _, v := range values {
			if !valid(v) {
				t.Errorf("%s %s is not valid", name, v)
			}
		}
		for _, v := range []string{"", "NONE", strings.ToLower(values[0])} {
			if valid(v) {
				t.Errorf("%s %q is valid", name, v)
			}
		}
	}
	check("CalendarInterval", "DAY WEEK MONTH QUARTER YEAR", texts(edtf.CalendarIntervals()), func(s string) bool { return edtf.CalendarInterval(s).Valid() })
	check("IdentityMode", "RESOLVED EXACT", texts(kg.IdentityModes()), func(s string) bool { return kg.IdentityMode(s).Valid() })
	check("EventCategory", "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT STATEMENT OTHER", texts(kg.EventCategories()), func(s string) bool { return kg.EventCategory(s).Valid() })
	check("Modality", "OCCURRED ONGOING PLANNED PROPOSED HYPOTHETICAL NEGATED CANCELLED", texts(kg.Modalities()), func(s string) bool { return kg.Modality(s).Valid() })
	check("ClaimStatus", "UNVERIFIED CORROBORATED CONFIRMED DISPUTED DENIED RETRACTED", texts(kg.ClaimStatuses()), func(s string) bool { return kg.ClaimStatus(s).Valid() })
	check("Stance", "ASSERTS CONFIRMS DENIES DISPUTES RETRACTS", texts(kg.Stances()), func(s string) bool { return kg.Stance(s).Valid() })
	check("Aspect", "OCCURRENCE TIME PLACE PARTICIPATION FIGURES CHARACTERIZATION", texts(kg.Aspects()), func(s string) bool { return kg.Aspect(s).Valid() })
	check("ActorKind", "PERSON STATE GOVERNMENT MILITARY ARMED_GROUP ORGANIZATION COMPANY COALITION POPULATION UNIDENTIFIED", texts(kg.ActorKinds()), func(s string) bool { return kg.ActorKind(s).Valid() })
	check("LocationKind", "COUNTRY ADMIN1 ADMIN2 CITY FACILITY WATER REGION", texts(kg.LocationKinds()), func(s string) bool { return kg.LocationKind(s).Valid() })
	check("ParticipantRole", "INITIATOR RECIPIENT PARTICIPANT HOST MEDIATOR SPEAKER PROPOSER VICTIM CLAIMANT MENTIONED", texts(kg.ParticipantRoles()), func(s string) bool { return kg.ParticipantRole(s).Valid() })
	check("Side", "A B", texts(kg.Sides()), func(s string) bool { return kg.Side(s).Valid() })
	check("LocationRole", "VENUE TARGET ORIGIN", texts(kg.LocationRoles()), func(s string) bool { return kg.LocationRole(s).Valid() })
	check("ResponseKind", "ACCEPTS REJECTS COUNTERS DEFERS RETALIATES FULFILS RESULTS_FROM", texts(kg.ResponseKinds()), func(s string) bool { return kg.ResponseKind(s).Valid() })
	check("AffiliationType", "MEMBERSHIP EMPLOYMENT OFFICE REPRESENTATION COMMAND FAMILY ALLIANCE CONTROL OTHER", texts(kg.AffiliationTypes()), func(s string) bool { return kg.AffiliationType(s).Valid() })
	check("FigureKind", "KILLED WOUNDED MISSING CAPTURED DISPLACED AFFECTED DESTROYED DAMAGED", texts(kg.FigureKinds()), func(s string) bool { return kg.FigureKind(s).Valid() })
	check("Population", "SIDE_A SIDE_B CIVILIAN UNKNOWN TOTAL", texts(kg.Populations()), func(s string) bool { return kg.Population(s).Valid() })
	check("FigureQualifier", "EXACT AT_LEAST AT_MOST ABOUT VAGUE", texts(kg.FigureQualifiers()), func(s string) bool { return kg.FigureQualifier(s).Valid() })
	check("Trend", "ROSE FELL UNCHANGED", texts(kg.Trends()), func(s string) bool { return kg.Trend(s).Valid() })
	check("SpanState", "VERIFIED REANCHORED UNVERIFIABLE", texts(kg.SpanStates()), func(s string) bool { return kg.SpanState(s).Valid() })
	check("NameKind", "PRIMARY ALIAS WEAK TRANSLITERATION", texts(kg.NameKinds()), func(s string) bool { return kg.NameKind(s).Valid() })
	check("TimePrecision", "INSTANT DAY WEEK MONTH SEASON YEAR INTERVAL UNKNOWN", texts(edtf.TimePrecisions()), func(s string) bool { return edtf.TimePrecision(s).Valid() })
}

func TestLists(t *testing.T) {
	kinds := "actor location event document claim affiliation identity release"
	if got := strings.Join(texts(kg.NodeKinds()), " "); got != kinds {
		t.Errorf("kinds %s, want %s", got, kinds)
	}
}

func texts[T ~string](values []T) []string {
	var all []string
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}
