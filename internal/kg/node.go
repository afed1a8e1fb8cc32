package kg

import "casus/internal/edtf"

// Node is anything with a global id that a query may return.
type Node interface {
	NodeID() ID
	// IsNode marks the types that may be returned where any node may.
	IsNode()
}

// View is the moment and the manner in which the graph is read. Nodes carry the view they were read in, so that what
// is loaded below them is read alike.
type View struct {
	// KnownAt is the moment of knowledge; nil: everything known. The wall clock is never asked.
	KnownAt *edtf.Instant `json:"knownAt,omitempty"`
	// Identity is IdentityExact or, the default when empty, IdentityResolved.
	Identity IdentityMode `json:"identity,omitempty"`
}

// Moment is the instant to compare intervals of knowledge with: KnownAt, or the last instant there is.
func (v View) Moment() edtf.Instant {
	if v.KnownAt == nil {
		return edtf.EndOfTime - 1
	}
	return *v.KnownAt
}

// Name is one name of a thing, or one title or summary in one language.
type Name struct {
	Value string `json:"value"`
	// Language is a BCP 47 tag; empty: unknown.
	Language string `json:"language,omitempty"`
	// Script is an ISO 15924 code; empty: unknown.
	Script string   `json:"script,omitempty"`
	Kind   NameKind `json:"kind,omitempty"`
}

// Identifier is an id that somebody else gave a thing, such as {wikidata Q3874799}.
type Identifier struct {
	Scheme string `json:"scheme"`
	Value  string `json:"value"`
}

// Code is one code of an event's original coding, such as {cameo 190 "Use conventional military force"}.
type Code struct {
	Scheme string `json:"scheme"`
	Value  string `json:"value"`
	Label  string `json:"label,omitempty"`
}

// Point is a place on the WGS84 ellipsoid, in degrees north and east.
type Point struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Actor is a person, a state, an armed group or any other party.
type Actor struct {
	ID    ID        `json:"id"`
	Kind  ActorKind `json:"kind"`
	Names []Name    `json:"names"`
	// Country is ISO 3166-1 alpha-2, upper case; empty: none or unknown.
	Country     string       `json:"country,omitempty"`
	Sectors     []string     `json:"sectors,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	Description string       `json:"description,omitempty"`

	View View `json:"-"`
}

// Location is a place. Who controls it is only ever a claim.
type Location struct {
	ID          ID           `json:"id"`
	Kind        LocationKind `json:"kind"`
	Names       []Name       `json:"names"`
	Point       *Point       `json:"point,omitempty"`
	Country     string       `json:"country,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	// Parents are the places this one lies in, directly; a disputed place may lie in two. The whole is acyclic.
	Parents []ID `json:"parents,omitempty"`

	View View `json:"-"`
}

// Document is a text that claims rest on.
type Document struct {
	ID       ID     `json:"id"`
	URL      string `json:"url,omitempty"`
	Titles   []Name `json:"titles"`
	Language string `json:"language,omitempty"`
	// Publisher is an actor; empty: unknown.
	Publisher   ID            `json:"publisher,omitempty"`
	PublishedAt *edtf.Time    `json:"publishedAt,omitempty"`
	RetrievedAt *edtf.Instant `json:"retrievedAt,omitempty"`
	// SHA256 is of the text's UTF-8 bytes, lower-case hexadecimal.
	SHA256 string `json:"sha256,omitempty"`
	// Text is kept only when the loader is told that it may.
	Text string `json:"text,omitempty"`
	// Syndicates names the document this one reprints: its publisher adds no voice.
	Syndicates ID `json:"syndicates,omitempty"`

	View View `json:"-"`
}

// Affiliation is an actor's belonging to another actor or to a place. It is there while a claim of it is live.
type Affiliation struct {
	ID     ID `json:"id"`
	Holder ID `json:"holder"`
	// Counterpart is an actor or a location.
	Counterpart ID              `json:"counterpart"`
	Type        AffiliationType `json:"type"`
	Position    string          `json:"position,omitempty"`
	ValidTime   *edtf.Time      `json:"validTime,omitempty"`

	// Claims are the live claims that support it in the view it was read in, in claim order.
	Claims []ID `json:"-"`
	View   View `json:"-"`
}

// Release is one release of a dataset that coded rows come from.
type Release struct {
	ID         ID         `json:"id"`
	Name       string     `json:"name"`
	Release    string     `json:"release"`
	ReleasedAt *edtf.Time `json:"releasedAt,omitempty"`
}

// IdentityDecision says that two nodes of one kind are, or are not, the same. It is timeless and reversible.
type IdentityDecision struct {
	ID        ID           `json:"id"`
	A         ID           `json:"a"`
	B         ID           `json:"b"`
	Same      bool         `json:"same"`
	DecidedBy string       `json:"decidedBy"`
	DecidedAt edtf.Instant `json:"decidedAt"`
	Score     *float64     `json:"score,omitempty"`
	Reason    string       `json:"reason,omitempty"`
}

// NodeID is the actor's id.
func (a Actor) NodeID() ID { return a.ID }

// NodeID is the location's id.
func (l Location) NodeID() ID { return l.ID }

// NodeID is the document's id.
func (d Document) NodeID() ID { return d.ID }

// NodeID is the affiliation's id.
func (a Affiliation) NodeID() ID { return a.ID }

// IsNode marks an actor as a node.
func (Actor) IsNode() {}

// IsNode marks a location as a node.
func (Location) IsNode() {}

// IsNode marks a document as a node.
func (Document) IsNode() {}

// IsNode marks an affiliation as a node.
func (Affiliation) IsNode() {}

// NodeID is the release's id.
func (r Release) NodeID() ID { return r.ID }

// NodeID is the decision's id.
func (d IdentityDecision) NodeID() ID { return d.ID }
