// Casus serves a knowledge graph of conflict timelines, loads it and maintains it. Run `casus help`.
package main

import (
	"context"
	"os"

	"casus/internal/interrupt"
)

func main() {
	ctx, stop := interrupt.Context(context.Background())
	defer stop()
	os.Exit(run(ctx, os.Args[1:], interrupt.NewStdin(ctx), os.Stdout, os.Stderr))
}
