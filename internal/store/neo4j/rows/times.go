package rows

import (
	"time"

	"casus/internal/edtf"
)

// The instants between which DateOrMoment stores: other programs often cannot read years of more than four digits.
var (
	firstReadable = edtf.InstantOf(time.Date(-9999, 1, 1, 0, 0, 0, 0, time.UTC))
	endOfReadable = edtf.InstantOf(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC))
)

// Readable reports whether DateOrMoment stores an instant.
func Readable(at edtf.Instant) bool { return firstReadable <= at && at < endOfReadable }

// utc is the zone of datetimes. To the driver its name means an offset: Neo4j does not regard an offset as equal to a
// named zone.
var utc = time.FixedZone("Offset", 0)

// The values of an interval of knowledge in milliseconds, of a relationship, claim or version v.

// KnownFrom returns an expression for the start.
func KnownFrom(v string) string { return v + ".knownFrom.epochMillis" }

// KnownTo returns an expression for the end, edtf.EndOfTime while it is open.
func KnownTo(v string) string { return "coalesce(" + v + ".knownTo.epochMillis, 4611686018427387903)" }

// StartOfDay returns the first instant of the day in UTC that contains an instant.
func StartOfDay(at edtf.Instant) edtf.Instant {
	const day = 24 * 60 * 60 * 1000
	return at - ((at%day)+day)%day
}
