package kg

import (
	"encoding/json"
	"math"
	"slices"
)

// MeasureName is what a measure measures.
type MeasureName string

// The values of MeasureName.
const (
	// MeasureGoldstein is the Goldstein scale of the act, -10 (conflict) .. 10 (cooperation).
	MeasureGoldstein MeasureName = "GOLDSTEIN"
	// MeasureIntensity is the intensity of the act by the coder's own scale, -10 .. 10 in ICEWS and POLECAT.
	MeasureIntensity MeasureName = "INTENSITY"
	// MeasureTone is the tone of the documents, -100 (negative) .. 100 in GDELT.
	MeasureTone MeasureName = "TONE"
	// MeasureMentions, MeasureSources and MeasureArticles count mentions of the event and what mentions it.
	MeasureMentions MeasureName = "MENTIONS"
	MeasureSources  MeasureName = "SOURCES"
	MeasureArticles MeasureName = "ARTICLES"
)

// MeasureNames returns the values of MeasureName in their fixed order.
func MeasureNames() []MeasureName {
	return []MeasureName{
		MeasureGoldstein, MeasureIntensity, MeasureTone, MeasureMentions, MeasureSources, MeasureArticles,
	}
}

// Valid reports whether m is one of these values.
func (m MeasureName) Valid() bool { return slices.Contains(MeasureNames(), m) }

// Measure is a number by which a coder describes an event or its coverage. Nothing is derived from it.
type Measure struct {
	Name  MeasureName `json:"name"`
	Value float64     `json:"value"`
}

func (m Measure) appendJSON(j jsonText) jsonText {
	j = jsonField(append(j, '{'), "name", m.Name)
	number, err := json.Marshal(m.Value)
	if err != nil { // cannot happen: Check refuses numbers that JSON lacks
		number = []byte("null")
	}
	return append(append(j.name("value"), number...), '}')
}

func (r *checker) measure(m Measure) {
	checkValue(r, "measures.name", m.Name, MeasureNames())
	if math.IsNaN(m.Value) || math.IsInf(m.Value, 0) {
		r.fail("measures.value %v is not a number", m.Value)
	}
}
