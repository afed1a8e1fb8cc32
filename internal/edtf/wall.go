package edtf

import "time"

// firstInstant returns the first instant at which a clock in loc shows wall or
// later. wall is the clock reading, written in UTC. So a midnight or a whole date
// that loc's clocks skipped starts when they resumed; time.Date does not define
// this case.
func firstInstant(wall time.Time, loc *time.Location) time.Time {
	// A day earlier no clock of any zone has reached wall.
	at := wall.AddDate(0, 0, -1).In(loc)
	for {
		_, offset := at.Zone()
		_, end := at.ZoneBounds()
		first := wall.Add(-time.Duration(offset) * time.Second).In(loc)
		if first.Before(at) {
			first = at // the change of offset jumped over wall
		}
		// After the last transition of the zone's table ZoneBounds returns an end before its own instant on the
		// last day of leap years.
		if end.IsZero() || first.Before(end) || !at.Before(end) {
			return first
		}
		at = end
	}
}

// lastInstant returns the instant from which a clock in loc never again shows
// less than wall. It is after firstInstant if clocks that were set back show wall
// twice.
func lastInstant(wall time.Time, loc *time.Location) time.Time {
	// A day later the clocks of all zones have passed wall.
	end := wall.AddDate(0, 0, 1).In(loc)
	at := end
	for {
		_, offset := at.Zone()
		start, _ := at.ZoneBounds()
		last := wall.Add(-time.Duration(offset) * time.Second).In(loc)
		if start.IsZero() || start.Before(last) || !start.Before(end) {
			if last.After(end) {
				last = end // the change of offset jumped over wall
			}
			return last
		}
		end, at = start, start.Add(-1)
	}
}
