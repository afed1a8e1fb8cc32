package rows

import (
	"strings"

	"casus/internal/kg"
	"casus/internal/store/apply"
)

// In gives the layer of a node or relationship that is not there in both readings; what has none is.
func In(c Columns, layer apply.Layer) {
	c.Either("layer", int64(layer), layer != apply.Both)
}

// Apart names the property that one that stands for a class has of its own, to be read where nodes are read apart.
func Apart(property string) string { return "apart" + strings.ToUpper(property[:1]) + property[1:] }

// ownColumns takes properties as those that a node has of its own, but for its id.
type ownColumns struct{ Columns }

func (o ownColumns) Text(name, value string) {
	if name != "id" && name != "idKey" {
		o.Columns.Text(Apart(name), value)
	}
}
func (o ownColumns) Optional(name, value string)             { o.Columns.Optional(Apart(name), value) }
func (o ownColumns) Either(name string, v int64, there bool) { o.Columns.Either(Apart(name), v, there) }
func (o ownColumns) Whole(name string, v int64)              { o.Columns.Whole(Apart(name), v) }
func (o ownColumns) Real(name string, value *float64)        { o.Columns.Real(Apart(name), value) }
func (o ownColumns) Flag(name string, value bool)            { o.Columns.Flag(Apart(name), value) }
func (o ownColumns) List(name string, values []string)       { o.Columns.List(Apart(name), values) }
func (o ownColumns) Point(name string, value *kg.Point)      { o.Columns.Point(Apart(name), value) }

// Own gives what a node has of its own that stands for a class.
func Own(c Columns, give func(Columns)) { give(ownColumns{c}) }

// Life gives what became of a claim where nodes are read apart, if that is another thing.
func Life(c Columns, l apply.ClaimLifetimes) {
	c.Either("apartKnownTo", int64(l.Exact.KnownTo), !l.Equal())
	var by []string
	if !l.Equal() {
		by = Strings(l.Exact.WithdrawnBy)
	}
	c.List("apartWithdrawnBy", by)
}
