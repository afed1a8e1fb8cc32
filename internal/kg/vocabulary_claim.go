package kg

import "slices"

// ClaimStatus is what the claims about an event come to (the rules stand in docs/model.md).
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

// ClaimStatuses lists the values of ClaimStatus in their fixed order.
func ClaimStatuses() []ClaimStatus {
	return []ClaimStatus{StatusUnverified, StatusCorroborated, StatusConfirmed, StatusDisputed, StatusDenied, StatusRetracted}
}

// Valid says whether c is one of them.
func (c ClaimStatus) Valid() bool { return slices.Contains(ClaimStatuses(), c) }

// Stance is what a claim does with its subject.
type Stance string

// The values of Stance.
const (
	StanceAsserts  Stance = "ASSERTS"
	StanceConfirms Stance = "CONFIRMS"
	StanceDenies   Stance = "DENIES"
	StanceDisputes Stance = "DISPUTES"
	StanceRetracts Stance = "RETRACTS"
)

// Stances lists the values of Stance in their fixed order.
func Stances() []Stance {
	return []Stance{StanceAsserts, StanceConfirms, StanceDenies, StanceDisputes, StanceRetracts}
}

// Valid says whether s is one of them.
func (s Stance) Valid() bool { return slices.Contains(Stances(), s) }

// Aspect is what of its subject a claim speaks to; only OCCURRENCE moves an event's status.
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

// Aspects lists the values of Aspect in their fixed order.
func Aspects() []Aspect {
	return []Aspect{AspectOccurrence, AspectTime, AspectPlace, AspectParticipation, AspectFigures, AspectCharacterization}
}

// Valid says whether a is one of them.
func (a Aspect) Valid() bool { return slices.Contains(Aspects(), a) }

// FigureKind is what a figure counts.
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

// FigureKinds lists the values of FigureKind in their fixed order.
func FigureKinds() []FigureKind {
	return []FigureKind{FigureKilled, FigureWounded, FigureMissing, FigureCaptured, FigureDisplaced, FigureAffected, FigureDestroyed, FigureDamaged}
}

// Valid says whether f is one of them.
func (f FigureKind) Valid() bool { return slices.Contains(FigureKinds(), f) }

// Population is whom a figure counts: disjoint parts, or the TOTAL.
type Population string

// The values of Population.
const (
	PopulationSideA    Population = "SIDE_A"
	PopulationSideB    Population = "SIDE_B"
	PopulationCivilian Population = "CIVILIAN"
	PopulationUnknown  Population = "UNKNOWN"
	PopulationTotal    Population = "TOTAL"
)

// Populations lists the values of Population in their fixed order.
func Populations() []Population {
	return []Population{PopulationSideA, PopulationSideB, PopulationCivilian, PopulationUnknown, PopulationTotal}
}

// Valid says whether p is one of them.
func (p Population) Valid() bool { return slices.Contains(Populations(), p) }

// FigureQualifier is how a figure is to be read; VAGUE has words but no number.
type FigureQualifier string

// The values of FigureQualifier.
const (
	QualifierExact   FigureQualifier = "EXACT"
	QualifierAtLeast FigureQualifier = "AT_LEAST"
	QualifierAtMost  FigureQualifier = "AT_MOST"
	QualifierAbout   FigureQualifier = "ABOUT"
	QualifierVague   FigureQualifier = "VAGUE"
)

// FigureQualifiers lists the values of FigureQualifier in their fixed order.
func FigureQualifiers() []FigureQualifier {
	return []FigureQualifier{QualifierExact, QualifierAtLeast, QualifierAtMost, QualifierAbout, QualifierVague}
}

// Valid says whether f is one of them.
func (f FigureQualifier) Valid() bool { return slices.Contains(FigureQualifiers(), f) }

// Trend is how a figure moved since it was last given; empty: not said.
type Trend string

// The values of Trend.
const (
	TrendRose      Trend = "ROSE"
	TrendFell      Trend = "FELL"
	TrendUnchanged Trend = "UNCHANGED"
)

// Trends lists the values of Trend in their fixed order.
func Trends() []Trend {
	return []Trend{TrendRose, TrendFell, TrendUnchanged}
}

// Valid says whether t is one of them.
func (t Trend) Valid() bool { return slices.Contains(Trends(), t) }

// SpanState is what a check of a span against its document's text gave.
type SpanState string

// The values of SpanState.
const (
	SpanVerified     SpanState = "VERIFIED"
	SpanReanchored   SpanState = "REANCHORED"
	SpanUnverifiable SpanState = "UNVERIFIABLE"
)

// SpanStates lists the values of SpanState in their fixed order.
func SpanStates() []SpanState {
	return []SpanState{SpanVerified, SpanReanchored, SpanUnverifiable}
}

// Valid says whether s is one of them.
func (s SpanState) Valid() bool { return slices.Contains(SpanStates(), s) }
