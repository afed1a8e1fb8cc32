package rows

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/kg/place"
	"casus/internal/store"
)

// Actor emits the properties of an actor. record is its JSON, here and below.
func Actor(c Columns, a kg.Actor, record string) {
	identity(c, a.ID, record)
	c.Text("kind", string(a.Kind))
	names(c, a.Names)
	c.Optional("country", a.Country)
	c.List("sectors", a.Sectors)
	c.Optional("description", a.Description)
	c.Text("_nameKey", SortKey(kg.SortKey(a.Names)))
	searchTexts(c, a)
	ties(c, merge.Actors.Tied(a))
}

// Location emits the properties of a location.
func Location(c Columns, l kg.Location, record string) {
	identity(c, l.ID, record)
	c.Text("kind", string(l.Kind))
	names(c, l.Names)
	c.Optional("country", l.Country)
	c.Point("point", l.Point)
	var latitude, longitude *float64
	if l.Point != nil {
		latitude, longitude = &l.Point.Latitude, &l.Point.Longitude
	}
	c.Real("_latitude", latitude)
	c.Real("_longitude", longitude)
	var extent *float64
	if km := place.ExtentKm(l); km > 0 {
		extent = &km
	}
	c.Real("_extentKm", extent)
	c.Text("_nameKey", SortKey(kg.SortKey(l.Names)))
	searchTexts(c, l)
	ties(c, merge.Locations.Tied(l))
}

// Identifiers returns the keys of the Identifier nodes of an actor or location.
func Identifiers(identifiers []kg.Identifier) []string {
	keys := make([]string, len(identifiers))
	for i, id := range identifiers {
		keys[i] = IdentifierKey(id.Scheme, id.Value)
	}
	return keys
}

// IdentifierKey returns the key of the Identifier node of an identifier.
func IdentifierKey(scheme, value string) string { return kg.IndexKey(scheme + " " + value) }

// Document emits the properties of a document.
func Document(c Columns, d kg.Document, record string) {
	identity(c, d.ID, record)
	titles(c, d.Titles)
	c.Optional("url", d.URL)
	c.Optional("language", d.Language)
	start(c, "publishedAt", d.PublishedAt)
	c.Optional("publisher", string(d.Publisher))
	c.Text("_titleKey", SortKey(kg.SortKey(d.Titles)))
	// Without a date there is no latest instant, so that no range of time selects the document.
	earliest, latest := edtf.BeginningOfTime, edtf.EndOfTime
	if d.PublishedAt != nil {
		earliest, latest = d.PublishedAt.Earliest, d.PublishedAt.Latest
	}
	c.Whole("_publishedEarliest", int64(earliest))
	c.OptionalWhole("_publishedLatest", int64(latest), d.PublishedAt != nil)
	c.Whole("_publishedAsc", store.PublishedKey(d, store.Asc))
	searchTexts(c, d)
	ties(c, merge.Documents.Tied(d))
}

// Release emits the properties of a release.
func Release(c Columns, r kg.Release, record string) {
	identity(c, r.ID, record)
	c.Text("name", r.Name)
	c.Text("release", r.Release)
	start(c, "releasedAt", r.ReleasedAt)
	c.Optional("coding", string(r.Coding))
	ties(c, merge.Releases.Tied(r))
}

// Affiliation emits the properties of an affiliation.
func Affiliation(c Columns, a kg.Affiliation, record string) {
	identity(c, a.ID, record)
	c.Text("type", string(a.Type))
	c.Optional("position", a.Position)
	extent(c, a.ValidTime)
	c.Text("holder", string(a.Holder))
	c.Text("counterpart", string(a.Counterpart))
	bounds(c, a.ValidTime, "_validEarliest", "_validLatest")
	ties(c, merge.Affiliations.Tied(a))
}

// Decision emits the properties of an identity decision.
func Decision(c Columns, d kg.IdentityDecision, record string) {
	identity(c, d.ID, record)
	c.Text("a", string(d.A))
	c.Text("b", string(d.B))
	c.Flag("same", d.Same)
	c.Text("decidedBy", d.DecidedBy)
	c.Moment("decidedAt", d.DecidedAt, true)
	c.Optional("reason", d.Reason)
}

// Review emits the properties of a review.
func Review(c Columns, r kg.Review, record string) {
	identity(c, r.ID, record)
	c.Text("verdict", string(r.Verdict))
	c.Text("by", r.By)
	c.Moment("at", r.At, true)
}

// Correction emits the properties of a correction.
func Correction(c Columns, r kg.Correction, record string) {
	identity(c, r.ID, record)
	c.Text("target", string(r.Target().ID))
	c.Optional("field", r.Field)
	c.Flag("forgets", r.Forgets())
	c.Text("by", r.By)
	c.Moment("at", r.At, true)
	c.Optional("why", r.Why)
}

// Claim emits the properties of a claim with its lifetime.
func Claim(c Columns, claim kg.Claim, life kg.ClaimLifetime, record string) {
	identity(c, claim.ID, record)
	c.Text("subject", string(claim.Subject))
	c.Optional("release", string(claim.Release))
	c.Text("stance", string(claim.Stance))
	c.Text("aspect", string(claim.Aspect))
	quote := kg.Quote{}
	if claim.Quote != nil {
		quote = *claim.Quote
	}
	c.Optional("quote", quote.Text)
	c.Optional("speaker", string(quote.Speaker))
	start(c, "assertedAt", &claim.AssertedAt)
	from := claim.KnownFrom()
	known(c, kg.Interval{KnownFrom: from, KnownTo: life.KnownTo})
	c.List("withdrawnBy", Strings(life.WithdrawnBy))
	c.Whole("_knownFrom", int64(from)) // the order of lists of claims
	bounds(c, &claim.AssertedAt, "_assertedEarliest", "_assertedLatest")
	flag(c, "_directQuote", quote.Direct)
	flag(c, "_hasFigures", len(claim.Says.Figures) > 0)
	flag(c, "_extracted", len(claim.Extractions) > 0)
	c.Whole("_recordedAt", int64(claim.RecordedAt))
	searchTexts(c, claim)
}

// flag emits 1 or nothing, for conditions that hold of few nodes.
func flag(c Columns, name string, set bool) { c.OptionalWhole(name, 1, set) }

// ties emits the sources whose dates decide between values of a node.
func ties(c Columns, sources []kg.Source) {
	flag(c, "_tied", len(sources) > 0)
	c.List("_ties", Strings(sources))
}
