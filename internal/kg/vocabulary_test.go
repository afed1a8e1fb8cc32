package kg_test

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
)

// TestVocabularies compares each vocabulary with the values and the order of the public schema, repeated here.
func TestVocabularies(t *testing.T) {
	checkVocabulary(t, "RESOLVED EXACT", kg.IdentityModes)
	checkVocabulary(t, "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN "+
		"PROTEST SANCTION MOBILIZE COERCE ASSAULT STATEMENT OTHER", kg.EventCategories)
	checkVocabulary(t, "OCCURRED ONGOING PLANNED PROPOSED HYPOTHETICAL NEGATED CANCELLED", kg.Modalities)
	checkVocabulary(t, "UNVERIFIED CORROBORATED CONFIRMED DISPUTED DENIED RETRACTED", kg.ClaimStatuses)
	checkVocabulary(t, "ASSERTS CONFIRMS DENIES DISPUTES RETRACTS", kg.Stances)
	checkVocabulary(t, "OCCURRENCE TIME PLACE PARTICIPATION FIGURES CHARACTERIZATION", kg.Aspects)
	checkVocabulary(t, "PERSON STATE GOVERNMENT MILITARY ARMED_GROUP ORGANIZATION COMPANY COALITION POPULATION "+
		"UNIDENTIFIED", kg.ActorKinds)
	checkVocabulary(t, "COUNTRY ADMIN1 ADMIN2 CITY FACILITY WATER REGION", kg.LocationKinds)
	checkVocabulary(t, "INITIATOR RECIPIENT PARTICIPANT HOST MEDIATOR SPEAKER PROPOSER VICTIM CLAIMANT "+
		"MENTIONED", kg.ParticipantRoles)
	checkVocabulary(t, "A B", kg.Sides)
	checkVocabulary(t, "VENUE TARGET ORIGIN", kg.LocationRoles)
	checkVocabulary(t, "ACCEPTS REJECTS COUNTERS DEFERS RETALIATES FULFILS RESULTS_FROM", kg.ResponseKinds)
	checkVocabulary(t, "MEMBERSHIP EMPLOYMENT OFFICE REPRESENTATION COMMAND FAMILY ALLIANCE CONTROL "+
		"OTHER", kg.AffiliationTypes)
	checkVocabulary(t, "KILLED WOUNDED MISSING CAPTURED DISPLACED AFFECTED DESTROYED DAMAGED", kg.FigureKinds)
	checkVocabulary(t, "SIDE_A SIDE_B CIVILIAN UNKNOWN TOTAL", kg.Populations)
	checkVocabulary(t, "EXACT AT_LEAST AT_MOST ABOUT VAGUE", kg.FigureQualifiers)
	checkVocabulary(t, "GOLDSTEIN INTENSITY TONE MENTIONS SOURCES ARTICLES", kg.MeasureNames)
	checkVocabulary(t, "ROSE FELL UNCHANGED", kg.Trends)
	checkVocabulary(t, "VERIFIED REANCHORED UNVERIFIABLE", kg.SpanStates)
	checkVocabulary(t, "HUMAN MACHINE_REVIEWED MACHINE", kg.Codings)
	checkVocabulary(t, "PRIMARY ALIAS WEAK TRANSLITERATION", kg.NameKinds)
}

// checkVocabulary checks that a vocabulary has the terms of want, separated by spaces, and no others.
func checkVocabulary[T ~string](t *testing.T, want string, got kg.Vocabulary[T]) {
	t.Helper()
	terms := strings.Fields(want)
	if !slices.Equal(texts(got.Values()), terms) {
		t.Errorf("%T is %v, want %v", got, got.Values(), terms)
	}
	for i, term := range terms {
		if !got.Has(T(term)) || got.Index(T(term)) != i {
			t.Errorf("%T has %s at %d, want %d", got, term, got.Index(T(term)), i)
		}
	}
	for _, term := range []string{"", "NONE", strings.ToLower(terms[0]) + strings.ToUpper(terms[0])} {
		if got.Has(T(term)) || got.Index(T(term)) != -1 {
			t.Errorf("%T has %q", got, term)
		}
	}
}

// TestVocabulariesDoNotChange changes the slices that a vocabulary is made of and returns.
func TestVocabulariesDoNotChange(t *testing.T) {
	given := []kg.Side{kg.SideA, kg.SideB}
	sides := kg.NewVocabulary(given...)
	given[0] = "X"
	sides.Values()[1] = "X"
	if got := sides.Values(); !slices.Equal(got, []kg.Side{kg.SideA, kg.SideB}) || sides.Has("X") {
		t.Errorf("the vocabulary is %v", got)
	}
}

func TestNodeKinds(t *testing.T) {
	checkVocabulary(t, "actor location event document claim affiliation identity release review correction", kg.NodeKinds)
}

func texts[T ~string](values []T) []string {
	var all []string
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}
