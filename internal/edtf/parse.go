package edtf

// parse is ParseTime without suggestions in its errors, and without setting EDTF.
func parse(value string) (t Time, err error) {
	p := &parser{src: value}
	switch {
	case value == "":
		return Time{}, p.fail("no time given: write XXXX for an unknown one")
	case p.accept("["):
		t, err = p.set("]")
	case p.accept("{"):
		t, err = p.set("}")
	default:
		t, err = p.dateOrInterval()
	}
	if err == nil && !p.atEnd() {
		err = p.fail("unexpected %s", p.found())
	}
	return t, err
}

// dateOrInterval reads a single date, or two sides with a slash between them.
func (p *parser) dateOrInterval() (Time, error) {
	start, stated, err := p.intervalEnd()
	if err != nil {
		return Time{}, err
	}
	if !p.accept("/") {
		if !stated {
			return Time{}, p.fail("an open end needs another, such as ../2022-02-24; write XXXX for an unknown time")
		}
		return start, nil
	}
	end, _, err := p.intervalEnd()
	if err != nil {
		return Time{}, err
	}
	t, err := p.span(start, end)
	t.Precision = commonPrecision(t, start, end)
	return t, err
}

// intervalEnd reads one side of an interval. stated is false if the side is open
// or unknown.
func (p *parser) intervalEnd() (t Time, stated bool, err error) {
	if p.accept("..") || p.atEnd() || p.peek() == '/' {
		return unbounded, false, nil
	}
	t, err = p.moment()
	return t, true, err
}
