package kg

import "slices"

// ClaimStatus is how well the claims support an event or a participation, by the rules of docs/model.md.
type ClaimStatus string

// The values of ClaimStatus.
const (
	StatusUnverified   ClaimStatus = "UNVERIFIED"
	StatusCorroborated ClaimStatus = "CORROBORATED"
	StatusConfirmed    ClaimStatus = "CONFIRMED"
	StatusDisputed     ClaimStatus = "DISPUTED"
	StatusDenied       ClaimStatus = "DENIED"
	StatusRetracted    ClaimStatus = "RETRACTED"
)

// ClaimStatuses returns the values of ClaimStatus in their fixed order.
func ClaimStatuses() []ClaimStatus {
	return []ClaimStatus{
		StatusUnverified, StatusCorroborated, StatusConfirmed, StatusDisputed, StatusDenied, StatusRetracted,
	}
}

// Valid reports whether c is one of these values.
func (c ClaimStatus) Valid() bool { return slices.Contains(ClaimStatuses(), c) }

// Stance is what a claim does to its subject.
type Stance string

// The values of Stance.
const (
	StanceAsserts  Stance = "ASSERTS"
	StanceConfirms Stance = "CONFIRMS"
	StanceDenies   Stance = "DENIES"
	StanceDisputes Stance = "DISPUTES"
	StanceRetracts Stance = "RETRACTS"
)

// Stances returns the values of Stance in their fixed order.
func Stances() []Stance {
	return []Stance{StanceAsserts, StanceConfirms, StanceDenies, StanceDisputes, StanceRetracts}
}

// Valid reports whether s is one of these values.
func (s Stance) Valid() bool { return slices.Contains(Stances(), s) }

// Aspect is the side of its subject that a claim is about. Only claims of OCCURRENCE determine an event's status.
type Aspect string

// The values of Aspect.
const (
	AspectOccurrence       Aspect = "OCCURRENCE"
	AspectTime             Aspect = "TIME"
	AspectPlace            Aspect = "PLACE"
	AspectParticipation    Aspect = "PARTICIPATION"
	AspectFigures          Aspect = "FIGURES"
	AspectCharacterization Aspect = "CHARACTERIZATION"
)

// Aspects returns the values of Aspect in their fixed order.
func Aspects() []Aspect {
	return []Aspect{AspectOccurrence, AspectTime, AspectPlace, AspectParticipation, AspectFigures, AspectCharacterization}
}

// Valid reports whether a is one of these values.
func (a Aspect) Valid() bool { return slices.Contains(Aspects(), a) }

// FigureKind is the quantity that a figure counts.
type FigureKind string

// The values of FigureKind.
const (
	FigureKilled    FigureKind = "KILLED"
	FigureWounded   FigureKind = "WOUNDED"
	FigureMissing   FigureKind = "MISSING"
	FigureCaptured  FigureKind = "CAPTURED"
	FigureDisplaced FigureKind = "DISPLACED"
	FigureAffected  FigureKind = "AFFECTED"
	FigureDestroyed FigureKind = "DESTROYED"
	FigureDamaged   FigureKind = "DAMAGED"
)

// FigureKinds returns the values of FigureKind in their fixed order.
func FigureKinds() []FigureKind {
	return []FigureKind{
		FigureKilled, FigureWounded, FigureMissing, FigureCaptured, FigureDisplaced, FigureAffected, FigureDestroyed,
		FigureDamaged,
	}
}

// Valid reports whether f is one of these values.
func (f FigureKind) Valid() bool { return slices.Contains(FigureKinds(), f) }

// Population is the group of people that a figure counts: one of disjoint parts, or the TOTAL.
type Population string

// The values of Population.
const (
	PopulationSideA    Population = "SIDE_A"
	PopulationSideB    Population = "SIDE_B"
	PopulationCivilian Population = "CIVILIAN"
	PopulationUnknown  Population = "UNKNOWN"
	PopulationTotal    Population = "TOTAL"
)

// Populations returns the values of Population in their fixed order.
func Populations() []Population {
	return []Population{PopulationSideA, PopulationSideB, PopulationCivilian, PopulationUnknown, PopulationTotal}
}

// Valid reports whether p is one of these values.
func (p Population) Valid() bool { return slices.Contains(Populations(), p) }

// FigureQualifier is how exact a figure is. VAGUE is a figure in words without a number.
type FigureQualifier string

// The values of FigureQualifier.
const (
	QualifierExact   FigureQualifier = "EXACT"
	QualifierAtLeast FigureQualifier = "AT_LEAST"
	QualifierAtMost  FigureQualifier = "AT_MOST"
	QualifierAbout   FigureQualifier = "ABOUT"
	QualifierVague   FigureQualifier = "VAGUE"
)

// FigureQualifiers returns the values of FigureQualifier in their fixed order.
func FigureQualifiers() []FigureQualifier {
	return []FigureQualifier{QualifierExact, QualifierAtLeast, QualifierAtMost, QualifierAbout, QualifierVague}
}

// Valid reports whether f is one of these values.
func (f FigureQualifier) Valid() bool { return slices.Contains(FigureQualifiers(), f) }

// Trend is the change of a figure since it was last stated, empty if not stated.
type Trend string

// The values of Trend.
const (
	TrendRose      Trend = "ROSE"
	TrendFell      Trend = "FELL"
	TrendUnchanged Trend = "UNCHANGED"
)

// Trends returns the values of Trend in their fixed order.
func Trends() []Trend {
	return []Trend{TrendRose, TrendFell, TrendUnchanged}
}

// Valid reports whether t is one of these values.
func (t Trend) Valid() bool { return slices.Contains(Trends(), t) }

// SpanState is the result of checking a span against the text of its document.
type SpanState string

// The values of SpanState.
const (
	SpanVerified     SpanState = "VERIFIED"
	SpanReanchored   SpanState = "REANCHORED"
	SpanUnverifiable SpanState = "UNVERIFIABLE"
)

// SpanStates returns the values of SpanState in their fixed order.
func SpanStates() []SpanState {
	return []SpanState{SpanVerified, SpanReanchored, SpanUnverifiable}
}

// Valid reports whether s is one of these values.
func (s SpanState) Valid() bool { return slices.Contains(SpanStates(), s) }

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
