package store_test

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/relations"
)

// TestQueryVocabularies compares the vocabularies with the values of the public schema, in its order.
func TestQueryVocabularies(t *testing.T) {
	checkVocabulary(t, "ACTOR LOCATION EVENT DOCUMENT CLAIM", store.NodeTypes)
	checkVocabulary(t, "ASC DESC", store.Directions)
	checkVocabulary(t, "CATEGORY MODALITY STATUS ACTOR LOCATION COUNTRY ADMIN1 PUBLISHER CLAIMANT", store.BucketSplits)
	checkVocabulary(t, "CATEGORY MODALITY STATUS ACTOR LOCATION COUNTRY ADMIN1 PUBLISHER CLAIMANT DATASET LANGUAGE "+
		"YEAR DOCUMENT_COUNT PUBLISHER_COUNT VOICE_COUNT DATASET_COUNT",
		store.FacetFields)
	checkVocabulary(t, "APPEARED STATUS MODALITY TIME TOLL PARTICIPANTS LOCATIONS RESPONSE RETRACTED CLAIM",
		store.ChangeKinds)
	checkVocabulary(t, "POSSIBLY DEFINITELY", store.Certainties)
	checkVocabulary(t, "TIME FIRST_ASSERTED KILLED DOCUMENTS PUBLISHERS VOICES DATASETS", store.EventOrderFields)
	checkVocabulary(t, "NAME EVENTS", store.ActorOrderFields)
	checkVocabulary(t, "NAME EVENTS", store.LocationOrderFields)
	checkVocabulary(t, "PUBLISHED TITLE", store.DocumentOrderFields)
	checkVocabulary(t, "ASSERTED", store.ClaimOrderFields)
	checkVocabulary(t, "EVENT AFFILIATION", relations.LinkKinds)
	checkVocabulary(t, "PARTICIPATED_IN OCCURRED_AT WITHIN PART_OF RESPONDS_TO ANNOUNCES AFFILIATED_WITH",
		store.EdgeTypes)
}

// checkVocabulary checks that a vocabulary has the terms of want, separated by spaces, in this order.
func checkVocabulary[T ~string](t *testing.T, want string, got kg.Vocabulary[T]) {
	t.Helper()
	if terms := texts(got.Values()); !slices.Equal(terms, strings.Fields(want)) {
		t.Errorf("%T is %v, want %v", got, terms, want)
	}
}
