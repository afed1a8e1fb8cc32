// Casus serves a knowledge graph of conflict timelines, loads it and maintains it. Run `casus help`.
package main

import (
	"context"
	"os"
)

func main() {
	ctx, stop := withSignals(context.Background())
	defer stop()
	os.Exit(run(ctx, os.Args[1:], &stdinReader{ctx: ctx, file: os.Stdin}, os.Stdout, os.Stderr))
}
