package ucdp

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"casus/internal/kg"
)

// Version is a version of UCDP's events: a yearly one such as 25.1; a monthly candidate such as 26.0.8, which has the
// events of August 2026; or a candidate of several months such as 26.01.26.06.
type Version string

var (
	yearly  = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})$`)
	monthly = regexp.MustCompile(`^(\d{2})\.0\.(\d{1,2})$`)
	several = regexp.MustCompile(`^(\d{2})\.(\d{2})\.(\d{2})\.(\d{2})$`)
)

// ParseYearly returns a version of the Georeferenced Event Dataset.
func ParseYearly(text string) (Version, error) {
	if yearly.MatchString(text) {
		return Version(text), nil
	}
	if _, err := ParseCandidate(text); err == nil {
		return "", kg.Errorf(kg.BadInput, "%s is a version of candidate events: see ucdp-candidate", text)
	}
	return "", kg.Errorf(kg.BadInput, "%q is not a version of the Georeferenced Event Dataset, such as 25.1", text)
}

// ParseCandidate returns a version of the candidate events.
func ParseCandidate(text string) (Version, error) {
	if m := monthly.FindStringSubmatch(text); m != nil && isMonth(m[2]) {
		return Version(text), nil
	}
	if m := several.FindStringSubmatch(text); m != nil && isMonth(m[2]) && isMonth(m[4]) {
		return Version(text), nil
	}
	if yearly.MatchString(text) {
		return "", kg.Errorf(kg.BadInput, "%s is a version of the Georeferenced Event Dataset: see ucdp-ged", text)
	}
	return "", kg.Errorf(kg.BadInput, "%q is not a version of candidate events, such as 26.0.8 or 26.01.26.06", text)
}

func isMonth(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && 1 <= n && n <= 12
}

// UsuallyReleased returns the month, as 2025-06, in which UCDP usually publishes such a version: a yearly one in June,
// a monthly one in the month after its own. found is false for others: the API does not say.
func (v Version) UsuallyReleased() (month string, found bool) {
	if m := yearly.FindStringSubmatch(string(v)); m != nil && m[2] == "1" && len(m[1]) == 2 {
		return "20" + m[1] + "-06", true
	}
	m := monthly.FindStringSubmatch(string(v))
	if m == nil {
		return "", false
	}
	year, _ := strconv.Atoi(m[1])   // digits
	number, _ := strconv.Atoi(m[2]) // digits
	after := time.Date(2000+year, time.Month(number+1), 1, 0, 0, 0, 0, time.UTC)
	return fmt.Sprintf("%04d-%02d", after.Year(), after.Month()), true
}
