package loader

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"casus/internal/kg"
)

// checkpoint is how far a load has come, as it is stored with each batch.
type checkpoint struct {
	Batches int `json:"batches"`
	// Plan is a hash of what stood in these batches. If the store has changed meanwhile, other records may be rejected and
	// the batches be others; the load then begins anew, which does no harm.
	Plan string `json:"plan"`
	// Report counts what was applied. Rejects are found again when the load goes on, but for those that only the store
	// could find.
	Report Report   `json:"report"`
	Late   []Reject `json:"late,omitempty"`
}

// marker makes the checkpoint to be written with a batch's last groups.
type marker func(last [][]*item) (*kg.Checkpoint, error)

// marker makes the one of a batch. The last batch clears the checkpoint. What the store makes of the groups is not known
// when it is written: nodes and claims are taken for new ones.
func (l *load) marker(batches int, plans []string) marker {
	return func(last [][]*item) (*kg.Checkpoint, error) {
		if batches == len(plans) {
			return &kg.Checkpoint{Key: l.key}, nil
		}
		r := l.report
		r.Added, r.Changed, r.Same = maps.Clone(r.Added), maps.Clone(r.Changed), maps.Clone(r.Same)
		r.FirstRejects = nil
		for _, it := range slices.Concat(last...) {
			if it.hasNode() {
				r.Added[it.id.Kind()]++
			}
			if n := len(it.batch.Claims); n > 0 {
				r.Added[kg.KindClaim] += n
			}
			r.Applied += it.batch.Size()
			for _, e := range it.echoes {
				r.echo(e)
			}
		}
		value, err := json.Marshal(checkpoint{batches, plans[batches-1], r, l.late})
		if err != nil {
			return nil, kg.Errorf(kg.Internal, "write a checkpoint: %w", err)
		}
		return &kg.Checkpoint{Key: l.key, Value: string(value)}, nil
	}
}

// plans are hashes of all that stands in the first batch, in the first two, and so on.
func plans(batches [][][]*item) []string {
	var all []string
	h := sha256.New()
	for _, b := range batches {
		for _, it := range slices.Concat(b...) {
			_, _ = fmt.Fprintf(h, "%s:%d:%s %d %d\n", it.file, it.line, it.pointer, it.batch.Size(), len(it.echoes))
		}
		_, _ = fmt.Fprintln(h)
		all = append(all, hex.EncodeToString(h.Sum(nil)[:16]))
	}
	return all
}

// resume reads how far an earlier load of the same input came, and counts what it did.
func (l *load) resume(ctx context.Context, batches [][][]*item, plans []string) (from int, err error) {
	value, err := l.store.Checkpoint(ctx, l.key)
	if err != nil || value == "" {
		return 0, err
	}
	var c checkpoint
	if err := json.Unmarshal([]byte(value), &c); err != nil {
		return 0, kg.Errorf(kg.Internal, "the checkpoint of an interrupted load cannot be read: %w", err)
	}
	if c.Batches < 1 || c.Batches > len(batches) || plans[c.Batches-1] != c.Plan {
		return 0, nil
	}
	r := &l.report
	r.Resumed = true
	r.Applied, r.Unchanged, r.Read = c.Report.Applied, c.Report.Unchanged, r.Read+c.Report.Applied+c.Report.Unchanged
	maps.Copy(r.Added, c.Report.Added)
	maps.Copy(r.Changed, c.Report.Changed)
	maps.Copy(r.Same, c.Report.Same)
	r.Disagreements, r.Disagreed = c.Report.Disagreements, c.Report.Disagreed
	for _, reject := range c.Late {
		if err := l.tooLate(reject); err != nil {
			return 0, err
		}
	}
	return c.Batches, l.recheck(ctx, batches[c.Batches-1])
}

// recheck looks for claims of the batch applied last that the store had with another content: nobody was left to say so.
func (l *load) recheck(ctx context.Context, batch [][]*item) error {
	given := map[kg.ID]kg.Claim{}
	of := map[kg.ID]*item{}
	var ids []kg.ID
	for _, it := range slices.Concat(batch...) {
		for _, c := range it.batch.Claims {
			given[c.ID], of[c.ID] = c, it
			ids = append(ids, c.ID)
		}
	}
	var found []kg.Contradiction
	if err := l.ask(ctx, ids, func(n kg.Node) {
		if c, ok := n.(kg.Claim); ok && c.Digest() != given[c.ID].Digest() {
			found = append(found, kg.Contradiction{Stored: c, Given: given[c.ID]})
		}
	}); err != nil {
		return err
	}
	for _, c := range found {
		r, err := contradicts(of[c.Given.ID], c)
		if err != nil {
			return err
		}
		r = r.at(of[c.Given.ID].raw)
		if slices.ContainsFunc(l.late, func(known Reject) bool { return known.String() == r.String() }) {
			continue // it stands in the checkpoint, from a half of the batch
		}
		l.report.Applied--
		l.report.Read--
		l.report.Added[kg.KindClaim]--
		if err := l.tooLate(r); err != nil {
			return err
		}
	}
	return nil
}
