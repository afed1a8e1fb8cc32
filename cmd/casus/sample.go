package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader"
	"casus/loader/sample"
)

// loadSample loads the bundled example into a store.
func loadSample(ctx context.Context, st store.Store, log *slog.Logger) error {
	options := loader.Options{KeepText: true, Now: edtf.InstantOf(time.Now())}
	report, err := loader.Load(ctx, st, loader.FS(sample.Files(), sample.Names()), options)
	if err != nil {
		return fmt.Errorf("load the bundled example: %w", err)
	}
	for _, r := range report.FirstRejects {
		log.Error("a record of the bundled example was rejected", "reject", r.String())
	}
	if report.Rejected > 0 {
		return kg.Errorf(kg.Internal, "the bundled example is invalid: rejected %s", plural(report.Rejected, "record"))
	}
	log.Info("loaded the bundled example", "read", report.Read, "applied", report.Applied, "unchanged", report.Unchanged)
	return nil
}
