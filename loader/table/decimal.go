package table

import (
	"encoding/csv"
	"regexp"
	"strings"
)

var (
	commaCell = regexp.MustCompile(`^[-+]?\d+,\d+$`)
	// certainCommaCell cannot be a number whose thousands are separated.
	certainCommaCell = regexp.MustCompile(`^[-+]?(\d*,(\d{1,2}|\d{4,})|0\d*,\d+|\d{4,},\d+)$`)
	pointCell        = regexp.MustCompile(`^[-+]?\d*\.\d+$`)
)

// hasDecimalCommas reports whether the numbers at the start of a file have decimal commas. A file that semicolons
// delimit has them, as spreadsheets write it where the comma is the decimal mark, unless it has decimal points and no
// such comma. Any other file has them only if they cannot be separators of thousands, and it has no decimal point.
func hasDecimalCommas(head []byte, delimiter rune) bool {
	r := csv.NewReader(strings.NewReader(string(head)))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = delimiter, -1, true, true
	commas, certain, points := 0, 0, 0
	for {
		fields, err := r.Read()
		if err != nil {
			break
		}
		for _, f := range fields {
			f = strings.TrimSpace(f)
			switch {
			case pointCell.MatchString(f):
				points++
			case certainCommaCell.MatchString(f):
				commas, certain = commas+1, certain+1
			case commaCell.MatchString(f):
				commas++
			}
		}
	}
	if delimiter == ';' {
		return points == 0 || commas > 0
	}
	return certain > 0 && points == 0
}
