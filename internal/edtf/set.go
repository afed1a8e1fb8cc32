package edtf

// set reads the members of a set and its closing bracket.
func (p *parser) set(closing string) (Time, error) {
	var hull Time
	var dates []Time
	for {
		member, ends, err := p.setMember()
		if err != nil {
			return Time{}, err
		}
		if dates == nil {
			hull = member
		} else {
			hull = union(hull, member)
		}
		dates = append(dates, ends...)
		if p.accept(closing) {
			break
		}
		if !p.accept(",") {
			return Time{}, p.fail(`expected ",", ".." or %q in the set, found %s`, closing, p.found())
		}
		for p.accept(" ") {
		}
	}
	hull.Precision = commonPrecision(hull, dates...)
	return hull, nil
}

// setMember reads a date or a range of dates and returns its hull and the dates
// that it is made of.
func (p *parser) setMember() (hull Time, dates []Time, err error) {
	if p.accept("..") {
		last, err := p.moment()
		if err != nil {
			return Time{}, nil, err
		}
		hull, err = p.span(unbounded, last)
		return hull, []Time{unbounded, last}, err
	}
	first, err := p.moment()
	if err != nil || !p.accept("..") {
		return first, []Time{first}, err
	}
	last := unbounded
	if c := p.peek(); c != ',' && c != ']' && c != '}' {
		if last, err = p.moment(); err != nil {
			return Time{}, nil, err
		}
	}
	hull, err = p.span(first, last)
	return hull, []Time{first, last}, err
}
