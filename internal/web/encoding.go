package web

import (
	"strconv"
	"strings"
)

// acceptsGzip reads Accept-Encoding as RFC 9110, section 12.5.3, has it: a coding is wanted unless its weight is zero,
// "*" stands for those not named, and without the header the plain form is sent.
func acceptsGzip(headers []string) bool {
	wanted := false
	for _, element := range strings.Split(strings.Join(headers, ","), ",") {
		coding, parameters, _ := strings.Cut(element, ";")
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			return weight(parameters) > 0
		case "*":
			wanted = weight(parameters) > 0
		}
	}
	return wanted
}

// weight is the q of a coding, 1 where it has none, 0 where it cannot be read.
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
