package export

import (
	"fmt"

	"casus/internal/edtf"
)

// xsdDateTime returns an instant as an xsd:dateTime of XSD 1.1, which RDF 1.1 uses; "" for an unbounded end.
func xsdDateTime(i edtf.Instant) string {
	if !i.Bounded() {
		return ""
	}
	t := i.Time()
	if t.Nanosecond() != 0 {
		return xsdYear(t.Year()) + t.Format("-01-02T15:04:05.000Z")
	}
	return xsdYear(t.Year()) + t.Format("-01-02T15:04:05Z")
}

// xsdYear returns an astronomical year, in which 0 is 1 BCE: at least four digits, and no plus sign.
func xsdYear(year int) string {
	if year < 0 {
		return fmt.Sprintf("-%04d", -year)
	}
	return fmt.Sprintf("%04d", year)
}
