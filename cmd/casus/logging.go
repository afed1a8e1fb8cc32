package main

import (
	"io"
	"log/slog"
	"slices"
)

// logFlags say how the server logs.
type logFlags struct{ format, level string }

// logger makes the server's log, one line an event: text for people, JSON for machines that collect it.
func (f logFlags) logger(w io.Writer) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(f.level)); err != nil {
		return nil, usagef("--log-level %q is not one of debug, info, warn, error", f.level)
	}
	options := &slog.HandlerOptions{Level: level}
	switch f.format {
	case "text":
		return slog.New(slog.NewTextHandler(w, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return nil, usagef("--log-format %q is not one of %v", f.format, slices.Sorted(slices.Values([]string{"text", "json"})))
}
