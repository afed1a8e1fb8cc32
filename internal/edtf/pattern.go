package edtf

// pattern is the digits of a component, with "X" for an unspecified digit.
type pattern string

// matches reports whether the component can be n, written with leading zeros. An
// empty pattern matches every n.
func (p pattern) matches(n int) bool {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] != 'X' && int(p[i]-'0') != n%10 {
			return false
		}
		n /= 10
	}
	return p == "" || n == 0
}

// fill returns the number with every unspecified digit replaced by digit.
func (p pattern) fill(digit byte) int {
	n := 0
	for i := range len(p) {
		c := p[i]
		if c == 'X' {
			c = digit
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// exact reports whether no digit is unspecified.
func (p pattern) exact() bool {
	for i := range len(p) {
		if p[i] == 'X' {
			return false
		}
	}
	return true
}

// unknown reports whether the component is absent or wholly unspecified.
func (p pattern) unknown() bool { return p == "" || p == "XX" || p == "XXXX" }
