package values

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// ErrNotNumber is the reason of an error for a text that is not a number in any form.
var ErrNotNumber = errors.New("not a number")

// Format is how the numbers of a file are written.
type Format struct {
	// DecimalComma is set if a comma is the decimal mark: 1,234 is then 1.234, not 1234.
	DecimalComma bool
}

var (
	// pointNumber is a number as most programs write it.
	pointNumber = regexp.MustCompile(`^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?$`)
	// commaNumber is a number with a decimal comma.
	commaNumber = regexp.MustCompile(`^[-+]?(\d+,\d+|,\d+)([eE][-+]?\d{1,3})?$`)
	// oneGroup may have a decimal comma, or a comma between its thousands.
	oneGroup = regexp.MustCompile(`^[-+]?[1-9]\d{0,2},\d{3}$`)
	// pointGroup is the same with a point.
	pointGroup = regexp.MustCompile(`^[-+]?[1-9]\d{0,2}\.\d{3}$`)
	// Numbers whose thousands are separated, which no decimal mark explains.
	commaGroups = regexp.MustCompile(`^[-+]?\d{1,3}((,\d{3})+\.\d*|(,\d{3}){2,})$`)
	pointGroups = regexp.MustCompile(`^[-+]?\d{1,3}((\.\d{3})+,\d*|(\.\d{3}){2,})$`)
	spaceGroups = regexp.MustCompile(`^[-+]?\d{1,3}(([ \x{00a0}\x{2009}\x{202f}]\d{3})+|(['’]\d{3})+)([.,]\d*)?$`)
)

// Number returns a number as plain text with a decimal point and no superfluous digits, so that 3.0, 3,0 and 3 are all
// "3"; "" if the cell is missing. It is an error if the cell is not a number, or can be read as two numbers.
func (f Format) Number(cell string) (string, error) {
	s := strings.TrimSpace(cell)
	if isDigits(s) && (s[0] != '0' || len(s) == 1) && len(s) <= maxDigits {
		return s, nil
	}
	if Missing(s) {
		return "", nil
	}
	plain, ok := f.plain(strings.Replace(s, "−", "-", 1))
	switch {
	case ok:
		return canonical(plain, cell)
	case commaNumber.MatchString(s):
		return "", fmt.Errorf(`%q has a decimal comma, unlike other numbers of the file: set input.decimal to ","`, cell)
	case f.DecimalComma && pointGroup.MatchString(s):
		return "", fmt.Errorf("%q is ambiguous, because the file has decimal commas: the point may separate thousands", cell)
	}
	return "", fmt.Errorf("%q is %w", cell, ErrNotNumber)
}

// plain returns a number in the syntax of Go, which has neither decimal commas nor separators of thousands.
func (f Format) plain(s string) (string, bool) {
	switch {
	case f.DecimalComma && pointGroup.MatchString(s):
		return "", false
	case pointNumber.MatchString(s):
		return s, true
	case oneGroup.MatchString(s):
		if f.DecimalComma {
			return strings.Replace(s, ",", ".", 1), true
		}
		return strings.Replace(s, ",", "", 1), true
	case commaNumber.MatchString(s):
		return strings.Replace(s, ",", ".", 1), f.DecimalComma
	case commaGroups.MatchString(s):
		return strings.ReplaceAll(s, ",", ""), true
	case pointGroups.MatchString(s):
		return strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1), true
	case spaceGroups.MatchString(s):
		return strings.Replace(withoutSpaces(s), ",", ".", 1), true
	}
	return "", false
}

// maxDigits is how many digits a whole number may have: as many as a float64 can represent.
const maxDigits = 308

// canonical returns plain with one form for each number. Whole numbers keep all their digits.
func canonical(plain, cell string) (string, error) {
	sign, digits := "", strings.TrimPrefix(plain, "+")
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	if whole, fraction, _ := strings.Cut(digits, "."); isDigits(whole) && strings.Trim(fraction, "0") == "" {
		switch whole = strings.TrimLeft(whole, "0"); {
		case whole == "":
			return "0", nil
		case len(whole) > maxDigits:
			return "", fmt.Errorf("%q is too large a number", cell)
		}
		return sign + whole, nil
	}
	v, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.IsInf(v, 0) {
		return "", fmt.Errorf("%q is too large a number", cell)
	}
	return formatFloat(roundDigits(v)), nil
}

// significantDigits is how many digits R and spreadsheets write, and pandas reads without an error in the last one.
const significantDigits = 15

// roundDigits returns a number of at most significantDigits.
func roundDigits(v float64) float64 {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'e', significantDigits-1, 64), 64)
	if err != nil { // cannot happen: the text is a number
		return v
	}
	return rounded
}

// formatFloat returns the shortest text of a number, without an exponent unless it is very large or small; −0 is 0.
func formatFloat(v float64) string {
	if v == 0 {
		return "0"
	}
	if a := math.Abs(v); a >= 1e-6 && a < 1e21 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

func withoutSpaces(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u2009', '\u202f', '\'', '’':
			return -1
		}
		return r
	}, s)
}

// isDigits reports whether a text consists of at least one digit and nothing else.
func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
