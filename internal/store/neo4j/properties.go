package neo4j

import (
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"

	"casus/internal/kg"
	"casus/internal/store/neo4j/rows"
)

// properties implements rows.Columns as a query parameter for one node or relationship.
type properties row

var _ rows.Columns = properties{}

func (p properties) Text(name, value string)      { p[name] = value }
func (p properties) Whole(name string, v int64)   { p[name] = v }
func (p properties) Flag(name string, value bool) { p[name] = value }

func (p properties) Optional(name, value string) {
	if value != "" {
		p[name] = value
	}
}

func (p properties) OptionalWhole(name string, v int64, ok bool) {
	if ok {
		p[name] = v
	}
}

func (p properties) Real(name string, value *float64) {
	if value != nil {
		p[name] = *value
	}
}

func (p properties) List(name string, values []string) {
	if len(values) > 0 { // a bulk import cannot store empty lists
		p[name] = values
	}
}

// wgs84 is Neo4j's id of the WGS 84 coordinate system, in degrees.
const wgs84 = 4326

func (p properties) Point(name string, at *kg.Point) {
	if at != nil {
		p[name] = pointOf(*at)
	}
}

func pointOf(at kg.Point) dbtype.Point2D {
	return dbtype.Point2D{X: at.Longitude, Y: at.Latitude, SpatialRefId: wgs84}
}

// rowOf returns the properties that emit produces.
func rowOf(emit func(rows.Columns)) row {
	p := properties{}
	emit(p)
	return row(p)
}
