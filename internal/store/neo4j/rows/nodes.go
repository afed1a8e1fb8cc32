package rows

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store"
)

// Actor emits the properties of an actor. record is its JSON, here and below.
func Actor(c Columns, a kg.Actor, record string) {
	identity(c, a.ID, record)
	ties(c, merge.Actors.Tied(a))
	c.Text("kind", string(a.Kind))
	c.Text("country", a.Country)
	c.Text("nameKey", SortKey(kg.SortKey(a.Names)))
	c.Text("name", kg.BestName(a.Names, ""))
	searchTexts(c, a)
}

// Location emits the properties of a location.
func Location(c Columns, l kg.Location, record string) {
	identity(c, l.ID, record)
	ties(c, merge.Locations.Tied(l))
	c.Text("kind", string(l.Kind))
	c.Text("country", l.Country)
	c.Text("nameKey", SortKey(kg.SortKey(l.Names)))
	c.Text("name", kg.BestName(l.Names, ""))
	searchTexts(c, l)
	var latitude, longitude *float64
	if l.Point != nil {
		latitude, longitude = &l.Point.Latitude, &l.Point.Longitude
	}
	c.Real("latitude", latitude)
	c.Real("longitude", longitude)
	c.Point("point", l.Point)
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
	ties(c, merge.Documents.Tied(d))
	c.Optional("publisher", string(d.Publisher))
	c.Optional("language", d.Language)
	c.Text("titleKey", SortKey(kg.SortKey(d.Titles)))
	c.Text("title", kg.BestName(d.Titles, ""))
	searchTexts(c, d)
	c.Optional("syndicates", string(d.Syndicates))
	c.Flag("hasPublished", d.PublishedAt != nil)
	earliest, latest := bounds(d.PublishedAt)
	c.Whole("publishedEarliest", earliest)
	c.Whole("publishedLatest", latest)
	c.Whole("publishedAsc", store.PublishedKey(d, store.Asc))
}

// Release emits the properties of a release.
func Release(c Columns, r kg.Release, record string) {
	identity(c, r.ID, record)
	ties(c, merge.Releases.Tied(r))
	c.Text("name", r.Name)
	c.Text("release", r.Release)
}

// Affiliation emits the properties of an affiliation.
func Affiliation(c Columns, a kg.Affiliation, record string) {
	identity(c, a.ID, record)
	ties(c, merge.Affiliations.Tied(a))
	c.Text("holder", string(a.Holder))
	c.Text("counterpart", string(a.Counterpart))
	c.Text("type", string(a.Type))
	c.Text("position", a.Position)
	earliest, latest := bounds(a.ValidTime)
	c.Whole("validEarliest", earliest)
	c.Whole("validLatest", latest)
}

// Decision emits the properties of an identity decision.
func Decision(c Columns, d kg.IdentityDecision, record string) {
	identity(c, d.ID, record)
	c.Text("a", string(d.A))
	c.Text("b", string(d.B))
	c.Flag("same", d.Same)
	c.Text("decidedBy", d.DecidedBy)
	c.Whole("decidedAt", int64(d.DecidedAt))
}

// Review emits the properties of a review.
func Review(c Columns, r kg.Review, record string) {
	identity(c, r.ID, record)
	c.Text("verdict", string(r.Verdict))
	c.Text("by", r.By)
	c.Whole("at", int64(r.At))
}

// Correction emits the properties of a correction.
func Correction(c Columns, r kg.Correction, record string) {
	identity(c, r.ID, record)
	c.Text("target", string(r.Target().ID))
	c.Optional("field", r.Field)
	c.Flag("forgets", r.Forgets())
	c.Text("by", r.By)
	c.Whole("at", int64(r.At))
}

// Claim emits the properties of a claim with its lifetime.
func Claim(c Columns, claim kg.Claim, life kg.ClaimLifetime, record string) {
	identity(c, claim.ID, record)
	c.Text("subject", string(claim.Subject))
	c.Optional("document", string(claim.Document))
	c.Optional("release", string(claim.Release))
	c.Text("stance", string(claim.Stance))
	c.Text("aspect", string(claim.Aspect))
	var speaker kg.ID
	if claim.Quote != nil {
		speaker = claim.Quote.Speaker
	}
	c.Optional("speaker", string(speaker))
	interval(c, kg.Interval{KnownFrom: claim.KnownFrom(), KnownTo: life.KnownTo})
	c.List("withdrawnBy", Strings(life.WithdrawnBy))
	c.Whole("assertedEarliest", int64(claim.AssertedAt.Earliest))
	c.Whole("assertedLatest", int64(claim.AssertedAt.Latest))
	c.Flag("hasQuote", claim.Quote != nil)
	c.Flag("directQuote", claim.Quote != nil && claim.Quote.Direct)
	c.Flag("hasFigures", len(claim.Says.Figures) > 0)
	c.Whole("recordedAt", int64(claim.RecordedAt))
	searchTexts(c, claim)
}

// ties emits the sources whose dates decide between values of a node.
func ties(c Columns, sources []kg.Source) {
	c.OptionalWhole("tied", 1, len(sources) > 0)
	c.List("ties", Strings(sources))
}

// bounds returns the bounds of a time, which are open for nil.
func bounds(t *edtf.Time) (earliest, latest int64) {
	if t == nil {
		return int64(edtf.BeginningOfTime), int64(edtf.EndOfTime)
	}
	return int64(t.Earliest), int64(t.Latest)
}
