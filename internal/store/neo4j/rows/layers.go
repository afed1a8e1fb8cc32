package rows

import (
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/apply"
)

// Layer emits the property identity of a node or relationship that belongs to the view of one identity mode only.
// Without the property it belongs to both views.
func Layer(c Columns, layer apply.Layer) { c.Optional("identity", layers[layer]) }

var layers = [...]string{
	apply.Both: "", apply.Resolved: string(kg.IdentityResolved), apply.Exact: string(kg.IdentityExact),
}

// LayerOf returns the layer that Layer has emitted as identity, "" if none.
func LayerOf(identity string) (apply.Layer, error) {
	i := slices.Index(layers[:], identity)
	if i < 0 {
		return apply.Both, kg.Errorf(kg.Internal, "a node or relationship has the identity mode %q", identity)
	}
	return apply.Layer(i), nil
}

// In holds where a node or relationship v belongs to the view of an identity mode.
func In(v string, mode kg.IdentityMode) string {
	other := kg.IdentityExact
	if mode == kg.IdentityExact {
		other = kg.IdentityResolved
	}
	return "coalesce(" + v + ".identity, '') <> '" + string(other) + "'"
}

// ExactProperty returns the name under which a representative, the node that stands for its class, stores its own value
// of a property for the EXACT view.
func ExactProperty(property string) string {
	property = strings.TrimPrefix(property, "_")
	return "_exact" + strings.ToUpper(property[:1]) + property[1:]
}

// exactColumns stores properties, except the id, under their exact names.
type exactColumns struct{ Columns }

func (o exactColumns) Text(name, value string) {
	if name != "id" && name != "_idKey" {
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
func (o exactColumns) Date(name string, at edtf.Instant, ok bool) {
	o.Columns.Date(ExactProperty(name), at, ok)
}
func (o exactColumns) Moment(name string, at edtf.Instant, ok bool) {
	o.Columns.Moment(ExactProperty(name), at, ok)
}
func (o exactColumns) DateOrMoment(name string, at edtf.Instant, floats bool) {
	o.Columns.DateOrMoment(ExactProperty(name), at, floats)
}

// ExactColumns emits the own properties of a representative under their exact names.
func ExactColumns(c Columns, emit func(Columns)) { emit(exactColumns{c}) }

// Lifetime emits the lifetime of a claim in the exact view, if it differs.
func Lifetime(c Columns, l apply.ClaimLifetimes) {
	c.OptionalWhole("_exactKnownTo", int64(l.Exact.KnownTo), !l.Equal())
	var by []string
	if !l.Equal() {
		by = Strings(l.Exact.WithdrawnBy)
	}
	c.List("_exactWithdrawnBy", by)
}
