package store_test

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/store"
)

// TestQueryVocabularies compares the vocabularies with the values of the public schema, in its order.
func TestQueryVocabularies(t *testing.T) {
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
	check(
		"NodeType", "ACTOR LOCATION EVENT DOCUMENT CLAIM", texts(store.NodeTypes()),
		func(s string) bool { return store.NodeType(s).Valid() },
	)
	check("Direction", "ASC DESC", texts(store.Directions()), func(s string) bool { return store.Direction(s).Valid() })
	check(
		"BucketSplit", "CATEGORY MODALITY STATUS COUNTRY ADMIN1 PUBLISHER CLAIMANT", texts(store.BucketSplits()),
		func(s string) bool { return store.BucketSplit(s).Valid() },
	)
	check(
		"FacetField", "CATEGORY MODALITY STATUS ACTOR COUNTRY ADMIN1 PUBLISHER CLAIMANT DATASET LANGUAGE YEAR",
		texts(store.FacetFields()), func(s string) bool { return store.FacetField(s).Valid() },
	)
	check(
		"ChangeKind", "APPEARED STATUS MODALITY TIME TOLL PARTICIPANTS LOCATIONS RESPONSE RETRACTED CLAIM",
		texts(store.ChangeKinds()), func(s string) bool { return store.ChangeKind(s).Valid() },
	)
	check(
		"Certainty", "POSSIBLY DEFINITELY", texts(store.Certainties()),
		func(s string) bool { return store.Certainty(s).Valid() },
	)
	check(
		"EventOrderField", "TIME FIRST_ASSERTED KILLED", texts(store.EventOrderFields()),
		func(s string) bool { return store.EventOrderField(s).Valid() },
	)
	check(
		"ActorOrderField", "NAME EVENTS", texts(store.ActorOrderFields()),
		func(s string) bool { return store.ActorOrderField(s).Valid() },
	)
	check(
		"LocationOrderField", "NAME EVENTS", texts(store.LocationOrderFields()),
		func(s string) bool { return store.LocationOrderField(s).Valid() },
	)
	check(
		"DocumentOrderField", "PUBLISHED TITLE", texts(store.DocumentOrderFields()),
		func(s string) bool { return store.DocumentOrderField(s).Valid() },
	)
	check(
		"ClaimOrderField", "ASSERTED", texts(store.ClaimOrderFields()),
		func(s string) bool { return store.ClaimOrderField(s).Valid() },
	)
}

func TestEdgeTypes(t *testing.T) {
	edges := "PARTICIPATED_IN OCCURRED_AT WITHIN PART_OF RESPONDS_TO ANNOUNCES AFFILIATED_WITH"
	if got := strings.Join(texts(store.EdgeTypes()), " "); got != edges {
		t.Errorf("edges %s, want %s", got, edges)
	}
}
