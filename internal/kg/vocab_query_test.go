package kg_test

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
)

// The values as the public schema lists them, in its order, written out here a second time.
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
	check("NodeType", "ACTOR LOCATION EVENT DOCUMENT CLAIM", texts(kg.NodeTypes()), func(s string) bool { return kg.NodeType(s).Valid() })
	check("Direction", "ASC DESC", texts(kg.Directions()), func(s string) bool { return kg.Direction(s).Valid() })
	check("BucketSplit", "CATEGORY MODALITY STATUS COUNTRY ADMIN1 PUBLISHER CLAIMANT", texts(kg.BucketSplits()), func(s string) bool { return kg.BucketSplit(s).Valid() })
	check("FacetField", "CATEGORY MODALITY STATUS ACTOR COUNTRY ADMIN1 PUBLISHER CLAIMANT DATASET LANGUAGE YEAR", texts(kg.FacetFields()), func(s string) bool { return kg.FacetField(s).Valid() })
	check("ChangeKind", "APPEARED STATUS MODALITY TIME TOLL PARTICIPANTS LOCATIONS RESPONSE RETRACTED CLAIM", texts(kg.ChangeKinds()), func(s string) bool { return kg.ChangeKind(s).Valid() })
	check("Certainty", "POSSIBLY DEFINITELY", texts(kg.Certainties()), func(s string) bool { return kg.Certainty(s).Valid() })
	check("EventOrderField", "TIME FIRST_ASSERTED KILLED", texts(kg.EventOrderFields()), func(s string) bool { return kg.EventOrderField(s).Valid() })
	check("ActorOrderField", "NAME EVENTS", texts(kg.ActorOrderFields()), func(s string) bool { return kg.ActorOrderField(s).Valid() })
	check("LocationOrderField", "NAME EVENTS", texts(kg.LocationOrderFields()), func(s string) bool { return kg.LocationOrderField(s).Valid() })
	check("DocumentOrderField", "PUBLISHED TITLE", texts(kg.DocumentOrderFields()), func(s string) bool { return kg.DocumentOrderField(s).Valid() })
	check("ClaimOrderField", "ASSERTED", texts(kg.ClaimOrderFields()), func(s string) bool { return kg.ClaimOrderField(s).Valid() })
}

func TestEdgeTypes(t *testing.T) {
	edges := "PARTICIPATED_IN OCCURRED_AT WITHIN PART_OF RESPONDS_TO ANNOUNCES AFFILIATED_WITH"
	if got := strings.Join(texts(kg.EdgeTypes()), " "); got != edges {
		t.Errorf("edges %s, want %s", got, edges)
	}
}
