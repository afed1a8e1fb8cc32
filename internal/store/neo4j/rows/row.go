package rows

import (
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Row implements Columns: it collects the names and values of the properties of one node or relationship, as the driver
// takes them. An absent value is nil.
type Row struct {
	Names  []string
	Values []any
}

var _ Columns = (*Row)(nil)

// RowOf returns the properties that emit produces.
func RowOf(emit func(Columns)) Row {
	var r Row
	emit(&r)
	return r
}

// Map returns the properties that are not absent, by name.
func (r Row) Map() map[string]any {
	all := make(map[string]any, len(r.Names))
	for i, name := range r.Names {
		if r.Values[i] != nil {
			all[name] = r.Values[i]
		}
	}
	return all
}

func (r *Row) add(name string, value any) {
	r.Names, r.Values = append(r.Names, name), append(r.Values, value)
}

// addIf adds a value, or nil.
func (r *Row) addIf(ok bool, name string, value any) {
	if !ok {
		value = nil
	}
	r.add(name, value)
}

// Text adds a text.
func (r *Row) Text(name, value string) { r.add(name, value) }

// Optional adds a text, or nil if it is empty.
func (r *Row) Optional(name, value string) { r.addIf(value != "", name, value) }

// Whole adds an integer.
func (r *Row) Whole(name string, value int64) { r.add(name, value) }

// OptionalWhole adds an integer, or nil unless ok.
func (r *Row) OptionalWhole(name string, value int64, ok bool) { r.addIf(ok, name, value) }

// Flag adds a truth value.
func (r *Row) Flag(name string, value bool) { r.add(name, value) }

// List adds a list, or nil if it has no elements.
func (r *Row) List(name string, values []string) { r.addIf(len(values) > 0, name, values) }

// Real adds a number, or nil.
func (r *Row) Real(name string, value *float64) {
	if value == nil {
		r.add(name, nil)
		return
	}
	r.add(name, *value)
}

// wgs84 is Neo4j's id of the WGS 84 coordinate system, in degrees.
const wgs84 = 4326

// Point adds a point, or nil.
func (r *Row) Point(name string, at *kg.Point) {
	if at == nil {
		r.add(name, nil)
		return
	}
	r.add(name, dbtype.Point2D{X: at.Longitude, Y: at.Latitude, SpatialRefId: wgs84})
}

// Date adds a date, or nil unless ok.
func (r *Row) Date(name string, at edtf.Instant, ok bool) { r.addIf(ok, name, date(at)) }

// Moment adds a datetime, or nil unless ok.
func (r *Row) Moment(name string, at edtf.Instant, ok bool) { r.addIf(ok, name, Datetime(at)) }

// DateOrMoment adds a date or a datetime, or nil if other programs could not read it.
func (r *Row) DateOrMoment(name string, at edtf.Instant, floats bool) {
	switch {
	case !Readable(at):
		r.add(name, nil)
	case floats:
		r.add(name, date(at))
	default:
		r.add(name, Datetime(at))
	}
}

// date returns the date of an instant in UTC as the driver stores it: it divides by days and drops the rest.
func date(at edtf.Instant) dbtype.Date { return dbtype.Date(Datetime(StartOfDay(at))) }

// Datetime returns an instant as the driver stores it.
func Datetime(at edtf.Instant) time.Time { return time.UnixMilli(int64(at)).In(utc) }
