package rows

import (
	"strings"

	"casus/internal/kg"
	"casus/internal/store/apply"
)

// Layer gives the layer of a node or relationship that is not there in both readings; what has none is.
func Layer(c Columns, layer apply.Layer) {
	c.OptionalWhole("layer", int64(layer), layer != apply.Both)
}

// ExactProperty names the property that one that stands for a class has of its own, to be read where nodes are read apart.
func ExactProperty(property string) string {
	return "apart" + strings.ToUpper(property[:1]) + property[1:]
}

// exactColumns takes properties as those that a node has of its own, but for its id.
type exactColumns struct{ Columns }

func (o exactColumns) Text(name, value string) {
	if name != "id" && name != "idKey" {
		o.Columns.Text(ExactProperty(name), value)
	}
}
func (o exactColumns) Optional(name, value string) { o.Columns.Optional(ExactProperty(name), value) }
func (o exactColumns) OptionalWhole(name string, v int64, there bool) {
	o.Columns.OptionalWhole(ExactProperty(name), v, there)
}
func (o exactColumns) Whole(name string, v int64)        { o.Columns.Whole(ExactProperty(name), v) }
func (o exactColumns) Real(name string, value *float64)  { o.Columns.Real(ExactProperty(name), value) }
func (o exactColumns) Flag(name string, value bool)      { o.Columns.Flag(ExactProperty(name), value) }
func (o exactColumns) List(name string, values []string) { o.Columns.List(ExactProperty(name), values) }
func (o exactColumns) Point(name string, value *kg.Point) {
	o.Columns.Point(ExactProperty(name), value)
}

// ExactColumns gives what a node has of its own that stands for a class.
func ExactColumns(c Columns, emit func(Columns)) { emit(exactColumns{c}) }

// Lifetime gives what became of a claim where nodes are read apart, if that is another thing.
func Lifetime(c Columns, l apply.ClaimLifetimes) {
	c.OptionalWhole("apartKnownTo", int64(l.Exact.KnownTo), !l.Equal())
	var by []string
	if !l.Equal() {
		by = Strings(l.Exact.WithdrawnBy)
	}
	c.List("apartWithdrawnBy", by)
}
