// Package columns describes events in bulk: a column of values for each property, in the order of time. Encode writes
// them as JSON that is small when it is compressed.
package columns

import (
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// Field is a property of events that has a column.
type Field string

// The values of Field.
const (
	ID        Field = "id"
	Start     Field = "start"
	End       Field = "end"
	Length    Field = "length"
	Precision Field = "precision"
	Floats    Field = "floats"
	Nominal   Field = "nominal"
	KnownFrom Field = "knownFrom"
	Category  Field = "category"
	Status    Field = "status"
	Modality  Field = "modality"
	Mode      Field = "mode"
	Place     Field = "place"

	KilledLow  Field = "killedLow"
	Killed     Field = "killed"
	KilledHigh Field = "killedHigh"

	DocumentCount  Field = "documentCount"
	PublisherCount Field = "publisherCount"
	VoiceCount     Field = "voiceCount"
	DatasetCount   Field = "datasetCount"

	Actors     Field = "actors"
	Countries  Field = "countries"
	Admin1     Field = "admin1"
	Publishers Field = "publishers"
	Claimants  Field = "claimants"
	Datasets   Field = "datasets"
	Languages  Field = "languages"
)

// Fields are the values of Field in the order of their documentation.
var Fields = kg.NewVocabulary(
	ID, Start, End, Length, Precision, Floats, Nominal, KnownFrom, Category, Status, Modality, Mode, Place,
	KilledLow, Killed, KilledHigh, DocumentCount, PublisherCount, VoiceCount, DatasetCount,
	Actors, Countries, Admin1, Publishers, Claimants, Datasets, Languages,
)

// Default returns the fields of a query that names none: what a timeline and a map need.
func Default() []Field { return []Field{Start, Length, Precision, Category, Status, Place} }

// lists are the fields of which an event may have several values, and place.
var lists = map[Field]store.FacetField{
	Place: store.FieldOnMap, Actors: store.FacetActor, Countries: store.FacetCountry, Admin1: store.FacetAdmin1,
	Publishers: store.FacetPublisher, Claimants: store.FacetClaimant, Datasets: store.FacetDataset,
	Languages: store.FacetLanguage,
}

// List returns the property by which facets count the values of the field, or ON_MAP for place. It reports false for a
// field of which a version of an event has one value.
func (f Field) List() (store.FacetField, bool) {
	of, found := lists[f]
	return of, found
}

// counts are the fields with numbers of sources.
var counts = []Field{DocumentCount, PublisherCount, VoiceCount, DatasetCount}

// SourceNumber returns the position in store.SourceNumbers of the number that the field has, or -1.
func (f Field) SourceNumber() int { return slices.Index(counts, f) }

// ParseFields returns the fields that a list names, separated by commas, or the default ones for an empty list. It
// returns BAD_INPUT for an unknown field, with the nearest one, and for one that is named twice.
func ParseFields(list string) ([]Field, error) {
	if list == "" {
		return Default(), nil
	}
	if strings.Count(list, ",") >= len(Fields.Values()) {
		return nil, kg.Errorf(kg.BadInput, "fields has more than %d names", len(Fields.Values()))
	}
	var all []Field
	for name := range strings.SplitSeq(list, ",") {
		f := Field(name)
		switch {
		case !Fields.Has(f):
			return nil, kg.Errorf(kg.BadInput, "fields: unknown field %q%s", name, suggestion(name))
		case slices.Contains(all, f):
			return nil, kg.Errorf(kg.BadInput, "fields names %s twice", f)
		}
		all = append(all, f)
	}
	return all, nil
}

// longestName bounds the names for which a suggestion is computed, in bytes.
const longestName = 50

// suggestion returns the part of an error message that names the nearest fields.
func suggestion(name string) string {
	names := make([]string, 0, len(Fields.Values()))
	for _, f := range Fields.Values() {
		names = append(names, string(f))
	}
	if len(name) <= longestName {
		if nearest := text.Nearest(name, names); nearest != "" {
			return "; did you mean " + nearest + "?"
		}
	}
	return "; fields are " + strings.Join(names, ", ")
}
