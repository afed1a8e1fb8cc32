package edtf

import "time"

// clock reads the time of day after "T". d is the date before it and written its
// text, for errors. The hull is one second long; without an offset it floats.
func (p *parser) clock(t Time, d date, written string) (Time, error) {
	if d.day == "" || !d.year.exact() || !d.month.exact() || !d.day.exact() {
		return Time{}, p.fail("a time of day needs a whole date before it, such as 2025-12-20T18:00:00Z, not %s", written)
	}
	midnight, ok := d.edge(false)
	if !ok {
		return Time{}, p.noSuchDate(d)
	}
	hour, err := p.number("hour", 24)
	if err != nil {
		return Time{}, err
	}
	if !p.accept(":") {
		return Time{}, p.fail(`expected ":" and minutes after the hour, found %s`, p.found())
	}
	minute, err := p.number("minute", 59)
	if err != nil {
		return Time{}, err
	}
	if !p.accept(":") {
		return Time{}, p.fail("EDTF needs seconds: expected \":\" and seconds after the minutes, found %s", p.found())
	}
	second, err := p.number("second", 59) // the Unix time scale has no leap seconds
	if err != nil {
		return Time{}, err
	}
	if p.next(".") && !p.next("..") {
		return Time{}, p.fail("EDTF has no fractions of a second, found %s", p.found())
	}
	if hour == 24 && minute+second > 0 {
		return Time{}, p.fail("hour 24 is only the end of a day, 24:00:00")
	}
	offset, floats, err := p.offset()
	if err != nil {
		return Time{}, err
	}
	if err := p.qualifier(&t); err != nil {
		return Time{}, err
	}
	sinceMidnight := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute +
		time.Duration(second)*time.Second
	start := midnight.Add(sinceMidnight - offset)
	t.Earliest, t.Latest = InstantOf(start), InstantOf(start.Add(time.Second))
	t.EarliestFloats, t.LatestFloats = floats, floats
	t.Precision = PrecisionInstant
	return t, nil
}

// offset reads "Z", "+02" or "-03:30". Without any of these the time floats.
func (p *parser) offset() (offset time.Duration, floats bool, err error) {
	negative := false
	switch {
	case p.accept("Z"):
		return 0, false, nil
	case p.accept("+"):
	case p.accept("-"):
		negative = true
	default:
		return 0, true, nil
	}
	hours, err := p.number("hours of the offset", 14)
	if err != nil {
		return 0, false, err
	}
	minutes := 0
	if p.accept(":") {
		if minutes, err = p.number("minutes of the offset", 59); err != nil {
			return 0, false, err
		}
	}
	switch {
	case hours == 14 && minutes > 0:
		return 0, false, p.fail("the offset is greater than 14:00")
	case negative && hours+minutes == 0:
		return 0, false, p.fail("offset -00:00 does not exist: write Z for UTC, or no offset for a local time")
	}
	offset = time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if negative {
		offset = -offset
	}
	return offset, false, nil
}
