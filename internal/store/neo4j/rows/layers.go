package rows

import (
	"strings"

	"casus/internal/kg"
	"casus/internal/store/apply"
)

// Layer emits the layer of a node or relationship that belongs to one view only. Without a layer it belongs to both.
func Layer(c Columns, layer apply.Layer) {
	c.OptionalWhole("layer", int64(layer), layer != apply.Both)
}

// ExactProperty returns the name under which a representative stores its own value of a property, for the exact view.
func ExactProperty(property string) string {
	return "apart" + strings.ToUpper(property[:1]) + property[1:]
}

// exactColumns stores properties, except the id, under their exact names.
type exactColumns struct{ Columns }

func (o exactColumns) Text(name, value string) {
	if name != "id" && name != "idKey" {
		o.Columns.Text(ExactProperty(name), value)
	}
}
func (o exactColumns) Optional(name, value string) { o.Columns.Optional(ExactProperty(name), value) }
func (o exactColumns) OptionalWhole(name string, v int64, ok bool) {
	o.Columns.OptionalWhole(ExactProperty(name), v, ok)
}
func (o exactColumns) Whole(name string, v int64)        { o.Columns.Whole(ExactProperty(name), v) }
func (o exactColumns) Real(name string, value *float64)  { o.Columns.Real(ExactProperty(name), value) }
func (o exactColumns) Flag(name string, value bool)      { o.Columns.Flag(ExactProperty(name), value) }
func (o exactColumns) List(name string, values []string) { o.Columns.List(ExactProperty(name), values) }
func (o exactColumns) Point(name string, value *kg.Point) {
	o.Columns.Point(ExactProperty(name), value)
}

// ExactColumns emits the own properties of a representative under their exact names.
func ExactColumns(c Columns, emit func(Columns)) { emit(exactColumns{c}) }

// Lifetime emits the lifetime of a claim in the exact view, if it differs.
func Lifetime(c Columns, l apply.ClaimLifetimes) {
	c.OptionalWhole("apartKnownTo", int64(l.Exact.KnownTo), !l.Equal())
	var by []string
	if !l.Equal() {
		by = Strings(l.Exact.WithdrawnBy)
	}
	c.List("apartWithdrawnBy", by)
}
