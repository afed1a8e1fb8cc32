package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
)

// build identifies the running program.
type build struct {
	Version string `json:"version"`
	// Revision is the commit that was built, if known.
	Revision string `json:"revision,omitempty"`
	Time     string `json:"time,omitempty"`
	// Modified reports whether files differed from the commit.
	Modified bool   `json:"modified,omitempty"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// release is the version of a release, set by the linker. Other programs have the version of their sources.
var release string

func thisBuild() build {
	b := build{Version: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	if release != "" {
		b.Version = release
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.time":
			b.Time = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

// date returns the time of the commit that was built, nil if it is not known.
func (b build) date() *time.Time {
	t, err := time.Parse(time.RFC3339, b.Time)
	if err != nil {
		return nil
	}
	return &t
}

// String returns the build in one line, such as "casus 0.1.0, commit 1f2e3d of 2026-11-30T08:19:12Z, go1.26.8
// linux/amd64".
func (b build) String() string {
	line := "casus " + b.Version
	if b.Revision != "" {
		line += ", commit " + b.Revision
		if b.Modified {
			line += " with changes"
		}
		line += " of " + b.Time
	}
	return line + ", " + b.Go + " " + b.Platform
}

func versionCommand() *cobra.Command {
	asJSON := false
	c := &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  casus version\n  casus version --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if asJSON {
				return writeJSON(c.OutOrStdout(), thisBuild())
			}
			_, err := fmt.Fprintln(c.OutOrStdout(), thisBuild())
			return err
		},
	}
	addJSONFlag(c, &asJSON, "the version")
	return c
}
