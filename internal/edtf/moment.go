package edtf

// moment reads a date or a date-time with its qualifiers.
func (p *parser) moment() (Time, error) {
	start := p.pos
	var t Time
	if err := p.qualifier(&t); err != nil {
		return Time{}, err
	}
	if p.accept("Y") {
		return p.longYear(t)
	}
	var d date
	d.negative = p.accept("-")
	var err error
	if d.year, err = p.pattern(4, "year"); err != nil {
		return Time{}, err
	}
	if d.negative && d.year == "0000" {
		return Time{}, p.fail("year -0000 does not exist: write 0000 for the year before 0001")
	}
	if p.peek() == 'S' {
		return p.roundedYear(t, d)
	}
	if err := p.qualifier(&t); err != nil {
		return Time{}, err
	}
	if d.month, err = p.component(&t, "month"); err != nil {
		return Time{}, err
	}
	if months, ok := subYears[d.month]; ok {
		return p.subYear(t, d, months)
	}
	if d.month != "" {
		if d.day, err = p.component(&t, "day"); err != nil {
			return Time{}, err
		}
	}
	if p.accept("T") {
		return p.clock(t, d, p.src[start:p.pos-1])
	}
	return p.resolve(t, d)
}

// component reads "-" and a two-digit component with its qualifiers. Without a
// "-" at the cursor it returns an empty pattern.
func (p *parser) component(t *Time, name string) (pattern, error) {
	if !p.accept("-") {
		return "", nil
	}
	if err := p.qualifier(t); err != nil {
		return "", err
	}
	digits, err := p.pattern(2, name)
	if err != nil {
		return "", err
	}
	return digits, p.qualifier(t)
}
