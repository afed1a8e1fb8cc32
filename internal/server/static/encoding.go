package static

import (
	"strconv"
	"strings"
)

// AcceptsGzip reports whether Accept-Encoding headers allow gzip by RFC 9110, section 12.5.3: a coding is acceptable
// unless its weight is zero, and "*" stands for the codings that are not named. Without the header the file is sent
// uncompressed.
func AcceptsGzip(headers []string) bool {
	acceptsAny := false
	for _, element := range strings.Split(strings.Join(headers, ","), ",") {
		coding, parameters, _ := strings.Cut(element, ";")
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			return weight(parameters) > 0
		case "*":
			acceptsAny = weight(parameters) > 0
		}
	}
	return acceptsAny
}

// weight returns the q parameter of a coding: 1 by default, 0 if it is not a number.
func weight(parameters string) float64 {
	value, found := strings.CutPrefix(strings.ToLower(strings.TrimSpace(parameters)), "q=")
	if !found {
		return 1
	}
	q, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return 0
	}
	return q
}
