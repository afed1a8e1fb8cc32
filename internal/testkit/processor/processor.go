// Package processor measures the processor time of a test, which depends less on other programs than wall time does.
package processor

import (
	"syscall"
	"testing"
	"time"
)

// Time returns the processor time that this process has used, in user and system mode.
func Time(tb testing.TB) time.Duration {
	tb.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
