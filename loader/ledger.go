package loader

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync/atomic"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/ledger"
)

// ledgerEntry is the entry of a load in the ledger of its store; nil for a load that is not listed.
type ledgerEntry struct {
	store Store
	now   edtf.Instant
	load  ledger.Load
	parts atomic.Int64
}

// newLedgerEntry returns the entry of a load, or of the interrupted one with an id.
func newLedgerEntry(
	ctx context.Context, st Store, resumed, key string, names []string, opt Options,
) (*ledgerEntry, error) {
	if opt.Unlisted {
		return nil, nil
	}
	e := &ledgerEntry{store: st, now: opt.Now}
	if resumed != "" {
		var found bool
		var err error
		if e.load, found, err = ledger.Find(ctx, st, resumed); err != nil || found {
			return e, err
		}
	}
	e.load = ledger.Load{
		ID: ledger.NewID(opt.Now, key), Began: ledger.Moment(opt.Now), Files: names, Format: opt.Format,
		Options: opt.ledgerOptions(),
	}
	return e, nil
}

// ledgerOptions returns the options that decide what is loaded, under the names of their flags. A switch has the value
// "true".
func (o Options) ledgerOptions() map[string]string {
	all := map[string]string{}
	for name, set := range map[string]bool{
		"keep-text": o.KeepText, "restore": o.Restore, "lenient": o.Lenient, "replace": o.Replace != "",
	} {
		if set {
			all[name] = "true"
		}
	}
	if o.By != "" {
		all["by"] = o.By
	}
	if len(o.ReplacesRuns) > 0 {
		all["replaces-run"] = strings.Join(o.ReplacesRuns, ", ")
	}
	if o.Published != nil {
		all["published"] = o.Published.EDTF
	}
	if r := o.Release; r != nil {
		all["dataset"], all["release"] = r.Dataset, r.Release
		if r.ReleasedAt != nil {
			all["released"] = r.ReleasedAt.EDTF
		}
		if r.Partial {
			all["part"] = "true"
		}
	}
	return all
}

func (e *ledgerEntry) id() string {
	if e == nil {
		return ""
	}
	return e.load.ID
}

// checkpoint returns the entry as it is stored, if there is one.
func (e *ledgerEntry) checkpoint() ([]kg.Checkpoint, error) {
	if e == nil {
		return nil, nil
	}
	entry, err := ledger.Entry(e.load)
	return []kg.Checkpoint{entry}, err
}

// nextPart returns the key of the next part of the claims that the load brings, or "".
func (e *ledgerEntry) nextPart() string {
	if e == nil {
		return ""
	}
	return ledger.PartKey(e.load.ID, e.now, int(e.parts.Add(1)))
}

// eachBrought calls take with each claim that earlier runs of the load brought.
func (e *ledgerEntry) eachBrought(ctx context.Context, take func(kg.ID) error) error {
	if e == nil {
		return nil
	}
	for ids, err := range ledger.Claims(ctx, e.store, e.load.ID) {
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := take(id); err != nil {
				return err
			}
		}
	}
	return nil
}

// finish completes the entry. It returns the checkpoints to write when the load is done.
func (e *ledgerEntry) finish(ctx context.Context, r Report, content string) ([]kg.Checkpoint, error) {
	if e == nil {
		return nil, nil
	}
	l := &e.load
	l.Ended, l.Content = ledger.Moment(max(e.now, edtf.InstantOf(time.Now()))), content
	l.Read, l.Rejected, l.Added = r.Read, r.Rejected, maps.Clone(r.Added)
	l.Brought = r.Added[kg.KindClaim] + r.Changed[kg.KindClaim] + r.Same[kg.KindClaim]
	if err := e.findRepeated(ctx, r); err != nil {
		return nil, err
	}
	if l.Repeats != "" {
		for parts, err := range ledger.Removal(ctx, e.store, l.ID) {
			if err != nil {
				return nil, err
			}
			if _, err := e.store.Apply(ctx, kg.Batch{Ledger: parts}); err != nil {
				return nil, err
			}
		}
	}
	return e.checkpoint()
}

// findRepeated finds the load that this one repeats. A load that added a claim repeats none, though it read the same
// rows: rejected ones may be loaded now.
func (e *ledgerEntry) findRepeated(ctx context.Context, r Report) error {
	if r.Added[kg.KindClaim]+r.Changed[kg.KindClaim] > 0 {
		return nil
	}
	all, err := ledger.All(ctx, e.store)
	if err != nil {
		return err
	}
	options := fmt.Sprint(e.load.Options)
	for _, o := range all {
		if o.ID != e.load.ID && o.Ended != 0 && o.Repeats == "" && o.Content == e.load.Content && o.Format == e.load.Format &&
			o.Read == e.load.Read && o.Rejected == e.load.Rejected && fmt.Sprint(o.Options) == options {
			e.load.Repeats = o.ID
			return nil
		}
	}
	return nil
}

// formatOf returns the name of a load's format: the one of its options or its mapper, else casus.
func formatOf(m Mapper, o Options) string {
	switch {
	case o.Format != "":
		return o.Format
	case m == nil:
		return "casus"
	}
	return m.Key()
}
