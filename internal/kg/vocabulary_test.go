package kg_test

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// TestVocabularies compares each vocabulary with the values and the order of the public schema, repeated here.
func TestVocabularies(t *testing.T) {
	checkVocabulary(t, "DAY WEEK MONTH QUARTER YEAR", edtf.CalendarIntervals())
	checkVocabulary(t, "RESOLVED EXACT", kg.IdentityModes())
	checkVocabulary(t, "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN "+
		"PROTEST SANCTION MOBILIZE COERCE ASSAULT STATEMENT OTHER", kg.EventCategories())
	checkVocabulary(t, "OCCURRED ONGOING PLANNED PROPOSED HYPOTHETICAL NEGATED CANCELLED", kg.Modalities())
	checkVocabulary(t, "UNVERIFIED CORROBORATED CONFIRMED DISPUTED DENIED RETRACTED", kg.ClaimStatuses())
	checkVocabulary(t, "ASSERTS CONFIRMS DENIES DISPUTES RETRACTS", kg.Stances())
	checkVocabulary(t, "OCCURRENCE TIME PLACE PARTICIPATION FIGURES CHARACTERIZATION", kg.Aspects())
	checkVocabulary(t, "PERSON STATE GOVERNMENT MILITARY ARMED_GROUP ORGANIZATION COMPANY COALITION POPULATION "+
		"UNIDENTIFIED", kg.ActorKinds())
	checkVocabulary(t, "COUNTRY ADMIN1 ADMIN2 CITY FACILITY WATER REGION", kg.LocationKinds())
	checkVocabulary(t, "INITIATOR RECIPIENT PARTICIPANT HOST MEDIATOR SPEAKER PROPOSER VICTIM CLAIMANT "+
		"MENTIONED", kg.ParticipantRoles())
	checkVocabulary(t, "A B", kg.Sides())
	checkVocabulary(t, "VENUE TARGET ORIGIN", kg.LocationRoles())
	checkVocabulary(t, "ACCEPTS REJECTS COUNTERS DEFERS RETALIATES FULFILS RESULTS_FROM", kg.ResponseKinds())
	checkVocabulary(t, "MEMBERSHIP EMPLOYMENT OFFICE REPRESENTATION COMMAND FAMILY ALLIANCE CONTROL "+
		"OTHER", kg.AffiliationTypes())
	checkVocabulary(t, "KILLED WOUNDED MISSING CAPTURED DISPLACED AFFECTED DESTROYED DAMAGED", kg.FigureKinds())
	checkVocabulary(t, "SIDE_A SIDE_B CIVILIAN UNKNOWN TOTAL", kg.Populations())
	checkVocabulary(t, "EXACT AT_LEAST AT_MOST ABOUT VAGUE", kg.FigureQualifiers())
	checkVocabulary(t, "GOLDSTEIN INTENSITY TONE MENTIONS SOURCES ARTICLES", kg.MeasureNames())
	checkVocabulary(t, "ROSE FELL UNCHANGED", kg.Trends())
	checkVocabulary(t, "VERIFIED REANCHORED UNVERIFIABLE", kg.SpanStates())
	checkVocabulary(t, "PRIMARY ALIAS WEAK TRANSLITERATION", kg.NameKinds())
	checkVocabulary(t, "INSTANT DAY WEEK MONTH SEASON YEAR INTERVAL UNKNOWN", edtf.TimePrecisions())
}

// checkVocabulary checks that got has the values of want, separated by spaces, and that Valid accepts no others.
func checkVocabulary[T interface {
	~string
	Valid() bool
}](t *testing.T, want string, got []T) {
	t.Helper()
	values := strings.Fields(want)
	if !slices.Equal(texts(got), values) {
		t.Errorf("%T is %v, want %v", got, got, values)
	}
	for _, v := range values {
		if !T(v).Valid() {
			t.Errorf("%T %s is not valid", got, v)
		}
	}
	for _, v := range []string{"", "NONE", strings.ToLower(values[0])} {
		if T(v).Valid() {
			t.Errorf("%T %q is valid", got, v)
		}
	}
}

func TestNodeKinds(t *testing.T) {
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
