package export

import (
	"encoding/json"
	"io"
)

// Origin says what an export shows, so that a file that was passed on still says it: GEXF has it in its meta data,
// GeoJSON in the member casus, and an archive of tables in the file origin.json. Other formats have no place for it.
type Origin struct {
	// Query has the parameters of the request, as an address has them but readable; "" is the whole graph.
	Query string `json:"query"`
	// KnownAt is the moment of knowledge (RFC 3339): from the request, or when it was answered.
	KnownAt string `json:"knownAt"`
	// Version is the program's.
	Version string `json:"version"`
}

// Write writes it as JSON.
func (o Origin) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(o)
}

// String returns it in a line.
func (o Origin) String() string {
	query := o.Query
	if query == "" {
		query = "the whole graph"
	}
	return "Casus " + o.Version + ": " + query + ", as known at " + o.KnownAt
}
