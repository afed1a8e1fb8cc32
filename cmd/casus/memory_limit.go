package main

import (
	"os"
	"runtime/debug"
)

const (
	// loadMemory is the soft memory limit of a load, in bytes.
	loadMemory = 224 << 20
	// loadGCPercent lets the heap grow up to that limit. More frequent collections take a quarter of a load's time.
	loadGCPercent = 400
)

// limitMemory sets a soft memory limit in bytes and a high GC percentage, until restore is called. $GOMEMLIMIT and
// $GOGC take precedence.
func limitMemory(limit int64) (restore func()) {
	if os.Getenv("GOMEMLIMIT") != "" || os.Getenv("GOGC") != "" {
		return func() {}
	}
	oldLimit, oldPercent := debug.SetMemoryLimit(limit), debug.SetGCPercent(loadGCPercent)
	return func() {
		debug.SetMemoryLimit(oldLimit)
		debug.SetGCPercent(oldPercent)
	}
}
