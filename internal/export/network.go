package export

import (
	"cmp"
	"io"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/spill"
)

// attribute is a property of nodes or edges that a network format declares before it uses it.
type attribute struct {
	name string
	// kind is "string", "integer", "double" or "boolean".
	kind string
}

// value is the text of an attribute's value. Absent values are left out of lists.
type value struct {
	attribute
	text string
}

// vertex is a node of a network. Its time may be open at both ends.
type vertex struct {
	id     string
	label  string
	time   *edtf.Time
	values []value
}

// link is an edge of a network. first and last are the times of its first and last event.
type link struct {
	id, source, target string
	label              string
	kind               string // distinguishes parallel links
	weight             int    // 0 means no weight
	first, last        *edtf.Time
	values             []value
}

// spanOf returns the earliest instant of first and the latest of last, each unbounded if it is not known. An end that
// would lie before the start is unbounded, too: other programs reject such an interval.
func spanOf(first, last *edtf.Time) (start, end edtf.Instant) {
	start, end = edtf.BeginningOfTime, edtf.EndOfTime
	if first != nil && !first.IsZero() && first.Earliest.Bounded() {
		start = first.Earliest
	}
	if last != nil && !last.IsZero() && last.Latest.Bounded() && last.Latest > start {
		end = last.Latest
	}
	return start, end
}

// networkWriter formats a network. Vertices come first; links are spilled until all vertices are written.
type networkWriter interface {
	begin(directed bool, vertices, links []attribute) string
	vertex(v vertex) (string, error)
	// separator returns the text between vertices and links.
	separator() string
	link(l link) (string, error)
	end() string
}

// network is an export of a network.
type network struct {
	*exporter
	networkWriter
	links *spill.File
}

func (n *network) addVertex(v vertex) error {
	s, err := n.vertex(v)
	n.text(s)
	return err
}

func (n *network) addLink(l link) error {
	s, err := n.link(l)
	if err == nil {
		_, err = io.WriteString(n.links, s)
	}
	n.count("links", 1)
	return err
}

// The attributes of vertices and links in addition to label, time and weight.

func actorAttributes() []attribute {
	return []attribute{{"kind", "string"}, {"type", "string"}, {"country", "string"}, {"names", "string"}}
}

func eventAttributes() []attribute {
	return []attribute{
		{"time", "string"}, {"precision", "string"}, {"category", "string"}, {"mode", "string"}, {"modality", "string"},
		{"status", "string"}, {"killed", "integer"}, {"killedContribution", "integer"}, {"voices", "integer"},
	}
}

func participationAttributes() []attribute {
	return []attribute{
		{"role", "string"}, {"side", "string"}, {"capacity", "string"}, {"representing", "string"}, {"status", "string"},
	}
}

func sharedEventAttributes() []attribute {
	return []attribute{
		{"events", "integer"}, {"firstEvent", "string"}, {"firstTime", "string"},
		{"lastEvent", "string"}, {"lastTime", "string"},
		{"killed", "integer"}, {"killedLow", "integer"}, {"killedHigh", "integer"},
		{"wounded", "integer"}, {"woundedLow", "integer"}, {"woundedHigh", "integer"},
	}
}

// valuesOf pairs attributes with texts, without the empty ones.
func valuesOf(attributes []attribute, texts ...string) []value {
	var all []value
	for i, t := range texts {
		if t != "" {
			all = append(all, value{attributes[i], t})
		}
	}
	return all
}

func (n *network) addActor(a kg.Actor) error {
	var names []string
	for _, name := range a.Names {
		names = append(names, name.Value)
	}
	n.count("actors", 1)
	return n.addVertex(vertex{
		id: string(a.ID), label: cmp.Or(n.name(a.Names), string(a.ID)),
		values: valuesOf(actorAttributes(), "ACTOR", string(a.Kind), a.Country, strings.Join(names, "; ")),
	})
}
