package kg

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

// ClaimStatuses are the values of ClaimStatus in their fixed order.
var ClaimStatuses = NewVocabulary(
	StatusUnverified, StatusCorroborated, StatusConfirmed, StatusDisputed, StatusDenied, StatusRetracted,
)

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

// Stances are the values of Stance in their fixed order.
var Stances = NewVocabulary(StanceAsserts, StanceConfirms, StanceDenies, StanceDisputes, StanceRetracts)

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

// Aspects are the values of Aspect in their fixed order.
var Aspects = NewVocabulary(
	AspectOccurrence, AspectTime, AspectPlace, AspectParticipation, AspectFigures, AspectCharacterization,
)

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

// FigureKinds are the values of FigureKind in their fixed order.
var FigureKinds = NewVocabulary(
	FigureKilled, FigureWounded, FigureMissing, FigureCaptured, FigureDisplaced, FigureAffected, FigureDestroyed,
	FigureDamaged,
)

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

// Populations are the values of Population in their fixed order.
var Populations = NewVocabulary(
	PopulationSideA, PopulationSideB, PopulationCivilian, PopulationUnknown, PopulationTotal,
)

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

// FigureQualifiers are the values of FigureQualifier in their fixed order.
var FigureQualifiers = NewVocabulary(QualifierExact, QualifierAtLeast, QualifierAtMost, QualifierAbout, QualifierVague)

// Trend is the change of a figure since it was last stated, empty if not stated.
type Trend string

// The values of Trend.
const (
	TrendRose      Trend = "ROSE"
	TrendFell      Trend = "FELL"
	TrendUnchanged Trend = "UNCHANGED"
)

// Trends are the values of Trend in their fixed order.
var Trends = NewVocabulary(TrendRose, TrendFell, TrendUnchanged)

// SpanState is the result of checking a span against the text of its document.
type SpanState string

// The values of SpanState.
const (
	SpanVerified     SpanState = "VERIFIED"
	SpanReanchored   SpanState = "REANCHORED"
	SpanUnverifiable SpanState = "UNVERIFIABLE"
)

// SpanStates are the values of SpanState in their fixed order.
var SpanStates = NewVocabulary(SpanVerified, SpanReanchored, SpanUnverifiable)

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
	// MeasureMentions, MeasureSources and MeasureArticles count the event's mentions, and their sources and articles.
	MeasureMentions MeasureName = "MENTIONS"
	MeasureSources  MeasureName = "SOURCES"
	MeasureArticles MeasureName = "ARTICLES"
)

// MeasureNames are the values of MeasureName in their fixed order.
var MeasureNames = NewVocabulary(
	MeasureGoldstein, MeasureIntensity, MeasureTone, MeasureMentions, MeasureSources, MeasureArticles,
)
