package values

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

var (
	// zeroFraction is a whole number that a program wrote as a decimal. Three zeros could also be thousands.
	zeroFraction = regexp.MustCompile(`^([-+]?\d+)[.,](0{1,2}|0{4,})$`)
	threeZeros   = regexp.MustCompile(`^[-+]?\d+[.,]000$`)
	groups       = regexp.MustCompile(`^[-+]?\d{1,3}([, \x{00a0}\x{2009}\x{202f}'’]\d{3})+$`)
	// programExponent is how R and Python write large round numbers, with all their digits.
	programExponent = regexp.MustCompile(`^\d(\.\d+)?e\+\d{2,3}$`)
	// sheetExponent is how spreadsheets show a long number, without its last digits.
	sheetExponent = regexp.MustCompile(`^\d([.,]\d+)?E\+\d{2,3}$`)
)

// ErrLostDigits is the reason of an error for a whole number that a program has rounded.
var ErrLostDigits = errors.New("has lost digits")

// maxExponent bounds the digits that a code can have.
const maxExponent = 30

// Code returns a code or a number used as a name, as its source wrote it: 2.0 and 2,0 become "2". Text that is not a
// number remains as it is, and so do leading zeros; "" if the cell is missing. It is an error if digits are lost, or
// if the number can be read in two ways.
func Code(cell string) (string, error) {
	s := strings.TrimSpace(cell)
	if s == "" || len(s) > 64 || s[0] != '-' && s[0] != '+' && (s[0] < '0' || s[0] > '9') {
		if Missing(s) {
			return "", nil
		}
		return s, nil
	}
	if isDigits(s) {
		return s, nil
	}
	switch found := zeroFraction.FindStringSubmatch(s); {
	case found != nil:
		if strings.Trim(found[1], "-+0") == "" {
			return "0", nil
		}
		return strings.TrimPrefix(found[1], "+"), nil
	case Missing(s): // a dash
		return "", nil
	case threeZeros.MatchString(s), groups.MatchString(s):
		return "", fmt.Errorf("%q is not a plain code: its thousands seem to be separated", cell)
	case sheetExponent.MatchString(s):
		return "", fmt.Errorf("%q %w: a spreadsheet has shortened the number", cell, ErrLostDigits)
	case programExponent.MatchString(s):
		return expand(s, cell)
	}
	return s, nil
}

// expand returns a whole number without its exponent.
func expand(s, cell string) (string, error) {
	digits, exponent := mantissa(s)
	switch {
	case exponent > maxExponent:
		return "", fmt.Errorf("%q is too large for a code", cell)
	case IsShortened(s), digits > 1 && exponent >= digits && exponent < digits+5:
		// R and Python write a code in full where that is no longer.
		return "", fmt.Errorf("%q %w: a program has rounded the number", cell, ErrLostDigits)
	}
	v, ok := new(big.Rat).SetString(s)
	if !ok || !v.IsInt() {
		return "", fmt.Errorf("%q is not a whole number", cell)
	}
	return v.Num().String(), nil
}

// shortDigits is how many digits C's %g has, and spreadsheets show of a long number.
const shortDigits = 6

// mantissa returns how many digits a number with an exponent has, with the zeros at their end, and the exponent.
func mantissa(s string) (digits, exponent int) {
	at := strings.IndexAny(s, "eE")
	exponent, _ = strconv.Atoi(s[at+1:]) // a number, as its pattern says
	for _, c := range s[:at] {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	return digits, exponent
}

// IsShortened reports whether a whole number has an exponent and seems to be one that a program has rounded: to the
// seven digits of %e, of which zeros at the end remain, or to the six of %g and of spreadsheets. The digits that follow
// are lost.
func IsShortened(number string) bool {
	at := strings.IndexAny(number, "eE")
	if at < 1 {
		return false
	}
	digits, exponent := mantissa(number)
	if exponent < digits { // they are all there
		return false
	}
	// R, which writes no zeros at the end, uses an exponent only where that is shorter.
	return digits == shortDigits || digits == shortDigits+1 && exponent < digits+5 ||
		strings.ContainsAny(number[:at], ".,") && number[at-1] == '0'
}

// PaddedCode returns Code with leading zeros, so that a code of digits has at least width of them.
func PaddedCode(cell string, width int) (string, error) {
	s, err := Code(cell)
	if err != nil || !isDigits(s) || len(s) >= width {
		return s, err
	}
	return strings.Repeat("0", width-len(s)) + s, nil
}

// CAMEO returns the CAMEO code of an event with the leading zero that a program has dropped; "" if the cell is missing.
// In a column of codes of three or four digits, as data sets have them, 10 is 010, and 874 is 0874: the roots are 01 to
// 20, and no code of three digits is another without its zero. It is an error if the text is not such a code.
func CAMEO(cell string) (string, error) {
	s, err := Code(cell)
	if err != nil || s == "" {
		return "", err
	}
	if isDigits(s) && (len(s) == 2 && s[0] != '0' || len(s) == 3 && s[:2] > "20") {
		s = "0" + s
	}
	if !isDigits(s) || len(s) < 2 || len(s) > 4 || s[:2] < "01" || s[:2] > "20" {
		return "", fmt.Errorf("%q is not the CAMEO code of an event, such as 042, 190 or 0871", cell)
	}
	return s, nil
}
