// Package seeds decides which seeds a test that generates its input runs with.
package seeds

import (
	"os"
	"strconv"
	"testing"
)

const (
	// EnvOne names the variable that holds the only seed to run, as a failure prints it.
	EnvOne = "CASUS_SEED"
	// EnvCount names the variable that holds how many seeds to run, in place of the few that a test runs by default.
	EnvCount = "CASUS_SEEDS"
)

// For returns the seeds to run: the first few by default, one with -short, or the ones that the environment selects.
func For(tb testing.TB, few int) []uint64 {
	tb.Helper()
	if one, ok := number(tb, EnvOne); ok {
		return []uint64{one}
	}
	count := uint64(few)
	if testing.Short() {
		count = min(count, 1)
	}
	if asked, ok := number(tb, EnvCount); ok {
		count = asked
	}
	var all []uint64
	for seed := range count {
		all = append(all, seed)
	}
	return all
}

// SkipShort skips a test of many seeds with -short, unless the environment requests many.
func SkipShort(tb testing.TB) {
	tb.Helper()
	if testing.Short() && !Many() {
		tb.Skip("SKIPPED: too long for -short")
	}
}

// SkipUnselected skips a test that takes too long for an ordinary run, unless the environment selects seeds.
func SkipUnselected(tb testing.TB) {
	tb.Helper()
	if !Many() && os.Getenv(EnvOne) == "" {
		tb.Skip("SKIPPED: only with " + EnvCount + " or " + EnvOne)
	}
}

// Many reports whether the environment requests many seeds, so that tests may take longer than in an ordinary run.
func Many() bool { return os.Getenv(EnvCount) != "" }

// number returns the number that a variable holds; ok is false where it is empty.
func number(tb testing.TB, variable string) (n uint64, ok bool) {
	tb.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return 0, false
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		tb.Fatalf("%s: %v", variable, err)
	}
	return n, true
}
