package edtf

import "time"

// firstInstant is the first moment at which a clock in loc shows wall or later;
// wall is the clock reading, written in UTC. So a midnight or a whole date that
// loc's clocks skipped starts where they resumed, which time.Date leaves open.
func firstInstant(wall time.Time, loc *time.Location) time.Time {
	// A day earlier no zone's clock has reached wall yet.
	at := wall.AddDate(0, 0, -1).In(loc)
	for {
		_, offset := at.Zone()
		_, end := at.ZoneBounds()
		first := wall.Add(-time.Duration(offset) * time.Second).In(loc)
		if first.Before(at) {
			first = at // the change of offset jumped over wall
		}
		// ZoneBounds ends before its own instant on the last day of leap years beyond the zone's table.
		if end.IsZero() || first.Before(end) || !at.Before(end) {
			return first
		}
		at = end
	}
}

// lastInstant is the moment from which on a clock in loc shows wall or later for
// good. It is after firstInstant where clocks set back show wall twice.
func lastInstant(wall time.Time, loc *time.Location) time.Time {
	// A day later every zone's clock has passed wall.
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
